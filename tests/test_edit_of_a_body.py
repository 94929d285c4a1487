"""A run after an edit of a text imports nothing that it does not need: most of its time is spent on imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from explainer.build import build
from tests.projects import OPTIONS, ROOT, copy_isles, replace_text, tree

_ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
_NEEDLESS = {"yaml", "babel", "explainer.schema", "pydantic", "pydantic_core", "PIL", "rich"}


def imported(folder: Path) -> set[str]:
    """Return the names of all modules that a run of the command line imports; it has to end well."""
    words = ["-q", "--as-of", OPTIONS.as_of.isoformat()]
    code = f"import sys; from explainer.cli import main; assert main({words}) == 0; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article of plain words with one note, in a site that was built."""
    folders = copy_isles(tmp_path / "project")
    path = folders.content / "articles/plain.md"
    front = "title: Plain words\ndescription: Nothing but words.\ndate: 2024-03-01\ncountries: [birch]\n"
    path.write_text(f"---\n{front}---\n\nWords [@almanac-2024].\n", encoding="utf-8")
    imported(folders.root)
    return path


def test_a_run_with_nothing_to_do_needs_no_package_but_those_of_python(article: Path) -> None:
    packages = {
        "msgspec",
        "jinja2",
        "markdown",
        "explainer.problems",
        "explainer.line",
        "hashlib",
        "pathlib",
    }
    folder = article.parents[2]
    replace_text(folder / "content/countries/birch.yml", "as_of: 2015", "as_of: 2024")  # there is no warning to tell
    imported(folder)
    # What a build has written so shortly before it was stamped that its times prove nothing, the next one reads.
    imported(folder)
    assert imported(folder) & {*packages, "pydantic"} == set()
    replace_text(article, "Words", "Other words")
    assert packages <= imported(folder)


def test_an_edited_text_needs_neither_yaml_nor_what_validates(article: Path) -> None:
    replace_text(article, "Words", "Other words")
    assert imported(article.parents[2]) & _NEEDLESS == set()


def test_an_edited_front_matter_is_read_and_validated(article: Path) -> None:
    replace_text(article, "Plain words", "Plain, other words")
    needed = imported(article.parents[2])
    assert {"explainer.schema", "pydantic_core"} <= needed
    assert "pydantic" not in needed


def test_what_a_body_cites_is_known_when_its_front_matter_is_not_read_again(tmp_path: Path) -> None:
    folders, clean = copy_isles(tmp_path / "project"), copy_isles(tmp_path / "clean")
    build(folders, OPTIONS)
    for one in (folders, clean):
        path = one.content / "articles/founding.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\nA sentence [@almanac-2024].\n", encoding="utf-8")
    build(folders, OPTIONS)
    build(clean, OPTIONS)
    assert tree(folders.output) == tree(clean.output)


def test_a_front_matter_with_something_to_tell_is_told_again_after_an_edit_of_its_body(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path / "project")
    path = folders.content / "articles/founding.md"
    build(folders, OPTIONS)
    before = [str(problem) for problem in build(folders, OPTIONS).warnings]
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne more sentence.\n", encoding="utf-8")
    assert [str(problem) for problem in build(folders, OPTIONS).warnings] == before
