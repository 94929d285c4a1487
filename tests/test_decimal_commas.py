"""A message names what an editor meant, not what YAML made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.cli import main
from tests.projects import copy_isles, replace_text

ON = ("--as-of", "2025-06-01")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_isles(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_decimal_comma_in_braces_is_answered_with_the_number_that_was_meant(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_text(project / "content/countries/alder.yml", "area: {value: 310.5,", "area: {value: 310,5,")
    replace_text(project / "content/countries/birch.yml", "value: 9_870,", "value: 9,870,")
    assert main(["check", *ON]) == 1
    told = capsys.readouterr().err
    assert 'unknown field "5"' in told and "fix: a comma ends a value here: write 310.5\n" in told
    assert "fix: a comma ends a value here: write 9.870 (or 9_870 for thousands)\n" in told
