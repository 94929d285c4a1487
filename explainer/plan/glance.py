"""What the fact box of a country shows: its key facts in brief, and their ranks in the region."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import indicator_address
from explainer.plan.compare import ranks_of
from explainer.site import Site
from explainer.views.facts import fact_view
from explainer.views.notes import SourceNotes
from explainer.views.sparks import spark_view


def glance_view(site: Site, country: str, notes: SourceNotes, as_of: date) -> list[dict[str, Any]]:
    """Return the key facts that a country has. A rank leads to the comparison it comes from, where there is one."""
    rows = []
    for ref in site.settings.key_indicators:
        fact = site.countries[country].fact(ref.id)
        if fact is None:
            continue
        facts = {key: found for key in site.region if (found := site.countries[key].fact(ref.id)) is not None}
        rank = ranks_of(site.indicators[ref.id], facts)[0].get(country)
        rows.append(
            fact_view(site, country, ref.id, fact, notes, as_of, brief=True)
            | {
                "rank": rank and {"number": rank, "of": len(facts), "address": indicator_address(ref.id)},
                "spark": spark_view(site, country, ref.id),
            }
        )
    return rows
