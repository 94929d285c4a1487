"""Tell whether a value is older than its indicator allows."""

from __future__ import annotations

from datetime import date, timedelta

from explainer.dates import AsOf


def is_stale(value_as_of: AsOf, max_age: int | None, today: date) -> bool:
    """Whether the last day a value may hold for lies more than `max_age` days before a day.

    A value for a whole year counts from the end of that year, since the source says no more.
    """
    return max_age is not None and value_as_of.latest + timedelta(days=max_age) < today
