"""Draw the figure block `standings`: who stands where in several organisations, as a matrix."""

from __future__ import annotations

from typing import Annotated, Any

from explainer.models.fields import CountryRef, Line, OrganisationRef
from explainer.models.markers import AtLeast
from explainer.prose.resolution import Resolution
from explainer.record import Record
from explainer.views.matrix import matrix_view


class StandingsBlock(Record, frozen=True, kw_only=True):
    """What the block says: its finding as a title, the organisations, and the countries (the region's by default)."""

    title: Line
    organisations: Annotated[tuple[OrganisationRef, ...], AtLeast(1)]
    countries: tuple[CountryRef, ...] = ()
    note: Line | None = None


def standings_view(resolution: Resolution, block: StandingsBlock, number: int) -> dict[str, Any] | None:
    """Return the view of a matrix, or None where a country is in none of its organisations, which is told."""
    site = resolution.context.site
    organisations = [ref.id for ref in block.organisations]
    for ref in block.countries:
        if not any(ref in site.organisations[key].parties for key in organisations):
            fix = "take it out, or add it to the parties of one of them"
            resolution.tell(ref.place, "M084", f'"{ref.id}" is no party of any of these organisations', fix)
            return None
    countries = [ref.id for ref in block.countries] or site.region
    return {
        "id": f"block-{number + 1}",
        "title": block.title,
        "note": block.note,
        # Each standing leads to its dated steps and their sources; here one mark for each organisation does.
        "matrix": matrix_view(site, organisations, countries, resolution.notes.cite),
    }
