"""Print problems and summaries for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from explainer.build import BuildResult
from explainer.config import Folders
from explainer.problems import Problem


def print_problems(problems: Sequence[Problem], *, output: str | None) -> None:
    """Print problems to stderr, a blank line between them, then how many there are.

    `output` is the folder that was left unchanged, where a build was asked for.
    """
    ordered = sorted(problems, key=lambda problem: problem.sort_key)
    print("\n\n".join(map(str, ordered)), file=sys.stderr)
    print("\n" + count_words(ordered, output), file=sys.stderr)


def count_words(problems: Sequence[Problem], output: str | None) -> str:
    """Return the closing line: `2 errors and 1 warning in 1 file. site/ is unchanged.`."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    files = len({problem.place.path for problem in problems})
    parts = [_plural(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    words = f"{' and '.join(parts)} in {_plural(files, 'file')}."
    return f"{words} {output}/ is unchanged." if output is not None else words


def print_summary(result: BuildResult, folders: Folders, *, why: bool) -> None:
    """Print what was built, what changed, what was held back, and how long it took."""
    published = result.published
    seconds = sum(result.stages.values())
    print(f"Built {result.counts.words()} in {seconds:.2f} s.")
    changed = f"{len(published.written)} written, {len(published.removed)} removed, {published.unchanged} unchanged"
    print(f"{folders.shown(folders.output)}/: {changed}.")
    for state in ("draft", "scheduled", "expired"):
        held = [item for item in result.held_back if item.state == state]
        if held:
            print(f"Held back, {state}: {len(held)} ({', '.join(item.path for item in held[:5])})")
            if why:
                print("\n".join(f"  {item.path}: {item.reason}" for item in held))


def print_stages(result: BuildResult) -> None:
    """Print the time of each stage in milliseconds."""
    for stage, seconds in result.stages.items():
        print(f"{stage:>10} {seconds * 1000:8.1f} ms")


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
