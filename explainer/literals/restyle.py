"""Rewrite words that no longer agree with their fact, in the way they were written.

Only the numbers change: qualifier, currency, scale word, unit, spaces and the marks between thousands stay as they are,
and the new number is as exact as the old one was ("about 20.4 million people" → "about 20.6 million people"). Where
that does not agree with the fact, or says much less than before, our own words stand instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from unicodedata import category

from msgspec.structs import replace

from explainer.literals.agreement import MAX_LENGTH, find_disagreement
from explainer.literals.amounts import normal, read_amount
from explainer.literals.canonical import canonical_literal
from explainer.literals.date_words import as_exact_as, read_date, write_date
from explainer.literals.grammar import Quantity
from explainer.literals.numerals import MINUS, GrammarError, Numeral, decimals_needed, round_half_up, write_digits
from explainer.literals.quantities import Amount, DateValue, LiteralValue, Number, Ratio, Text, Unit
from explainer.literals.words import Qualifier, Words

_LARGEST_SCALED = 10_000


def restyle(text: str, value: LiteralValue, words: Words) -> str:
    """Return words that agree with the fact: the text itself if it does, else in its style, else the canonical ones."""
    if find_disagreement(text, value, words) is None:
        return text
    if len(text) <= MAX_LENGTH:
        for candidate in _in_style(text, value, words):
            if find_disagreement(candidate, value, words) is None:
                return candidate
    return canonical_like(text, value, words)


def canonical_like(text: str, value: LiteralValue, words: Words) -> str:
    """Return our words for a fact, with a unit and a currency only where the text has something in their place."""
    if isinstance(value, Number) and len(text) <= MAX_LENGTH:
        has_unit, has_currency = _parts(text, value, words)
        unit, currency = value.unit if has_unit else None, value.currency if has_currency else None
        candidate = canonical_literal(replace(value, unit=unit, currency=currency), words)
        if find_disagreement(candidate, value, words) is None:
            return candidate
    return canonical_literal(value, words)


def _parts(text: str, value: Number, words: Words) -> tuple[bool, bool]:
    """Whether a text has a unit and a currency. One that is no figure has no unit if it ends with its number."""
    try:
        quantity = read_amount(text, value, words)
    except GrammarError:
        last = text.rstrip(" .,;:!?…").split(" ")[-1].lower()
        has_unit = not (last[-1:].isdigit() or last in words.factor_of_word)
        has_mark = any(category(letter) == "Sc" or letter.isupper() for letter in text)
        return has_unit, has_unit or has_mark
    return bool(quantity.unit) or quantity.first.form == "ratio word", quantity.has_currency


def _in_style(text: str, value: LiteralValue, words: Words) -> Iterator[str]:
    """Yield candidates, the closest to the old words first; whether they agree is not known yet."""
    try:
        if isinstance(value, DateValue):
            date = read_date(normal(text), words)
            if date is not None:
                yield write_date(as_exact_as(value.date, date), words, like=normal(text))
        elif not isinstance(value, Text):
            quantity = read_amount(text, value, words)
            yield from _amounts_in_style(normal(text), quantity, value, words)
    except GrammarError:
        return


def _amounts_in_style(text: str, quantity: Quantity, value: Amount, words: Words) -> Iterator[str]:
    low, high = value.ends
    first, second = quantity.first, quantity.second
    if second is not None:
        if low == high:
            # The fact moved out of a range in words: the range moves with it and keeps its width.
            start = low // first.digit * first.digit
            pair = start, start + second.value - first.value
        else:
            pair = round_half_up(low, first.digit), round_half_up(high, second.digit)
        # The second number first: it stands behind the first, whose place must not move.
        yield _put(_put(text, second, pair[1], value, words), first, pair[0], value, words)
        return
    if first.form == "ratio word":
        yield from _ratio_words_in_style(text, quantity, value, words)
    else:
        for number in _new_numbers(quantity.qualifier, first, low, high):
            if _is_as_telling(number, first, low):
                yield _put(text, first, number, value, words)
    if quantity.qualifier:
        yield f"{quantity.qualifier_text} {canonical_like(text, value, words)}"


def _new_numbers(qualifier: Qualifier | None, old: Numeral, low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """Yield the numbers to write for a fact, as exact as the old one was, or else as its last written digit."""
    for unit in dict.fromkeys([old.rounding, old.digit] if qualifier else [old.digit]):
        if qualifier in (None, Qualifier.ABOUT):
            yield round_half_up((low + high) / 2, unit)
        elif qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
            below = low // unit * unit
            yield below - unit if below == low and qualifier is Qualifier.MORE_THAN else below
        else:
            above = -(-high // unit) * unit
            yield above + unit if above == high and qualifier is not Qualifier.UP_TO else above


def _is_as_telling(number: Fraction, old: Numeral, fact: Fraction) -> bool:
    """Whether a number in the old style still says enough: two digits if it had two, and a size that fits the scale."""
    if old.scale > 1 and abs(number / old.scale) >= _LARGEST_SCALED:
        return False
    if number == fact:
        return True
    unit = old.rounding
    return len(str(int(abs(number) / unit))) >= min(2, len(str(int(abs(old.value) / unit)))) and abs(number) >= unit


def _ratio_words_in_style(text: str, quantity: Quantity, value: Amount, words: Words) -> Iterator[str]:
    """Yield the text with each other ratio word, the nearest in size first."""
    whole, low = (100 if isinstance(value, Number) else 1), value.ends[0]
    nearest = sorted(words.ratios.items(), key=lambda item: abs(item[1].value * whole - low))
    start, end = quantity.first.start, quantity.first.end
    for word, _ in nearest:
        yield text[:start] + _cased(word, text[start]) + text[end:]


def _put(text: str, old: Numeral, number: Fraction, value: Amount, words: Words) -> str:
    """Return the text with a new number in the place of an old one, and the form of its unit that goes with it."""
    start, end = old.sign
    sign = (text[start:end] or MINUS) if number < 0 else ""
    tail = text[old.end :]
    if old.unit and not isinstance(value, Ratio) and value.unit:
        is_one = abs(number) == 1 == old.scale and not old.decimals
        unit = _unit(text[slice(*old.unit)], value.unit, is_one=is_one)
        tail = text[old.end : old.unit[0]] + unit + text[old.unit[1] :]
    return text[:start] + sign + text[end : old.start] + _digits(text, old, abs(number), value, words) + tail


def _digits(text: str, old: Numeral, number: Fraction, value: Amount, words: Words) -> str:
    mantissa, decimals = number / old.scale, old.decimals
    if old.form == "word" and mantissa.denominator == 1 and mantissa < len(words.numbers):
        return _cased(words.numbers[int(mantissa)][0], text[old.start])
    if isinstance(value, Number) and old.scale == 1:
        # More decimals than the fact has would only be zeros, and promise what is not known.
        decimals = min(decimals, max(value.exact_decimals, decimals_needed(mantissa) or 0))
    return write_digits(mantissa, decimals, words, old.group)


def _unit(written: str, unit: Unit, *, is_one: bool) -> str:
    """Return the unit as written, with the space before it, but singular after one and plural after other numbers."""
    way = written.strip()
    wrong, right = (unit.many, unit.one) if is_one else (unit.one, unit.many)
    return written.replace(way, right) if right and way.lower() == wrong.lower() else written


def _cased(word: str, first_letter: str) -> str:
    return word[0].upper() + word[1:] if first_letter.isupper() else word
