"""Words of an article and the facts they stand for: a table of what agrees, and of what is said where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from literal_facts import ENGLISH, FACTS

from explainer.literals.check import check_literal
from explainer.literals.numerals import quoted
from explainer.literals.quantities import Name, Number, Range, Ratio, Text, Unit

# FACT | LITERAL | LITERAL | …   A row goes on in lines that are indented.
AGREE = """
population | 20.6 million | 20.59 million | 20.592571 million | 21 million | 20,592,571 | 20,592,571 people
    | 20.6 million inhabitants | 20.6 Million People | 20.6m | 20.6 m | 0.02 billion | 0.000021 trillion
    | 20,593 thousand | about 20.6 million | about 20.5 million | around 21 million | roughly 20 million people
    | some 20.6 million | more than 20 million | More than 20.5 million | above 20 million | over 20 million
    | less than 30 million | at least 20.5 million
    | at least 20,592,571 | nearly 21 million | almost 20.6 million | under 21 million | less than 21 million
    | fewer than 21 million people | up to 20.6 million | up to 20,592,571 | between 20 and 21 million
    | between 900,000 and 21 million | 20 to 21 million | 20.5–20.6 million |  20.6  million  | 20\u00a0592\u00a0571
    | 20\u202f592\u202f571 people
area | 2.72 million km² | 2.7 million square kilometres | 2.7 million sq km | 2.7 Million Square Kilometres
    | 2,724,900km²
coast | 1,894.5 km | 1895 km | 1894 km | 1,894 | 1,895
depth | 5 m | five metres | 5m
gdp | $265 billion | US$264.9bn | US$ 265 billion | USD 265 billion | 265 billion US dollars | 265 billion dollars
    | nearly $300 billion | about $264.9 billion | between $264 and $266 billion
    | between $264 billion and $266 billion | $264–266 billion | 265 billion $
gdp per person | US$14,570 per person | about 14,600 dollars per person
balance | −$1.25 billion | $-1.25 billion | -1.25 billion
growth | 5.2% | 5.2 % | 5.2 per cent | 5.2 percent | 5% | 5.2 | between 5 and 6% | between 5% and 6% | nearly 6%
fall | −5.2% | -5.2 per cent | about −5% | −5% | between −6% and −5% | −6 to −5 per cent
urban | more than half | 58% | nearly three fifths
gas | 55 to 60 bcm | between 55 and 60 billion cubic metres | 55–60 | up to 60 bcm | at least 50 bcm
members | nine | 9 | Nine members | 9.0 | about ten | more than eight
twelve | twelve | 12
vague | between 9 and 10 | between nine and ten | 9 to 10 | 9–10
ratio | nearly twice | twice | double | 1.8 times | 1.8 | two times | 180% | between one and two times
    | about 1.9 times | nearly 200% | some 1.8 times
part | more than half | 55% | 0.55 | 55 per cent | half | 0.6 times | about half
third | a third | one-third | 33% | 33.33%
capital | Astana | astana | Nur-Sultan
president | Tokayev | kassym-jomart  TOKAYEV
joined | 3 December 1993 | 3 Dec 1993 | December 1993 | december 1993 | 1993 | 1993-12-03 | 1993-12
signed | December 1991
founded | 1991
"""

# FACT | LITERAL | MESSAGE, "…" for the literal in quotes | PROPOSAL / PROPOSAL
DISAGREE = """
population | 20 million | … says 20,000,000, but the fact is 20,592,571 | 20.6 million / 21 million
population | 20,592,572 | … says 20,592,572, but the fact is 20,592,571 | 20.6 million / 20,592,571
population | 20,600,000 | … says 20,600,000, but the fact is 20,592,571 | 20.6 million / 20,592,571
population | 20.6bn | … says 20,600,000,000, but the fact is 20,592,571 | 20.6 million
population | twenty million | … says 20,000,000, but the fact is 20,592,571 | 20.6 million / 21 million
population | twenty-one million | … is not a figure that can be checked | 20.6 million
population | about 20.4 million
    | … means 20,300,000 to 20,500,000, but the fact is 20,592,571 | 20.6 million / about 20.6 million
population | about 20.4 million people
    | … means 20,300,000 to 20,500,000, but the fact is 20,592,571 | 20.6 million people / about 20.6 million people
population | some 20.0 million
    | … means 19,900,000 to 20,100,000, but the fact is 20,592,571 | 20.6 million / some 20.6 million
population | some 30 million
    | … means 22,500,000 to 37,500,000, but the fact is 20,592,571 | 20.6 million / some 20 million
population | nearly 30 million
    | … means 22,500,000 to just under 30,000,000, but the fact is 20,592,571 | 20.6 million / nearly 21 million
