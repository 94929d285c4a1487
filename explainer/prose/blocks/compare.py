"""Draw the figure block `compare`: a table of countries and indicators, guarded against what cannot be compared."""

from __future__ import annotations

from typing import Annotated, Any

from explainer.models.fields import CountryRef, IndicatorRef, Line
from explainer.models.markers import AtLeast
from explainer.prose.blocks.cells import can_be_compared, column_label, fact_rows
from explainer.prose.resolution import Resolution
from explainer.record import Record


class CompareBlock(Record, frozen=True, kw_only=True):
    """What the block says: its finding as a title, the countries (the region's by default), and the indicators."""

    title: Line
    countries: tuple[CountryRef, ...] = ()
    indicators: Annotated[tuple[IndicatorRef, ...], AtLeast(1)]
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
        sound = can_be_compared(resolution, ref, facts, mixed=block.mixed) and sound
    if not sound:
        return None
    return {
        "id": f"block-{number + 1}",
        "title": block.title,
        "mixed": block.mixed,
        "note": block.note,
        "labels": [column_label(resolution, ref.id) for ref in block.indicators],
        "rows": fact_rows(resolution, countries, [ref.id for ref in block.indicators]),
    }
