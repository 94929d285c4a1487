"""The search finds names in any spelling without an index, and words of texts by an index that is always the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer import search_index
from explainer.build import build, check
from explainer.config import Folders
from explainer.problems import ContentError
from explainer.search_index import SearchError, search_files
from explainer.search_texts import search_text
from explainer.spelling import fold
from tests.projects import OPTIONS, copy_isles

TEXTS = {
    "/a/": "<html lang='en'><body><main data-pagefind-body><h1>Alder</h1>Wind and wool</main></body></html>",
    "/b/": "<html lang='en'><body><main data-pagefind-body><h1>Birch</h1>Salt</main></body></html>",
}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("O'zbekiston", "ozbekiston"),
        ("Oʻzbekiston", "ozbekiston"),
        ("O‘ZBEKISTON", "ozbekiston"),
        ("Aşgabat", "asgabat"),
        ("Nur-Sultan", "nur sultan"),
        ("  Тоҷикистон ", "тоҷикистон"),
        ("’", ""),
    ],
)
def test_spellings_of_a_name_fold_into_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def with_search(root: Path) -> Folders:
    folders = copy_isles(root)
    settings = folders.content / "site.yml"
    settings.write_text(settings.read_text().replace("search: false", "search: true"))
    return folders


def test_the_page_lists_every_name_with_its_spellings_and_needs_no_script(tmp_path: Path) -> None:
    page = LexborHTMLParser(check(copy_isles(tmp_path), OPTIONS).files["search/index.html"].decode())
    entries = {node.css_first("a").text(): node for node in page.css("[data-spellings]")}  # type: ignore[union-attr]
    alder = entries["Alder"].attributes["data-spellings"]
    assert alder is not None and {"alder", "free isle of alder", "ольха", "olkha", "quay"} <= set(alder.split("|"))
    assert page.css_first("#a-z") is not None


def test_the_same_texts_give_the_same_index_in_whatever_order_they_come(tmp_path: Path) -> None:
    first = search_files(TEXTS, tmp_path / "a")
    second = search_files(dict(reversed(TEXTS.items())), tmp_path / "b")
    assert first == second
    assert {"assets/search/pagefind.js", "assets/search/pagefind-entry.json"} <= set(first)
    assert not any("ui" in path.rsplit("/", 1)[1] for path in first)


def test_an_index_is_made_anew_only_when_a_text_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = search_files(TEXTS, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(search_index, "_make", lambda texts: pytest.fail("it was made anew"))
        assert search_files(TEXTS, tmp_path) == first
    changed = search_files({**TEXTS, "/b/": TEXTS["/b/"].replace("Salt", "Pepper")}, tmp_path)
    assert changed != first


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": 1}', "null"])
def test_a_damaged_cache_is_made_good(tmp_path: Path, damage: str) -> None:
    first = search_files(TEXTS, tmp_path)
    (tmp_path / "search.json").write_text(damage)
    assert search_files(TEXTS, tmp_path) == first


def test_a_site_may_have_no_index(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    build(folders, OPTIONS)
    assert not (folders.output / "assets/search").exists()
    page = LexborHTMLParser((folders.output / "search/index.html").read_text())
    form = page.css_first("#search")
    assert form is not None and "data-index" not in form.attributes


def test_a_build_with_an_index_publishes_it_whole_and_lists_it(tmp_path: Path) -> None:
    folders = with_search(tmp_path)
    build(folders, OPTIONS)
    assert (folders.output / "assets/search/pagefind.js").is_file()
    assert '"assets/search/pagefind.js"' in (folders.output / "manifest.json").read_text()
    assert list((folders.output / "assets/search/fragment").iterdir())


def test_a_program_that_fails_is_told_and_nothing_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pagefind_bin

    def missing() -> Path:
        raise FileNotFoundError("no program for this machine")

    monkeypatch.setattr(pagefind_bin, "get_executable", missing)
    with pytest.raises(SearchError, match="no program for this machine"):
        search_files(TEXTS, tmp_path / "cache")
    folders = with_search(tmp_path / "p")
    with pytest.raises(ContentError) as caught:
        build(folders, OPTIONS)
    assert [problem.code for problem in caught.value.problems if problem.severity == "error"] == ["U011"]
    assert not folders.output.exists()


def test_what_repeats_on_pages_is_in_no_text(tmp_path: Path) -> None:
    from explainer.page import Page

    html = (
        b"<html><body><header>Menu</header><main><nav>Trail</nav><h1>Alder</h1><p>Wool"
        b"<sup class='note-mark'>1</sup></p>"
        b"<div aria-hidden='true'>Drawn</div><section class='sources'>Gazette</section></main></body></html>"
    )
    pages = [Page("/countries/alder/", "t", {}, "s", "Alder"), Page("/feed.xml", "t", {}, "s")]
    text, nothing = (search_text(page, html, "en") for page in pages)
    assert text is not None and nothing is None
    assert ">Countries</span>" in text and "Wool" in text
    assert not any(word in text for word in ("Menu", "Trail", "Drawn", "Gazette", ">1<"))