population | over 20.6 million
    | … means more than 20,600,000 and up to 20,700,000, but the fact is 20,592,571 | 20.6 million / over 20.5 million
population | nearly 20.5 million
    | … means 20,400,000 to just under 20,500,000, but the fact is 20,592,571 | 20.6 million / nearly 20.6 million
population | under 20,592,571
    | … means 20,592,570 to just under 20,592,571, but the fact is 20,592,571 | 20.6 million / under 20,592,572
population | between 21 and 22 million
    | … says 21,000,000 to 22,000,000, but the fact is 20,592,571 | 20.6 million / between 20 and 21 million
population | 20.5-20.6 million | … has a hyphen between two numbers; a range is written with "–" | 20.6 million
population | 21 to 20 million | … does not go from a smaller number to a larger one | 20.6 million
population | about 20 to 21 million | a range is written without "about" | 20.6 million
population | between 20 million | … has one number, and "between" needs two | 20.6 million
population | between 20 to 21 million
    | … is no range: a range is written "between n and n" or "n to n" or "n – n" | 20.6 million
population | 20 and 21 million
    | … is no range: a range is written "between n and n" or "n to n" or "n – n" | 20.6 million
population | circa 20 million | "circa" may not stand before a figure; these may: QUALIFIERS | 20.6 million
population | just over 20 million | "just over" may not stand before a figure; these may: QUALIFIERS | 20.6 million
population | 20,6 million
    | "20,6" is not a number: "," stands every three digits, and decimals follow "." | 20.6 million
population | 20 592 571 | … has a plain space between its digits; thousands have "," or a no-break space | 20.6 million
population | 20592571 | … needs "," every three digits | 20.6 million
population | 20'592'571 | … has an apostrophe between its digits; thousands have "," or a no-break space | 20.6 million
population | 20.592.571
    | … has marks between its digits that do not fit; thousands have "," or a no-break space | 20.6 million
population | 20.592,571
    | … has marks between its digits that do not fit; thousands have "," or a no-break space | 20.6 million
population | 20,592 571 | … has a plain space between its digits; thousands have "," or a no-break space | 20.6 million
population | 2,05,92,571 | … is not a number: "," stands every three digits, and decimals follow "." | 20.6 million
population | 020,592,571 | … begins with a zero | 20.6 million
population | .5 million | … has no digit before its decimals | 20.6 million
population | 20.6 million. | … ends in a punctuation mark, which belongs behind the link | 20.6 million
population | ２０.６ million | "２" is not a digit that is read here: the digits are 0 to 9 | 20.6 million
population | ٢٠ million | "٢" is not a digit that is read here: the digits are 0 to 9 | 20.6 million
population | 2.06e7 | … has an exponent; a large number is written with a word such as "trillion" | 20.6 million
population | 20.6 million km² | … says "km²", but the fact is in people | 20.6 million
population | $20.6 million | … is in "$", but the fact is not an amount of money | 20.6 million
population | tens of millions | … is not a figure that can be checked | 20.6 million people
population | half | … is not a figure that can be checked | 20.6 million people
population | 20.6 million million | … says "million", but the fact is in people | 20.6 million
area | 2.7 million KM² | … says "KM²", but the fact is in square kilometres (km²) | 2.72 million
area | 2.7 million square miles | … says "square miles", but the fact is in square kilometres (km²) | 2.72 million km²
area | 2,724,900square kilometres | … has no space before "square kilometres" | 2.72 million km²
depth | 5 million m | … says 5,000,000, but the fact is 5 | 5 m
gdp | €265 billion | … is in "€", but the fact is in US dollars (USD) | US$265 billion
gdp | 265 billion euros | … says "euros", but the fact is in US dollars (USD) | US$265 billion
gdp | $265 billion dollars | … names its currency twice | US$265 billion
gdp | USD265 billion | … has no space between letters and digits | US$265 billion
gdp per person | 14,570 per head
    | … says "per head", but the fact is in US dollars (USD), per person | US$14,570 per person
