"""Refuse what would take Markdown too long, before it is tried."""

from __future__ import annotations

import re

from explainer.problems import Place, Report
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.marks import Span
from explainer.prose.regions import Region

MAX_CHARACTERS = 300_000
MAX_LINE = 10_000
MAX_BLOCKS = 5_000
MAX_HEADINGS = 500
MAX_DEFINITIONS = 500
MAX_ROWS = 3_000
MAX_COLUMNS = 40
MAX_INDENTATION = 32
MAX_QUOTE_DEPTH = 6
MAX_MARKS_OF_REGION = 600
MAX_EMPHASIS_OF_REGION = 300
MAX_MARKS = 20_000

_MARKS = re.compile(r"[\[\]<&{`\\|^]")
_EMPHASIS = re.compile(r"\*+|_+")
_MARK_SIGNS, _EMPHASIS_SIGNS = "[]<&{`\\|^", "*_"
_ALL_SIGNS = (_MARK_SIGNS + _EMPHASIS_SIGNS).encode()
_MARKER = re.compile(r"(?:[ \t]*(?:[*+-]|\d+\.|>|:)[ \t]+){7,}|[ ]{0,3}(?:>[ ]?){7,}")
# A line in which either of the two may be too deep: texts without one, as most are, are not looked at line by line.
_DEEP = re.compile(rf"\n(?!\n)(?=[\s*+\-\d>:])(?:[^\S\n]{{{MAX_INDENTATION + 1}}}|{_MARKER.pattern})")


def within_limits(source: MarkdownSource, report: Report) -> bool:
    """Whether a body can be converted in good time; each limit that it breaks is an error at the first line beyond."""
    return not any([_too_long(source, report), _too_many(source, report), _too_dense(source, report)])


def densest_place(source: MarkdownSource) -> Place:
    """Return the place of the paragraph that has the most marks: where to look when a page takes too long."""
    dense = max(source.regions, key=lambda region: _count_marks(source, region), default=None)
    return source.place(dense.start, dense.end - dense.start) if dense else source.place(0)


def _count_marks(source: MarkdownSource, region: Region) -> int:
    text = source.text[region.start : region.end]
    return len(_MARKS.findall(text)) + len(_EMPHASIS.findall(text))


def _too_long(source: MarkdownSource, report: Report) -> bool:
    if len(source.text) > MAX_CHARACTERS:
        _refuse(
            source, report, Span(MAX_CHARACTERS, 1), f"more than {MAX_CHARACTERS:,} characters", "split the article"
        )
        return True
    has_long = len(source.text) > MAX_LINE and max(map(len, source.text.split("\n"))) > MAX_LINE
    if not has_long and not _DEEP.search(f"\n{source.text}"):
        return False
    found = False
    offset = 0
    for line in source.text.split("\n"):
        if len(line) > MAX_LINE:
            _refuse(source, report, Span(offset, len(line)), f"a line of more than {MAX_LINE:,} characters", "break it")
            return True
        if match := _MARKER.match(line):
            _deep(source, report, Span(offset, match.end()))
            found = True
            break
        if len(line) - len(line.lstrip()) > MAX_INDENTATION and source.masked[offset : offset + len(line)].strip():
            _deep(source, report, Span(offset, len(line)))
            found = True
            break
        offset += len(line) + 1
    return found


def _deep(source: MarkdownSource, report: Report, span: Span) -> None:
    fix = f"lists nest {MAX_INDENTATION // 4} levels deep, quotations {MAX_QUOTE_DEPTH}"
    report.add(source.place_of(span), "M003", "this is nested too deeply", fix)


def _too_many(source: MarkdownSource, report: Report) -> bool:
    if len(source.regions) <= min(MAX_BLOCKS, MAX_DEFINITIONS, MAX_HEADINGS, MAX_ROWS):
        return False
    kinds: dict[str, int] = {}
    blocks: set[int] = set()
    for region in source.regions:
        kind = {"footnote": "definition", "reference": "definition", "term": "definition"}.get(region.kind, region.kind)
        kinds[kind] = kinds.get(kind, 0) + 1
        blocks.add(region.block)
        for name, limit in (("definition", MAX_DEFINITIONS), ("heading", MAX_HEADINGS), ("row", MAX_ROWS)):
            if kind == name and kinds[kind] > limit:
                _refuse(
                    source, report, Span(region.start, 1), f"more than {limit:,} {_plural(name)}", "split the article"
                )
                return True
        if len(blocks) > MAX_BLOCKS or kinds[kind] > MAX_BLOCKS:
            _refuse(source, report, Span(region.start, 1), f"more than {MAX_BLOCKS:,} blocks", "split the article")
            return True
    return False


def _plural(name: str) -> str:
    return {"definition": "definitions", "heading": "headings", "row": "rows of tables"}[name]


def _too_dense(source: MarkdownSource, report: Report) -> bool:
    total = 0
    text = source.text
    data = text.encode()
    signs = len(data) - len(data.translate(None, _ALL_SIGNS))
    if signs <= min(MAX_MARKS_OF_REGION, MAX_EMPHASIS_OF_REGION) and text.count("|") <= MAX_COLUMNS:
        return False  # The whole has no more than one paragraph may have.
    for region in source.regions:
        text = source.text[region.start : region.end]
        marks, emphasis = len(_MARKS.findall(text)), sum(1 for _ in _EMPHASIS.finditer(text))
        total += marks + emphasis
        if region.kind == "row" and text.count("|") > MAX_COLUMNS + 1:
            return _refuse_region(
                source, report, region, f"a table of more than {MAX_COLUMNS} columns", "turn it around"
            )
        if marks > MAX_MARKS_OF_REGION:
            message = f"more than {MAX_MARKS_OF_REGION} brackets and other marks in one paragraph"
            return _refuse_region(source, report, region, message, "split the paragraph")
        if emphasis > MAX_EMPHASIS_OF_REGION:
            message = f'more than {MAX_EMPHASIS_OF_REGION} marks of emphasis ("*", "_") in one paragraph'
            return _refuse_region(source, report, region, message, "split the paragraph")
        if total > MAX_MARKS:
            return _refuse_region(source, report, region, f"more than {MAX_MARKS:,} marks", "split the article")
    return False


def _refuse_region(source: MarkdownSource, report: Report, region: Region, message: str, fix: str) -> bool:
    _refuse(source, report, Span(region.start, region.end - region.start), message, fix)
    return True


def _refuse(source: MarkdownSource, report: Report, span: Span, message: str, fix: str) -> None:
    report.add(source.place_of(span), "M001", f"this is more than a page takes: {message}", fix)
