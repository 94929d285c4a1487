"""Walk over the facts and series of all fact sheets, each with the indicator it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from explainer.models.fact import AnyFact, ListItem, NumberRange, Series, Share
from explainer.models.indicator import Indicator
from explainer.record import Record, field_names
from explainer.refs import Ref
from explainer.site import Site

NUMERIC_KINDS = ("number", "percent", "money")


class SheetFact(NamedTuple):
    """A fact, the day of the build, and what rules need to know around it. `key` is its indicator as written."""

    site: Site
    as_of: date
    country: str
    key: Ref
    indicator: Indicator
    fact: AnyFact

    @property
    def name(self) -> str:
        """What messages call the fact."""
        return f'"{self.key.id}"'

    @property
    def versions(self) -> tuple[Any, ...]:
        """The fact and its alternatives: all have `value`, `as_of` and `sources`."""
        return (self.fact, *self.fact.alternatives)

    @property
    def item_lists(self) -> Sequence[tuple[ListItem | Share, ...]]:
        """The items of each version, for an indicator of kind list or shares."""
        if self.indicator.kind not in ("list", "shares"):
            return ()
        return [version.value for version in self.versions if version.value is not None]


class SheetSeries(NamedTuple):
    """A series, the day of the build, and the indicator it belongs to. `key` is its indicator as written."""

    as_of: date
    key: Ref
    indicator: Indicator
    series: Series

    @property
    def name(self) -> str:
        """What messages call the series."""
        return f'the series of "{self.key.id}"'


def facts_of(site: Site, as_of: date) -> Iterator[SheetFact]:
    """Yield every fact of every country; a fact whose indicator could not be read is passed over."""
    for country, sheet in site.countries.items():
        for key, fact in sheet.facts.items():
            if (indicator := site.indicators.get(key.id)) is not None:
                yield SheetFact(site, as_of, country, key, indicator, fact)


def series_of(site: Site, as_of: date) -> Iterator[SheetSeries]:
    """Yield every series of every country; a series whose indicator could not be read is passed over."""
    for sheet in site.countries.values():
        for key, series in sheet.series.items():
            if (indicator := site.indicators.get(key.id)) is not None:
                yield SheetSeries(as_of, key, indicator, series)


def written(value: object) -> str:
    """Return a value as messages show it: a range by its ends, any other value as its text."""
    return f"{value.low} to {value.high}" if isinstance(value, NumberRange) else str(value)


def content_of(value: object) -> object:
    """Return what a value says, without where it was written: two values that say the same are equal in this form."""
    if isinstance(value, Record):
        return tuple(content_of(getattr(value, name)) for name in field_names(type(value)))
    if isinstance(value, tuple):
        return tuple(content_of(item) for item in value)
    return value
