"""Draw figure blocks: a fenced block that names a figure and holds its settings as YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from explainer.link import repeated, told_twice
from explainer.problems import did_you_mean
from explainer.prose.converter import FigureBlock
from explainer.prose.resolution import Resolution
from explainer.record import Record, field_names
from explainer.refs import Ref

Kind = tuple[type[Record], Callable[[Resolution, Any, int], dict[str, Any] | None]]
"""The model of a block's settings, and what draws it."""


def _chart() -> Kind:
    from explainer.prose.blocks.chart import ChartBlock, chart_view

    return ChartBlock, chart_view


def _compare() -> Kind:
    from explainer.prose.blocks.compare import CompareBlock, compare_view

    return CompareBlock, compare_view


def _map() -> Kind:
    from explainer.prose.blocks.map import MapBlock, map_block_view

    return MapBlock, map_block_view


def _standings() -> Kind:
    from explainer.prose.blocks.standings import StandingsBlock, standings_view

    return StandingsBlock, standings_view


def _timeline() -> Kind:
    from explainer.prose.blocks.timeline import TimelineBlock, timeline_view

    return TimelineBlock, timeline_view


# Most texts have few kinds of blocks: what draws a kind is imported when one of it is met.
KINDS: dict[str, Callable[[], Kind]] = {
    "chart": _chart,
    "compare": _compare,
    "map": _map,
    "standings": _standings,
    "timeline": _timeline,
}


def resolve_block(resolution: Resolution, block: FigureBlock) -> dict[str, Any] | None:
    """Return the part of the page that a figure block stands for, or None where it is at fault, which is told.

    Errors point into the block: its lines are lines of the file.
    """
    # Most texts have no blocks, and what reads YAML takes long to import.
    from explainer.schema import validate
    from explainer.source_yaml import parse_yaml

    model, draw = KINDS[block.name]()
    report = resolution.parsed.report
    before = len(report.errors)
    node = parse_yaml(block.text, resolution.document.path, report, first_line=block.first_line)
    if node is None:
        if len(report.errors) == before:
            resolution.tell(block.place, "M081", f'this block "{block.name}" is empty', _example(block.name))
        return None
    record = validate(model, node, report, place=block.place)
    if record is None or not _all_exist(resolution, record):
        return None
    try:
        view = draw(resolution, record, block.number)
    except KeyError:
        # A record on the way to the view refers to nothing, which was reported: no page will show the block.
        if resolution.context.is_whole():
            raise
        return None
    return None if view is None else {"template": block.name, "view": view}


def _all_exist(resolution: Resolution, record: Record) -> bool:
    """Whether every id in a block leads to a record, and none stands twice in a list; what is at fault is told."""
    twice = list(repeated(record))
    for ref in twice:
        resolution.tell(ref.place, "L011", *told_twice(ref))
    sound = not twice
    site = resolution.context.site
    records = {"country": site.countries, "organisation": site.organisations, "indicator": site.indicators}
    for ref in _references(record):
        known = site.places.get(ref.kind)
        if known is not None and ref.id not in known:
            fix = did_you_mean(ref.id, known, otherwise="known are: " + ", ".join(list(known)[:12]))
            resolution.tell(ref.place, "M083", f'there is no {ref.kind} "{ref.id}"', fix)
        sound = sound and ref.id in records[ref.kind]
    return sound


def _references(record: Record) -> Iterable[Ref]:
    for name in field_names(type(record)):
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Ref):
                yield item


def _example(name: str) -> str:
    from explainer.validation import fields_of

    needed = [field for field, info in fields_of(KINDS[name]()[0]).items() if info.required]
    return "write its fields: " + ", ".join(needed)
