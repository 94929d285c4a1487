"""The table of codes is whole and true: every code that is raised is in it, and every example gives its code.

A new code needs an entry in the file of its letter, `explainer/codes/LETTER.yml`, in this form:

    F004:
      cause: A record has a field that we do not know.      (one sentence, or two)
      fix: Correct its name, or delete the line.            (what to do; `python build.py explain` prints both)
      file: content/countries/alder.yml                     (a file of tests/fixtures/isles, or a new one)
      wrong: 'sumary: The largest of the isles.'            (gives this code, as an error or a warning)
      right: 'summary: The largest of the isles.'           (builds without an error; '' where nothing should stand)

M, T and H have a usual file (see `_USUAL_FILES` in explainer/codes), U shows commands and no file. Where `right` stands
in the file of the fixture already, it is exchanged for `wrong`; else the whole file is written. `also` holds what other
files need. Only what no text can cause goes without an example, and is named below, in WITHOUT_EXAMPLE.
Then `make docs` writes docs/errors.md anew.
"""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

from explainer.build import check
from explainer.cli import main
from explainer.codes import CODES, LETTERS, RETIRED, Example
from explainer.config import Folders
from explainer.problems import ContentError, Problem
from tests.code_examples import Side, write_example
from tests.projects import OPTIONS, ROOT, copy_isles, tree
from tools.documents import DOCUMENTS

WITHOUT_EXAMPLE = {
    "a state of the disk or of the machine": (
        "R001 R002 R003 R004 R005 R006 R007 R021 U002 U011 U012 U013 U020 U021 U022 U023 U025 U050"
    ),
    "too large or too slow to show": "R016 M001 M002 M003 H020",
    "our own fault, which no text should cause": "M049 H021 T017",
}
EXEMPT = {code for codes in WITHOUT_EXAMPLE.values() for code in codes.split()}
WITH_FILE = [name for name, code in CODES.items() if code.example is not None and code.example.file is not None]
WITH_COMMAND = [name for name, code in CODES.items() if code.example is not None and code.example.file is None]
PROSE = [name for name in WITH_FILE if name[0] == "M" and CODES[name].example.file == "content/articles/example.md"]

PAGE = "templates/pages/countries.html"
ONCE = ("templates/base.html", "templates/sitemap.xml", "templates/pages/not_found.html")


def raised_codes() -> set[str]:
    """Return every code that stands as text of its own in the generator."""
    found = set()
    for path in (ROOT / "explainer").rglob("*.py"):
        if path.parent.name == "codes":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[RFLDMTHPU]\d{3}", node.value)
            ):
                found.add(node.value)
    # Said by the command line before any package is loaded, in one text with its message.
    return found | {"U002"}


def problems_of(folders: Folders) -> list[Problem]:
    try:
        return list(check(folders, OPTIONS).warnings)
    except ContentError as error:
        return error.problems


def errors_in(problems: list[Problem]) -> str:
    return "\n\n".join(str(problem) for problem in problems if problem.severity == "error")


def test_every_code_that_is_raised_is_in_the_table() -> None:
    missing = sorted(raised_codes() - set(CODES))
    assert not missing, f"add {', '.join(missing)} to explainer/codes/*.yml, in the form told in tests/test_codes.py"


def test_every_code_of_the_table_is_raised() -> None:
    assert sorted(set(CODES) - raised_codes()) == []


def test_a_code_that_is_no_longer_given_is_never_used_again() -> None:
    assert not set(RETIRED) & (set(CODES) | raised_codes())
    assert set(RETIRED.values()) <= set(CODES)


@pytest.mark.parametrize("letter", LETTERS)
def test_an_entry_says_cause_and_fix_in_sentences_and_codes_stand_in_order(letter: str) -> None:
    codes = [code for name, code in CODES.items() if name.startswith(letter)]
    assert [code.name for code in codes] == sorted(code.name for code in codes)
    text = (ROOT / f"explainer/codes/{letter}.yml").read_text("utf-8")
    assert len(re.findall(rf"^{letter}\d{{3}}:", text, re.MULTILINE)) == len(codes), "a code stands twice"
    for code in codes:
        for sentence in (code.cause, code.fix):
            assert re.fullmatch(r"[A-Z].+\.", sentence), f"{code.name}: {sentence}"


@pytest.mark.parametrize("name", CODES)
def test_a_code_has_an_example_unless_no_text_can_cause_it(name: str) -> None:
    has_none = CODES[name].example is None
    assert has_none == (name.startswith("P") or name in EXEMPT), (
        f"{name} needs an example in explainer/codes/{name[0]}.yml, in the form told in tests/test_codes.py"
    )


@cache
def prose_problems(root: Path, side: Side) -> dict[str, list[Problem]]:
    """Return the problems of all examples of Markdown, each in an article of its own, found in one run."""
    folders = copy_isles(root)
    for name in PROSE:
        write_example(root, CODES[name].example, side)
        article = root / "content/articles/example.md"
        article.rename(article.with_name(f"{name.lower()}.md"))
    found: dict[str, list[Problem]] = {name: [] for name in PROSE}
    for problem in problems_of(folders):
        name = Path(problem.place.path).stem.upper()
        if name in found:
            found[name].append(problem)
        else:
            assert problem.severity == "warning", problem
    return found


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[Side, Path]:
    return {"wrong": tmp_path_factory.mktemp("wrong"), "right": tmp_path_factory.mktemp("right")}


