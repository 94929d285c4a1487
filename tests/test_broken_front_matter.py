"""A text whose front matter is at fault has its body checked too: all that is wrong with it is told in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.build import build, check
from explainer.config import Folders
from explainer.problems import ContentError
from tests.projects import OPTIONS, copy_isles, tree

RIGHT = {"title": "The first winter", "description": "How it was.", "date": "2024-05-01"}
BODY = "\n## The cold\n\nSee [Alder](../countries/aldar.yml).\n"
LINK = 'M070: there is no file "../countries/aldar.yml"'


@pytest.fixture
def project(tmp_path: Path) -> Folders:
    return copy_isles(tmp_path)


def write(folders: Folders, name: str, body: str, **front: str | None) -> None:
    fields = {**RIGHT, **front}
    header = "".join(f"{field}: {value}\n" for field, value in fields.items() if value is not None)
    (folders.content / f"articles/{name}.md").write_text(f"---\n{header}---\n{body}", encoding="utf-8")


def told(folders: Folders) -> list[str]:
    """Return what a check says of articles: the file's name, line, code."""
    try:
        problems = list(check(folders, OPTIONS).warnings)
    except ContentError as error:
        problems = error.problems
    return [
        f"{Path(problem.place.path).name}:{problem.place.line} {problem.code}"
        for problem in problems
        if "articles/" in problem.place.path or problem.severity == "error"
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"title": '"The first winter'}, "winter.md:2 R010"),
        ({"title": None}, "winter.md:1 F001"),
        ({"date": "2024-02-30"}, "winter.md:4 F007"),
        ({"date": "1 May"}, "winter.md:4 F007"),
        ({"tags": "[histery]", "titel": "Twice"}, "winter.md:6 F004"),
        ({"countries": "[aldar]", "order": "first"}, "winter.md:6 F008"),
        ({"draft": "perhaps"}, "winter.md:5 F009"),
    ],
    ids=str,
)
def test_the_body_is_checked_whatever_is_wrong_above_it(
    project: Folders, front: dict[str, str | None], expected: str
) -> None:
    write(project, "winter", BODY, **front)
    found = told(project)
    assert expected in found
    assert [line for line in found if line.endswith("M070")] == [f"winter.md:{found_line(project)} M070"]
    refs = [line for line in found if line.split()[1] in ("L003", "L006")]
    assert len(found) == 2 + len(refs) == len(set(found)), found


def found_line(folders: Folders) -> int:
    text = (folders.content / "articles/winter.md").read_text("utf-8")
    return text[: text.index("aldar.yml)")].count("\n") + 1


@pytest.mark.parametrize("state", [{"draft": "true"}, {"expires": "2024-06-01"}], ids=["draft", "expired"])
def test_what_is_not_shown_is_not_checked_below_broken_front_matter_either(
    project: Folders, state: dict[str, str]
) -> None:
    write(project, "winter", BODY, titel="Twice", **state)
    assert told(project) == ["winter.md:5 F004"]


def test_a_scheduled_text_is_checked_and_may_not_be_linked_to(project: Folders) -> None:
    write(project, "winter", BODY, date="2026-01-01", titel="Twice")
    write(project, "summer", "\nSee [winter](winter.md).\n")
    assert told(project) == ["summer.md:7 M073", "winter.md:5 F004", "winter.md:10 M070"]


def test_a_link_to_a_text_with_broken_front_matter_is_right_and_its_headings_are_known(project: Folders) -> None:
    write(project, "winter", "\n## The cold\n", titel="Twice")
    write(project, "summer", "\nSee [winter](winter.md#the-cold) and [summer](winter.md#the-heat).\n")
    assert told(project) == ["summer.md:7 M071", "winter.md:5 F004"]


def test_nothing_of_what_stood_in_for_front_matter_is_left_when_it_is_mended(project: Folders) -> None:
    write(project, "winter", "\nCold.\n", tags="[history]")
    build(project, OPTIONS)
    write(project, "winter", "\nCold, and [Alder](../countries/aldar.yml).\n", titel="Twice")
    with pytest.raises(ContentError):
        build(project, OPTIONS)
    write(project, "winter", "\nCold again.\n", title="The second winter", tags="[history]")
    build(project, OPTIONS)
    after = tree(project.output)
    clean = Folders.below(project.root, output=project.root / "clean", cache=project.root / ".clean")
    build(clean, OPTIONS)
    assert tree(clean.output) == after
    assert b"The second winter" in after["articles/winter/index.html"]
    assert not any(b">winter<" in text for name, text in after.items() if name.endswith(".html"))
