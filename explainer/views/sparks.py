"""Show in the space of a word how a fact went over the years."""

from __future__ import annotations

from typing import Any, Final

from explainer.site import Site
from explainer.views.line_plot import spark_path
from explainer.views.values import value_text, value_view

FEWEST: Final = 3
"""Of fewer values a line would tell nothing."""


def spark_view(site: Site, country: str, indicator: str) -> dict[str, Any] | None:
    """Return a small line of a country's values by year, from zero on; None where there are too few.

    It has its words beside it: the same for those who cannot see the line. Its table is on the country's page.
    """
    series = site.countries[country].series_of(indicator)
    if series is None or len(series.values) < FEWEST:
        return None
    values, meaning = dict(series.values), site.indicators[indicator]
    first, last = min(values), max(values)
    lowest, highest = min(values, key=lambda year: (values[year], year)), max(values, key=lambda year: values[year])

    def words(year: int) -> str:
        return f"{value_text(value_view(values[year], meaning, site))} in {year}"

    ends = f"{meaning.label} by year, from {words(first)} to {words(last)}"
    between = [
        f"{name} {words(year)}"
        for name, year in (("lowest", lowest), ("highest", highest))
        if year not in (first, last)
    ]
    return spark_path(values) | {
        "words": f"{'; '.join([ends, *between])}.",
        "first": first,
        "last": last,
        "table": f"{indicator}-by-year",
    }
