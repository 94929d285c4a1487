"""Bars of the interval chart stand where the dates say, and are faded where the dates are vague."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from explainer.link import link_site
from explainer.problems import Report
from explainer.read import read_content
from explainer.views.interval_chart import SMALLEST_SHOWN, TimeScale, interval_chart
from tests.projects import copy_isles, replace_text


def chart(folder: Path) -> dict[str, dict[str, Any]]:
    report = Report()
    site = link_site(read_content(folder, "content", report), report)
    assert site is not None
    return {row["id"]: row for row in interval_chart(site, "sound-council")["rows"]}


def number(percent: str) -> float:
    return float(percent.removesuffix("%"))


def test_time_runs_from_the_founding_year_to_the_last_known_day() -> None:
    scale = TimeScale(date(1990, 1, 1), date(2000, 1, 1))
    assert [scale.at(day) for day in (date(1990, 1, 1), date(1995, 1, 1), date(2000, 1, 1))] == [0.0, 50.0, 100.0]
    assert (scale.at(date(1980, 1, 1)), scale.at(date(2020, 1, 1))) == (0.0, 100.0)


def test_the_bars_of_a_party_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    segments = chart(copy_isles(tmp_path).content)["birch"]["segments"]
    assert [segment["label"] for segment in segments] == ["Signed", "Member", "Former member"]
    for before, after in pairwise(segments):
        assert number(before["x"]) + number(before["width"]) == pytest.approx(number(after["x"]), abs=0.01)
    assert number(segments[-1]["x"]) + number(segments[-1]["width"]) == pytest.approx(100, abs=0.01)


def test_a_change_in_some_month_is_drawn_faded_over_that_month(tmp_path: Path) -> None:
    segments = chart(copy_isles(tmp_path).content)["alder"]["segments"]
    assert [(segment["label"], segment["is_faded"]) for segment in segments] == [
        ("Signed", False),
        ("Signed", True),
        ("Member", True),
        ("Member", False),
    ]
    fade = next(segment for segment in segments if segment["is_faded"])
    assert number(fade["width"]) == pytest.approx(100 * 30 / (date(2024, 12, 31) - date(1990, 1, 1)).days, abs=0.01)


def test_a_party_without_a_change_has_a_row_and_no_bar(tmp_path: Path) -> None:
    row = chart(copy_isles(tmp_path).content)["cedar"]
    assert (row["segments"], row["now"]) == ([], "Never took part")


def test_what_began_just_before_the_last_known_day_is_wide_enough_to_see(tmp_path: Path) -> None:
    content = copy_isles(tmp_path).content
    replace_text(content / "organisations/sound-council.yml", "date: 2010-06-30", "date: 2024-12-28")
    last = chart(content)["birch"]["segments"][-1]
    assert number(last["width"]) == SMALLEST_SHOWN
    assert number(last["x"]) + number(last["width"]) == pytest.approx(100)
