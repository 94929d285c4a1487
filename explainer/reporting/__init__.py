"""Tell problems: as plain text, in colour on a terminal, as JSON, or as annotations of GitHub."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from explainer.reporting.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explainer.problems import Problem


def print_problems(problems: Sequence[Problem], *, output: str | None, style: Style = PLAIN) -> None:
    """Print problems in order of file and line, then how many there are; without problems, only JSON says so.

    Text goes to stderr; JSON and annotations, which programs read, to stdout. `output` is the folder that was left
    unchanged, where a build was asked for.
    """
    ordered = sorted(problems, key=lambda problem: problem.sort_key)
    if style.format == "json":
        from explainer.reporting.json_form import json_text

        print(json_text(ordered))
    elif ordered and style.format == "github":
        from explainer.reporting.github import commands, harmless, write_summary

        print("\n".join(commands(ordered, style)))
        print(harmless(plain_text(ordered, output)), file=sys.stderr)
        write_summary(ordered, count_words(ordered, output), style)
    elif ordered and style.is_coloured:
        from explainer.reporting.terminal import print_in_colour

        print_in_colour(ordered, count_words(ordered, output))
    elif ordered:
        print(plain_text(ordered, output), file=sys.stderr)


def plain_text(problems: Sequence[Problem], output: str | None) -> str:
    """Return problems as text, a blank line between them, and the closing line."""
    return "\n\n".join([*map(str, problems), count_words(problems, output)])


def count_words(problems: Sequence[Problem], output: str | None) -> str:
    """Return the closing line: `2 errors and 1 warning in 1 file. site/ is unchanged.`."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    files = len({problem.place.path for problem in problems})
    parts = [_plural(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    words = f"{' and '.join(parts)} in {_plural(files, 'file')}."
    return f"{words} {output}/ is unchanged." if output is not None else words


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
