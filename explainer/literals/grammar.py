"""Read a figure in words by its grammar.

    [qualifier] [currency] number [scale] [unit]        about US$11.2 billion
    between n and n   |   n to n   |   n–n              9 to 10 million tonnes

The numbers of a range are numbers as above without qualifier. A scale after the second number alone holds for the first
too ("20 to 21 million"), unless the first has thousands and is the larger in digits ("900,000 to 1.1 million"). What
can be read as the fact's unit is its unit before it is a scale, so "5 m" is five metres for a length and five million
for people. Words are read case aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from explainer.literals.numerals import Digits, GrammarError, Numeral, quoted, read_digits, rounding_place
from explainer.literals.patterns import quantity_pattern, ratio_pattern
from explainer.literals.quantities import Currency, Unit
from explainer.literals.words import Qualifier, RangeWords, Words

Meaning = TypeVar("Meaning")


class Quantity(Struct, frozen=True):
    """A figure as it was written: one number, or the two of a range. `unit` is its first unit, as written."""

    qualifier: Qualifier | None
    qualifier_text: str
    first: Numeral
    second: Numeral | None
    unit: str
    has_currency: bool


def read_quantity(text: str, unit: Unit | None, currency: Currency | None, words: Words) -> Quantity | None:
    """Read a figure that may carry a unit and a currency, or return None where it is none.

    Raises GrammarError for a figure with a fault that can be named.
    """
    match = quantity_pattern(unit, currency, words).fullmatch(text)
    if match is None:
        return None
    first = _numeral(match, 1, words)
    second = _numeral(match, 2, words) if match["n2"] else None
    if second is not None:
        _check_range_words(match, words)
        stands_alone = first.value >= 1000 and first.value >= second.value / second.scale
        if second.scale != 1 and first.scale == 1 and not stands_alone:
            first = scaled(first, second.scale)
        if first.value >= second.value:
            raise GrammarError(f"{quoted(text)} does not go from a smaller number to a larger one")
    elif match["opening"]:
        raise GrammarError(f'{quoted(text)} has one number, and "{match["opening"]}" needs two')
    if (match["before1"] and match["after1"]) or (match["before2"] and match["after2"]):
        raise GrammarError(f"{quoted(text)} names its currency twice")
    qualifier = match["qualifier"] or ""
    return Quantity(
        _look_up(words.qualifiers, qualifier) if qualifier else None,
        qualifier,
        first,
        second,
        next((match[name] for name in ("own1", "unit1", "own2", "unit2") if match[name]), ""),
        any(match[name] for name in ("before1", "after1", "before2", "after2")),
    )


def read_ratio_words(text: str, words: Words, whole: Fraction) -> Quantity | None:
    """Read a figure such as "nearly half", as a part of `whole`, or return None where it is none."""
    match = ratio_pattern(words).fullmatch(text)
    if match is None:
        return None
    ratio = _look_up(words.ratios, match["ratio"].replace("-", " "))
    value, unit, start = ratio.value * whole, ratio.unit * whole, match.start("ratio")
    numeral = Numeral(
        value, unit, unit, Fraction(1), 0, "", "ratio word", start, match.end("ratio"), (start, start), None
    )
    qualifier = match["qualifier"] or ""
    known = _look_up(words.qualifiers, qualifier) if qualifier else None
    return Quantity(known, qualifier, numeral, None, "", False)


def scaled(numeral: Numeral, factor: Fraction) -> Numeral:
    """Return the numeral with all that it is worth multiplied."""
    return replace(
        numeral,
        value=numeral.value * factor,
        digit=numeral.digit * factor,
        rounding=numeral.rounding * factor,
        scale=numeral.scale * factor,
    )


def _numeral(match: re.Match[str], which: int, words: Words) -> Numeral:
    """Make a numeral of the first or second number of a match. Raises GrammarError for misplaced marks."""
    outer, inner, written = match[f"sign{which}"], match[f"minus{which}"], match[f"n{which}"]
    if outer and inner:
        raise GrammarError(f"{quoted(match[0])} has two minus signs")
    in_digits = written[0] in "0123456789"
    if in_digits:
        digits = read_digits(written, words)
    else:
        digits = Digits(_look_up(words.number_of_word, written), 0, words.group_marks[0])
    scale = _look_up(words.factor_of_word, match[f"scale{which}"]) if match[f"scale{which}"] else 1
    decimals = digits.decimals
    digit = Fraction(scale, 10**decimals)
    unit = next((match.span(name) for name in (f"own{which}", f"unit{which}") if match[name]), None)
    return Numeral(
        Fraction((-digits.whole if outer or inner else digits.whole) * scale, 10**decimals),
        digit,
        digit if decimals else digit * rounding_place(digits.whole),
        Fraction(scale),
        decimals,
        digits.group,
        "digits" if in_digits else "word",
        *match.span(f"n{which}"),
        match.span(f"minus{which}") if inner else match.span(f"sign{which}"),
        unit,
    )


def _check_range_words(match: re.Match[str], words: Words) -> None:
    opening, middle = _folded(match["opening"] or ""), _folded(match["middle"])
    if match["qualifier"]:
        raise GrammarError(f'a range is written without "{match["qualifier"]}"')
    if RangeWords(opening, middle) not in words.ranges:
        known = " or ".join(f'"{" ".join(f"{form.opening} n {form.middle} n".split())}"' for form in words.ranges)
        raise GrammarError(f"{quoted(match[0])} is no range: a range is written {known}")


def _look_up(table: Mapping[str, Meaning], written: str) -> Meaning:
    """Return what a word means. Raises GrammarError for a letter that only looks like that of a known word."""
    try:
        return table[_folded(written)]
    except KeyError:
        raise GrammarError(f"{quoted(written)} is not spelt with the letters of a word that is known here") from None


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
