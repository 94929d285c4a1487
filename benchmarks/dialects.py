"""What generators read differently: front matter, links, the fact, and what a corpus needs besides articles."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FACT_TEXT = "20,592,571"
"""The value of the one fact as prose writes it."""


class Article(NamedTuple):
    """What stands in the front matter of an article."""

    number: int
    title: str
    day: datetime.date
    tags: list[str]
    description: str
    shows_fact: bool


def slug(number: int) -> str:
    """Return the name of an article's file and page."""
    return f"article-{number:05d}"


def _nothing(folder: Path) -> None:
    """Leave a corpus as it is."""


@dataclass(frozen=True)
class Dialect:
    """How one generator wants its corpus.

    `articles` is the folder of articles. `fact` is what prose writes where it shows the fact; None where a generator
    has no data that prose can show, so that the figure stands there as text. `fact_file` is the file the fact is kept
    in. `base` is the template that all pages share. `complete` adds what the theme's folder lacks.
    """

    articles: str
    front_matter: Callable[[Article], str]
    link: Callable[[int], str]
    base: str
    fact: str | None = None
    fact_file: str | None = None
    table_source: str = ""
    complete: Callable[[Path], None] = _nothing


def _yaml(article: Article) -> str:
    return (
        f'---\ntitle: "{article.title}"\ndate: {article.day}\ntags: [{", ".join(article.tags)}]\n'
        f'description: "{article.description}"\n---\n\n'
    )


def _eleventy(article: Article) -> str:
    """Return front matter that lets Nunjucks run over an article only where it has something to fill in."""
    engine = "templateEngineOverride: njk,md\n" if article.shows_fact else ""
    return _yaml(article).replace("---\n", f"---\n{engine}", 1)


def _pelican(article: Article) -> str:
    return (
        f"Title: {article.title}\nDate: {article.day}\nSlug: {slug(article.number)}\n"
        f"Tags: {', '.join(article.tags)}\nSummary: {article.description}\n\n"
    )


def _by_address(number: int) -> str:
    return f"/posts/{slug(number)}/"


def _by_file(number: int) -> str:
    return f"{slug(number)}.md"


_STUB = '{% extends "base.html" %}\n{% block main %}<h1>{{ page.title }}</h1>{% endblock %}\n'


def _complete_ours(folder: Path) -> None:
    """Add what the theme leaves out: pages that no peer has show their title; feed, sitemap and icon are as usual."""
    own, static = ROOT / "templates", ROOT / "static"
    for path in sorted(path for path in [*own.iterdir(), *(own / "pages").iterdir()] if path.is_file()):
        target = folder / "templates" / path.relative_to(own)
        if not target.exists():
            is_page = path.parent.name == "pages" and path.name != "alias.html"
            target.write_text(_STUB if is_page else path.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copyfile(static / "icon.svg", folder / "static" / "icon.svg")


DIALECTS = {
    "ours": Dialect(
        "content/articles",
        _yaml,
        _by_file,
        "templates/base.html",
        f"[{FACT_TEXT}](fact:plainland.population)",
        "content/countries/plainland.yml",
        " [@census]",
        _complete_ours,
    ),
    "hugo": Dialect(
        "content/posts",
        _yaml,
        _by_address,
        "layouts/_default/baseof.html",
        '{{< fact "population" >}}',
        "data/facts.yml",
    ),
    "eleventy": Dialect(
        "posts",
        _eleventy,
        _by_address,
        "_includes/base.njk",
        '<span title="{{ facts.population.note }}">{{ facts.population.value }}</span>',
        "_data/facts.json",
    ),
    "pelican": Dialect("content", _pelican, _by_address, "theme/templates/base.html"),
    "mkdocs": Dialect("docs", _yaml, _by_file, "theme/main.html"),
    "zensical": Dialect("docs", _yaml, _by_file, "overrides/main.html"),
}
