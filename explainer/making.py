"""Make bodies and pages with all that they rest on, or take those of the build before where nothing changed."""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from explainer.answers import Answers, Asker
from explainer.blobs import DRAFTED, Spool, Spot
from explainer.build_state import PageRow
from explainer.config import Options
from explainer.content import Document
from explainer.inspection.findings import Finding
from explainer.inspection.reading import PageReading, read_page
from explainer.link import check_front_matter
from explainer.page import Page
from explainer.page_key import page_key, said_by
from explainer.plan import Chapter, with_companions
from explainer.plan.documents import document_page, page_again
from explainer.plan.frame import Frame
from explainer.plan.sharing import WRITER as CARD
from explainer.problems import Problem, Report
from explainer.prose import Prose, ProseContext, convert_document
from explainer.publish_draft import Draft
from explainer.questions import Hearer, Teller, Told
from explainer.render import Fault, render
from explainer.rules.front_matter import check_document
from explainer.search_texts import search_text
from explainer.share_cards import CardPress
from explainer.watch import Question

if TYPE_CHECKING:
    from explainer.templating.environment import TemplateEnvironment


class Workshop(Struct, frozen=True):
    """What all pieces of work of one build share. `templates` maps each template to the digest of all it reaches.

    `teller` tells what was asked, wherever the work is done, and `hearer` hears it where all comes together.
    `with_search` says that the texts of pages are wanted for the index of the search; `cards` makes the pages that are
    pictures. Pages go into the `draft` of the site where one is begun, else into the `spool`.
    """

    answers: Answers
    context: ProseContext
    environment: TemplateEnvironment
    templates: Mapping[str, str]
    generator: str
    options: Options
    language: str
    spool: Spool
    teller: Teller
    hearer: Hearer
    with_search: bool
    cards: CardPress
    draft: Draft | None


class MadePage(NamedTuple):
    """A page: its row, and where its bytes are; None for one that is as it was.

    Its reading, in the row, is in the spool while `html` is not None, else in the pack of the build before. A page
    that could not be rendered has a fault.
    """

    row: PageRow
    html: Spot | None
    fault: Fault | None = None


class MadeBody(NamedTuple):
    """A converted body, where it is in the spool, its digest, and the ids of its headings."""

    spot: Spot
    digest: bytes
    headings: tuple[str, ...] | None


class MadeDocument(NamedTuple):
    """What became of a document. `body` is None where the one of the build before still holds, or none can be made.

    There are no `pages` for a document that is not shown, or whose body has errors; else its own comes first, and then
    the files that belong to it. `asked` is what the body asked, `page_asked` what they did.
    """

    problems: tuple[Problem, ...]
    body: MadeBody | None
    asked: Told | None
    pages: list[MadePage]
    page_asked: Told | None


class MadeChapter(NamedTuple):
    """A chapter's pages, and what they asked."""

    pages: list[MadePage]
    asked: Told


def make_document(
    workshop: Workshop,
    find: Callable[[], Document],
    known: bytes | None,
    planned: bytes | None,
    before: Iterable[PageRow],
    *,
    shown: bool,
    worker: int,
) -> MadeDocument:
    """Convert the body of the document that is found, unless `known` is it, and make its page where it is `shown`.

    `before` are its pages of the build before. `planned` is the reading of its own page, packed, where nothing changed
    on which its plan rests: then it is not planned again. All that is wrong with the document is in the result.
    """
    problems: tuple[Problem, ...] = ()
    body = told = None
    if known is None:
        document = find()
        prose, problems, asked = _convert(workshop, document)
        known = pickle.dumps(prose, protocol=5)
        digest = hashlib.sha256(known).digest()
        headings = workshop.context.parsed.headings(document)
        ids = None if headings is None else tuple(sorted(headings))
        if any(problem.severity == "error" for problem in problems):
            return MadeDocument(problems, None, None, [], None)
        body = MadeBody(workshop.spool.add(known, worker), digest, ids)
        told = workshop.teller.told(asked, worker)
    else:
        prose = pickle.loads(known)  # noqa: S301 - the cache's own, behind its checksum
        digest = hashlib.sha256(known).digest()
    if not shown:
        return MadeDocument(problems, body, told, [], None)
    if planned is not None:
        plan = plan_in(planned)
        page = page_again(workshop.answers, unpack_plan(plan), prose)
        return MadeDocument(problems, body, told, _finish(workshop, [page], before, worker, plan), None)
    asker = Asker(workshop.answers)
    page = document_page(Frame.of(asker), find(), prose, digest)
    made = _finish(workshop, [replace(page, said=said_by(page))], before, worker)
    return MadeDocument(problems, body, told, made, workshop.teller.told(asker.trace.asked, worker))


