"""Questions keep what they ask as text, and one number each, whoever asks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.answers import Answers
from explainer.blobs import unpack_numbers
from explainer.canonical import DIGEST_BYTES
from explainer.questions import Hearer, Questions, Teller, as_question, as_text

STEP = st.text(st.sampled_from(["a", "\x00", "\x1e", "\x1f", "1", "2", "é"]), max_size=5)


@given(st.lists(STEP, min_size=1, max_size=4).map(tuple))
def test_a_question_is_what_its_text_says_whatever_its_steps_are(question: tuple[str, ...]) -> None:
    assert as_question(as_text(question)) == question


@given(*[st.lists(STEP, min_size=1, max_size=4).map(tuple)] * 2)
def test_two_questions_have_two_texts(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (as_text(one) == as_text(other)) is (one == other)


@pytest.fixture
def answers() -> Answers:
    return Answers(functions={"twice": lambda word: word + word, "once": lambda word: word})


def test_what_several_workers_ask_has_one_number(answers: Answers) -> None:
    hearer = Hearer(Questions())
    asked = [[("once", "a"), ("twice", "a")], [("twice", "a"), ("twice", "b")], [("twice", "b"), ("once", "a")]]
    tellers = [Teller(answers.digest), Teller(answers.digest), Teller(answers.digest)]
    told = [
        teller.told(questions, worker) for worker, (teller, questions) in enumerate(zip(tellers, asked, strict=True))
    ]
    told.append(tellers[0].told([("twice", "b"), ("once", "a")], 0))
    heard = [list(unpack_numbers(hearer.heard(one))) for one in told]
    assert heard == [[0, 1], [1, 2], [2, 0], [2, 0]]
    assert [hearer.questions.question(number) for number in range(3)] == [("once", "a"), ("twice", "a"), ("twice", "b")]


def test_a_worker_tells_a_question_in_full_once(answers: Answers) -> None:
    teller = Teller(answers.digest)
    assert len(teller.told([("once", "a"), ("once", "b")], 1).new) == 2
    assert teller.told([("once", "b"), ("once", "a")], 1).new == ()


def test_kept_questions_have_their_digests_and_are_found_by_topic(answers: Answers) -> None:
    hearer = Hearer(Questions())
    hearer.heard(Teller(answers.digest).told([("once", "a"), ("twice", "a"), ("once", "b")], 0))
    kept = Questions.unpack(hearer.questions.pack())
    assert list(kept.of_topic("once")) == [(0, ("once", "a")), (2, ("once", "b"))]
    assert list(kept.of_topic("never")) == []
    assert kept.digest(1) == answers.digest(("twice", "a"))
    later = kept.copy()
    assert later.number(as_text(("once", "b")), kept.digest(2)) == 2
    assert not later.is_changed
    later.set_digest(1, bytes(DIGEST_BYTES))
    assert later.number(as_text(("twice", "c")), bytes(DIGEST_BYTES)) == 3
    assert later.is_changed
    assert (kept.digest(1), len(kept.texts)) == (answers.digest(("twice", "a")), 3)
    assert (later.digest(1), later.digest(2)) == (bytes(DIGEST_BYTES), kept.digest(2))


def test_what_was_asked_before_keeps_its_number_and_what_was_not_gets_another(answers: Answers) -> None:
    hearer = Hearer(Questions())
    before = hearer.heard(Teller(answers.digest).told([("once", "a"), ("twice", "a"), ("once", "b")], 0))
    later = Hearer(hearer.questions.copy())
    asked = [("once", "b"), ("twice", "c"), ("once", "a")]
    assert list(unpack_numbers(later.heard(Teller(answers.digest).told(asked, 0), before[4:]))) == [2, 3, 0]
    assert later.questions.texts == [*hearer.questions.texts, as_text(("twice", "c"))]
