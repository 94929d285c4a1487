"""Twelve ordinary mistakes in the real site: each is an error at its line and column, alone and all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mistakes.names import NAMES
from benchmarks.mistakes.ours import MISTAKES, problems_with, tells
from tests.projects import REAL_OPTIONS


def test_all_twelve_are_told_in_one_run_each_at_its_line_and_column(tmp_path: Path) -> None:
    problems = problems_with(MISTAKES, tmp_path, REAL_OPTIONS)
    missed = [mistake.name for mistake in MISTAKES if not tells(problems, mistake, tmp_path)]
    assert (len(MISTAKES), missed) == (12, []), "\n".join(str(problem).split("\n")[0] for problem in problems)
    assert all(problem.fix for problem in problems)


@pytest.mark.parametrize("name", NAMES)
def test_each_alone_stops_the_build_and_makes_no_second_complaint_elsewhere(name: str, tmp_path: Path) -> None:
    [mistake] = [mistake for mistake in MISTAKES if mistake.name == name]
    problems = problems_with((mistake,), tmp_path, REAL_OPTIONS)
    assert tells(problems, mistake, tmp_path), "\n\n".join(map(str, problems))
    assert {problem.code for problem in problems} == {mistake.code}, "\n\n".join(map(str, problems))
