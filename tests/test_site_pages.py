"""The finished pages as a reader and a browser meet them, on the real site and on the fixture region."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from explainer.problems import ContentError
from explainer.rendered import Rendered
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles, replace_text

BASE = "https://atlas.example/"


@pytest.fixture(scope="module")
def real() -> Rendered:
    return check(Folders.below(ROOT), REAL_OPTIONS)


@pytest.fixture(scope="module")
def pages(real: Rendered) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in real.files.items() if path.endswith(".html")}


def test_every_note_leads_to_its_source_and_every_source_leads_back(pages: dict[str, LexborHTMLParser]) -> None:
    marks = 0
    for path, page in pages.items():
        for mark in page.css("sup.note-mark a"):
            target = str(mark.attributes["href"]).removeprefix("#")
            entry = page.css_first(f'[id="{target}"]')
            assert entry is not None, f"{path}: a mark leads to #{target}, which is not there"
            back = {str(link.attributes["href"]) for link in entry.css(".back-links a")}
            assert f"#{mark.attributes['id']}" in back, f"{path}: #{target} does not lead back to the mark"
            marks += 1
    assert marks > 1000


def test_the_sitemap_lists_every_page_and_nothing_else(real: Rendered) -> None:
    root = ElementTree.fromstring(real.files["sitemap.xml"])
    listed = [node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {urljoin(BASE, path.removesuffix("index.html")) for path in real.files if path.endswith("index.html")}
    assert set(listed) == pages
    assert len(listed) == len(set(listed))


def test_the_feed_is_read_by_a_feed_reader(real: Rendered) -> None:
    feed = feedparser.parse(real.files["feed.xml"])
    assert not feed.bozo
    assert feed.feed.title == "Central Asia and the CIS"
    assert feed.entries
    for entry in feed.entries:
        assert urljoin(entry.link, "index.html").removeprefix(BASE) in real.files
        assert entry.summary
        assert entry.published


def test_robots_and_sitemap_stand_at_the_top(real: Rendered) -> None:
    assert b"Sitemap: https://atlas.example/sitemap.xml" in real.files["robots.txt"]
    assert real.files[".nojekyll"] == b""


def test_no_page_has_an_absolute_link_to_its_own_site_except_where_it_must(pages: dict[str, LexborHTMLParser]) -> None:
    for path, page in pages.items():
        links = [str(node.attributes.get("href")) for node in page.css("a[href], link[href]")]
        absolute = [link for link in links if link.startswith((BASE, "/"))]
        if path == "404.html":
            assert all(link.startswith("/") for link in absolute if not link.startswith(BASE))
        else:
            assert absolute == [str(page.css_first('link[rel="canonical"]').attributes["href"])], path


def test_no_page_prints_the_day_it_was_built(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    early = check(folders, OPTIONS).files
    later = check(folders, type(OPTIONS)(as_of=OPTIONS.as_of.replace(day=2))).files
    assert early == later


def test_a_page_says_that_a_value_is_older_than_it_should_be(tmp_path: Path) -> None:
    page = LexborHTMLParser(check(copy_isles(tmp_path), OPTIONS).files["countries/birch/index.html"].decode())
    product, population = (page.css_first(f'[data-fact="birch.{name}"]') for name in ("product", "population"))
    assert product is not None and "older than it should be" in product.text()
    assert population is not None and "older than it should be" not in population.text()


def test_a_fact_without_a_value_prints_no_data_and_the_reason(tmp_path: Path) -> None:
    page = LexborHTMLParser(check(copy_isles(tmp_path), OPTIONS).files["countries/birch/index.html"].decode())
    area = page.css_first('[data-fact="birch.area"]')
    assert area is not None
    assert "no data (The coast is being measured anew.)" in " ".join(area.text().split())


def test_what_another_source_says_stands_beside_the_value(tmp_path: Path) -> None:
    page = LexborHTMLParser(check(copy_isles(tmp_path), OPTIONS).files["countries/alder/index.html"].decode())
    fact = page.css_first('.fact[data-fact="alder.population"]')
    assert fact is not None
    words = " ".join(fact.text().split())
    assert "20,592 people" in words
    assert "Another source: 20,100 people" in words
    assert "A newspaper estimate." in words


def test_two_records_with_one_address_are_both_named(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    replace_text(folders.content / "countries/birch.yml", "name: Birch", "name: Birch\nslug: alder")
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert "its address /countries/alder/ is that of content/countries/alder.yml too" in str(caught.value)


def test_a_former_address_leads_to_the_page(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    replace_text(
        folders.content / "articles/founding.md", "tags: [history]", "tags: [history]\naliases: [/old/founding/]"
    )
    page = LexborHTMLParser(check(folders, OPTIONS).files["old/founding/index.html"].decode())
    assert page.css_first('meta[http-equiv="refresh"]').attributes["content"] == "0; url=../../articles/founding/"
    assert page.css_first("main a").attributes["href"] == "../../articles/founding/"


def test_the_navigation_cannot_lead_nowhere(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    replace_text(folders.content / "site.yml", "page: /sources/", "page: /source/")
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert 'L010: there is no page "/source/"' in str(caught.value)
    assert 'did you mean "/sources/"?' in str(caught.value)


def test_a_planned_event_is_worded_as_a_plan_until_its_outcome_is_known(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    organisation = folders.content / "organisations/sound-council.yml"
    replace_text(
        organisation,
        "verification: unverified}\n",
        "verification: unverified}\n"
        "  - {id: next-meeting, date: 2025-06-01, title: The Council meets, kind: summit, sources: [gazette],"
        " verification: one-source, planned: true}\n",
    )
    page = check(folders, OPTIONS).files["organisations/sound-council/index.html"].decode()
    assert "This is planned for" in page
    past = check(folders, type(OPTIONS)(as_of=OPTIONS.as_of.replace(day=2)))
    assert "This was planned for" in past.files["organisations/sound-council/index.html"].decode()
    assert any("no outcome" in problem.message for problem in past.warnings)


GOLDEN = [
    "disputed/index.html",
    "organisations/index.html",
    "index.html",
    "countries/alder/index.html",
    "organisations/sound-council/index.html",
    "articles/founding/index.html",
    "timeline/index.html",
    "sources/index.html",
]


@pytest.mark.golden
@pytest.mark.parametrize("path", GOLDEN)
def test_a_page_of_the_fixture_region_is_the_golden_one(tmp_path: Path, path: str, *, rewrite_golden: bool) -> None:
    page = check(copy_isles(tmp_path), OPTIONS).files[path].decode()
    # The digest in the name of the style sheet changes with every change of style, which is no matter of the page.
    page = page.replace(page.split("assets/site.")[1].split(".css")[0], "DIGEST")
    golden = ROOT / "tests" / "golden" / "pages" / f"{path.replace('/', '-').removesuffix('-index.html')}"
    golden = golden.with_suffix(".html")
    if rewrite_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")
