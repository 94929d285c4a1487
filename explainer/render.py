"""Render pages: views and templates go in, bytes come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from explainer.page import Page
from explainer.problems import Place, Problem, Report, did_you_mean
from explainer.writers import WRITERS

if TYPE_CHECKING:
    from explainer.templating.environment import TemplateEnvironment


class Fault(Struct, frozen=True):
    """The page at an address, about a content file, could not be rendered.

    `problem` does not name the page: many pages may have it in common.
    """

    problem: Problem
    address: str
    source: str


def render(environment: TemplateEnvironment, page: Page) -> bytes | Fault:
    """Return the bytes of a page: UTF-8, LF, one line end at the end. A mistake in a template is returned, not raised.

    The same page and templates give the same bytes, in any thread or process. A page that is data names a writer in
    place of a template, and is written by that.
    """
    if page.template in WRITERS:
        return WRITERS[page.template](page.view)
    from explainer.templating.environment import LINK_BASE, Origin, rendering
    from explainer.templating.faults import problem_of

    if page.template not in environment.templates.sources:
        return Fault(_missing_template(environment, page), page.address, page.source)
    base = page.view.get(LINK_BASE)
    token = rendering.set(Origin.of(page.address, base if isinstance(base, str) else None))
    try:
        text = environment.get_template(page.template).render(page.view)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return (text.rstrip("\n") + "\n").encode("utf-8")
    except Exception as error:
        problem = problem_of(error, environment, page)
        if problem is None:
            raise
        return Fault(problem, page.address, page.source)
    finally:
        rendering.reset(token)


def render_page(
    environment: TemplateEnvironment, page: Page, report: Report, *, place: Place | None = None
) -> bytes | None:
    """Return the bytes of a page, or report why there are none.

    `place` is where the page's template was chosen, for the case that there is no such template.
    """
    rendered = render(environment, page)
    if isinstance(rendered, bytes):
        return rendered
    report_faults([rendered], environment, report, places={page.address: place} if place else {})
    return None


def render_pages(
    environment: TemplateEnvironment,
    pages: Iterable[Page],
    report: Report,
    *,
    places: Mapping[str, Place] | None = None,
) -> dict[str, bytes]:
    """Return the bytes of all pages that can be rendered, by their path in the site; report the faults of all others.

    `places` goes from addresses to the places where their templates were chosen.
    """
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for page in pages:
        rendered = render(environment, page)
        if isinstance(rendered, bytes):
            files[page.path] = rendered
        else:
            faults.append(rendered)
    report_faults(faults, environment, report, places=places or {})
    return files


def report_faults(
    faults: Iterable[Fault], environment: TemplateEnvironment, report: Report, *, places: Mapping[str, Place]
) -> None:
    """Report faults, each once: with the first page that has it, and the number of other pages that have it too."""
    environment.templates.remember(report)
    by_problem: dict[Problem, list[Fault]] = {}
    for fault in faults:
        by_problem.setdefault(fault.problem, []).append(fault)
    report.extend(_told(alike, places) for alike in by_problem.values())


def _told(alike: list[Fault], places: Mapping[str, Place]) -> Problem:
    first, others = alike[0], len(alike) - 1
    problem = first.problem
    more = f" and {others} more page{'s' if others > 1 else ''}" if others else ""
    if problem.code == "T001":  # It keeps the template from being read at all: no page has a part in it.
        return problem
    place = places.get(first.address, problem.place) if problem.code == "T017" else problem.place
    message = f"{problem.message} (rendering {first.address} from {first.source}{more})"
    return Problem(place, problem.code, message, problem.fix)


def _missing_template(environment: TemplateEnvironment, page: Page) -> Problem:
    templates = environment.templates
    otherwise = f"put it into {templates.shown_as}/"
    fix = did_you_mean(page.template, templates.sources, otherwise=otherwise)
    return Problem(Place(page.source), "T017", f'there is no template "{page.template}"', fix)
