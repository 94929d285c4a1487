"""Signs are found where a pattern finds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.prose.signs import SIGN, Signs


@given(st.text(st.sampled_from("a1 ?[]\n’é中\U0001f600٣"), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_signs_stand_where_a_pattern_finds_them(text: str, start: int, end: int) -> None:
    signs = Signs("[]")
    found = re.compile(r"[\[\]]").search(text, start, end)

    assert signs.mark(text).find(SIGN, start, end) == (-1 if found is None else found.start())


@given(st.text(st.sampled_from("a1 ?\n’é٣"), max_size=40))
def test_a_digit_of_any_script_is_no_later_than_the_first_sign_that_may_be_one(text: str) -> None:
    signs = Signs("0123456789", beyond_ascii=True)
    digit = re.search(r"\d", text)
    at = signs.mark(text).find(SIGN)

    assert digit is None or 0 <= at <= digit.start()


@pytest.mark.parametrize(("text", "expected"), [("Why? No.", -1), ("Почему? Да.", 0), ("a 1", 2)])
def test_a_question_mark_is_no_digit_where_all_is_ascii(text: str, expected: int) -> None:
    signs = Signs("0123456789", beyond_ascii=True)

    assert signs.mark(text).find(SIGN) == expected
