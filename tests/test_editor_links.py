"""A place in a file becomes an address that opens it, in the editor that EDITOR_URL names."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.problems import Place
from explainer.serving.editor_links import DEFAULT, EditorLinks, pattern_of


@pytest.mark.parametrize(
    ("value", "pattern"),
    [
        (None, DEFAULT),
        ("", ""),
        ("vscodium://file", "vscodium://file{path}:{line}:{column}"),
        ("cursor://file/", "cursor://file{path}:{line}:{column}"),
        ("idea://open?file={path}&line={line}&column={column}", "idea://open?file={path}&line={line}&column={column}"),
        ("subl://open?url=file://{path}", "subl://open?url=file://{path}"),
    ],
)
def test_a_value_stands_for_a_pattern(value: str | None, pattern: str) -> None:
    assert pattern_of(value) == pattern


@pytest.mark.parametrize(
    "value",
    [
        "code",
        "/usr/bin/code",
        "javascript:alert(1)",
        " JavaScript:x{path}",
        "data:text/html,{path}",
        "x://a b",
        'x://"',
    ],
)
def test_what_is_no_address_or_would_run_in_the_page_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="it is not an address"):
        pattern_of(value)


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(ValueError, match=r"there is no field \{file\}"):
        pattern_of("x://{file}")


def test_a_link_leads_to_file_line_and_column_and_only_to_files_that_exist(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a b&#.yml").touch()
    links = EditorLinks(tmp_path)

    assert links.link_to(Place("content/a b&#.yml", 12, 3)) == f"vscode://file{tmp_path}/content/a%20b%26%23.yml:12:3"
    assert links.link_to(Place("content/a b&#.yml")) == f"vscode://file{tmp_path}/content/a%20b%26%23.yml:1:1"
    assert links.link_to(Place("content/gone.yml", 1, 1)) is None
    assert links.link_to(Place("content")) is None
    assert EditorLinks(tmp_path, "").link_to(Place("content/a b&#.yml", 12, 3)) is None
