"""Draw the figure block `compare`: a table of countries and indicators, guarded against what cannot be compared."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from explainer.addresses import country_address
from explainer.fact_refs import ValueRef
from explainer.models.fact import AnyFact, as_of_year
from explainer.models.fields import CountryRef, IndicatorRef, Line
from explainer.models.record import Record
from explainer.prose.resolution import Resolution
from explainer.refs import Ref
from explainer.views.facts import as_of_view, fact_view
from explainer.views.notes import SourceNotes
from explainer.views.values import value_text, value_view


class CompareBlock(Record):
    """What the block says: its finding as a title, the countries (the region's by default), and the indicators."""

    title: Line
    countries: tuple[CountryRef, ...] = ()
    indicators: tuple[IndicatorRef, ...] = Field(min_length=1)
    mixed: Line | None = None
    """Why values of different years or definitions stand side by side; the reader sees it."""
    note: Line | None = None


def compare_view(resolution: Resolution, block: CompareBlock, number: int) -> dict[str, Any] | None:
    """Return the view of a comparison, or None where it may not or cannot be made, which is told."""
    site = resolution.context.site
    countries = [ref.id for ref in block.countries] or site.region
    sound = True
    for ref in block.indicators:
        facts = {country: site.countries[country].fact(ref.id) for country in countries}
        sound = _can_be_compared(resolution, block, ref, facts) and sound
    if not sound:
        return None
    return {
        "id": f"block-{number + 1}",
        "title": block.title,
        "mixed": block.mixed,
        "note": block.note,
        "labels": [_column(resolution, ref.id) for ref in block.indicators],
        "rows": [
            {
                "id": country,
                "name": site.countries[country].name,
                "address": country_address(site, country),
                "facts": [_cell(resolution, country, ref.id) for ref in block.indicators],
            }
            for country in countries
        ],
    }


def _can_be_compared(resolution: Resolution, block: CompareBlock, ref: Ref, facts: dict[str, AnyFact | None]) -> bool:
    """Values of one column are of one year and of one definition, unless the block says why not."""
    indicator = resolution.context.site.indicators[ref.id]
    known = {country: fact for country, fact in facts.items() if fact is not None and fact.value is not None}
    if not known:
        message = f'no country of this block has a value of "{ref.id}"'
        resolution.tell(ref.place, "M084", message, "take the indicator out, or add facts to the countries")
        return False
    if block.mixed is not None or len(known) == 1:
        return True
    fix = "take others, or say why in a line `mixed: …`"
    if not indicator.comparable:
        message = f'"{ref.id}" is not defined alike for all countries, so its values cannot be compared'
        resolution.tell(ref.place, "M082", message, fix)
        return False
    years: dict[int, list[str]] = {}
    for country, fact in known.items():
        years.setdefault(as_of_year(fact.as_of), []).append(country)
    if len(years) > 1:
        said = "; ".join(f"{year}: {', '.join(names)}" for year, names in sorted(years.items()))
        resolution.tell(ref.place, "M082", f'the values of "{ref.id}" are of different years ({said})', fix)
        return False
    return True


def _column(resolution: Resolution, key: str) -> str:
    indicator = resolution.context.site.indicators[key]
    return f"{indicator.label} ({indicator.price_basis})" if indicator.price_basis else f"{indicator.label}"


def _cell(resolution: Resolution, country: str, key: str) -> dict[str, Any] | None:
    """Return a fact for the table, with the mark of the same note that a link to it in the text would have."""
    context = resolution.context
    fact = context.site.countries[country].fact(key)
    if fact is None:
        return None
    view = fact_view(context.site, country, key, fact, SourceNotes(context.site), context.as_of, brief=True)
    mark = resolution.notes.fact(
        f"{country}.{key}", lambda: _note(resolution, ValueRef(country, key), fact, view), fact.sources
    )
    resolution.figures[f"{country}.{key}"] = None
    return view | {"notes": [mark]}


def _note(resolution: Resolution, ref: ValueRef, fact: AnyFact, view: dict[str, Any]) -> dict[str, Any]:
    """Return the note of a fact of any kind, of lists too, for which prose has no words."""
    site = resolution.context.site
    indicator = site.indicators[ref.indicator].model_copy(update={"scale": "one"})
    return {
        "key": view["key"],
        "label": f"{site.countries[ref.entity].name}: {indicator.label}",
        "value": value_text(value_view(fact.value, indicator, site)),
        "address": f"{country_address(site, ref.entity)}#{ref.indicator}",
        "as_of": [as_of_view(fact.as_of, site, view["as_of"]["label"])],
        "price_basis": indicator.price_basis,
        "is_stale": view["is_stale"],
        "status": view["status"],
        "note": fact.note,
        "mixed": None,
        "has_alternatives": view["has_alternatives"],
    }