balance | −$−1.25 billion | … has two minus signs | −US$1.25 billion
balance | –1.25 billion | … begins with a dash; the minus sign is "−" or "-" | −1.25 billion
balance | 1.25 billion | … says 1,250,000,000, but the fact is −1,250,000,000 | −1.25 billion
growth | 5.25% | … says 5.25%, but the fact is 5.2% | 5.2%
growth | 5.15% | … says 5.15%, but the fact is 5.2% | 5.2%
growth | 5.2 percentage points | … says "percentage points", but the fact is in per cent (%) | 5.2%
fall | 5.2% | … says 5.2%, but the fact is −5.2% | −5.2%
fall | nearly −6% | … can be read both ways: "nearly" does not stand before a minus | −5.2%
urban | nearly two thirds | … means 61.67% to just under 66.67%, but the fact is 58% | 58.0% / nearly three fifths
urban | nearly two-thirds | … means 61.67% to just under 66.67%, but the fact is 58% | 58.0% / nearly three fifths
urban | a third | … says 33.33%, but the fact is 58% | 58.0% / three fifths
gas | 50 to 60 bcm | … says 50 to 60, but the fact is 55 to 60 | between 55 and 60 bcm / 55 to 60 bcm
gas | 57 bcm | … says 57, but the fact is 55 to 60 | between 55 and 60 bcm
members | ten | … says 10, but the count is 9 | nine
members | nine countries | … says "countries", but the fact is in members | nine
members | between 8 and 10 | … is a range, but the count is 9 | nine
twelve | a dozen | … is not a figure that can be checked | 12
vague | 9-10 | … has a hyphen between two numbers; a range is written with "–" | between 9 and 10
vague | nine | … is one number, but the count is uncertain: 9 to 10 | between 9 and 10
vague | about nine | … is one number, but the count is uncertain: 9 to 10 | between 9 and 10
vague | 9 or 10 | … is not a figure that can be checked | between 9 and 10
vague | between 9 and 11 | … says 9 to 11, but the count is 9 to 10 | between 9 and 10
ratio | more than twice | … means more than 2 and up to 2.5, but the fact is 1.8 | 1.8 times
ratio | three times | … says 3, but the fact is 1.8 | 1.8 times / two times
ratio | half | … says 0.5, but the fact is 1.8 | 1.8 times / twice
part | nearly two thirds | … means 0.6167 to just under 0.6667, but the fact is 0.55 | 55%
third | 34% | … says 34%, but the fact is about 33.33% | 33%
third | a quarter | … says 0.25, but the fact is about 0.3333 | 33% / a third
capital | Almaty | the words are "Almaty", but the fact is "Astana" | Astana / Nur-Sultan
president | Mr Tokayev
    | the words are "Mr Tokayev", but the fact is "Kassym-Jomart Tokayev" | Kassym-Jomart Tokayev / Tokayev
joined | 4 December 1993 | … says 4 December 1993, but the fact is 3 December 1993 | 3 December 1993
joined | 1994 | … says 1994, but the fact is 3 December 1993 | 3 December 1993 / 1993
joined | 3.12.1993 | … is not a date as it is written here | 3 December 1993
joined | December 3, 1993 | … is not a date as it is written here | 3 December 1993
joined | 31 November 1993 | … is in no calendar | 3 December 1993
joined | about 1993 | … is not a date as it is written here | 3 December 1993
signed | 8 December 1991 | … is more exact than the fact, which is December 1991 | December 1991
founded | December 1991 | … is more exact than the fact, which is 1991 | 1991
population | 20\u00a0592,571 | … has two kinds of marks between its thousands | 20.6 million
population | about | … is not a figure that can be checked | 20.6 million people
population | 20.6 million\u200b | there is an invisible character (U+200B) in the words | 20.6 million people
population | 20.6 mıllion | … says "mıllion", but the fact is in people | 20.6 million people
population | 1 million people or so | … says "people or so", but the fact is in people | 20.6 million people
population | ½ | … is not a figure that can be checked | 20.6 million people
population | +20.6 million | "+" may not stand before a figure; these may: QUALIFIERS | 20.6 million
population | ~20.6 million | "~" may not stand before a figure; these may: QUALIFIERS | 20.6 million
population | zero | … says 0, but the fact is 20,592,571 | 20.6 million / 20,592,571
depth | 5 mm | … says "mm", but the fact is in metres (m) | 5 m
depth | one metre | … says 1, but the fact is 5 | 5 m / five metres
growth | 5,2% | "5,2" is not a number: "," stands every three digits, and decimals follow "." | 5.2%
growth | 5.2%. | … ends in a punctuation mark, which belongs behind the link | 5.2%
fall | up to −5% | … can be read both ways: "up to" does not stand before a minus | −5.2%
urban | 58.04% | … says 58.04%, but the fact is 58% | 58.0%
gas | about 57 bcm | … means 56 to 58, but the fact is 55 to 60 | between 55 and 60 bcm
gas | 55 billion to 60 billion cubic metres
    | … does not go from a smaller number to a larger one | between 55 and 60 bcm
