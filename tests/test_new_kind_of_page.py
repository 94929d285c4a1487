"""Whoever adds a kind of page says nowhere what it depends on, and cannot get it wrong: what it asks is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from explainer.build import build, check
from explainer.config import Folders, Options
from explainer.page import Page
from explainer.plan import AFTER_DOCUMENTS
from explainer.plan.frame import Frame
from explainer.problems import ContentError
from tests.edits import Editor, make_project
from tests.projects import OPTIONS, replace_text, tree

TEMPLATE = """{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>
<p>{{ people if people is not none else "no known" }} people, {{ mentions }} articles, {{ words }}.</p>
{% if late %}<p>It is late.</p>{% endif %}{% endblock %}
"""


def almanac(frame: Frame, options: Options) -> Iterable[Page]:
    """Plan a page for each country, as somebody would who has never heard of a cache."""
    site = frame.site
    for key, country in site.countries.items():
        fact = country.fact("population")
        about = [one for one in frame.shown_articles if key in {ref.id for ref in one.front.countries}]
        yield frame.page(
            f"/almanac/{key}/",
            "pages/almanac.html",
            f"content/countries/{key}.yml",
            title=f"Almanac of {country.name}",
            description="A page of a new kind.",
            people=None if fact is None else str(fact.value),
            mentions=len(about),
            words=", ".join(sorted(site.organisations)) or "no organisation",
            late=options.as_of > date(2025, 6, 9),
        )


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A project with a new kind of page."""
    monkeypatch.setitem(AFTER_DOCUMENTS, "almanac", almanac)
    made = make_project(tmp_path)
    (made.templates / "pages/almanac.html").write_text(TEMPLATE, encoding="utf-8")
    return made


def almanacs(folders: Folders, options: Options = OPTIONS) -> dict[str, str]:
    """Build, and return why each page of the new kind was rendered."""
    return {address: why for address, why in build(folders, options).why.items() if "almanac" in address}


def test_a_fact_that_changes_renders_the_page_that_shows_it(folders: Folders) -> None:
    assert set(almanacs(folders)) == {f"/almanac/{key}/" for key in ("alder", "birch", "cedar")}
    replace_text(folders.content / "countries/birch.yml", "value: 9_870", "value: 9_871")
    assert almanacs(folders) == {"/almanac/birch/": "countries birch population changed"}
    assert "9871 people" in (folders.output / "almanac/birch/index.html").read_text(encoding="utf-8")


def test_what_it_does_not_show_renders_none_of_its_pages(folders: Folders) -> None:
    build(folders, OPTIONS)
    article = next((folders.content / "articles").glob("note-*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
    assert almanacs(folders) == {}


def test_a_day_that_it_compares_with_renders_it_when_it_comes(folders: Folders) -> None:
    build(folders, OPTIONS)
    days = [date(2025, 6, 8), date(2025, 6, 9), date(2025, 6, 10), date(2025, 6, 11)]
    assert [bool(almanacs(folders, Options(as_of=day))) for day in days] == [False, False, True, False]


def test_its_template_renders_its_pages_alone(folders: Folders) -> None:
    build(folders, OPTIONS)
    replace_text(folders.templates / "pages/almanac.html", "It is late", "It is very late")
    assert set(build(folders, OPTIONS).why) == {f"/almanac/{key}/" for key in ("alder", "birch", "cedar")}


def test_any_edits_one_after_the_other_give_the_site_of_a_clean_build(folders: Folders) -> None:
    editor = Editor(folders, seed=23)
    compared = 0
    for _ in range(60):
        deed = editor.edit()
        try:
            build(folders, editor.options, jobs=1)
        except ContentError:
            editor.mend()
            continue
        editor.remember()
        with check(folders, editor.options, jobs=1) as clean:
            assert tree(folders.output) == dict(clean.files), deed
        compared += 1
    assert compared > 30
