"""What generators read differently: front matter, links, the fact, and what a corpus needs besides articles."""

from __future__ import annotations

import datetime
import re
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


_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")


def _add_our_templates(folder: Path) -> None:
    """Add the project's own templates and static files where the theme has none: pages the peers do not have.

    Those pages may fill blocks of the project's base template that the theme's has not: it gets them, empty.
    """
    base, own = folder / "templates" / "base.html", (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    text = base.read_text(encoding="utf-8")
    missing = [name for name in _BLOCK.findall(own) if name not in _BLOCK.findall(text)]
    blocks = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in missing)
    base.write_text(text.replace("</head>", f"{blocks}</head>"), encoding="utf-8")
    for name in ("templates", "static"):
        for path in sorted((ROOT / name).rglob("*")):
            target = folder / name / path.relative_to(ROOT / name)
            if path.is_file() and not target.exists() and not path.is_relative_to(ROOT / "static" / "css"):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


DIALECTS = {
    "ours": Dialect(
        "content/articles",
        _yaml,
        _by_file,
        "templates/base.html",
        f"[{FACT_TEXT}](fact:plainland.population)",
        "content/countries/plainland.yml",
        " [@census]",
        _add_our_templates,
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
