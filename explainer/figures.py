"""Look up what a reference to a fact stands for: its value as prose may word it, its dates and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, field

from explainer.dates import AsOf, PartialDate
from explainer.fact_refs import CountRef, RatioRef, ValueRef
from explainer.literals.quantities import Count, DateValue, LiteralValue, Name, Number, Range, Ratio, Text, Unit
from explainer.literals.words import Words
from explainer.membership import count_on, groups_of
from explainer.models.country import Country
from explainer.models.fact import Alternative, AnyFact, GeographicPlace, NumberRange, Person, as_of_year
from explainer.models.indicator import Indicator
from explainer.models.organisation import Organisation
from explainer.problems import did_you_mean
from explainer.record import NOWHERE
from explainer.refs import Kind, Ref
from explainer.site import Site

Part = Literal["entity", "name", "at", "all"]
Measure = tuple[str, ...]


class FigureError(Exception):
    """A reference leads to no figure. `part` is the part of its term that is wrong, `term` the number of the term.

    `kind` tells a reference that leads nowhere from a fact that no words of prose can stand for, and from values that
    cannot be set against each other. `is_told` marks one whose cause is a record that was reported already.
    """

    def __init__(
        self,
        message: str,
        fix: str,
        *,
        part: Part = "all",
        kind: Literal["missing", "wordless", "incomparable"] = "missing",
        is_told: bool = False,
    ) -> None:
        super().__init__(message)
        self.message, self.fix, self.part, self.kind, self.is_told = message, fix, part, kind, is_told
        self.term = 0


class Figure(Struct, frozen=True):
    """What a reference stands for.

    `key` names it without the scheme. `measure` is what it is counted in: only figures of one measure may be added or
    divided. `definitions` are the indicators it rests on and `years` those in which their dates end. `as_of` and
    `sources` are those of all its parts, each once.
    """

    key: str
    value: LiteralValue
    measure: Measure
    definitions: frozenset[str]
    as_of: tuple[AsOf, ...]
    sources: tuple[Ref, ...]
    years: frozenset[int] = frozenset()
    parts: tuple[Figure, ...] = field(default=())


def value_figure(site: Site, ref: ValueRef, words: Words) -> Figure:
    """Return the figure of a fact, of a year of its series, or of an alternative. Raises FigureError."""
    country = _record(site, "country", ref.entity, site.countries)
    indicator = _indicator(site, ref)
    if ref.year is None:
        fact = country.fact(ref.indicator)
        if fact is None:
            raise _no_fact(site, ref)
        if fact.value is None and ref.rank is None:
            message, fix = f'there is no value of "{ref.indicator}": {fact.reason}', "leave the figure out"
            raise FigureError(message, fix, part="name", kind="wordless")
        said = fact if ref.rank is None else _alternative(country, fact, ref)
        value, as_of, sources = said.value, said.as_of, said.sources
    else:
        series = country.series_of(ref.indicator)
        if series is None or ref.year not in series.values:
            raise _no_year(site, ref)
        value, as_of, sources = series.values[ref.year], PartialDate(ref.year), series.sources
    return Figure(
        key=str(ref).partition(":")[2],
        value=literal_value(site, ref, value, indicator, words),
        measure=measure_of(indicator),
        definitions=frozenset([ref.indicator]),
        as_of=(as_of,),
        sources=_once(sources),
        years=frozenset([as_of_year(as_of)]),
    )


def count_figure(site: Site, ref: CountRef) -> Figure:
    """Return how many parties were in a group on a date, with the organisation's own sources. Raises FigureError."""
    organisation = _record(site, "organisation", ref.organisation, site.organisations)
    groups = groups_of(organisation)
    if ref.group not in groups:
        fix = did_you_mean(ref.group, groups, otherwise="known are: " + ", ".join(groups))
        raise FigureError(f'{organisation.short} has no group "{ref.group}"', fix, part="name")
    if ref.date.latest > organisation.known_to.latest:
        message = f"what is known of {organisation.short} ends on {organisation.known_to}"
        fix = f"count on a day up to {organisation.known_to}, or bring the organisation's file up to date"
        raise FigureError(message, fix, part="at")
    if any(entry.status.id not in organisation.statuses for entry in _changes(organisation)):
        raise FigureError(f"{organisation.short} has errors", "mend it first", part="entity", is_told=True)
    count = count_on(organisation, ref.group, ref.date)
    return Figure(
        key=str(ref).partition(":")[2],
        value=Count(count.low, count.high, _unit_of_group(organisation.statuses, ref.group)),
        measure=("count",),
        definitions=frozenset([f"{ref.organisation}.{ref.group}"]),
        as_of=(ref.date,),
        # The sources of every single change stand on the organisation's page, to which the note leads.
        sources=tuple(organisation.sources),
        years=frozenset([as_of_year(ref.date)]),
    )