def make_chapter(workshop: Workshop, chapter: Chapter, before: Iterable[PageRow], worker: int) -> MadeChapter:
    """Plan a chapter and make its pages. `before` are its pages of the build before."""
    asker = Asker(workshop.answers)
    pages = chapter(Frame.of(asker), replace(workshop.options, as_of=asker.day()))
    made = _finish(workshop, pages, before, worker)
    return MadeChapter(made, workshop.teller.told(asker.trace.asked, worker))


def _finish(
    workshop: Workshop, pages: Iterable[Page], before: Iterable[PageRow], worker: int, plan: bytes | None = None
) -> list[MadePage]:
    """Finish pages and what belongs to them. `plan` is that of the first, packed, where it is known."""
    known = {row.address: row for row in before}
    made = []
    for page in with_companions(pages):
        made.append(finish_page(workshop, page, known.get(page.address), worker, plan))
        plan = None
    return made


def finish_page(
    workshop: Workshop, page: Page, before: PageRow | None, worker: int, plan: bytes | None = None
) -> MadePage:
    """Render and read a page, unless its view and its templates are those of the page before."""
    key = page_key(page, workshop.templates.get(page.template, ""), workshop.generator)
    if before is not None and before.key == key:
        return MadePage(before._replace(source=page.source, title=page.title), None)
    html = workshop.cards.make(page) if page.template == CARD else render(workshop.environment, page)
    row = PageRow(page.address, page.template, page.source, page.title, key, "", 0, None, False)
    if isinstance(html, Fault):
        return MadePage(row, None, html)
    reading, flawed = None, False
    if page.path.endswith(".html"):
        found = read_page(html, workshop.language)
        text = search_text(page, html, workshop.language) if workshop.with_search else None
        plan = plan or (pack_plan(page) if page.said else None)
        reading, flawed = workshop.spool.add(pack_reading(found, text, plan), worker), bool(found.findings)
    digest = hashlib.sha256(html).hexdigest()
    row = row._replace(sha256=digest, size=len(html), reading=reading, flawed=flawed)
    is_drafted = workshop.draft is not None and workshop.draft.put(page.path, html)
    return MadePage(row, DRAFTED if is_drafted else workshop.spool.add(html, worker, lasting=False))


def pack_reading(reading: PageReading, text: str | None, plan: bytes | None) -> bytes:
    """Return a reading, what a search should find on the page, and its plan where that is kept, as bytes."""
    ids, links, absolute, published, findings = reading
    told = [tuple(finding) for finding in findings]
    return marshal.dumps((sorted(ids), links, absolute, published, told, text, plan))


def unpack_reading(data: bytes) -> PageReading:
    """Return the reading that `pack_reading` packed."""
    ids, links, absolute, published, findings, _, _ = marshal.loads(data)  # noqa: S302 - its checksum was right
    return PageReading(frozenset(ids), links, absolute, published, tuple(Finding(*one) for one in findings))


def unpack_text(data: bytes) -> str | None:
    """Return what a search should find on a page, from the bytes of its reading."""
    text: str | None = marshal.loads(data)[5]  # noqa: S302 - its checksum was right
    return text


def pack_plan(page: Page) -> bytes:
    """Return a page as it was planned, without the parts of its view whose digests are known, as bytes."""
    rest = page.rest
    plan: Any = (page.address, page.template, rest, page.source, page.title, page.known, page.said)
    try:
        return marshal.dumps(plan)
    except ValueError:  # there is safe HTML in the view
        return pickle.dumps(replace(page, view=rest), protocol=5)


def unpack_plan(data: bytes) -> Page:
    """Return the page that `pack_plan` packed."""
    if data.startswith(pickle.PROTO):
        page: Page = pickle.loads(data)  # noqa: S301 - the cache's own, behind its checksum
        return page
    return Page(*marshal.loads(data))  # noqa: S302 - its checksum was right


def plan_in(data: bytes) -> bytes:
    """Return what `pack_plan` packed, from the bytes of the page's reading."""
    plan: bytes = marshal.loads(data)[6]  # noqa: S302 - its checksum was right
    return plan


def _convert(workshop: Workshop, document: Document) -> tuple[Prose, tuple[Problem, ...], tuple[Question, ...]]:
    """Return the converted body, all that is wrong with the document, and the questions asked for both."""
    context, report = workshop.context.anew(), Report()
    check_front_matter(document.front, context.site.places, report)
    report.extend(check_document(document, context.as_of))
    prose = convert_document(document, context)
    report.extend(prose.problems)
    return replace(prose, problems=[]), tuple(report.problems), tuple(context.asker.trace.asked)
