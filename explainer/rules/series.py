"""Check the series of fact sheets: what may have one, its values, and that facts agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from explainer.dates import PartialDate
from explainer.models.fact import NumberRange
from explainer.problems import Problem
from explainer.rules.fact_values import broken_bound
from explainer.rules.sheets import NUMERIC_KINDS, SheetFact, SheetSeries, written


def check_series_is_numeric(sheet: SheetSeries) -> Iterator[Problem]:
    """Only an indicator whose values are numbers has values year by year."""
    if sheet.indicator.kind not in NUMERIC_KINDS:
        message = f'{sheet.name} is numbers, but the indicator is of kind "{sheet.indicator.kind}"'
        yield Problem(sheet.key.place, "D012", message, "use an indicator of kind number, percent or money")


def check_series_bounds(sheet: SheetSeries) -> Iterator[Problem]:
    """Every value of a series lies within the minimum and the maximum of its indicator."""
    for year, number in sheet.series.values.items():
        if (bound := broken_bound(number, sheet.indicator)) is not None:
            message = f"{sheet.name} has {number} for {year}, {bound}"
            yield Problem(sheet.series.place_of("values"), "D008", message, "correct the number or its unit")


def check_fact_agrees_with_series(sheet: SheetFact) -> Iterator[Problem]:
    """A value for a year says what the series of its indicator says for it, where it has the series' sources too."""
    series = sheet.site.countries[sheet.country].series.get(sheet.key)
    if series is None or sheet.indicator.kind not in NUMERIC_KINDS:
        return
    for version in sheet.versions:
        if not (isinstance(version.as_of, PartialDate) and version.as_of.precision == "year"):
            continue
        in_series = series.values.get(version.as_of.year)
        if in_series is None or version.value is None or not set(series.sources) <= set(version.sources):
            continue
        if not _agree(version.value, in_series):
            message = (
                f"{sheet.name} of {version.as_of} is {written(version.value)}, but its series from the same source"
                f" has {in_series} ({series.place_of('values')})"
            )
            yield Problem(
                version.place_of("value"), "D011", message, "correct one of the two, or name the other source"
            )


def _agree(value: Decimal | NumberRange, in_series: Decimal) -> bool:
    if isinstance(value, NumberRange):
        return value.low <= in_series <= value.high
    return value == in_series
