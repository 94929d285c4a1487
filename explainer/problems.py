"""Say what is wrong, where it stands, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct, field

Severity = Literal["error", "warning"]


class Place(Struct, frozen=True, order=True):
    """A stretch of characters in a file of the project.

    `path` is relative to the project and has forward slashes. `line` and `column` count from 1, columns in
    characters; a line of 0 means the file as a whole. `length` is the number of characters concerned, on that line.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(Struct, frozen=True):
    """One thing that is wrong. `excerpt` is the line it stands on, without its line end, where there is one."""

    place: Place
    code: str
    message: str
    fix: str
    severity: Severity = "error"
    excerpt: str | None = None

    def __str__(self) -> str:
        head = f"{self.place}: {self.severity} {self.code}: {self.message}"
        return "\n".join([head, *self.excerpt_lines(), f"  fix: {self.fix}"])

    def excerpt_lines(self) -> list[str]:
        """Return the line the problem stands on and a line of carets below it; nothing when there is no such line."""
        if self.excerpt is None or not self.place.line:
            return []
        shown, column = _window(_visible(self.excerpt), self.place.column)
        length = max(1, min(self.place.length, len(shown) - column + 1))
        number = f"{self.place.line:>5}"
        # A tab stays a tab under a tab, so that the caret stands below its character whatever the tab width.
        blank = "".join("\t" if letter == "\t" else " " for letter in shown[: column - 1])
        return [f"{number} | {shown}", f"{' ' * len(number)} | {blank}{'^' * length}"]

    def as_tuple(self) -> tuple[str, int, int, int, str, str, str, str, str | None]:
        """Return the problem as plain data, for a cache."""
        place = self.place
        where = (place.path, place.line, place.column, place.length)
        return (*where, self.code, self.message, self.fix, self.severity, self.excerpt)

    @classmethod
    def from_tuple(cls, plain: tuple[str, int, int, int, str, str, str, Severity, str | None]) -> Problem:
        """Return the problem that `as_tuple` made plain."""
        path, line, column, length, code, message, fix, severity, excerpt = plain
        return cls(Place(path, line, column, length), code, message, fix, severity, excerpt)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by file, then by position in it."""
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)


def _visible(line: str) -> str:
    """Return a line in which characters that would steer a terminal or turn the writing show as signs, one for one."""
    signs = []
    for letter in line:
        code = ord(letter)
        is_control = (code < 0x20 and letter != "\t") or 0x7F <= code < 0xA0
        is_direction = code in (0x200E, 0x200F, 0xFEFF) or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
        signs.append(
            chr(0x2400 + code) if code < 0x20 and is_control else "\ufffd" if is_control or is_direction else letter
        )
    return "".join(signs)


def _window(line: str, column: int, width: int = 150) -> tuple[str, int]:
    """Return at most about `width` characters of a line around a column, and the column within them."""
    if len(line) <= width:
        return line, column
    start = max(0, min(column - 1 - width // 3, len(line) - width))
    end = start + width
    before, after = ("… " if start else ""), (" …" if end < len(line) else "")
    return f"{before}{line[start:end]}{after}", column - start + len(before)


class ContentError(Exception):
    """The content is at fault: the site cannot be built. Carries every problem of the run, warnings included."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.sort_key)
        super().__init__("\n\n".join(map(str, self.problems)))


class Report(Struct):
    """All problems of one run, and the texts they point into.

    `read` returns the text of a file by its path, for problems in files that nobody has read in this run.
    """

    problems: list[Problem] = field(default_factory=list)
    read: Callable[[str], str | None] | None = None
    _seen: set[Problem] = field(default_factory=set)
    _texts: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def remember(self, path: str, text: str) -> None:
        """Keep the text of a file, so that a problem in it can show its line."""
        self._texts[path] = text
        self._lines.pop(path, None)

    def add(self, place: Place, code: str, message: str, fix: str, *, severity: Severity = "error") -> None:
        """Note a problem. The same problem noted twice counts once."""
        self._note(Problem(place, code, message, fix, severity, self._line(place)))

    def _note(self, problem: Problem) -> None:
        if problem not in self._seen:
            self._seen.add(problem)
            self.problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were made elsewhere, and give them their line where they have none."""
        for problem in problems:
            if problem.excerpt is None:
                self.add(problem.place, problem.code, problem.message, problem.fix, severity=problem.severity)
            else:
                self._note(problem)

    def _line(self, place: Place) -> str | None:
        lines = self._lines.get(place.path)
        if lines is None:
            text = self._texts.get(place.path)
            if text is None and place.line and self.read is not None:
                text = self.read(place.path)
            if text is not None:
                lines = self._lines[place.path] = text.split("\n")
        if lines is None or not 1 <= place.line <= len(lines):
            return None
        return lines[place.line - 1].rstrip("\r")

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build, in order of file and line."""
        return sorted((p for p in self.problems if p.severity == "error"), key=lambda p: p.sort_key)

    @property
    def warnings(self) -> list[Problem]:
        """The problems that are told but stop nothing, in order of file and line."""
        return sorted((p for p in self.problems if p.severity == "warning"), key=lambda p: p.sort_key)

    def stop_if_any(self) -> None:
        """Raise ContentError when there is an error; warnings alone stop nothing."""
        if self.errors:
            raise ContentError(self.problems)


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a mistyped one was probably meant to be, or None when none is close."""
    from difflib import get_close_matches

    by_folded = {choice.casefold(): choice for choice in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return a fix that names the closest known word, or `otherwise` when none is close."""
    meant = closest(word, known)
    return f'did you mean "{meant}"?' if meant else otherwise
