"""The words that we write for a fact, and stale words that are rewritten."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from literal_facts import ENGLISH, FACTS

from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.literals.quantities import LiteralValue, Number, Range, Ratio, Unit
from explainer.literals.restyle import restyle


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (FACTS["population"], "20.6 million people"),
        (FACTS["area"], "2.72 million km²"),
        (FACTS["coast"], "1,894.5 km"),
        (FACTS["gdp"], "US$265 billion"),
        (FACTS["gdp per person"], "US$14,570 per person"),
        (FACTS["balance"], "−US$1.25 billion"),
        (FACTS["gas"], "between 55 and 60 bcm"),
        (FACTS["urban"], "58.0%"),
        (FACTS["members"], "nine"),
        (FACTS["twelve"], "12"),
        (FACTS["vague"], "between 9 and 10"),
        (FACTS["ratio"], "1.8 times"),
        (FACTS["third"], "33%"),
        (FACTS["capital"], "Astana"),
        (FACTS["joined"], "3 December 1993"),
        (FACTS["signed"], "December 1991"),
        (Number(Decimal("447400")), "447,400"),
        (Number(Decimal("999999")), "999,999"),
        (Number(Decimal("999999999")), "1 billion"),
        (Number(Decimal("1234567890123456")), "1,235 trillion"),
        (Number(Decimal("15.0"), ENGLISH.percent), "15.0%"),
        (Number(Decimal("15.04"), ENGLISH.percent, decimals=1), "15.0%"),
        (Number(Decimal("1500000"), ENGLISH.percent), "1,500,000%"),
        (Number(Decimal("1"), Unit("", "year", "years")), "1 year"),
        (Number(Decimal("1"), Unit("people", "person", "people")), "1 person"),
        (Number(Decimal("2"), Unit("", "year", "years")), "2 years"),
        (Number(Decimal("5"), Unit(many="million")), "5 million"),
        (Number(Decimal("5000000"), Unit(many="million")), "5 million million"),
        (Number(Decimal("-3"), currency=ENGLISH.currency("XTS")), "−XTS 3"),
        (Number(Range(Decimal("900000"), Decimal("1100000"))), "between 0.9 and 1.1 million"),
        (Number(Range(Decimal("5.0"), Decimal("6.5")), ENGLISH.percent), "between 5.0% and 6.5%"),
        (Number(Range(Decimal("7"), Decimal("7"))), "7"),
        (Ratio(Fraction(17, 10), Fraction(19, 10)), "between 1.7 and 1.9 times"),
        (Ratio(Fraction(0), Fraction(0)), "0%"),
    ],
)
def test_the_words_for_a_fact_are_those_a_reader_expects(value: LiteralValue, words: str) -> None:
    assert canonical_literal(value, ENGLISH) == words


@pytest.mark.parametrize(
    ("fact", "stale", "fresh"),
    [
        ("population", "about 20.4 million people", "about 20.6 million people"),
        ("population", "About 19,900,000 inhabitants", "About 20,600,000 inhabitants"),
        ("population", "19\u00a0767\u00a0431", "20\u00a0592\u00a0571"),
        ("population", "some 30 million", "some 20 million"),
        ("population", "under 20 million", "under 30 million"),
        ("population", "more  than 19.5m", "more  than 20.5m"),
        ("population", "nearly 20 million", "nearly 21 million"),
        ("population", "up to 20.5 million", "up to 20.6 million"),
        ("population", "at least 21 million", "at least 20 million"),
        ("population", "between 19 and 20 million people", "between 20 and 21 million people"),
        ("population", "eighteen million", "21 million"),
        ("population", "900,000", "20,592,571"),
        ("population", "twice", "20.6 million people"),
        ("population", "20.6 million", "20.6 million"),
        ("gdp", "$225.5bn", "$264.9bn"),
        ("gdp", "nearly 200 billion US dollars", "nearly 300 billion US dollars"),
        ("balance", "US$3.10 billion", "−US$1.25 billion"),
        ("balance", "−$1.31 billion", "−$1.25 billion"),
        ("coast", "1900 km", "1895 km"),
        ("depth", "one metre", "five metres"),
        ("gas", "50 to 55 bcm", "55 to 60 bcm"),
        ("growth", "4.9 per cent", "5.2 per cent"),
        ("growth", "4.90%", "5.2%"),
        ("members", "Ten members", "Nine members"),
        ("vague", "9–11", "9–10"),
        ("vague", "between nine and eleven", "between nine and ten"),
        ("ratio", "2.1 times", "1.8 times"),
        ("ratio", "More than half", "1.8 times"),
        ("part", "Nearly half", "55%"),
        ("part", "61 per cent", "55 per cent"),
        ("urban", "nearly two thirds", "nearly three fifths"),
        ("urban", "A third", "Three fifths"),
        ("joined", "4 Nov 1994", "3 Dec 1993"),
        ("joined", "1994-11-04", "1993-12-03"),
        ("joined", "November 1993", "December 1993"),
        ("signed", "8 December 1992", "December 1991"),
        ("capital", "Almaty", "Astana"),
    ],
)
def test_stale_words_are_rewritten_in_the_way_they_were_written(fact: str, stale: str, fresh: str) -> None:
    assert restyle(stale, FACTS[fact], ENGLISH) == fresh
    assert check_literal(fresh, FACTS[fact], ENGLISH) is None
