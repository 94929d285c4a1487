"""A slip in a body is told once: what only follows from it is left out."""

from __future__ import annotations

from explainer.problems import Place, Problem
from explainer.prose.followups import without_followups


def problem(code: str, line: int, message: str = "m") -> Problem:
    return Problem(Place("a.md", line, 1), code, message, "f")


def test_what_an_unclosed_fence_swallowed_is_not_complained_about() -> None:
    before, fence = problem("M053", 3), problem("M004", 10)
    told = without_followups([before, fence, problem("R017", 12), problem("M033", 4), problem("M071", 14)])
    assert told == [before, fence]


def test_a_reference_and_a_note_that_miss_each_other_are_one_typo() -> None:
    undefined = problem("M033", 3, 'nothing defines the note "[^2]"')
    unused = problem("M035", 9, 'nothing refers to the note "[^1]"')
    [told] = without_followups([undefined, unused])
    assert (told.place.line, told.fix) == (3, 'did you mean "[^1]"?')


def test_several_notes_that_miss_each_other_are_all_told() -> None:
    problems = [problem("M033", 3), problem("M033", 4), problem("M035", 9)]
    assert without_followups(problems) == problems
