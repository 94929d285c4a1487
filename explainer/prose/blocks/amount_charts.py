"""Draw facts as bars, or as dots where several sources speak of one value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from explainer.formats import format_as_of
from explainer.models.fact import Alternative, AnyFact, NumberRange
from explainer.prose.blocks.cells import can_be_compared, column_label, fact_rows
from explainer.prose.blocks.figure_csv import csv_record, unit_name
from explainer.prose.resolution import Resolution
from explainer.site import Site
from explainer.views.facts import as_of_view
from explainer.views.scales import Scale, mark_labels, percent, round_scale
from explainer.views.values import value_view

if TYPE_CHECKING:
    from explainer.prose.blocks.chart import ChartBlock

Facts = dict[str, AnyFact | None]
Reading = AnyFact | Alternative
"""What a source says: the fact itself, or what another one says."""


def bars_view(resolution: Resolution, block: ChartBlock, countries: list[str]) -> dict[str, Any] | None:
    """Return a panel of bars for each indicator, all on one scale from zero, the first panel ordered by value."""
    site = resolution.context.site
    keys = [ref.id for ref in block.indicators]
    facts = {key: _facts(site, key, countries) for key in keys}
    checked = [can_be_compared(resolution, ref, facts[ref.id], mixed=block.mixed) for ref in block.indicators]
    if not all(checked):
        return None
    ends = [Decimal(0), *(end for found in facts.values() for fact in found.values() for end in _ends(fact))]
    # Bars have their values beside them and need no round marks: the longest is as long as there is room.
    low, high = min(ends), max(ends)
    scale = Scale(low, high if low < high else low + 1, max(Decimal(1), high - low))
    order = _order(facts[keys[0]], countries, lowest_first=site.indicators[keys[0]].order == "lower-first")
    return {
        "measure": _measure(site, keys, facts),
        "panels": [
            {
                "label": site.indicators[key].label if len(keys) > 1 else None,
                "rows": [_bar(site, country, key, facts[key][country], scale) for country in order],
            }
            for key in keys
        ],
        "labels": [column_label(resolution, key) for key in keys],
        "rows": fact_rows(resolution, order, keys),
        "records": [
            csv_record(country, key, fact.as_of, _machine(fact.value), unit_name(site, key), fact.sources)
            for key in keys
            for country in order
            if (fact := facts[key][country]) is not None and fact.value is not None
        ],
    }


def dots_view(resolution: Resolution, block: ChartBlock, countries: list[str]) -> dict[str, Any] | None:
    """Return a row for each country with a full dot for its value and an open one for each other source's."""
    site, ref = resolution.context.site, block.indicators[0]
    facts = _facts(site, ref.id, countries)
    if not can_be_compared(resolution, ref, facts, mixed=block.mixed, alternatives=True):
        return None
    values = [fact.value for fact in facts.values() if fact is not None]
    others = [other.value for fact in facts.values() if fact is not None for other in fact.alternatives]
    scale = round_scale([end for value in (*values, *others) for end in _value_ends(value)], from_zero=False)
    rows, records = [], []
    for country, cells in zip(countries, fact_rows(resolution, countries, [ref.id]), strict=True):
        fact = facts[country]
        readings = [] if fact is None else _readings(resolution, ref.id, fact, cells["facts"][0], scale)
        positions = [dot["at"] for reading in readings for dot in reading["dots"]]
        rows.append(
            cells
            | {
                "readings": readings,
                "from": percent(min(positions, default=0)),
                "to": percent(max(positions, default=0)),
                "words": _words(site, ref.id, fact),
            }
        )
        for reading in _spoken(fact):
            value, unit = _machine(reading.value), unit_name(site, ref.id)
            records.append(csv_record(country, ref.id, reading.as_of, value, unit, reading.sources))
    labels = mark_labels(scale, site.indicators[ref.id], site)
    return {
        "measure": _measure(site, [ref.id], {ref.id: facts}, alternatives=True),
        "marks": [
            {"x": percent(_inset(scale.at(number))), "text": text, "is_minor": number not in (scale.low, scale.high)}
            for number, text in zip(scale.marks, labels, strict=True)
        ],
        "labels": [column_label(resolution, ref.id)],
        "rows": rows,
        "records": records,
    }


def _facts(site: Site, key: str, countries: list[str]) -> Facts:
    return {country: site.countries[country].fact(key) for country in countries}


