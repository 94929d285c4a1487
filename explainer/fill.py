"""Write the words of facts into articles and pages: into links that have none, and over words that no longer agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from explainer.config import Folders, Options
from explainer.content import Document
from explainer.disk import move, read_file, set_mode, sync_file, write_file
from explainer.fact_refs import SCHEME
from explainer.figures import Figure
from explainer.link import link_site
from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.literals.quantities import Number, Text
from explainer.literals.restyle import restyle
from explainer.literals.words import Words
from explainer.lock import build_lock
from explainer.problems import Place, Problem, Report
from explainer.prose.context import ProseContext, make_context
from explainer.prose.fact_links import find_figure
from explainer.prose.marks import Span
from explainer.prose.notes import NoteBook
from explainer.prose.resolution import Resolution
from explainer.read import read_content

_LOOK_AHEAD = 80
"""How many letters behind a link may hold the name of a unit."""

_SPECIAL = re.compile(r"([\\`*_\[\]<&])")
_EMPHASIS = re.compile(r"(?P<mark>\*{0,3}|_{0,3})(?P<words>.*)(?P=mark)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Filled(Struct, frozen=True):
    """Words that were written: where, what stood there before, what stands there now, and for which fact."""

    place: Place
    before: str
    after: str
    key: str

    def __str__(self) -> str:
        return f'{self.place}: "{self.before}" → "{self.after}" ({self.key})'


class FillResult(Struct, frozen=True):
    """What was written, and what stood in the way. Where content cannot be read nothing is written."""

    filled: Sequence[Filled]
    problems: Sequence[Problem]


class UnknownFile(Exception):
    """A file to fill is no article and no page."""


class _Change(Struct, frozen=True):
    span: Span
    filled: Filled
    written: str


def fill(folders: Folders, options: Options, *, stale: bool, files: Iterable[Path] = ()) -> FillResult:
    """Fill in all articles and pages, or some of them. With `stale`, words that disagree with their fact are restyled.

    Everything else of a file stays byte for byte, and a file is replaced in one step. Raises UnknownFile, OSError.
    """
    report = Report()
    with build_lock(folders.cache):
        content = read_content(folders.content, folders.shown(folders.content), report)
        site = link_site(content, report)
        if site is None or report.errors:
            return FillResult([], report.errors)
        context = make_context(site, options)
        filled: list[Filled] = []
        for document in _wanted(folders, context, files):
            changes = list(_changes(context, document, report, stale=stale))
            if changes:
                _write(folders.root / document.path, document, changes)
                filled += [change.filled for change in changes]
        return FillResult(filled, report.errors)


def _wanted(folders: Folders, context: ProseContext, files: Iterable[Path]) -> list[Document]:
    documents = {document.path: document for document in context.documents}
    chosen = []
    for file in files:
        path = folders.shown(folders.root / file)
        if path not in documents:
            raise UnknownFile(path)
        chosen.append(documents[path])
    return chosen or list(documents.values())


def _changes(context: ProseContext, document: Document, report: Report, *, stale: bool) -> Iterator[_Change]:
    """Yield what is to be written into a body, in order; links to facts that do not exist are reported."""
    parsed = context.take_parsed(document)
    resolution = Resolution(document, context, parsed, NoteBook(context.site, context.asker))
    before = len(parsed.report.problems)
    words = context.figures.words
    for mark in parsed.marks:
        if mark.kind != "link" or not mark.target.startswith(SCHEME):
            continue
        found = find_figure(resolution, mark)
        if found is None:
            continue
        span = mark.text_span
        source = document.body[span.offset : span.end]
        emphasis = _EMPHASIS.fullmatch(source)
        assert emphasis is not None
        text = " ".join(_ESCAPED.sub(r"\1", emphasis["words"]).split())
        following = document.body[mark.span.end : mark.span.end + _LOOK_AHEAD]
        after = _new_words(text, found[1], words, following, stale=stale)
        if after is not None:
            place = parsed.source.place_of(span if span.length else mark.span)
            around = emphasis["mark"]
            written = f"{around}{_escaped(after, found[1])}{around}"
            yield _Change(span, Filled(place, text, after, found[1].key), written)
    report.remember(document.path, "\n" * (document.body_line - 1) + document.body)
    report.extend(parsed.report.problems[before:] if parsed.sound else parsed.report.errors)


def _new_words(text: str, figure: Figure, words: Words, following: str, *, stale: bool) -> str | None:
    """Return the words to write, or None where those that stand there are to stay. `following` stands behind them."""
    if not text:
        return _without_unit(canonical_literal(figure.value, words), figure, words, following)
    if not stale or check_literal(text, figure.value, words) is None:
        return None
    return restyle(text, figure.value, words)


def _without_unit(literal: str, figure: Figure, words: Words, following: str) -> str:
    """Leave the unit out where the text says it right behind the link: `[](fact:…) people`."""
    unit = figure.value.unit if isinstance(figure.value, Number) else None
    names = [name for name in (unit.many, unit.one, unit.symbol, *unit.aliases) if name] if unit is not None else []
    name = next((name for name in names if literal.endswith(f" {name}")), None)
    if name is None or not re.match(rf"\s+(?:{'|'.join(map(re.escape, names))})(?!\w)", following):
        return literal
    bare = literal.removesuffix(f" {name}")
    return bare if check_literal(bare, figure.value, words) is None else literal


def _escaped(words: str, figure: Figure) -> str:
    """Return words as Markdown has to write them; those of a text or a name may hold marks."""
    return _SPECIAL.sub(r"\\\1", words) if isinstance(figure.value, Text) else words


def _write(path: Path, document: Document, changes: Sequence[_Change]) -> None:
    """Replace spans of a body in its file. Line ends and a byte order mark stay as they are."""
    text = read_file(str(path)).decode("utf-8")
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    # The first line of a body is never the first of its file, so that a byte order mark shifts no column.
    rows = document.body.split("\n")
    offsets = [0]
    for row in rows:
        offsets.append(offsets[-1] + len(row) + 1)

    def position(offset: int) -> int:
        row = next(number for number in range(len(rows)) if offset < offsets[number + 1])
        return starts[document.body_line - 1 + row] + offset - offsets[row]

    for change in sorted(changes, key=lambda change: -change.span.offset):
        start, end = position(change.span.offset), position(change.span.end)
        text = text[:start] + change.written + text[end:]
    mode = path.stat().st_mode & 0o777
    temporary = str(path.with_name(f".{path.name}.new"))
    write_file(temporary, text.encode("utf-8"))
    set_mode(temporary, mode)
    sync_file(temporary)
    move(temporary, str(path))
