"""Show a fact in a figure block, with the mark of the same note that a link to it in the text would have."""

from __future__ import annotations

from typing import Any

from explainer.addresses import country_address
from explainer.fact_refs import ValueRef
from explainer.models.fact import AnyFact, as_of_year
from explainer.prose.resolution import Resolution
from explainer.refs import Ref
from explainer.views.facts import as_of_view, fact_view
from explainer.views.notes import SourceNotes
from explainer.views.values import value_text, value_view


def column_label(resolution: Resolution, key: str) -> str:
    """Return the name of an indicator with its price basis, as the head of a column."""
    indicator = resolution.context.site.indicators[key]
    return f"{indicator.label} ({indicator.price_basis})" if indicator.price_basis else f"{indicator.label}"


def fact_rows(resolution: Resolution, countries: list[str], indicators: list[str]) -> list[dict[str, Any]]:
    """Return a row for each country with a cell for each indicator; None where a sheet has no such fact."""
    site = resolution.context.site
    return [
        {
            "id": country,
            "name": site.countries[country].name,
            "address": country_address(site, country),
            "facts": [_cell(resolution, country, key) for key in indicators],
        }
        for country in countries
    ]


def can_be_compared(
    resolution: Resolution, ref: Ref, facts: dict[str, AnyFact | None], *, mixed: str | None, alternatives: bool = False
) -> bool:
    """Values of one indicator are of one year and of one definition, unless a block says why not. Tells why not.

    `alternatives` sets what other sources say beside the values.
    """
    indicator = resolution.context.site.indicators[ref.id]
    known = {country: fact for country, fact in facts.items() if fact is not None and fact.value is not None}
    if not known:
        message = f'no country of this block has a value of "{ref.id}"'
        resolution.tell(ref.place, "M084", message, "take the indicator out, or add facts to the countries")
        return False
    dated = [(country, fact.as_of) for country, fact in known.items()]
    if alternatives:
        dated += [(country, other.as_of) for country, fact in known.items() for other in fact.alternatives]
    if mixed is not None or len(dated) == 1:
        return True
    fix = "take others, or say why in a line `mixed: …`"
    if not indicator.comparable and len(known) > 1:
        message = f'"{ref.id}" is not defined alike for all countries, so its values cannot be compared'
        resolution.tell(ref.place, "M082", message, fix)
        return False
    years: dict[int, dict[str, None]] = {}
    for country, as_of in dated:
        years.setdefault(as_of_year(as_of), {})[country] = None
    if len(years) > 1:
        said = "; ".join(f"{year}: {', '.join(names)}" for year, names in sorted(years.items()))
        resolution.tell(ref.place, "M082", f'the values of "{ref.id}" are of different years ({said})', fix)
        return False
    return True


def _cell(resolution: Resolution, country: str, key: str) -> dict[str, Any] | None:
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
    indicator = site.indicators[ref.indicator].replaced(scale="one")
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
