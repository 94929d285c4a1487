"""The page that compares the region: ranks and bars where values may be compared, small plots on one scale, reasons."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.build import check
from explainer.config import Folders
from tests.projects import OPTIONS, copy_isles, replace_text

BIRCH_SERIES = (
    "series:\n  population: {sources: [gazette], note: By count., values: {2020: 10_000, 2023: 9_900, 2024: 9_870}}\n"
)


def compare(folders: Folders) -> LexborHTMLParser:
    with check(folders, OPTIONS) as rendered:
        return LexborHTMLParser(rendered.files["compare/index.html"])


def project(root: Path, *, birch: str = BIRCH_SERIES) -> Folders:
    folders = copy_isles(root)
    with (folders.content / "countries/birch.yml").open("a", encoding="utf-8") as file:
        file.write(birch)
    return folders


def number(node: LexborNode | None, attribute: str) -> float:
    assert node is not None
    return float(str(node.attributes[attribute]).removesuffix("%"))


def row(page: LexborHTMLParser, indicator: str, country: str) -> LexborNode:
    found = page.css_first(f"#{indicator} tr.c-{country}")
    assert found is not None
    return found


def test_ranked_values_have_bars_of_their_length_and_their_ranks_stand_in_one_table(tmp_path: Path) -> None:
    page = compare(project(tmp_path))
    widths = {
        country: number(row(page, "population", country).css_first("rect"), "width") for country in ("alder", "birch")
    }
    values = {
        country: number(row(page, "population", country).css_first("data"), "value") for country in ("alder", "birch")
    }
    assert max(widths.values()) == 100
    assert abs(widths["birch"] / widths["alder"] - values["birch"] / values["alder"]) < 0.001
    ranks = {
        str(line.css_first("a").attributes["href"]): [cell.text() for cell in line.css("td")]
        for line in page.css(".rank-table tbody tr")
        if line.css_first("a") is not None
    }
    assert ranks["#population"] == ["2024", "1", "2"]


def test_values_of_different_years_have_no_rank_no_bar_and_a_reason(tmp_path: Path) -> None:
    page = compare(project(tmp_path))
    section = page.css_first("#product")
    assert section is not None and section.css_first("rect.bar") is None
    assert "The values are of different years (2015 to 2023), so they have no rank." in section.text()
    assert page.css_first('.rank-table a[href="#product"]') is None
    assert page.css_first('.rank-table a[href="#population"]') is not None


def test_what_countries_count_differently_has_no_rank_and_no_plots(tmp_path: Path) -> None:
    folders = project(tmp_path)
    replace_text(
        folders.content / "indicators.yml",
        "definition: People who live on the island.",
        "comparable: false\n  definition: People who live on the island.",
    )
    article = folders.content / "articles/founding.md"
    replace_text(article, "indicators: [population]", "indicators: [population]\nmixed: Both are counts.")
    section = compare(folders).css_first("#population")
    assert section is not None and section.css_first(".by-year") is None and section.css_first("rect.bar") is None
    assert "The countries do not count this alike" in section.text()


def test_values_by_year_are_small_plots_on_one_scale_with_gaps_and_the_same_values_as_a_table(tmp_path: Path) -> None:
    page = compare(project(tmp_path))
    figure = page.css_first("#population-by-year")
    assert figure is not None
    plots = figure.css(".plot-panel")
    assert [plot.css_first(".panel-title").text() for plot in plots if plot.css_first(".panel-title")] == [
        "Alder",
        "Birch",
    ]
    scales = {tuple(label.text() for label in plot.css(".plot-label")) for plot in plots}
    assert len(scales) == 1
    years = {tuple(label.text() for label in plot.css(".plot-years text")) for plot in plots}
    assert len(years) == 1
    # Birch has nothing between 2020 and 2023: there the line is lifted.
    path = plots[1].css_first(".plot-line")
    assert path is not None and str(path.attributes["d"]).count("M") == 1
    assert [number(use, "x") for use in plots[1].css("use")] == [8, 77, 100]

    cells = {
        str(line.css_first("time").attributes["datetime"]): [
            data.attributes["value"] if (data := cell.css_first("data")) is not None else cell.text()
            for cell in line.css("td")
        ]
        for line in figure.css("tbody tr")
        if line.css_first("time") is not None
    }
    assert cells == {
        "2020": ["no data", "10000"],
        "2022": ["20001", "no data"],
        "2023": ["20300", "9900"],
        "2024": ["20592", "9870"],
    }
    assert "Birch: By count." in figure.text()


def test_values_of_one_country_or_of_two_years_are_no_plots(tmp_path: Path) -> None:
    assert compare(project(tmp_path / "a", birch="")).css_first(".by-year") is None
    folders = project(tmp_path / "b", birch="series:\n  population: {sources: [gazette], values: {2024: 9_870}}\n")
    replace_text(
        folders.content / "countries/alder.yml",
        "{2022: 20_001, 2023: 20_300, 2024: 20_592}",
        "{2023: 20_300, 2024: 20_592}",
    )
    assert compare(folders).css_first(".by-year") is None


def test_a_country_without_a_value_says_why(tmp_path: Path) -> None:
    page = compare(project(tmp_path))
    words = " ".join(row(page, "area", "birch").text().split())
    assert "no data (The coast is being measured anew.)" in words
