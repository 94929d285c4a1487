"""Print problems in colour on a terminal. The words are those of the plain text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from explainer.problems import Problem

_COLOURS = {"error": "bold red", "warning": "bold yellow"}


def print_in_colour(problems: Sequence[Problem], closing: str) -> None:
    """Print problems to stderr, as `plain_text` would, in colour."""
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
    for problem in problems:
        console.print(_coloured(problem), end="\n\n")
    console.print(Text(closing, style="bold"))


def _coloured(problem: Problem) -> Text:
    lines = str(problem).split("\n")
    colour, text = _COLOURS[problem.severity], Text()
    text.append(str(problem.place), style="bold")
    text.append(": ")
    text.append(f"{problem.severity} {problem.code}", style=colour)
    text.append(lines[0].removeprefix(f"{problem.place}: {problem.severity} {problem.code}"))
    for index, line in enumerate(lines[1:], start=1):
        is_caret_line = index == 2 and len(lines) == 4
        if line.startswith("  fix: "):
            text.append("\n  fix:", style="bold green")
            text.append(line.removeprefix("  fix:"))
        else:
            text.append(f"\n{line}", style=colour if is_caret_line else "")
    return text
