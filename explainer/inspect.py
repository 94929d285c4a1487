"""Inspect the finished site: what no reader, browser or server should have to find out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from explainer.inspection.files import check_style_sheet, check_xml
from explainer.inspection.findings import Finding
from explainer.inspection.links import SiteLinks
from explainer.inspection.reading import PageReading, read_page
from explainer.page import Page
from explainer.problems import Place, Report

MOST_TOLD = 3
"""A problem that more pages than this have in common is told once, with their number."""


def inspect_files(
    files: Mapping[str, bytes],
    pages: Sequence[Page],
    report: Report,
    *,
    language: str,
    base_path: str = "/",
    base_url: str = "",
    known: Mapping[str, PageReading] | None = None,
) -> dict[str, PageReading]:
    """Report what is wrong with the finished files, and return what was read in each page, by path.

    `files` are all files of the site by path, `pages` those that come from content: a problem stands at the content
    its page is about, and says the page's address. `language` is the site's, `base_path` and `base_url` say where it
    will be. `known` are readings of pages that have not changed since: these are not parsed again.
    """
    known = known or {}
    readings = {
        path: known[path] if path in known else read_page(files[path], language)
        for path in files
        if path.endswith(".html")
    }
    links = SiteLinks(files, readings, base_path, base_url)
    found: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for path, finding in _findings(files, readings, links):
        found.setdefault((finding.code, finding.about), []).append((path, finding))
    by_path = {page.path: page for page in pages}
    for alike in found.values():
        _tell(alike, by_path, report)
    return readings


def _findings(
    files: Mapping[str, bytes], readings: Mapping[str, PageReading], links: SiteLinks
) -> Iterator[tuple[str, Finding]]:
    """Yield path and finding of all files, page by page."""
    for path in files:
        for finding in _of_file(path, files, readings, links):
            yield path, finding


def _of_file(
    path: str, files: Mapping[str, bytes], readings: Mapping[str, PageReading], links: SiteLinks
) -> Iterable[Finding]:
    if path in readings:
        return [*readings[path].findings, *links.check(path)]
    if path.endswith(".css"):
        return check_style_sheet(path, files[path], files)
    if path.endswith((".xml", ".svg", ".xsl")):
        return check_xml(files[path])
    return []


def _tell(alike: list[tuple[str, Finding]], pages: Mapping[str, Page], report: Report) -> None:
    """Report a problem on each page that has it, or on the first of many."""
    told = alike if len(alike) <= MOST_TOLD else alike[:1]
    for path, finding in told:
        page = pages.get(path)
        place, name = (Place(page.source), page.address) if page else (Place(path), path)
        message = f"{name} {finding.message}"
        if len(told) < len(alike):
            message += f" ({len(alike) - 1} more pages have the same)"
        report.add(place, finding.code, message, finding.fix, severity=finding.severity)
