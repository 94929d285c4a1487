"""Charts draw what the fact sheets say: bars, dots and lines to scale, gaps as gaps, and the same values as a table."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from explainer.prose import Prose
from explainer.views.line_plot import YearScale, spread
from explainer.views.scales import round_scale
from tests.projects import OPTIONS
from tests.prose_pages import convert, new_project, told, write_article

MORE = """\
series:
  population: {sources: [almanac-2024], values: {2021: 9_000, 2024: 9_870}}
"""


def project(root: Path) -> Folders:
    folders = new_project(root)
    with (folders.content / "countries/birch.yml").open("a") as file:
        file.write(MORE)
    with (folders.content / "indicators.yml").open("a") as file:
        file.write(
            "guests: {label: Guests, group: people, kind: number, unit: people, definition: People who visit.}\n"
        )
    return folders


def chart(root: Path, text: str) -> Prose:
    folders = project(root)
    write_article(folders, f"Text.\n\n```chart\n{text}```\n")
    return convert(folders)


def view(prose: Prose) -> dict[str, Any]:
    assert told(prose) == [], "\n".join(map(str, prose.problems))
    (part,) = [part for part in prose.parts if isinstance(part, dict)]
    found: dict[str, Any] = part["view"]
    return found


def records(drawn: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(drawn["csv"]["text"])))


def test_bars_are_ordered_by_value_and_as_long_as_their_values(tmp_path: Path) -> None:
    drawn = view(
        chart(tmp_path, "title: Alder has more\nkind: bars\nindicators: [population]\ncountries: [birch, alder]\n")
    )
    rows = drawn["panels"][0]["rows"]
    assert [(row["name"], row["x"], row["width"]) for row in rows] == [
        ("Alder", "0%", "100%"),
        ("Birch", "0%", "47.93%"),
    ]
    assert drawn["measure"] == {"label": "Population", "unit": "people", "price_basis": None, "when": "2024"}


def test_a_country_without_a_value_has_no_bar_and_says_no_data(tmp_path: Path) -> None:
    rows = view(chart(tmp_path, "title: T\nkind: bars\nindicators: [area]\n"))["panels"][0]["rows"]
    assert [(row["name"], row["has_value"], row["text"]) for row in rows] == [
        ("Alder", True, "310.5"),
        ("Birch", False, "no data"),
    ]


def test_a_range_is_drawn_from_its_lower_to_its_upper_end(tmp_path: Path) -> None:
    (row,) = view(chart(tmp_path, "title: T\nkind: bars\nindicators: [urban-share]\ncountries: [alder]\n"))["panels"][
        0
    ]["rows"]
    assert (row["width"], row["range_x"], row["range_width"]) == ("91.67%", "91.67%", "8.33%")
    assert row["text"] == "55% to 60%"


def test_dots_show_what_every_source_says(tmp_path: Path) -> None:
    text = "title: T\nkind: dots\nindicators: [population]\ncountries: [alder]\nmixed: The years differ.\n"
    drawn = view(chart(tmp_path, text))
    main, other = drawn["rows"][0]["readings"]
    assert (main["is_main"], other["is_main"], other["why"]) == (True, False, "A newspaper estimate.")
    assert main["dots"][0]["at"] > other["dots"][0]["at"]
    assert [(row["date"], row["value"]) for row in records(drawn)] == [("2024", "20592"), ("2023", "20100")]


def test_a_year_without_a_value_is_a_gap_in_the_line(tmp_path: Path) -> None:
    drawn = view(chart(tmp_path, "title: T\nkind: lines\nindicators: [population]\n"))
    alder, birch = drawn["plots"][0]["plot"]["lines"]
    assert alder["path"].count("M") == 1 and alder["path"].count("L") == 2
    # Between 2021 and 2024 nothing is known: two markers, and no line.
    assert birch["path"] == "" and len(birch["points"]) == 2
    assert drawn["table"]["rows"][1] == {"year": 2022, "cells": [{"text": "20,001", "machine": "20001"}, None]}


def test_small_multiples_share_one_scale_of_values_and_of_years(tmp_path: Path) -> None:
    drawn = view(chart(tmp_path, "title: T\nkind: multiples\nindicators: [population]\n"))
    marks = [[mark["text"] for mark in panel["plot"]["marks"]] for panel in drawn["plots"]]
    years = [[year["year"] for year in panel["plot"]["years"]] for panel in drawn["plots"]]
    assert marks[0] == marks[1] == ["0", "10,000", "20,000", "30,000"]
    assert years[0] == years[1] and (years[0][0], years[0][-1]) == (2021, 2024)


def test_lines_can_be_cut_to_some_years(tmp_path: Path) -> None:
    drawn = view(chart(tmp_path, "title: T\nkind: lines\nindicators: [population]\nfrom: 2023\n"))
    assert [row["date"] for row in records(drawn)] == ["2023", "2024", "2024"]


def test_who_has_no_yearly_values_is_named(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "```chart\ntitle: T\nkind: lines\nindicators: [population]\n```\n")
    assert view(convert(folders))["missing"] == ["Birch"]


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("kind: bars\nindicators: [product]\n", ("M082", 6, 14, 7), "different years (2015: birch; 2023: alder)"),
        (
            "kind: dots\nindicators: [population]\n",
            ("M082", 6, 14, 10),
            "different years (2023: alder; 2024: alder, birch)",
        ),
        ("kind: bars\nindicators: [population, area]\n", ("M082", 6, 26, 4), "different units (people and km2)"),
        ("kind: bars\nindicators: [motto]\n", ("M082", 6, 14, 5), "is no amount"),
        ("kind: pie\nindicators: [area]\n", ("F006", 5, 7, 3), "write one of: bars, dots, lines, multiples"),
        ("kind: lines\nindicators: [area]\n", ("M084", 6, 14, 4), "no country of this block has yearly values"),
        ("kind: lines\nindicators: [population]\nfrom: 2030\n", ("M084", 6, 14, 10), "in these years"),
        ("kind: lines\nindicators: [population]\nfrom: 2030-02\n", ("F007", 7, 7, 7), "write four digits"),
        ("kind: bars\nindicators: [population]\nfrom: 2020\n", ("M086", 7, 7, 4), "shows facts, not years"),
        ("kind: bars\nindicators: [population]\nid: tides\n", None, ""),
        ("kind: bars\nindicator: [population]\n", ("F004", 6, 1, 9), 'did you mean "indicators"?'),
        ("kind: bars\nindicators: [population, guests]\n", ("M082", 6, 26, 6), "different definitions"),
        ("kind: dots\nindicators: [population, guests]\nmixed: M\n", ("M086", 6, 26, 6), "one indicator"),
        ("kind: lines\nindicators: [population, guests]\nmixed: M\n", ("M086", 6, 26, 6), "told apart"),
    ],
)
def test_what_cannot_be_drawn_is_told_where_it_was_written(
    tmp_path: Path, text: str, expected: tuple[str, int, int, int] | None, words: str
) -> None:
    prose = chart(tmp_path, f"title: T\n{text}")
    assert told(prose) == ([expected] if expected else []), "\n".join(map(str, prose.problems))
    assert words in "\n".join(map(str, prose.problems))


def test_two_figures_of_a_text_have_two_ids(tmp_path: Path) -> None:
    folders = project(tmp_path)
    block = "```chart\nid: people\ntitle: T\nkind: bars\nindicators: [population]\n```\n"
    write_article(folders, f"{block}\n{block}")
    assert told(convert(folders)) == [("M087", 9, 5, 6)]


@pytest.mark.parametrize("kind", ["bars", "dots", "lines", "multiples"])
def test_the_table_of_a_chart_says_what_its_data_file_says(tmp_path: Path, kind: str) -> None:
    folders = project(tmp_path)
    write_article(folders, f"```chart\nid: people\ntitle: T\nkind: {kind}\nindicators: [population]\nmixed: M\n```\n")
    files = check(folders, OPTIONS).files
    page = LexborHTMLParser(files["articles/tides/index.html"].decode())
    shown = [Decimal(str(node.attributes["value"])) for node in page.css("#people .figure-data data.figure")]
    rows = list(csv.DictReader(io.StringIO(files["articles/tides/people.csv"].decode())))
    assert sorted(shown) == sorted(Decimal(row["value"]) for row in rows)
    assert all(row["sources"] and row["date"] and row["unit"] == "people" for row in rows)
    assert page.css_first("#people .chart-foot a[download]") is not None


@pytest.mark.parametrize(
    ("numbers", "low", "high", "step"),
    [((0, 97), 0, 100, 25), ((3, 7.2), 0, 8, 2), ((-4, 9), -5, 10, 5), ((0, 0), 0, 1, "0.25"), ((5, 5), 0, 6, 2)],
)
def test_a_scale_has_round_marks_and_holds_its_numbers(
    numbers: tuple[float, ...], low: int, high: int, step: Any
) -> None:
    scale = round_scale([Decimal(str(number)) for number in numbers])
    assert (scale.low, scale.high, scale.step) == (low, high, Decimal(str(step)))
    assert all(0 <= scale.at(Decimal(str(number))) <= 100 for number in numbers)


def test_names_at_the_ends_of_lines_never_lie_on_each_other() -> None:
    placed = spread([50, 51, 52, 99, 0, 50], 8)
    assert all(b - a >= 8 - 1e-9 for a, b in zip(sorted(placed), sorted(placed)[1:], strict=False))
    assert sorted(range(6), key=lambda index: placed[index]) == [4, 0, 5, 1, 2, 3]
    assert min(placed) >= 0 and max(placed) <= 100


def test_an_axis_of_years_begins_and_ends_with_the_data() -> None:
    assert YearScale(1991, 2024).marks(6) == [1991, 2000, 2010, 2024]
    assert YearScale(2020, 2020).marks(6) == [2020]
