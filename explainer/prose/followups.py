"""Leave out the complaints about a body that only follow from another one, so that a slip is told once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from explainer.problems import Problem

UNCLOSED_FENCE, UNDEFINED_NOTE, UNUSED_NOTE = "M004", "M033", "M035"


def without_followups(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of one body that stand for themselves.

    A fence that is never closed swallows all that follows: what is said of the lines below it, and of notes that it
    may have swallowed, is left out. One reference without a note and one note without a reference are one typo.
    """
    fences = [problem.place.line for problem in problems if problem.code == UNCLOSED_FENCE]
    if fences:
        notes = (UNDEFINED_NOTE, UNUSED_NOTE)
        kept = [problem for problem in problems if problem.place.line <= min(fences) and problem.code not in notes]
        return [problem for problem in kept if problem.code == UNCLOSED_FENCE or problem.place.line < min(fences)]
    undefined = [problem for problem in problems if problem.code == UNDEFINED_NOTE]
    unused = [problem for problem in problems if problem.code == UNUSED_NOTE]
    if len(undefined) == len(unused) == 1:
        label = unused[0].message.partition('"')[2].rpartition('"')[0]
        told = undefined[0]
        if not told.fix.startswith("did you mean"):
            told = replace(told, fix=f'did you mean "{label}"?')
        return [told if problem is undefined[0] else problem for problem in problems if problem is not unused[0]]
    return list(problems)
