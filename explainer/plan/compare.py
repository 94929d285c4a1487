"""The page that sets the region's countries side by side, indicator by indicator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from explainer.addresses import COMPARE, country_address, indicator_data_address
from explainer.models.fact import AnyFact, as_of_year
from explainer.models.indicator import Indicator
from explainer.page import Page
from explainer.plan.citation import citation
from explainer.plan.frame import Frame
from explainer.site import Site
from explainer.views.data_files import files_view
from explainer.views.facts import fact_view
from explainer.views.notes import SourceNotes


def compare_page(frame: Frame, as_of: date) -> Page | None:
    """Return the page of all indicators for which two or more of the region's countries have a fact, or None."""
    site, notes = frame.site, SourceNotes(frame.site)
    groups = []
    for group, label in site.settings.fact_groups.items():
        tables = [
            table
            for key, indicator in site.indicators.items()
            if indicator.group.id == group and (table := _table(site, key, indicator, notes, as_of)) is not None
        ]
        if tables:
            groups.append({"id": f"group-{group}", "label": label, "tables": tables})
    if not groups:
        return None
    region = site.settings.region.name
    return frame.page(
        COMPARE,
        "pages/compare.html",
        "content/indicators.yml",
        title="Compare",
        description=f"The countries of {region} side by side, each value with its own date and source.",
        trail=[("/", site.settings.title)],
        groups=groups,
        sources=notes.view(),
        cite=citation(frame, COMPARE, title="Compare", date=notes.last_read(), words="Sources read to"),
    )


def _table(site: Site, key: str, indicator: Indicator, notes: SourceNotes, as_of: date) -> dict[str, Any] | None:
    found = {country: site.countries[country].fact(key) for country in site.region if country in site.countries}
    facts = {country: fact for country, fact in found.items() if fact is not None}
    if len(facts) < 2:
        return None
    ranks, caution = ranks_of(indicator, facts)
    return {
        "id": key,
        "label": indicator.label,
        "definition": indicator.definition,
        "price_basis": indicator.price_basis,
        "caution": caution,
        "is_ranked": bool(ranks),
        "files": files_view(key, indicator_data_address, "json", "csv"),
        "rows": [
            {
                "id": country,
                "name": site.countries[country].name,
                "address": country_address(site, country),
                "rank": ranks.get(country),
                "fact": fact_view(site, country, key, fact, notes, as_of, brief=True)
                if (fact := found[country]) is not None
                else None,
            }
            for country in found
        ],
    }


def ranks_of(indicator: Indicator, facts: dict[str, AnyFact]) -> tuple[dict[str, int], str | None]:
    """Return the rank of each country, or none and the reason why these values have no order.

    Only numbers of one definition and one year are ranked; equal values share a rank.
    """
    values = {country: fact.value for country, fact in facts.items() if isinstance(fact.value, Decimal)}
    if indicator.kind not in ("number", "percent", "money") or indicator.order == "none" or len(values) < 2:
        return {}, None
    if not indicator.comparable:
        return {}, "The countries do not count this alike, so the values have no rank."
    years = {as_of_year(facts[country].as_of) for country in values}
    if len(years) > 1:
        return {}, f"The values are of different years ({min(years)} to {max(years)}), so they have no rank."
    ordered = sorted(values.values(), reverse=indicator.order == "higher-first")
    return {country: ordered.index(value) + 1 for country, value in values.items()}, None
