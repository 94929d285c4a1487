"""Inspect the finished site: what no reader, browser or server should have to find out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from explainer.inspection.files import check_style_sheet, check_xml
from explainer.inspection.findings import Finding
from explainer.inspection.links import SiteLinks
from explainer.inspection.reading import PageReading, read_page
from explainer.problems import Place, Report

MOST_TOLD = 3
"""A problem that more pages than this have in common is told once, with their number."""


class InspectedPage(Protocol):
    """What a problem of a page needs: the page's address, the path of its file, and the content it is about."""

    @property
    def address(self) -> str: ...  # noqa: D102

    @property
    def path(self) -> str: ...  # noqa: D102

    @property
    def source(self) -> str: ...  # noqa: D102


def inspect_files(
    files: Mapping[str, bytes],
    pages: Iterable[InspectedPage],
    report: Report,
    *,
    language: str,
    base_path: str = "/",
    base_url: str = "",
) -> dict[str, PageReading]:
    """Read all finished pages, report what is wrong with the files, and return what was read in each page, by path.

    `files` are all files of the site by path, `pages` those that come from content: a problem stands at the content
    its page is about, and says the page's address. `language` is the site's, `base_path` and `base_url` say where it
    will be.
    """
    readings = {path: read_page(files[path], language) for path in files if path.endswith(".html")}
    inspect_readings(files, readings, files, pages, report, base_path=base_path, base_url=base_url)
    return readings


def inspect_readings(
    files: Mapping[str, bytes],
    readings: Mapping[str, PageReading],
    looked_at: Iterable[str],
    pages: Iterable[InspectedPage],
    report: Report,
    *,
    without_links: Collection[str] = (),
    base_path: str = "/",
    base_url: str = "",
) -> None:
    """Report what is wrong with some files of a site, of whose pages there are readings.

    Of a page only its reading is asked for, and of other pages those that it links to. `without_links` are pages whose
    links are known to be right.
    """
    links = SiteLinks(files.keys(), readings, base_path, base_url)
    found: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for path in looked_at:
        for finding in _of_file(path, files, readings, None if path in without_links else links):
            found.setdefault((finding.code, finding.about), []).append((path, finding))
    by_path = {page.path: page for page in pages} if found else {}
    for alike in found.values():
        _tell(alike, by_path, report)


def _of_file(
    path: str, files: Mapping[str, bytes], readings: Mapping[str, PageReading], links: SiteLinks | None
) -> Iterable[Finding]:
    if path in readings:
        return [*readings[path].findings, *(() if links is None else links.check(path))]
    if path.endswith(".css"):
        return check_style_sheet(path, files[path], files)
    if path.endswith((".xml", ".svg", ".xsl")):
        return check_xml(files[path])
    return []


def _tell(alike: list[tuple[str, Finding]], pages: Mapping[str, InspectedPage], report: Report) -> None:
    """Report a problem on each page that has it, or on the first of many."""
    told = alike if len(alike) <= MOST_TOLD else alike[:1]
    for path, finding in told:
        page = pages.get(path)
        place, name = (Place(page.source), page.address) if page else (Place(path), path)
        message = f"{name} {finding.message}"
        if len(told) < len(alike):
            message += f" ({len(alike) - 1} more pages have the same)"
        report.add(place, finding.code, message, finding.fix, severity=finding.severity)
