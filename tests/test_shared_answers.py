"""What is made of answers for several is made once, and each of them has asked."""

from __future__ import annotations

import pytest

from explainer.answers import Answers, Asker


def test_each_who_takes_what_was_made_before_has_asked_its_questions() -> None:
    answers = Answers(functions={"double": lambda text: text * 2})
    made: list[str] = []

    def make(asker: Asker) -> str:
        made.append("once")
        return str(asker.ask("double", "a") + asker.ask("double", "b"))

    first, second = Asker(answers), Asker(answers)
    second.ask("double", "c")

    assert first.shared("both", make) == second.shared("both", make) == "aabb"
    assert made == ["once"]
    assert list(first.trace.asked) == [("double", "a"), ("double", "b")]
    assert list(second.trace.asked) == [("double", "c"), ("double", "a"), ("double", "b")]


def test_what_cannot_be_made_leans_on_its_questions_too_and_is_tried_again() -> None:
    answers = Answers(functions={"double": lambda text: text * 2})

    def make(asker: Asker) -> str:
        raise LookupError(asker.ask("double", "a"))

    for asker in (Asker(answers), Asker(answers)):
        with pytest.raises(LookupError, match="aa"):
            asker.shared("none", make)
        assert list(asker.trace.asked) == [("double", "a")]