def ratio_figure(site: Site, ref: RatioRef, words: Words) -> Figure:
    """Return one value divided by another; both must be of one unit and of one year. Raises FigureError."""
    figures = []
    for number, part in enumerate((ref.numerator, ref.denominator)):
        try:
            figures.append(value_figure(site, part, words))
        except FigureError as error:
            error.term = number
            raise
    above, below = figures
    problem = incomparable(figures, mixed=False)
    if problem is not None:
        raise FigureError(
            problem, "name the ratio in content/derived.yml and give its `mixed: reason`", kind="incomparable"
        )
    assert isinstance(above.value, Number) and isinstance(below.value, Number)
    try:
        ratio = Ratio.of(above.value, below.value)
    except (ZeroDivisionError, ValueError) as error:
        raise FigureError(f"there is no ratio: {error}", "leave it out", kind="wordless") from None
    return combined(f"{above.key}/{below.key}", ratio, ("ratio",), figures)


def combined(key: str, value: LiteralValue, measure: Measure, parts: Iterable[Figure]) -> Figure:
    """Return a figure that rests on others: their dates, sources, years and definitions are its own."""
    parts = tuple(parts)
    return Figure(
        key=key,
        value=value,
        measure=measure,
        definitions=frozenset(name for part in parts for name in part.definitions),
        as_of=tuple(dict.fromkeys(as_of for part in parts for as_of in part.as_of)),
        sources=_once(source for part in parts for source in part.sources),
        years=frozenset(year for part in parts for year in part.years),
        parts=parts,
    )


def incomparable(figures: list[Figure], *, mixed: bool) -> str | None:
    """Return why figures cannot be set against each other, or None. With `mixed`, years and definitions may differ."""
    for figure in figures:
        if not isinstance(figure.value, Number | Count | Ratio):
            return f'"{figure.key}" is no amount'
    if len({figure.measure for figure in figures}) > 1:
        return "the values are in different units: " + ", ".join(" ".join(figure.measure) for figure in figures)
    if mixed:
        return None
    if len({figure.years for figure in figures}) > 1:
        return "the values are of different years: " + ", ".join(_years(figure) for figure in figures)
    if len({figure.definitions for figure in figures}) > 1:
        return "the values are of different definitions: " + ", ".join(figure.key for figure in figures)
    return None


def literal_value(site: Site, ref: ValueRef, value: Any, indicator: Indicator, words: Words) -> LiteralValue:
    """Return a value as the grammar of checked literals knows it. Raises FigureError where it knows no such kind."""
    try:
        if isinstance(value, Decimal | NumberRange):
            number = Range(value.low, value.high) if isinstance(value, NumberRange) else value
            currency = words.currency(indicator.currency) if indicator.currency else None
            return Number(number, _unit(site, indicator, words), currency)
        if isinstance(value, PartialDate):
            return DateValue(value)
        if isinstance(value, Person | GeographicPlace):
            return Name(value.name)
        if isinstance(value, str):
            return Text(value)
    except ValueError as error:
        raise FigureError(str(error), "link to the country's page instead", part="name", kind="wordless") from None
    message = f'"{ref.indicator}" is a list, and no words stand for all of it'
    fix = f"link to it: ../countries/{ref.entity}.yml#{ref.indicator}"
    raise FigureError(message, fix, part="name", kind="wordless")


def _unit(site: Site, indicator: Indicator, words: Words) -> Unit | None:
    if indicator.kind == "percent":
        return words.percent
    if indicator.unit is None or (record := site.units.get(indicator.unit.id)) is None:
        return None
    return Unit(record.symbol, record.one, record.many, record.aliases)


