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
from explainer.views.multiples import multiples_of
from explainer.views.notes import SourceNotes
from explainer.views.scales import Scale, percent


def compare_page(frame: Frame, as_of: date) -> Page | None:
    """Return the page of all indicators for which two or more of the region's countries have a fact, or None."""
    site, notes = frame.site, SourceNotes(frame.site, titled=False)
    groups: list[dict[str, Any]] = []
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
        ranks=_rank_table(site, [table for group in groups for table in group["tables"]]),
        sources=notes.view(),
        cite=citation(frame, COMPARE, title="Compare", date=notes.last_read(), words="Sources read to"),
    )


def _table(site: Site, key: str, indicator: Indicator, notes: SourceNotes, as_of: date) -> dict[str, Any] | None:
    found = {country: site.countries[country].fact(key) for country in site.region if country in site.countries}
    facts = {country: fact for country, fact in found.items() if fact is not None}
    if len(facts) < 2:
        return None
    ranks, caution = ranks_of(indicator, facts)
    bars = _bars(facts) if ranks else {}
    return {
        "id": key,
        "label": indicator.label,
        "definition": indicator.definition,
        "price_basis": indicator.price_basis,
        "caution": caution,
        "is_ranked": bool(ranks),
        "when": str(as_of_year(next(facts[country] for country in ranks).as_of)) if ranks else None,
        "files": files_view(key, indicator_data_address, "json", "csv"),
        "rows": [
            {
                "id": country,
                "name": site.countries[country].name,
                "address": country_address(site, country),
                "rank": ranks.get(country),
                "bar": bars.get(country),
                "fact": fact_view(site, country, key, fact, notes, as_of, brief=True)
                if (fact := found[country]) is not None
                else None,
            }
            for country in found
        ],
        "by_year": multiples_of(site, key, found, notes),
    }


def _bars(facts: dict[str, AnyFact]) -> dict[str, dict[str, str]]:
    """Return a bar for each number, all on one scale from zero: only for values that may be ranked."""
    values = {country: fact.value for country, fact in facts.items() if isinstance(fact.value, Decimal)}
    low, high = min(Decimal(0), *values.values()), max(Decimal(0), *values.values())
    scale = Scale(low, high if low < high else low + 1, Decimal(1))
    zero = scale.at(Decimal(0))
    return {
        country: {
            "x": percent(min(zero, scale.at(value))),
            "width": percent(abs(scale.at(value) - zero)),
        }
        for country, value in values.items()
    }


def _rank_table(site: Site, tables: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the ranks of all indicators that have any, a row for each."""
    ranked = [table for table in tables if table["is_ranked"]]
    if not ranked:
        return None
    return {
        "countries": [
            {"id": country, "name": site.countries[country].name, "address": country_address(site, country)}
            for country in site.region
        ],
        "rows": [
            {
                "id": table["id"],
                "label": table["label"],
                "when": table["when"],
                "lowest_first": site.indicators[table["id"]].order == "lower-first",
                "ranks": [row["rank"] for row in table["rows"]],
            }
            for table in ranked
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
