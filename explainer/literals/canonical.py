"""The words that we would write for a fact: what `fill` puts into an article and what a fix proposes.

    a number        from a million on with a scale word and three digits ("20.6 million", "1,235 trillion"), else with
                    the decimals it has ("447,400", "15.0%"); the currency before it, the unit after it
    a range         "between 55 and 60 km²"
    a count         a word up to the language's limit ("nine"), else digits ("12"); an uncertain one "between 9 and 10"
    a ratio         from one on a multiple ("1.8 times"), else per cent ("55%"), with two digits
    text, a name    the value;   a date   in full ("3 December 1993")

Whatever is written agrees with its fact (see `agreement`): where the usual form would not, as with a unit whose name
reads like a number, a plainer one is taken, and in the end the digits alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from explainer.literals.agreement import find_disagreement
from explainer.literals.date_words import write_date
from explainer.literals.numerals import MINUS, round_half_up, significant_decimals, write_digits
from explainer.literals.quantities import Amount, Count, Currency, DateValue, Ends, LiteralValue, Number, Text, Unit
from explainer.literals.words import Words

_SCALE_FROM = 10**6
_DIGITS_OF_SCALED = 3


def canonical_literal(value: LiteralValue, words: Words) -> str:
    """Return the words for a fact. They agree with it, whatever it is."""
    if isinstance(value, DateValue):
        return write_date(value.date, words)
    if isinstance(value, Text):
        return " ".join(value.value.split())
    *usual, plainest = _forms(value, words)
    return next((text for text in usual if find_disagreement(text, value, words) is None), plainest)


def _forms(value: Amount, words: Words) -> Iterator[str]:
    """Yield the forms to choose from, the best first; the last agrees in any case."""
    if isinstance(value, Number):
        yield from _number_forms(value, words)
    elif isinstance(value, Count):
        if value.high <= min(words.words_up_to, len(words.numbers) - 1) and value.low == value.high:
            yield words.numbers[value.low][0]
        yield _write(value.ends, 0, words)
    else:
        yield from _ratio_forms(value.ends, words)


def _number_forms(value: Number, words: Words) -> Iterator[str]:
    size = max(map(abs, value.ends))
    unit, currency = value.unit, value.currency
    if size >= _SCALE_FROM and not (unit and unit.is_attached):
        for scale in sorted(words.scales, key=lambda scale: -scale.factor):
            ends = value.ends[0] / scale.factor, value.ends[1] / scale.factor
            smaller = min(abs(end) for end in ends if end)
            decimals = significant_decimals(smaller, _DIGITS_OF_SCALED)
            if round_half_up(size / scale.factor, Fraction(1, 10**decimals)) >= 1:
                if decimals <= _DIGITS_OF_SCALED:
                    yield _write(ends, decimals, words, f" {scale.words[0]}", unit, currency, is_short=True)
                break
    yield _write(value.ends, value.shown_decimals, words, "", unit, currency)
    yield _write(value.ends, value.exact_decimals, words, "", unit, currency)
    yield _write(value.ends, value.exact_decimals, words)


def _ratio_forms(ends: Ends, words: Words) -> Iterator[str]:
    """Yield a ratio with more and more digits, for ends that lie close together; closer than that they are one."""
    size = max(map(abs, ends))
    unit = words.times if size >= 1 else words.percent
    low, high = ends if size >= 1 else (ends[0] * 100, ends[1] * 100)
    middle = (low + high) / 2
    for digits in (1, 2, 3, 5, 9) if low != high else ():
        decimals = max(significant_decimals(part, digits) for part in (low, high - low))
        yield _write((low, high), decimals, words, "", unit)
    for digits in (2, 3):
        yield _write((middle, middle), significant_decimals(middle, digits), words, "", unit)


def _write(
    ends: Ends,
    decimals: int,
    words: Words,
    scale: str = "",
    unit: Unit | None = None,
    currency: Currency | None = None,
    *,
    is_short: bool = False,
) -> str:
    """Write an amount or a range. `is_short` leaves out zeros at the end of the decimals."""
    first, second = (_digits(end, decimals, words, is_short=is_short) for end in ends)
    before, after = _around(currency)
    tail = scale + after
    if ends[0] == ends[1]:
        return _signed(first, before) + tail + _unit_text(unit, is_one=first == "1" and not scale)
    form = words.ranges[0]
    # A sign such as "%" stands at both numbers, a word only at the last.
    close = unit.sign if unit and unit.is_attached else ""
    pair = f"{_signed(first, before)}{close} {form.middle} {_signed(second, before)}{tail}{_unit_text(unit)}"
    return f"{form.opening} {pair}".lstrip()


def _digits(value: Fraction, decimals: int, words: Words, *, is_short: bool) -> str:
    digits = write_digits(value, decimals, words)
    return digits.rstrip("0").rstrip(words.decimal_mark) if is_short and decimals else digits


def _signed(digits: str, before: str) -> str:
    return MINUS + before + digits[1:] if digits[0] == MINUS else before + digits


def _around(currency: Currency | None) -> tuple[str, str]:
    """Return what to write before and behind an amount of money."""
    if currency is None:
        return "", ""
    if currency.after and not currency.before:
        return "", f" {currency.after[0]}"
    way = currency.before[0] if currency.before else currency.code
    return (f"{way} " if way[-1:].isalpha() else way), ""


def _unit_text(unit: Unit | None, *, is_one: bool = False) -> str:
    if unit is None:
        return ""
    if unit.sign:
        return unit.sign if unit.is_attached else f" {unit.sign}"
    ways = (unit.one, unit.many) if is_one else (unit.many, unit.one)
    way = next((way for way in (*ways, *unit.aliases) if way), "")
    return f" {way}" if way else ""
