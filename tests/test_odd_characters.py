"""Odd characters are those that are neither printable ASCII nor ends of lines and tabs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explainer.odd_characters import odd_characters


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_odd_is_kept_in_its_order(text: str) -> None:
    plain = {*map(chr, range(0x20, 0x7F)), "\n", "\t"}

    assert odd_characters(text) == "".join(letter for letter in text if letter not in plain)