gas | less than 60 bcm | … means 50 to just under 60, but the fact is 55 to 60 | between 55 and 60 bcm
gas | 54.6 to 60.4 bcm | … says 54.6 to 60.4, but the fact is 55 to 60 | between 55 and 60 bcm / 55 to 60 bcm
ratio | 1.8x | … says "x", but the fact is in times or per cent | 1.8 times
ratio | fourfold | … is not a figure that can be checked | 1.8 times
part | three fifths | … says 0.6, but the fact is 0.55 | 55% / half
part | half of | … is not a figure that can be checked | 55%
joined | 03 December 1993 | … is not a date as it is written here | 3 December 1993
joined | 3 Decembre 1993 | … is not a date as it is written here | 3 December 1993
joined | 0993 | … is in no calendar | 3 December 1993
"""


def rows(table: str) -> Iterator[list[str]]:
    for row in table.replace("\n    ", " ").strip("\n").split("\n"):
        yield [cell.strip(" ") for cell in row.split("|")]


def message_and_proposals(literal: str, message: str, proposals: str) -> tuple[str, str]:
    shown = message.replace("…", quoted(literal), 1).replace("QUALIFIERS", ", ".join(ENGLISH.qualifiers))
    return shown, "write " + " or ".join(f'"{words}"' for words in proposals.split(" / "))


@pytest.mark.parametrize(("fact", "literal"), [(fact, literal) for fact, *row in rows(AGREE) for literal in row])
def test_words_that_say_what_the_fact_says_agree(fact: str, literal: str) -> None:
    assert check_literal(literal, FACTS[fact], ENGLISH) is None


@pytest.mark.parametrize(("fact", "literal", "message", "proposals"), list(rows(DISAGREE)))
def test_words_that_disagree_are_told_how_and_what_to_write(
    fact: str, literal: str, message: str, proposals: str
) -> None:
    disagreement = check_literal(literal, FACTS[fact], ENGLISH)

    assert disagreement is not None
    assert (disagreement.message, disagreement.fix) == message_and_proposals(literal, message, proposals)
    for words in proposals.split(" / "):
        assert check_literal(words, FACTS[fact], ENGLISH) is None


def test_every_word_of_the_table_of_qualifiers_is_tried_here() -> None:
    tried = " ".join(f"| {literal.lower()}" for _, *row in rows(AGREE) for literal in row)

    assert [word for word in ENGLISH.qualifiers if f"| {word} " not in tried] == []


def test_a_figure_of_more_than_200_characters_is_refused_but_a_long_text_may_be_quoted() -> None:
    long_name = "The Agreement on " + "Very " * 50 + "Much"

    assert check_literal(long_name, Text(long_name), ENGLISH) is None
    disagreement = check_literal("9" * 201, FACTS["members"], ENGLISH)
    assert disagreement is not None
    assert disagreement.message == "the words are 201 characters long, and a figure has at most 200"
    assert disagreement.fix == 'write "nine"'


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\n"])
def test_a_link_without_words_is_told_what_to_write(blank: str) -> None:
    disagreement = check_literal(blank, FACTS["area"], ENGLISH)

    assert disagreement is not None
    assert (disagreement.message, disagreement.fix) == ("there are no words to check", 'write "2.72 million km²"')


def test_letters_that_only_look_like_those_of_a_known_word_are_not_read() -> None:
    for literal in ("nıne", "ſix", "twenty mıllion", "Aprıl 1993", "nine\u2003million", "about\u200b9"):
        assert check_literal(literal, FACTS["members"], ENGLISH) is not None


def test_letters_and_accents_are_the_same_whether_composed_or_not() -> None:
    value = Number(Decimal("12"), Unit(many="années-lumière"))

    assert check_literal("12 anne\u0301es-lumie\u0300re", value, ENGLISH) is None
    assert check_literal("Cote d\u2019Ivoire", Name("Cote d'Ivoire"), ENGLISH) is None


@pytest.mark.parametrize(
    ("low", "high"), [("1e24", "1e24"), ("0", "1e-13"), ("NaN", "NaN"), ("-Infinity", "-Infinity"), ("2", "1")]
)
def test_an_amount_that_cannot_be_written_is_refused_when_it_is_made(low: str, high: str) -> None:
    with pytest.raises(ValueError, match=r"cannot|not an amount"):
        Number(Range(Decimal(low), Decimal(high)) if low != high else Decimal(low))


def test_a_ratio_of_ranges_reaches_from_the_smallest_to_the_largest_quotient() -> None:
    gas = Number(Range(Decimal("-2"), Decimal("6")))

    assert Ratio.of(gas, Number(Range(Decimal("2"), Decimal("4")))) == Ratio(Fraction(-1), Fraction(3))
    with pytest.raises(ZeroDivisionError):
        Ratio.of(gas, gas)
