"""Every figure on every page has a source and a date."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.build import check
from explainer.config import Folders
from explainer.link import link_site
from explainer.models.fact import NumberRange
from explainer.problems import ContentError, Report
from explainer.read import read_content
from explainer.site import Site
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles


@pytest.fixture(scope="module")
def real_files() -> Mapping[str, bytes]:
    return check(Folders.below(ROOT), REAL_OPTIONS).files


@pytest.fixture(scope="module")
def real_pages(real_files: Mapping[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in real_files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def real_site() -> Site:
    report = Report()
    site = link_site(read_content(ROOT / "content", "content", report), report)
    assert site is not None
    return site


def holder_of(node: LexborNode) -> LexborNode:
    """Return the fact, table cell or series that a figure belongs to."""
    found: LexborNode | None = node
    while found is not None and not ({"data-fact", "data-series"} & set(found.attributes)):
        found = found.parent
    assert found is not None, f"a figure stands in no fact: {node.html}"
    return found


def test_every_figure_stands_in_a_fact_that_shows_its_date_and_its_source(
    real_pages: dict[str, LexborHTMLParser],
) -> None:
    seen = 0
    for path, page in real_pages.items():
        for figure in page.css("data.figure"):
            holder = holder_of(figure)
            key = holder.attributes.get("data-fact") or holder.attributes.get("data-series")
            marks = holder.css("sup.note-mark a")
            assert marks, f"{path}: {key} has no source"
            for mark in marks:
                target = str(mark.attributes["href"]).removeprefix("#")
                assert page.css_first(f'[id="{target}"]') is not None, f"{path}: {key} leads to no source"
            assert holder.css_first(".as-of, th time") is not None, f"{path}: {key} has no date"
            seen += 1
    assert seen > 500


def test_each_country_page_shows_exactly_the_facts_of_its_sheet(
    real_pages: dict[str, LexborHTMLParser], real_site: Site
) -> None:
    for key, country in real_site.countries.items():
        page = real_pages[f"countries/{key}/index.html"]
        shown = [str(node.attributes["data-fact"]) for node in page.css("dl.facts [data-fact]")]
        assert Counter(shown) == Counter(f"{key}.{ref.id}" for ref in country.facts)


def test_each_number_on_a_country_page_is_the_number_of_its_sheet(
    real_pages: dict[str, LexborHTMLParser], real_site: Site
) -> None:
    compared = 0
    for key, country in real_site.countries.items():
        page = real_pages[f"countries/{key}/index.html"]
        for ref, fact in country.facts.items():
            if not isinstance(fact.value, (Decimal, NumberRange)):
                continue
            value = fact.value
            numbers = [value] if isinstance(value, Decimal) else [value.low, value.high]
            node = page.css_first(f'[data-fact="{key}.{ref.id}"] .fact-value')
            assert node is not None
            assert [Decimal(str(data.attributes["value"])) for data in node.css("data.figure")] == numbers
            compared += 1
    assert compared > 100


def test_a_fact_shows_the_date_and_the_sources_of_its_record(
    real_pages: dict[str, LexborHTMLParser], real_site: Site
) -> None:
    for key, country in real_site.countries.items():
        page = real_pages[f"countries/{key}/index.html"]
        for ref, fact in country.facts.items():
            node = page.css_first(f'[data-fact="{key}.{ref.id}"]')
            assert node is not None
            marks = node.css("dd > .fact-value sup.note-mark a")[: len(fact.sources)]
            shown = []
            for mark in marks:
                target = str(mark.attributes["href"]).removeprefix("#")
                links = page.css(f'[id="{target}"] .back-links a')
                shown.append(str(links[-1].attributes["href"]).partition("#")[2])
            assert shown == [source.id for source in fact.sources]


def test_each_chart_its_table_and_its_data_file_say_what_the_records_say(
    real_files: Mapping[str, bytes], real_pages: dict[str, LexborHTMLParser], real_site: Site
) -> None:
    charts = 0
    for path, page in real_pages.items():
        for chart in page.css(".figure-block.chart"):
            link = chart.css_first(".chart-foot a[download]")
            assert link is not None
            file = f"{path.rpartition('/')[0]}/{link.attributes['href']}"
            rows = list(csv.DictReader(real_files[file].decode().splitlines()))
            values = [Decimal(text) for row in rows for text in (row["value"], row["value_to"]) if text]
            table = [Decimal(str(node.attributes["value"])) for node in chart.css(".figure-data data.figure")]
            assert Counter(table) == Counter(values), f"{path}#{chart.attributes['id']}"
            for row in rows:
                assert row["value"] in _recorded(real_site, row), f"{file}: {row}"
            charts += 1
    assert charts >= 5


def _recorded(site: Site, row: Mapping[str, str]) -> list[str]:
    """Return all values that the records have for the country, indicator, date and sources of a line of data."""
    country, indicator = site.countries[row["country"]], row["indicator"]
    fact, series, found = country.fact(indicator), country.series_of(indicator), []
    for one in (fact, *fact.alternatives) if fact is not None else ():
        if str(one.as_of) == row["date"] and " ".join(ref.id for ref in one.sources) == row["sources"]:
            found += [str(part) for part in (one.value, getattr(one.value, "low", None)) if part is not None]
    if series is not None and " ".join(ref.id for ref in series.sources) == row["sources"]:
        found += [str(value) for year, value in series.values.items() if str(year) == row["date"]]
    return [*found, ""] if fact is not None and fact.value is None else found


def test_the_plots_of_the_compare_page_have_the_values_of_the_records(
    real_pages: dict[str, LexborHTMLParser], real_site: Site
) -> None:
    compared = 0
    for figure in real_pages["compare/index.html"].css(".by-year"):
        keys = str(figure.css("table")[0].attributes["data-series"]).split()
        for line in figure.css("tbody tr"):
            year = line.css_first("time")
            assert year is not None
            for key, cell in zip(keys, line.css("td"), strict=True):
                country, _, indicator = key.partition(".")
                series = real_site.countries[country].series_of(indicator)
                assert series is not None
                value, shown = series.values.get(int(year.text())), cell.css_first("data")
                assert (str(value) if value is not None else None) == (shown and shown.attributes["value"])
                compared += 1
    assert compared > 100


def test_a_template_that_drops_the_marks_of_sources_does_not_get_through(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    macro = folders.templates / "components" / "facts.html"
    text = macro.read_text(encoding="utf-8")
    macro.write_text(
        text.replace("fact.reason, fact.notes) }}</div>\n<p", "fact.reason) }}</div>\n<p"), encoding="utf-8"
    )
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert 'links to "#note-1-2", and /countries/birch/ has nothing with the id' in str(caught.value)
