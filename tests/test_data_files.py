"""The data files, read by libraries that share no code with their writers, say what the pages say."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from explainer.plan.bibtex import bibtex_entry
from explainer.rendered import Rendered
from explainer.writers import write_json, write_table
from explainer.writers.calendar import write_calendar
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles, replace_text

BASE = "https://atlas.example/"


@pytest.fixture(scope="module")
def real() -> Rendered:
    return check(Folders.below(ROOT), REAL_OPTIONS)


@pytest.fixture(scope="module")
def pages(real: Rendered) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in real.files.items() if path.endswith(".html")}


def table(data: bytes) -> pandas.DataFrame:
    """Read a CSV file with every cell as the text it is."""
    return pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def figures_of(page: LexborHTMLParser, where: str) -> list[str]:
    return [str(node.attributes["value"]) for node in page.css(f"{where} data.figure")]


def test_every_number_of_a_country_page_stands_in_its_table(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    seen = 0
    for path, page in pages.items():
        if not path.startswith("countries/") or path == "countries/index.html":
            continue
        country = path.split("/")[1]
        rows = table(real.files[f"data/countries/{country}.csv"])
        for node in page.css(".fact[data-fact]"):
            indicator = str(node.attributes["data-fact"]).split(".")[1]
            own = rows[(rows.indicator == indicator) & (rows.role != "series")]
            numbers = sorted(filter(None, [*own.value, *own.low, *own.high, *own.share]))
            assert sorted(figures_of(page, f'.fact[data-fact="{country}.{indicator}"]')) == numbers
            seen += len(numbers)
        for node in page.css("[data-series]"):
            indicator = str(node.attributes["data-series"]).split(".")[1]
            own = rows[(rows.indicator == indicator) & (rows.role == "series")]
            assert figures_of(page, f'[data-series="{country}.{indicator}"]') == list(own.value)
            assert [cell.text() for cell in node.css("tbody th")] == list(own.as_of)
            seen += len(own)
    assert seen > 400


def test_json_and_tables_say_the_same(real: Rendered) -> None:
    for path in [path for path in real.files if path.startswith("data/countries/") and path.endswith(".json")]:
        content = json.loads(real.files[path])
        rows = table(real.files[path.replace(".json", ".csv")])
        main = rows[rows.role == "main"]
        assert set(main.indicator) == set(content["facts"])
        for indicator, fact in content["facts"].items():
            own = main[main.indicator == indicator]
            assert set(own.as_of) == {fact["as_of"]} and set(own.sources) == {" ".join(fact["sources"])}
            if isinstance(fact["value"], (int, float)):
                assert [float(value) for value in own.value] == [fact["value"]]
            if isinstance(fact["value"], list):
                assert [item["item"] for item in fact["value"]] == list(own.text)
            assert set(fact["sources"]) <= set(content["sources"])
        for indicator, series in content["series"].items():
            own = rows[(rows.indicator == indicator) & (rows.role == "series")]
            assert dict(zip(own.as_of, map(float, own.value), strict=True)) == series["values"]


def test_the_parts_add_up_to_the_whole(real: Rendered) -> None:
    whole = table(real.files["data/facts.csv"])
    for kind, column in (("countries", "country"), ("indicators", "indicator")):
        parts = [
            table(data) for path, data in real.files.items() if path.startswith(f"data/{kind}/") and ".csv" in path
        ]
        together = pandas.concat(parts).drop(columns="page")
        order = list(together.columns)
        both = [frame.sort_values(order, ignore_index=True) for frame in (together, whole.drop(columns="page"))]
        assert both[0].equals(both[1]), kind
        assert all(f"data/{kind}/{key}.json" in real.files for key in whole[column])
    assert json.loads(real.files["data/facts.json"])["countries"]["kazakhstan"]["facts"]["population"]["value"] > 10**7


def test_every_row_leads_to_the_place_where_the_site_shows_it(
    real: Rendered, pages: dict[str, LexborHTMLParser]
) -> None:
    ids = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    for name in ("facts", "events", "sources"):
        for address in table(real.files[f"data/{name}.csv"]).page:
            path, _, fragment = address.removeprefix(BASE).partition("#")
            assert address.startswith(BASE) and fragment in ids[f"{path}index.html"], address


def test_every_source_of_the_data_is_in_the_table_of_sources(real: Rendered) -> None:
    known = set(table(real.files["data/sources.csv"]).id)
    for name in ("facts", "events"):
        cited = {key for cell in table(real.files[f"data/{name}.csv"]).sources for key in cell.split()}
        assert cited and cited <= known


def test_a_calendar_has_every_event_of_its_page_on_its_day(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    calendars = [path for path in real.files if path.startswith("data/organisations/") and path.endswith(".ics")]
    assert len(calendars) > 5
    for path in calendars:
        organisation = path.split("/")[2].removesuffix(".ics")
        calendar = icalendar.Calendar.from_ical(real.files[path])
        events = list(calendar.walk("VEVENT"))
        page = pages[f"organisations/{organisation}/index.html"]
        shown = {f"{organisation}-{node.attributes['id']}": node for node in page.css("ol.events > li.event")}
        assert {str(event["UID"]).partition("@")[0] for event in events} == set(shown)
        for event in events:
            heading = shown[str(event["UID"]).partition("@")[0]].css_first("h3")
            first, after = event["DTSTART"].dt, event["DTEND"].dt
            stated = str(heading.css_first("time").attributes["datetime"])
            is_vague = len(stated) < 10 or any(
                word in heading.css_first("time").text() for word in (" to ", "between ")
            )
            assert str(first).startswith(stated)
            assert (after - first > timedelta(days=1)) == is_vague
            assert str(event["SUMMARY"]).rpartition(": ")[2] in " ".join(heading.text().split())
            assert str(event["URL"]).startswith(f"{BASE}organisations/{organisation}/#")
    uids = [event["UID"] for event in icalendar.Calendar.from_ical(real.files["data/events.ics"]).walk("VEVENT")]
    assert len(uids) == len(set(uids)) == len(pages["timeline/index.html"].css("li.event"))


def test_counts_in_the_data_are_those_of_the_page(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    content = json.loads(real.files["data/organisations/cis.json"])
    shown: dict[int, list[str]] = {}
    for row in pages["organisations/cis/index.html"].css("table.years tbody tr"):
        years = [int(node.text()) for node in row.css("th time")]
        shown |= {
            year: [cell.css_first("strong").text() for cell in row.css("td")] for year in range(years[0], years[-1] + 1)
        }
    found = {
        counts["year"]: [
            str(low) if low == high else f"between {low} and {high}"
            for low, high in (counts["members"], counts["associates"])
        ]
        for counts in content["counts_on_1_january"]
    }
    assert found == shown
    assert len(found) > 30


def json_ld(page: LexborHTMLParser) -> list[dict[str, Any]]:
    """Read the JSON-LD of a page with a processor that knows the words of schema.org, and asks no network."""

    def load(address: str, options: dict[str, Any]) -> dict[str, Any]:
        assert address.startswith("https://schema.org"), f"the page asks for {address}"
        context = {"@context": {"@vocab": "https://schema.org/"}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}

    block = page.css_first('script[type="application/ld+json"]')
    if block is None:
        return []
    framed = jsonld.frame(
        json.loads(block.text()), {"@context": "https://schema.org"}, {"documentLoader": load, "base": BASE}
    )
    return list(framed.get("@graph", [framed]))


def test_programs_read_what_a_page_is_about(pages: dict[str, LexborHTMLParser]) -> None:
    kinds: dict[str, set[str]] = {}
    for path, page in pages.items():
        for thing in json_ld(page):
            kinds.setdefault(str(thing["@type"]), set()).add(path)
    assert "countries/kazakhstan/index.html" in kinds["Country"] & kinds["Dataset"] & kinds["BreadcrumbList"]
    assert "data/index.html" in kinds["Dataset"] and "organisations/cis/index.html" in kinds["Dataset"]
    assert any(path.startswith("articles/") for path in kinds["Article"])
    with_trail = {path for path, page in pages.items() if page.css_first("nav.trail")}
    assert kinds["BreadcrumbList"] == with_trail


def test_a_data_set_names_files_that_are_there(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    (data,) = [thing for thing in json_ld(pages["countries/kazakhstan/index.html"]) if thing["@type"] == "Dataset"]
    urls = [part["contentUrl"] for part in data["distribution"]]
    assert urls == [f"{BASE}data/countries/kazakhstan.{ending}" for ending in ("json", "csv")]
    assert all(url.removeprefix(BASE) in real.files for url in urls)
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert 50 <= len(data["description"]) <= 5000


def test_each_figure_leads_to_itself_to_json_and_to_csv(pages: dict[str, LexborHTMLParser]) -> None:
    rows = [row for path, page in pages.items() if path.startswith("countries/") for row in page.css("div.fact")]
    assert len(rows) > 200
    for row in rows:
        indicator = row.attributes["id"]
        links = [str(link.attributes["href"]) for link in row.css("a.permalink, .data-links a")]
        assert links == [f"#{indicator}", *(f"../../data/indicators/{indicator}.{end}" for end in ("json", "csv"))]


def test_a_citation_is_read_by_programs_for_citations(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    cited = [path for path, page in pages.items() if page.css_first("section.cite")]
    assert len(cited) > 20
    for path in cited:
        folder = path.removesuffix("index.html")
        bibtex, csl = (form.text() for form in pages[path].css(".cite-form pre"))
        (entry,) = parse_string(bibtex, "bibtex").entries.values()
        (item,) = json.loads(csl)
        text = pages[path].css_first(".cite-text").text()
        assert entry.fields["url"] == item["URL"] == f"{BASE}{folder}"
        assert item["URL"] in text and item["title"].removesuffix(".") in text
        assert not {"?.", "!.", ".."} & {text[at : at + 2] for at in range(len(text))}, "a title has its own end"
        assert str(item["issued"]["date-parts"][0][0]) == entry.fields["year"]
        assert len(entry.persons["author"]) == len(item["author"])
        assert not set(item) - {"id", "type", "title", "container-title", "author", "language", "note", "issued", "URL"}


def test_each_country_has_a_feed_that_a_feed_reader_reads(real: Rendered, pages: dict[str, LexborHTMLParser]) -> None:
    feeds = [path for path in real.files if path.startswith("countries/") and path.endswith("feed.xml")]
    assert len(feeds) == 15
    for path in feeds:
        feed = feedparser.parse(real.files[path])
        assert not feed.bozo and feed.feed.updated
        page = pages[path.replace("feed.xml", "index.html")]
        assert page.css_first('link[type="application/atom+xml"][href="feed.xml"]') is not None
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            where, _, fragment = entry.link.removeprefix(BASE).partition("#")
            target = pages[f"{where}index.html"]
            assert not fragment or target.css_first(f'[id="{fragment}"]') is not None
    assert len(feedparser.parse(real.files["countries/kazakhstan/feed.xml"]).entries) > 10


def test_the_dictionary_explains_every_column_and_leads_to_every_file(
    real: Rendered, pages: dict[str, LexborHTMLParser]
) -> None:
    page = pages["data/index.html"]
    explained = {
        str(section.attributes["aria-labelledby"]).removeprefix("columns-"): [node.text() for node in section.css("dt")]
        for section in page.css("section[aria-labelledby^=columns-]")
    }
    for name in ("facts", "events", "sources"):
        assert explained[name] == list(table(real.files[f"data/{name}.csv"]).columns)
    linked = {str(link.attributes["href"]) for link in page.css("a[href]")}
    own = {path.removeprefix("data/") for path in real.files if path.startswith("data/")} - {"index.html"}
    assert own <= linked


def changed(before: Rendered, after: Rendered) -> set[str]:
    paths = before.files.keys() | after.files.keys()
    return {path for path in paths if before.files.get(path) != after.files.get(path)} - {"manifest.json"}


def test_a_changed_fact_changes_exactly_its_files(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    before = check(folders, OPTIONS)
    replace_text(folders.content / "countries/birch.yml", "value: 9_870", "value: 9_871")
    pages = {"index.html", "countries/index.html", "countries/birch/index.html", "compare/index.html"}
    pages.add("articles/founding/index.html")
    files = {
        f"data/{name}.{end}"
        for name in ("facts", "countries/birch", "indicators/population")
        for end in ("json", "csv")
    }
    assert changed(before, check(folders, OPTIONS)) == pages | files


def test_a_changed_event_changes_exactly_its_files(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    before = check(folders, OPTIONS)
    replace_text(folders.content / "organisations/sound-council.yml", "title: Leaves the Council", "title: Goes")
    pages = {f"{at}index.html" for at in ("", "countries/birch/", "organisations/sound-council/", "timeline/")}
    names = ("events", "countries/birch", "organisations/sound-council")
    files = {f"data/{name}.{end}" for name in names for end in ("json", "csv", "ics")} - {"data/countries/birch.csv"}
    assert changed(before, check(folders, OPTIONS)) == pages | files | {"countries/birch/feed.xml"}


def test_data_is_the_same_on_every_day(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    early = check(folders, OPTIONS)
    late = check(folders, type(OPTIONS)(as_of=date(2035, 1, 1)))
    assert not {path for path in changed(early, late) if path.startswith("data/") or path.endswith("feed.xml")}


def test_a_site_without_an_address_gives_links_that_work_in_any_folder(tmp_path: Path) -> None:
    files = check(copy_isles(tmp_path), type(OPTIONS)(as_of=OPTIONS.as_of, base_url="")).files
    assert set(table(files["data/countries/alder.csv"]).page) >= {"../../countries/alder/#population"}
    assert json.loads(files["data/facts.json"])["dictionary"] == "./"
    assert b"example.org" not in b"".join(data for path, data in files.items() if path.startswith("data/"))


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=90)


@given(st.lists(st.lists(texts.map(lambda text: f"a{text}"), min_size=3, max_size=3), max_size=5))
def test_a_table_gives_back_any_text(rows: list[list[str]]) -> None:
    read = table(write_table({"columns": ["x", "y", "z"], "rows": rows}))
    assert read.values.tolist() == rows


@given(texts, texts)
def test_a_calendar_gives_back_any_text(title: str, text: str) -> None:
    event = {"uid": "a@b", "title": f"x{title}", "text": f"y{text}\nz", "url": None, "kind": "k", "status": "CONFIRMED"}
    event |= {"first": "2024-02-29", "after": "2024-03-01", "revised": "2025-01-01"}
    data = write_calendar({"name": "n", "language": "en", "events": [event]})
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (read,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [str(read["SUMMARY"]), str(read["DESCRIPTION"])] == [event["title"], event["text"]]
    assert read["DTSTART"].dt == date(2024, 2, 29)


@given(texts)
def test_a_bibliography_is_read_whatever_a_title_says(title: str) -> None:
    entry = {"key": "k", "title": f"x{title}", "authors": ["A and B"], "site": "S", "date": "2024-05", "url": None}
    text = bibtex_entry(entry | {"language": "en", "licence": "L & M"})
    (read,) = parse_string(text, "bibtex").entries.values()
    assert read.fields["month"] == "May" and len(read.persons["author"]) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda inner: st.lists(inner, max_size=3)))
def test_json_gives_back_any_value(value: Any) -> None:
    assert json.loads(write_json({"content": value})) == value
