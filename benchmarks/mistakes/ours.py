"""The twelve mistakes as small changes to the real site, each with the place where it must be told."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mistakes.names import NAMES
from explainer.build import check
from explainer.config import Folders, Options
from explainer.problems import ContentError, Place, Problem

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = "‸"
"""Stands in front of what must be pointed at."""


Change = tuple[str, str, str, str] | tuple[str, str, str, str, tuple[str, str]]
"""What a mistake consists of, in the order of its fields, but for its name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One change of one file: `right` stands there once and becomes `wrong`.

    The problem has the code `code` and points at the mark in `wrong`, or, where the mistake shows elsewhere, at the
    mark in `told_at`, a file and a stretch of its text.
    """

    name: str
    file: str
    right: str
    wrong: str
    code: str
    told_at: tuple[str, str] | None = None

    def make(self, root: Path) -> None:
        """Make the mistake in a copy of the project. Raises ValueError where the site no longer has such a text."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        if self.right not in text:
            raise ValueError(f"{self.file} has no {self.right!r} any more: choose another text")
        path.write_text(text.replace(self.right, self.wrong.replace(MARK, ""), 1), encoding="utf-8")

    def place(self, root: Path) -> tuple[str, int, int]:
        """Return file, line and column of what must be pointed at, once the mistake is made."""
        file, marked = self.told_at or (self.file, self.wrong)
        text = (root / file).read_text(encoding="utf-8")
        offset = text.index(marked.replace(MARK, "")) + marked.index(MARK)
        return file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_CIS = "content/articles/what-is-the-cis.md"
_RUSSIA = "content/articles/russia-in-central-asia.md"

_CHANGES: tuple[Change, ...] = (
    ("content/countries/kazakhstan.yml", "area: {value: 2_724_900,", f"area: {{value: {MARK}vast,", "F008"),
    ("content/countries/kyrgyzstan.yml", "\ncolour: {", f"\n{MARK}color: {{", "F004"),
    (
        _CIS,
        "(fact:cis.members@2026-03-20) members on 20 March",
        f"(fact:cis.{MARK}membres@2026-03-20) members on 20 March",
        "M051",
    ),
    (
        "content/countries/uzbekistan.yml",
        "as_of: 2026, sources: [country-codes]}",
        f"as_of: 2026, sources: [{MARK}country-kodes]}}",
        "L002",
    ),
    (_CIS, "[@agreement-en; @venice-ilm]", f"[{MARK}@agreement-eng; @venice-ilm]", "M061"),
    (
        _RUSSIA,
        "[article on trade](china-russia-trade.md)",
        f"[article on trade]({MARK}china-rusia-trade.md)",
        "M070",
    ),
    (
        _RUSSIA,
        "(five-states-one-region.md#",
        f"(five-states-one-region.md#{MARK}no-",
        "M071",
    ),
    (
        "content/articles/leaving-the-cis.md",
        "](what-is-the-cis.md)",
        f"]({MARK}/articles/what-is-the-cis/)",
        "M070",
    ),
    ("content/pages/corrections.md", "title: Corrections", f'title: {MARK}"Corrections', "R010"),
    ("content/pages/methodology.md", "\ndate: 2026-11-23", f"\ndate: {MARK}2026-11-31", "F007"),
    ("content/pages/licence.md", "---\ntitle: ", f"{MARK}---\n# title: ", "F001"),
    (
        "content/articles/walking-the-line.md",
        "\ndate: 2026-",
        "\ndate: 2062-",
        "M073",
        ("content/articles/five-states-one-region.md", f"]({MARK}walking-the-line.md)"),
    ),
)
MISTAKES = tuple(Mistake(name, *change) for name, change in zip(NAMES, _CHANGES, strict=True))


def copy_project(root: Path) -> Folders:
    """Copy what the real site is built from below a folder."""
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    return Folders.below(root)


def problems_with(mistakes: tuple[Mistake, ...], root: Path, options: Options) -> list[Problem]:
    """Make mistakes in a new copy of the real site, and return the errors that one run tells."""
    folders = copy_project(root)
    for mistake in mistakes:
        mistake.make(root)
    try:
        check(folders, options)
    except ContentError as error:
        return [problem for problem in error.problems if problem.severity == "error"]
    return []


def tells(problems: list[Problem], mistake: Mistake, root: Path) -> bool:
    """Whether one of the problems has the code of a mistake, and stands exactly where it must."""
    wanted = (mistake.code, *mistake.place(root))

    def found(place: Place, code: str) -> tuple[str, str, int, int]:
        return code, place.path, place.line, place.column

    return any(found(problem.place, problem.code) == wanted for problem in problems)