def _order(facts: Facts, countries: list[str], *, lowest_first: bool) -> list[str]:
    """Return the countries by value; those without one come last, in their own order."""
    sign = 1 if lowest_first else -1
    return sorted(
        countries, key=lambda country: (not (ends := _ends(facts[country])), sign * ends[-1] if ends else Decimal(0))
    )


def _bar(site: Site, country: str, key: str, fact: AnyFact | None, scale: Scale) -> dict[str, Any]:
    ends = _ends(fact)
    zero = scale.at(Decimal(0))
    sure = [scale.at(end) for end in ends[:1]]
    return {
        "id": country,
        "name": site.countries[country].name,
        "text": _words(site, key, fact),
        "date": None if fact is None else format_as_of(fact.as_of, site.settings.language),
        "reason": None if fact is None else fact.reason,
        "has_value": bool(ends),
        "x": percent(min([zero, *sure])),
        "width": percent(abs(sure[0] - zero) if sure else 0),
        # The part of a range beyond its lower end is drawn faded.
        "range_x": percent(scale.at(ends[0])) if len(ends) > 1 else None,
        "range_width": percent(scale.at(ends[1]) - scale.at(ends[0])) if len(ends) > 1 else None,
        "end": percent(max([zero, *(scale.at(end) for end in ends)])),
    }


def _readings(
    resolution: Resolution, key: str, fact: AnyFact, cell: dict[str, Any], scale: Scale
) -> list[dict[str, Any]]:
    """Return the value of a fact and what other sources say, the most trusted first."""
    site = resolution.context.site
    readings = [
        {
            "is_main": True,
            "value": cell["value"],
            "reason": fact.reason,
            "as_of": cell["as_of"],
            "notes": cell["notes"],
            "why": fact.note,
            "dots": _dots(fact.value, scale),
        }
    ]
    for other in sorted(fact.alternatives, key=lambda other: other.rank):
        readings.append(
            {
                "is_main": False,
                "value": value_view(other.value, site.indicators[key], site),
                "reason": None,
                "as_of": as_of_view(other.as_of, site),
                "notes": resolution.notes.cite(other.sources),
                "why": other.reason,
                "dots": _dots(other.value, scale),
            }
        )
    return readings


def _spoken(fact: AnyFact | None) -> list[Reading]:
    """Return what is known of a value: the fact, then what other sources say; nothing where there is no value."""
    return [] if fact is None or fact.value is None else [fact, *fact.alternatives]


def _dots(value: object, scale: Scale) -> list[dict[str, Any]]:
    return [{"at": (at := _inset(scale.at(end))), "x": percent(at)} for end in _value_ends(value)]


def _inset(at: float) -> float:
    """Keep dots and the words of marks off the ends of the plot."""
    return 6 + at * 0.88


def _ends(fact: AnyFact | None) -> list[Decimal]:
    return [] if fact is None else _value_ends(fact.value)


def _value_ends(value: object) -> list[Decimal]:
    if isinstance(value, NumberRange):
        return [value.low, value.high]
    return [value] if isinstance(value, Decimal) else []


def _machine(value: object) -> tuple[str, str]:
    ends = [str(end) for end in _value_ends(value)]
    return ends[0], ends[1] if len(ends) > 1 else ""


def _words(site: Site, key: str, fact: AnyFact | None) -> str:
    """Return a value without its unit, which stands once above the chart."""
    view = _shown(site, key, fact)
    return "no data" if view["shape"] == "none" else str(view["text"])


def _shown(site: Site, key: str, fact: AnyFact | None) -> dict[str, Any]:
    return value_view(None if fact is None else fact.value, site.indicators[key], site)


def _measure(site: Site, keys: list[str], facts: dict[str, Facts], *, alternatives: bool = False) -> dict[str, Any]:
    """Return what the chart counts, in which unit, and the date where it is one for all values."""
    indicator = site.indicators[keys[0]]
    spoken = [_spoken(fact)[: None if alternatives else 1] for found in facts.values() for fact in found.values()]
    dates = {format_as_of(reading.as_of, site.settings.language) for readings in spoken for reading in readings}
    return {
        "label": indicator.label if len(keys) == 1 else None,
        "unit": unit_name(site, keys[0]),
        "price_basis": indicator.price_basis,
        "when": dates.pop() if len(dates) == 1 else None,
    }
