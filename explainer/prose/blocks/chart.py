"""Read the figure block `chart` and decide how it is drawn: as bars, dots, lines, or one small plot a country."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import field

from explainer.figures import measure_of
from explainer.models.fields import CountryRef, Id, IndicatorRef, Line, Year
from explainer.models.markers import AtLeast
from explainer.prose.blocks.amount_charts import bars_view, dots_view
from explainer.prose.blocks.figure_csv import csv_view
from explainer.prose.blocks.year_charts import lines_view, multiples_view
from explainer.prose.resolution import Resolution
from explainer.record import Record

_AMOUNTS = ("number", "percent", "money")
_VIEWS = {"bars": bars_view, "dots": dots_view, "lines": lines_view, "multiples": multiples_view}


class ChartBlock(Record, frozen=True, kw_only=True):
    """What the block says: its finding as a title, the kind of chart, and whose values of what it shows."""

    title: Line
    kind: Literal["bars", "dots", "lines", "multiples"]
    """Bars and dots show facts; lines and small multiples show values by year. Dots show what other sources say too."""
    indicators: Annotated[tuple[IndicatorRef, ...], AtLeast(1)]
    countries: tuple[CountryRef, ...] = ()
    """Those of the region, where none are named."""
    start: Year | None = field(default=None, name="from")
    end: Year | None = field(default=None, name="to")
    mixed: Line | None = None
    """Why values of different years or definitions stand side by side; the reader sees it."""
    note: Line | None = None
    id: Id | None = None
    """The anchor of the figure and the name of its data file; `block-N` where none is given."""


def chart_view(resolution: Resolution, block: ChartBlock, number: int) -> dict[str, Any] | None:
    """Return the view of a chart, or None where it may not or cannot be drawn, which is told."""
    if not _has_one_measure(resolution, block) or not _fits_kind(resolution, block):
        return None
    site = resolution.context.site
    countries = [ref.id for ref in block.countries] or site.region
    drawn = _VIEWS[block.kind](resolution, block, countries)
    if drawn is None:
        return None
    name = block.id or f"block-{number + 1}"
    if block.id in resolution.block_ids or block.id in {heading.id for heading in resolution.parsed.headings}:
        message = f'there is a part of this text with the id "{name}" already'
        resolution.tell(block.place_of("id"), "M087", message, "give the figure another id")
        return None
    resolution.block_ids.add(name)
    records = drawn.pop("records")
    publishers = {site.sources[source].publisher: None for record in records for source in record[-1].split()}
    return {
        "id": name,
        "kind": block.kind,
        "title": block.title,
        "mixed": block.mixed,
        "note": block.note,
        "publishers": list(publishers),
        "csv": csv_view(f"{resolution.address}{name}.csv", records),
    } | drawn


def _has_one_measure(resolution: Resolution, block: ChartBlock) -> bool:
    """All indicators are amounts in one unit, since they are drawn on one scale; several definitions need a reason."""
    indicators = resolution.context.site.indicators
    first = indicators[block.indicators[0].id]
    for ref in block.indicators:
        indicator = indicators[ref.id]
        if indicator.kind not in _AMOUNTS:
            message = f'"{ref.id}" is no amount: its kind is {indicator.kind}'
            resolution.tell(ref.place, "M082", message, "take numbers, shares in per cent or money")
            return False
        if measure_of(indicator) != measure_of(first):
            said = " and ".join(" ".join(measure_of(one)) for one in (first, indicator))
            message = f"values in different units ({said}) cannot be drawn on one scale"
            resolution.tell(ref.place, "M082", message, "draw a chart for each")
            return False
    if len(block.indicators) > 1 and block.mixed is None:
        message = "values of different definitions stand on one scale"
        fix = "say why they may be compared in a line `mixed: …`, or draw a chart for each"
        resolution.tell(block.indicators[1].place, "M082", message, fix)
        return False
    return True


def _fits_kind(resolution: Resolution, block: ChartBlock) -> bool:
    """Years are for charts over years; dots are for one indicator; lines have one thing by which they differ."""
    if block.kind in ("bars", "dots"):
        for field, value in (("from", block.start), ("to", block.end)):
            if value is not None:
                message = f"a chart of {block.kind} shows facts, not years"
                resolution.tell(block.place_of(field), "M086", message, f"delete the line `{field}`, or draw lines")
                return False
    if block.kind == "dots" and len(block.indicators) > 1:
        message = "a chart of dots shows what several sources say of one indicator"
        resolution.tell(block.indicators[1].place, "M086", message, "draw a chart for each, or bars")
        return False
    many = len(block.countries) != 1 and (block.countries or len(resolution.context.site.region) > 1)
    if block.kind == "lines" and len(block.indicators) > 1 and many:
        message = "lines of several indicators for several countries could not be told apart"
        fix = "name one country, or write `kind: multiples`: a small plot for each country"
        resolution.tell(block.indicators[1].place, "M086", message, fix)
        return False
    return True
