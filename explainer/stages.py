"""Decide which bodies and pages are to be made anew, and make those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, Final, NamedTuple

from explainer.build_state import ChapterRow, DocumentRow, PageRow
from explainer.cards import Card
from explainer.changes import Before
from explainer.content import Document
from explainer.making import MadeBody, MadeChapter, MadeDocument, MadePage, Workshop, make_chapter, make_document
from explainer.plan import Chapter
from explainer.problems import Problem
from explainer.publication import Publication
from explainer.read_site import Documents
from explainer.stopwatch import Stopwatch
from explainer.workers import share_out, worker_count

_PAGES_OF_A_NEW_CHAPTER: Final = 16


class DocumentOutcome(NamedTuple):
    """What became of a document. What is None in `body` and `page_asked` is as the row of the build before says.

    `asked` are the questions of the body, `page_asked` those of its pages, as packed numbers. `is_kept` says that the
    whole row still holds.
    """

    card: Card
    row: DocumentRow | None
    problems: tuple[Problem, ...]
    body: MadeBody | None
    asked: bytes
    pages: list[MadePage]
    page_asked: bytes | None
    is_kept: bool = False


# There are many: so these take half the time that their own constructors take.
_as_made: Final[Callable[[tuple[Any, ...]], MadePage]] = partial(tuple.__new__, MadePage)
_as_outcome: Final[Callable[[tuple[Any, ...]], DocumentOutcome]] = partial(tuple.__new__, DocumentOutcome)


class ChapterOutcome(NamedTuple):
    """What became of a chapter. `asked` is None where its row of the build before says it."""

    pages: list[MadePage]
    asked: bytes | None


class _Piece(NamedTuple):
    """A piece of work: `make` is called, with the number of a worker, in whatever process; `take` here, with what came.

    `weight` is how many pages it is about.
    """

    make: Callable[[int], Any]
    take: Callable[[Any], None]
    weight: int = 1


def make_documents(
    workshop: Workshop,
    documents: Documents,
    publications: Mapping[str, Publication | None],
    chapters: Mapping[str, Chapter],
    before: Before,
    why: dict[str, str],
    watch: Stopwatch,
    *,
    with_pages: bool,
    jobs: int | None,
) -> tuple[dict[str, DocumentOutcome], dict[str, ChapterOutcome]]:
    """Convert and finish what is new, and keep the rest; return what became of each document, by path, and chapter.

    Without pages, bodies alone are converted, to tell all that is wrong with them. `why` is told the reasons,
    `watch` how far it is.
    """
    outcomes: dict[str, DocumentOutcome] = {}
    pieces: list[_Piece] = []
    for path, card in documents.cards.items():
        row, publication = before.state.documents.get(path), publications[path]
        if publication is not None and not publication.is_due:
            outcomes[path] = DocumentOutcome(card, None, (), None, b"", [], None)
            continue
        if with_pages and publication is None and row is not None and _holds(path, row, documents, before):
            problems = tuple(map(Problem.from_tuple, row.problems)) if row.problems else ()
            pages = [_as_made((page, None, None)) for page in row.pages]
            outcomes[path] = _as_outcome((card, row, problems, None, b"", pages, None, True))
            continue
        shown = with_pages and (publication is None or publication.is_shown)
        to_convert = _why_to_convert(path, row, documents, before)
        to_plan = (to_convert or _why_to_plan_page(card, row, before)) if shown else None
        reason = to_convert or to_plan or (_template_of(row, before) if shown else None)
        if reason is None and row is not None:
            pages = [MadePage(page, None) for page in row.pages] if shown else []
            problems = tuple(map(Problem.from_tuple, row.problems))
            is_kept = path not in documents.changed and len(pages) == len(row.pages)
            outcomes[path] = DocumentOutcome(card, row, problems, None, b"", pages, None, is_kept)
            continue
        why[path] = reason or ""
        outcomes[path] = DocumentOutcome(card, row, (), None, b"", [], None)  # keeps its turn
        told = documents.problems.get(path, ())
        pieces.append(
            _document_piece(
                workshop,
                outcomes,
                card,
                row,
                told,
                before,
                convert=to_convert is not None,
                plan=to_plan is not None,
                shown=shown,
            )
        )
    found, others = _chapter_pieces(workshop, chapters if with_pages else {}, before, why)
    done, wanted = 0, len(pieces)
    # A document comes first, for what it imports and compiles; then what takes long, so that nobody waits for it.
    pieces[1:1] = others
    new = sum(piece.weight for piece in pieces)
    kept = sum(len(one.pages) for one in outcomes.values()) + sum(len(one.pages) for one in found.values())
    if workshop.draft is not None and new > kept:
        workshop.draft.begin()  # where most files change, the whole site is written anew
    workers = worker_count(new, jobs)
    made = share_out(lambda number, worker: pieces[number].make(worker), len(pieces), workers, alone=len(others))
    with closing(made):  # whatever happens, no worker is left when this is over
        for number, result in made:
            pieces[number].take(result)
            if isinstance(result, MadeDocument):
                done += 1
                watch.piece(done, wanted)
    return outcomes, found


def turned_over(
    before: Before, documents: Mapping[str, DocumentOutcome], chapters: Mapping[str, ChapterOutcome]
) -> tuple[list[PageRow], list[PageRow]]:
    """Return the pages of the build before that may be other ones now, and those that there are in their place.

    These are the pages of all documents that are not kept whole, and of the chapters, among some, that are not.
    """
    old: list[PageRow] = []
    new: list[PageRow] = []
    for path, document in before.state.documents.items():
        if (made := documents.get(path)) is None or not made.is_kept:
            old += document.pages
    for made in documents.values():
        if not made.is_kept:
            new += [page.row for page in made.pages]
    for name, planned in chapters.items():
        if planned.asked is not None:
            old += row.pages if (row := before.state.chapters.get(name)) is not None else ()
            new += [page.row for page in planned.pages]
    return old, new


def have_same_names(some: Iterable[PageRow], others: Iterable[PageRow]) -> bool:
    """Whether pages have the same addresses, sources and titles, in the same order."""
    names = [[(row.address, row.source, row.title) for row in rows] for rows in (some, others)]
    return names[0] == names[1]


def make_chapters(
    workshop: Workshop, chapters: Mapping[str, Chapter], before: Before, why: dict[str, str]
) -> dict[str, ChapterOutcome]:
    """Plan and finish each chapter of which an answer or a template changed; keep the others."""
    outcomes, pieces = _chapter_pieces(workshop, chapters, before, why)
    for piece in pieces:
        piece.take(piece.make(0))
    return outcomes


def _document_piece(
    workshop: Workshop,
    outcomes: dict[str, DocumentOutcome],
    card: Card,
    row: DocumentRow | None,
    told: Sequence[Problem],
    before: Before,
    *,
    convert: bool,
    plan: bool,
    shown: bool,
) -> _Piece:
    """Return the work on a document. `told` are the problems of its file."""

    def make(worker: int) -> MadeDocument:
        known = planned = None
        if row is not None and before.pack is not None:
            known = None if convert or row.prose is None else before.pack.read(row.prose)
            reading = None if plan or not row.pages else row.pages[0].reading
            planned = None if known is None or reading is None else before.pack.read(reading)
        pages = [] if row is None else row.pages
        find = partial(_document, workshop, card)
        return make_document(workshop, find, known, planned, pages, shown=shown, worker=worker)

    def take(made: MadeDocument) -> None:
        problems = made.problems if convert or row is None else tuple(map(Problem.from_tuple, row.problems))
        problems = (*told, *problems) if convert else problems
        before_asked = (b"", b"") if row is None else (row.asked, row.page_asked)
        asked, page_asked = [
            told and workshop.hearer.heard(told, was)
            for told, was in zip((made.asked, made.page_asked), before_asked, strict=True)
        ]
        outcomes[card.path] = DocumentOutcome(card, row, problems, made.body, asked or b"", made.pages, page_asked)
        if made.body is not None:  # a worker parsed it; to answer what was asked of it, it need not be parsed here too
            workshop.context.parsed.known[card.path] = made.body.headings

    return _Piece(make, take)


def _chapter_pieces(
    workshop: Workshop, chapters: Mapping[str, Chapter], before: Before, why: dict[str, str]
) -> tuple[dict[str, ChapterOutcome], list[_Piece]]:
    """Return what became of chapters, and the work on those that are to be planned anew."""
    outcomes: dict[str, ChapterOutcome] = {}
    pieces: list[_Piece] = []
    for name, chapter in chapters.items():
        row = before.state.chapters.get(name)
        reason = _why_to_plan(row, before)
        if reason is None and row is not None:
            outcomes[name] = ChapterOutcome([MadePage(page, None) for page in row.pages], None)
            continue
        outcomes[name] = ChapterOutcome([], b"")  # keeps its turn
        pieces.append(_chapter_piece(workshop, outcomes, name, chapter, row, why, reason or ""))
    return outcomes, pieces


def _chapter_piece(
    workshop: Workshop,
    outcomes: dict[str, ChapterOutcome],
    name: str,
    chapter: Chapter,
    row: ChapterRow | None,
    why: dict[str, str],
    reason: str,
) -> _Piece:
    def make(worker: int) -> MadeChapter:
        return make_chapter(workshop, chapter, () if row is None else row.pages, worker)

    def take(made: MadeChapter) -> None:
        outcomes[name] = ChapterOutcome(made.pages, workshop.hearer.heard(made.asked))
        why.update({page.row.address: reason for page in made.pages if page.html is not None})

    return _Piece(make, take, _PAGES_OF_A_NEW_CHAPTER if row is None else len(row.pages))


def _why_to_plan(row: ChapterRow | None, before: Before) -> str | None:
    if row is None:
        return "it is new"
    return before.reason(row.asked) or _template_of(row, before)


def _template_of(row: ChapterRow | DocumentRow | None, before: Before) -> str | None:
    if not before.templates or row is None:
        return None
    return next((f"templates/{page.template} changed" for page in row.pages if page.template in before.templates), None)


def _holds(path: str, row: DocumentRow, documents: Documents, before: Before) -> bool:
    """Whether nothing changed on which a document that is shown, and was, rests. Of most documents no more is asked."""
    if row.prose is None or not row.pages or path in documents.changed or before.templates:
        return False
    return not before.changed or not (before.may_have_changed(row.asked) or before.may_have_changed(row.page_asked))


def _why_to_convert(path: str, row: DocumentRow | None, documents: Documents, before: Before) -> str | None:
    if row is None or row.prose is None:
        return "it is new"
    if path in documents.changed:
        return f"{path} changed"
    return before.reason(row.asked)


def _why_to_plan_page(card: Card, row: DocumentRow | None, before: Before) -> str | None:
    if row is None or not row.pages:
        return "it is shown now"
    return f"{card.path} changed" if row.card[-1] != card.digest else before.reason(row.page_asked)


def _document(workshop: Workshop, card: Card) -> Document:
    site = workshop.answers.values["site"]
    document: Document = (site.articles if card.kind == "article" else site.pages)[card.id]
    return document
