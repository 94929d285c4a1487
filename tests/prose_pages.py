"""Articles of the fixture region for tests: written into a project of their own, read, linked and converted."""

from __future__ import annotations

import struct
from pathlib import Path

from explainer.assets import collect_assets
from explainer.config import Folders
from explainer.link import link_site
from explainer.problems import Problem, Report
from explainer.prose import Prose, ProseContext, convert_document, make_context
from explainer.read import read_content
from explainer.site import Site
from tests.projects import OPTIONS, copy_isles

FRONT = "---\ntitle: {title}\ndescription: A text for tests.\ndate: 2025-01-01\n{extra}---\n"
BODY_LINE = 6
"""The line of the file on which the body of `write_article` begins."""

TERMS = """\
treaty-of-the-sound:
  term: Treaty of the Sound
  definition: The treaty that made the Council.
  aliases: [Sound Treaty]
ferry-day:
  term: Ferry day
  definition: A day on which the ferries run.
  aliases: [ferry days]
council-report:
  term: CR
  definition: The report of the Council.
"""
DERIVED = """\
all-people:
  label: People of the isles
  kind: sum
  of: [alder.population, birch.population]
alder-share:
  label: Part of the people that lives on Alder
  kind: share
  of: [alder.population, derived.all-people]
"""


def write_article(folders: Folders, body: str, name: str = "tides", *, extra: str = "", kind: str = "articles") -> Path:
    """Write an article, or a page, with front matter that is right."""
    path = folders.content / kind / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(FRONT.format(title=name.title(), extra=extra) + body, encoding="utf-8", newline="")
    return path


def write_vocabularies(folders: Folders) -> None:
    """Give the region a glossary and derived figures."""
    (folders.content / "glossary.yml").write_text(TERMS, encoding="utf-8")
    (folders.content / "derived.yml").write_text(DERIVED, encoding="utf-8")


def new_project(root: Path) -> Folders:
    """Return the folders of a copy of the fixture region with a glossary and derived figures."""
    folders = copy_isles(root)
    write_vocabularies(folders)
    return folders


def read_site(folders: Folders) -> Site:
    """Read and link a project that has no errors up to here."""
    report = Report()
    site = link_site(read_content(folders.content, folders.shown(folders.content), report), report)
    assert report.errors == [], "\n".join(map(str, report.errors))
    assert site is not None
    return site


def context_of(folders: Folders) -> ProseContext:
    """Return the context in which the bodies of a project are converted, its images included."""
    site = read_site(folders)
    assets = collect_assets(folders.static, folders.shown(folders.static), site, Report())
    return make_context(site, OPTIONS, assets=assets)


def convert(folders: Folders, name: str = "tides") -> Prose:
    """Convert one article of a project."""
    context = context_of(folders)
    return convert_document(context.site.articles[name], context)


def article(root: Path, body: str) -> Prose:
    """Convert a body as an article of a new project."""
    folders = new_project(root)
    write_article(folders, body)
    return convert(folders)


def first_line(problem: Problem) -> str:
    """Return the line that says what is wrong, and where."""
    return str(problem).split("\n")[0]


def told(prose: Prose) -> list[tuple[str, int, int, int]]:
    """Return code, line of the body, column and length of each error of a body."""
    errors = sorted((p for p in prose.problems if p.severity == "error"), key=lambda p: p.sort_key)
    return [(p.code, p.place.line - BODY_LINE + 1, p.place.column, p.place.length) for p in errors]


def png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG of a size."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(9)
