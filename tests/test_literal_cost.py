"""What the checking of literals may cost."""

from __future__ import annotations

import time

from literal_facts import ENGLISH, FACTS

from explainer.literals.check import check_literal

HOSTILE = [
    *(
        piece * (200 // len(piece))
        for piece in ("9", "9,", "9.9", "1,000", " ", "\u00a0", "nine ", "about ", "- ", "−")
    ),
    *(
        piece * (200 // len(piece))
        for piece in ("9 to ", "between ", "million ", "9 m ", "$", "% ", "9–", "0", "9 9", "x")
    ),
    "9" + " " * 198 + "x",
    "between " + "9" * 90 + " and " + "9" * 90 + "x",
    "nine" + "\u00a0" * 190 + "to",
    "a third" + " " * 190 + "x",
    "3 December" + " " * 180 + "199",
]


def test_no_text_takes_long_to_refuse() -> None:
    values = [*FACTS.values()]
    for text in HOSTILE:
        started = time.process_time()
        for value in values:
            check_literal(text, value, ENGLISH)
        assert (time.process_time() - started) / len(values) < 0.05, text


def test_a_thousand_figures_are_checked_in_less_than_a_second() -> None:
    started = time.process_time()
    for _ in range(100):
        for text in (
            "20.6 million",
            "about 20.6 million people",
            "20,592,571",
            "nearly 21 million",
            "20 to 21 million",
        ):
            assert check_literal(text, FACTS["population"], ENGLISH) is None
        for text in ("nine", "9", "Nine members", "about ten", "more than eight"):
            assert check_literal(text, FACTS["members"], ENGLISH) is None
    assert time.process_time() - started < 1
