"""`fill` writes the words of facts into articles, and changes nothing else."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.config import Folders
from explainer.fill import FillResult, UnknownFile, fill
from tests.projects import OPTIONS, replace_text, tree
from tests.prose_pages import convert, new_project, told, write_article


def run(folders: Folders, *files: Path, stale: bool = False) -> FillResult:
    return fill(folders, OPTIONS, stale=stale, files=files)


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_links_without_words_get_the_words_of_their_facts(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(
        folders,
        "Alder has [](fact:alder.population) on [](fact:alder.area).\n\n"
        "| isle | people |\n|---|---|\n| Birch | [](fact:birch.population) |\n\n"
        "The [](fact:sound-council.members@1995-01-01) members.[^x]\n\n[^x]: It is [](fact:alder.motto).\n",
    )
    result = run(folders)
    assert path.read_text().endswith(
        "Alder has [20,592 people](fact:alder.population) on [310.5 km²](fact:alder.area).\n\n"
        "| isle | people |\n|---|---|\n| Birch | [9,870 people](fact:birch.population) |\n\n"
        "The [two](fact:sound-council.members@1995-01-01) members.[^x]\n\n"
        "[^x]: It is [Wind and wool](fact:alder.motto).\n"
    )
    assert [change.key for change in result.filled] == [
        "alder.population",
        "alder.area",
        "birch.population",
        "sound-council.members@1995-01-01",
        "alder.motto",
    ]
    assert str(result.filled[0]) == 'content/articles/tides.md:6:11: "" → "20,592 people" (alder.population)'
    assert told(convert(folders)) == []


def test_stale_words_are_mended_in_their_style_and_the_diff_shows_only_them(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(
        folders,
        "Alder has [20,592 people](fact:alder.population), a fine number.\n"
        "It has [about 20,600](fact:alder.population) by ear,\n"
        "and [**more than 20,500**](fact:alder.population) by eye.\n"
        "Birch has [9,870](fact:birch.population).\n"
        "All have [30,462](fact:derived.all-people).\n",
    )
    before = path.read_text()
    replace_text(folders.content / "countries/alder.yml", "value: 20_592", "value: 21_384")
    replace_text(folders.content / "countries/alder.yml", "2024: 20_592", "2024: 21_384")
    assert run(folders).filled == []
    assert path.read_text() == before
    run(folders, stale=True)
    assert changed_lines(before, path.read_text()) == [
        "-Alder has [20,592 people](fact:alder.population), a fine number.",
        "-It has [about 20,600](fact:alder.population) by ear,",
        "-and [**more than 20,500**](fact:alder.population) by eye.",
        "+Alder has [21,384 people](fact:alder.population), a fine number.",
        "+It has [about 21,400](fact:alder.population) by ear,",
        "+and [**more than 21,300**](fact:alder.population) by eye.",
        "-All have [30,462](fact:derived.all-people).",
        "+All have [31,254](fact:derived.all-people).",
    ]
    assert told(convert(folders)) == []


def test_filling_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "[](fact:alder.population) and [1](fact:birch.population)\n")
    assert len(run(folders, stale=True).filled) == 2
    before = tree(folders.content)
    assert run(folders, stale=True).filled == []
    assert tree(folders.content) == before


def test_line_ends_byte_order_mark_and_mode_stay(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(folders, "")
    text = path.read_text() + "Тут [](fact:alder.population)\nи [](fact:birch.population).\n\n\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    os.chmod(path, 0o640)
    run(folders)
    expected = text.replace("[](fact:a", "[20,592 people](fact:a").replace("[](fact:b", "[9,870 people](fact:b")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_only_the_files_that_are_named_are_filled(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    one = write_article(folders, "[](fact:alder.population)\n")
    other = write_article(folders, "[](fact:alder.population)\n", "other")
    run(folders, other)
    assert "[](" in one.read_text() and "[](" not in other.read_text()
    with pytest.raises(UnknownFile):
        run(folders, Path("content/site.yml"))


def test_code_and_links_to_facts_that_do_not_exist_are_left_alone(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(folders, "`[](fact:alder.population)` [](fact:alder.nothing) [](fact:alder.area)\n")
    result = run(folders)
    assert path.read_text().endswith(
        "`[](fact:alder.population)` [](fact:alder.nothing) [310.5 km²](fact:alder.area)\n"
    )
    assert [problem.code for problem in result.problems] == ["M051"]
    assert result.problems[0].excerpt is not None


def test_nothing_is_written_while_content_cannot_be_read(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(folders, "[](fact:alder.population)\n")
    replace_text(folders.content / "countries/birch.yml", "name: Birch", "nam: Birch")
    result = run(folders)
    assert [problem.code for problem in result.problems] == ["F004"]
    assert "[](" in path.read_text()


def test_words_with_marks_of_markdown_are_escaped(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    replace_text(folders.content / "countries/alder.yml", "Wind and wool", '"Wind [and] *wool*"')
    path = write_article(folders, "It is [](fact:alder.motto).\n")
    run(folders)
    assert r"[Wind \[and\] \*wool\*](fact:alder.motto)" in path.read_text()
    assert told(convert(folders)) == []
    assert run(folders, stale=True).filled == []


def test_the_verb_prints_what_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "Birch has [9,871](fact:birch.population).\n")
    monkeypatch.chdir(folders.root)
    assert main(["fill", "--as-of", "2025-06-01"]) == 0
    assert capsys.readouterr().out == "Nothing to fill in.\n"
    assert main(["fill", "--stale", "content/articles/tides.md", "--as-of", "2025-06-01"]) == 0
    assert capsys.readouterr().out == 'content/articles/tides.md:6:12: "9,871" → "9,870" (birch.population)\n'
    assert main(["fill", "content/nothing.md", "--as-of", "2025-06-01"]) == 2
    assert "error U024" in capsys.readouterr().err


def test_no_file_is_left_behind(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "[](fact:alder.population)\n")
    before = set(tree(folders.content))
    run(folders)
    assert set(tree(folders.content)) == before


def test_a_unit_that_the_text_says_itself_is_not_written_twice(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    path = write_article(
        folders,
        "Alder has [](fact:alder.population) people, or [](fact:alder.population) inhabitantsy, on\n"
        "[](fact:alder.area) square kilometres.\n",
    )
    run(folders)
    assert path.read_text().endswith(
        "Alder has [20,592](fact:alder.population) people, or [20,592 people](fact:alder.population) inhabitantsy, on\n"
        "[310.5](fact:alder.area) square kilometres.\n"
    )
    assert told(convert(folders)) == []