def measure_of(indicator: Indicator) -> Measure:
    """Return what an indicator's values are counted in: its unit, its currency, per cent; else its kind."""
    if indicator.kind == "percent":
        return ("percent",)
    names = [indicator.unit.id if indicator.unit else None, indicator.currency]
    return tuple(filter(None, names)) or (indicator.kind,)


def _changes(organisation: Organisation) -> list[Any]:
    """Return the entries of all parties that change a status."""
    return [entry for entries in organisation.parties.values() for entry in entries if entry.status is not None]


def _unit_of_group(statuses: Mapping[str, Any], group: str) -> Unit | None:
    """A count may be called by its group: "nine members", "one member"."""
    if group in statuses:
        return None
    return Unit(one=group.removesuffix("s"), many=group, aliases=("countries", "states"))


def _record(site: Site, kind: Kind, key: str, records: Mapping[str, Any]) -> Any:
    if key in records:
        return records[key]
    if key in site.places.get(kind, {}) or kind not in site.places:
        raise FigureError(f'the {kind} "{key}" has errors', "mend it first", part="entity", is_told=True)
    known = [*site.places.get("country", {}), *site.places.get("organisation", {}), "derived"]
    fix = did_you_mean(key, known, otherwise="use the id of a country or an organisation: its file's name")
    raise FigureError(f'there is no country or organisation "{key}"', fix, part="entity")


def _indicator(site: Site, ref: ValueRef) -> Indicator:
    indicator = site.indicators.get(ref.indicator)
    has_unit = indicator is not None and (indicator.unit is None or indicator.unit.id in site.units)
    if indicator is not None and has_unit:
        return indicator
    if ref.indicator in site.places.get("indicator", {}) or "indicator" not in site.places:
        message = f'the indicator "{ref.indicator}" has errors'
        raise FigureError(message, "mend it first", part="name", is_told=True)
    raise _no_fact(site, ref)


def _alternative(country: Country, fact: AnyFact, ref: ValueRef) -> Alternative:
    """Return what another source says."""
    found = next((other for other in fact.alternatives if other.rank == ref.rank), None)
    if found is None:
        ranks = ", ".join(f"~{other.rank}" for other in fact.alternatives)
        fix = f"there are: {ranks}" if ranks else f'write "{ValueRef(ref.entity, ref.indicator)}", the fact itself'
        message = f'no alternative of "{ref.indicator}" of {country.name} has rank {ref.rank}'
        raise FigureError(message, fix, part="at")
    return found


def _no_fact(site: Site, ref: ValueRef) -> FigureError:
    country = site.countries[ref.entity]
    known = [key.id for key in country.facts]
    if country.series_of(ref.indicator) is not None:
        years = sorted(country.series_of(ref.indicator).values)  # type: ignore[union-attr]
        fix = f'write the year: "{ref}@{years[-1]}" (there are {years[0]} to {years[-1]})'
    else:
        fix = did_you_mean(ref.indicator, known, otherwise=f"add it to {country.place.path}")
    return FigureError(f'{country.name} has no fact "{ref.indicator}"', fix, part="name")


def _no_year(site: Site, ref: ValueRef) -> FigureError:
    country = site.countries[ref.entity]
    series, fact = country.series_of(ref.indicator), country.fact(ref.indicator)
    if series is None and fact is None:
        return _no_fact(site, ref)
    bare = ValueRef(ref.entity, ref.indicator)
    if series is None:
        message, fix = f'{country.name} has no series of "{ref.indicator}"', f'write "{bare}", the fact itself'
    else:
        near = sorted(series.values, key=lambda year: (abs(year - (ref.year or 0)), year))[:3]
        message = f'the series of "{ref.indicator}" of {country.name} has no year {ref.year}'
        fix = "the nearest years are: " + ", ".join(map(str, near))
    return FigureError(message, fix, part="at")


def _years(figure: Figure) -> str:
    return f"{figure.key} of {' and '.join(map(str, sorted(figure.years)))}"


def _once(sources: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(Ref(ref.kind, ref.id, NOWHERE) for ref in sources))