@pytest.mark.parametrize("name", PROSE)
def test_an_example_of_prose_gives_its_code_and_no_error_when_it_is_mended(name: str, roots: dict[Side, Path]) -> None:
    wrong = prose_problems(roots["wrong"] / "p", "wrong")[name]
    assert name in {problem.code for problem in wrong}, "\n\n".join(map(str, wrong))
    right = prose_problems(roots["right"] / "p", "right")[name]
    assert not errors_in(right), errors_in(right)
    assert name not in {problem.code for problem in right}


def is_part(name: str) -> bool:
    """Whether an example is a piece of a page, such as may stand beside others."""
    example = CODES[name].example
    stops_others = name in ("T001", "T018", "T019", "T020")
    return example.file == PAGE and not example.wrong.startswith("{% extends") and not stops_others


def page_batches() -> list[tuple[str, ...]]:
    """Return the examples of templates and of finished pages that are tried in one run.

    A run with changed templates is slow, so those that do not stand in each other's way share one. Faults of templates
    stop a run before its pages are inspected.
    """
    parts = {letter: tuple(name for name in WITH_FILE if name[0] == letter and is_part(name)) for letter in "TH"}
    frame = tuple(name for name in WITH_FILE if name[0] == "H" and CODES[name].example.file in ONCE)
    return [parts["T"], (*parts["H"], *frame)]


TOGETHER = page_batches()
OTHERS = [name for name in WITH_FILE if name not in PROSE and not any(name in names for names in TOGETHER)]


def problems_with(root: Path, names: Collection[str], side: Side) -> list[Problem]:
    """Return what is said of a copy of the region in which examples stand as one of their sides."""
    folders = copy_isles(root)
    before = tree(folders.content) | tree(folders.templates)
    parts = [CODES[name].example for name in names if is_part(name)]
    if parts:
        also = {file: text for part in parts for file, text in part.also.items()}
        pieces = Example(PAGE, "\n".join(p.wrong for p in parts), "\n".join(p.right for p in parts), also)
        write_example(root, pieces, side)
    for name in names:
        if not is_part(name):
            write_example(root, CODES[name].example, side)
    # Mended, it may be the region as it is, which other tests build.
    is_as_before = tree(folders.content) | tree(folders.templates) == before
    return [] if side == "right" and is_as_before else problems_of(folders)


def check_both_sides(names: Collection[str], wrong: list[Problem], right: list[Problem]) -> None:
    assert not set(names) - {problem.code for problem in wrong}, "\n\n".join(map(str, wrong))
    assert not errors_in(right), errors_in(right)
    assert not set(names) & {problem.code for problem in right}


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: f"{names[0]}-and-others")
def test_examples_of_one_page_give_their_codes_and_no_error_when_they_are_mended(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    check_both_sides(names, *(problems_with(tmp_path / side, names, side) for side in ("wrong", "right")))


def files_of(name: str) -> set[str]:
    example = CODES[name].example
    return {example.file, *example.also}


def groups() -> list[list[str]]:
    """Return the other examples in groups that share no file, and no letter, since letters are told at other stages."""
    found: list[list[str]] = []
    for name in OTHERS:
        for group in found:
            if group[0][0] == name[0] and not any(files_of(name) & files_of(other) for other in group):
                group.append(name)
                break
        else:
            found.append([name])
    return found


@cache
def tried_in_groups(root: Path, side: Side) -> dict[str, list[Problem]]:
    """Return what is said of each example: in the run of its group where that tells all, else in one of its own."""
    found = {}
    for number, group in enumerate(groups()):
        together = problems_with(root / str(number), group, side)
        for name in group:
            own = [problem for problem in together if problem.code == name and problem.place.path in files_of(name)]
            is_told = bool(own) if side == "wrong" else not errors_in(together) and not own
            alone = is_told or len(group) == 1
            found[name] = together if alone else problems_with(root / f"{number}-{name}", [name], side)
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_an_example_gives_its_code_and_no_error_when_it_is_mended(name: str, roots: dict[Side, Path]) -> None:
    wrong, right = (tried_in_groups(roots[side] / "groups", side)[name] for side in ("wrong", "right"))
    own = {problem.code for problem in right if problem.place.path in files_of(name)}
    check_both_sides([name], wrong, [problem for problem in right if problem.severity == "error"])
    assert name not in own


@pytest.mark.parametrize("name", WITH_COMMAND)
def test_an_example_of_a_command_gives_its_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_isles(tmp_path)
    monkeypatch.chdir(tmp_path)
    words = shlex.split(CODES[name].example.wrong)
    assert words[:2] == ["python", "build.py"]
    assert main(words[2:]) == 2
    assert f"error {name}: " in capsys.readouterr().err


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_made_from_the_program_is_as_the_program_is(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == DOCUMENTS[name](), f"{name} is out of date: make docs"


def test_a_code_is_explained_with_cause_fix_and_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "f004", "D020", "P001"]) == 0
    assert (
        capsys.readouterr().out
        == """\
F004: A record has a field that we do not know.
fix: Correct the name of the field, or delete the line. Words of other programs are answered with ours.

For example, in content/countries/alder.yml instead of

    sumary: The largest of the isles.

write

    summary: The largest of the isles.

D020: Nothing uses a source.
fix: Use it where it belongs, or delete it.

For example, in content/sources/guide.yml instead of

    harbour-guide: {publisher: Harbour Office, title: Guide, accessed: 2025-01-10, kind: reference}

write nothing: delete it.

P001: Another build is running.
fix: Wait until it is done, then build again.
"""
    )


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(CODES)


def test_a_build_reads_nothing_of_the_table() -> None:
    code = (
        "import sys, explainer.cli, explainer.build, explainer.commands.build; print('explainer.codes' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
