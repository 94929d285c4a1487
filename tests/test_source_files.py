"""Only plain, readable UTF-8 text below the content folder is read; everything else is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explainer.problems import Report
from explainer.source_files import MAX_BYTES, SourceFile, find_files, read_text


def read(path: Path, data: bytes) -> tuple[str | None, list[str]]:
    path.write_bytes(data)
    report = Report()
    text = read_text(SourceFile(path, "content/a.yml"), report)
    return text, [str(problem) for problem in report.problems]


def found(folder: Path) -> tuple[list[str], list[str]]:
    report = Report()
    files = [file.path for file in find_files(folder, "content", report)]
    return files, [str(problem).split("\n")[0] for problem in report.problems]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    assert read(tmp_path / "a.yml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == ("a: 1\nb: 2\n", [])


REFUSED = [
    (b"a: 1\nb: \xff\n", "2:4", "R006", "0xFF is not UTF-8"),
    ("ж: ".encode() + b"\xe9\n", "1:4", "R006", "0xE9 is not UTF-8"),
    (b"a: \x00\n", "1:4", "R007", "U+0000"),
    (b"a: b\rc: d\n", "1:5", "R007", "carriage return"),
    ("a: x\u202ey\n".encode(), "1:5", "R007", "U+202E"),
    ("a: x\u200ey\n".encode(), "1:5", "R007", "left-to-right mark"),
    ("a: 1\nb: \ufeffy\n".encode(), "2:4", "R007", "byte order mark"),
    (b"a: \x1b[31m\n", "1:4", "R007", "U+001B"),
]


@pytest.mark.parametrize(("data", "place", "code", "words"), REFUSED, ids=[row[3] for row in REFUSED])
def test_a_text_with_hidden_characters_is_refused(
    tmp_path: Path, data: bytes, place: str, code: str, words: str
) -> None:
    text, problems = read(tmp_path / "a.yml", data)
    assert text is None
    assert problems[0].startswith(f"content/a.yml:{place}: error {code}: ")
    assert words in problems[0]


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path / "a.yml", b"x" * MAX_BYTES)[1] == []
    text, problems = read(tmp_path / "b.yml", b"x" * (MAX_BYTES + 1))
    assert text is None
    assert "R005: this file has 1,048,577 bytes; the limit is 1,048,576" in problems[0]


def test_a_named_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yml")
    report = Report()
    assert read_text(SourceFile(tmp_path / "x.yml", "content/x.yml"), report) is None
    assert "R004: this is not a regular file" in str(report.problems[0])


def test_symbolic_links_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yml").write_text("a: 1\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "content" / "file.yml").symlink_to(tmp_path / "outside" / "secret.yml")
    files, problems = found(tmp_path / "content")
    assert files == []
    assert problems == [
        "content/file.yml: error R002: this is a symbolic link",
        "content/folder: error R002: this is a symbolic link",
    ]


def test_files_that_editors_leave_behind_are_passed_over(tmp_path: Path) -> None:
    for name in (".a.yml.swp", "a.yml~", "#a.yml#", "4913", ".#a.yml", "a.tmp", ".DS_Store", "a.yml"):
        (tmp_path / name).write_text("a: 1\n")
    assert found(tmp_path) == (["content/a.yml"], [])


def test_a_missing_folder_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    files, problems = found(tmp_path / "nowhere")
    assert files == []
    assert problems == ["content: error R001: this folder cannot be read: no such file or directory"]
