"""A fact with values by year has a small line: true to scale, with gaps, in words too, leading to its table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.views.line_plot import spark_path
from tests.projects import OPTIONS, copy_isles, replace_text

SERIES = "{2022: 20_001, 2023: 20_300, 2024: 20_592}"


def years(**values: int) -> dict[int, Decimal]:
    return {int(year.removeprefix("y")): Decimal(value) for year, value in values.items()}


def points(path: str) -> list[list[tuple[float, float]]]:
    runs = path.removeprefix("M").split("M") if path else []
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", run)] for run in runs]


def test_a_line_is_as_wide_as_its_field_and_true_to_a_scale_from_zero() -> None:
    spark = spark_path(years(y2000=5, y2001=10, y2002=20))
    assert points(spark["path"]) == [[(0, 75), (50, 50), (100, 0)]]
    assert spark["zero"] == "100%"
    assert spark["points"] == [{"x": "100%", "y": "0%"}]


def test_a_year_without_a_value_is_a_gap_and_a_value_between_two_gaps_a_point() -> None:
    spark = spark_path(years(y2000=10, y2001=10, y2005=20, y2009=10, y2010=20))
    assert [len(run) for run in points(spark["path"])] == [2, 2]
    assert [point["x"] for point in spark["points"]] == ["50%", "100%"]


def test_values_below_zero_lie_below_the_line_of_zero() -> None:
    spark = spark_path(years(y2000=-10, y2001=10, y2002=10))
    assert spark["zero"] == "50%"
    assert points(spark["path"]) == [[(0, 100), (50, 0), (100, 0)]]


def page_of_alder(root: Path, series: str) -> LexborHTMLParser:
    folders = copy_isles(root)
    replace_text(folders.content / "countries/alder.yml", SERIES, series)
    with check(folders, OPTIONS) as rendered:
        return LexborHTMLParser(rendered.files["countries/alder/index.html"])


def test_the_fact_box_and_the_sheet_show_a_line_with_the_same_in_words_and_lead_to_the_table(tmp_path: Path) -> None:
    page = page_of_alder(tmp_path, "{2021: 20_001, 2022: 19_500, 2023: 20_700, 2024: 20_592}")
    for place in (".glance [data-fact='alder.population']", "#population"):
        svg, way = page.css_first(f"{place} .spark svg"), page.css_first(f"{place} .spark a")
        assert svg is not None and way is not None
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-label"] == (
            "Population by year, from 20,001 people in 2021 to 20,592 people in 2024;"
            " lowest 19,500 people in 2022; highest 20,700 people in 2023."
        )
        assert way.text() == "2021 to 2024"
        assert page.css_first(str(way.attributes["href"])) is not None
    assert page.css_first("#area .spark") is None


@pytest.mark.parametrize("series", ["{2023: 20_300, 2024: 20_592}", "{2024: 20_592}"])
def test_of_one_or_two_values_there_is_no_line(tmp_path: Path, series: str) -> None:
    page = page_of_alder(tmp_path, series)
    assert page.css_first(".spark") is None
    assert page.css_first("#population-by-year") is not None
