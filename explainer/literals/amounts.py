"""Read the words for an amount: a number in its unit, a count, or a ratio in any of its forms."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import lru_cache

from msgspec.structs import replace

from explainer.literals.grammar import Quantity, read_quantity, read_ratio_words, scaled
from explainer.literals.numerals import GrammarError
from explainer.literals.quantities import Amount, Number, Ratio, Unit
from explainer.literals.refusals import explain_refusal
from explainer.literals.words import Words


def read_amount(text: str, value: Amount, words: Words) -> Quantity:
    """Read a text as the figure of an amount; its spans are those of `normal(text)`.

    A ratio is written in ratio words ("nearly half"), as a multiple ("2.3 times", "2.3") or in per cent, which counts
    hundredths; a percentage may be written in ratio words too. Raises GrammarError where the text is none of that.
    """
    text = normal(text)
    whole = _whole(value, words)
    quantity = read_ratio_words(text, words, whole) if whole else None
    if quantity is not None:
        return quantity
    unit = _ratio_unit(words) if isinstance(value, Ratio) else value.unit
    currency = value.currency if isinstance(value, Number) else None
    quantity = read_quantity(text, unit, currency, words)
    if quantity is None:
        names = [f"{words.times.many} or {words.percent.many}"] if isinstance(value, Ratio) else []
        names += [known.name for known in (currency, unit) if known and not names]
        raise GrammarError(explain_refusal(text, ", ".join(names), currency, words))
    if isinstance(value, Ratio) and in_percent(quantity, words):
        hundredth = Fraction(1, 100)
        second = scaled(quantity.second, hundredth) if quantity.second else None
        return replace(quantity, first=scaled(quantity.first, hundredth), second=second)
    return quantity


def in_percent(quantity: Quantity, words: Words) -> bool:
    """Whether a figure was written in per cent."""
    return bool(quantity.unit) and quantity.unit.lower().split() in _percent_ways(words)


def normal(text: str) -> str:
    """Return the text with letters and their accents composed, as the tables of words have them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole(value: Amount, words: Words) -> Fraction | None:
    """Return what ratio words are parts of, where they may be used."""
    if isinstance(value, Ratio):
        return Fraction(1)
    if isinstance(value, Number) and value.unit == words.percent:
        return Fraction(100)
    return None


@lru_cache(maxsize=16)
def _percent_ways(words: Words) -> list[list[str]]:
    unit = words.percent
    return [way.lower().split() for way in (unit.symbol, unit.one, unit.many, *unit.aliases) if way]


@lru_cache(maxsize=16)
def _ratio_unit(words: Words) -> Unit:
    times, percent = words.times, words.percent
    others = (percent.one, percent.many, *percent.aliases, times.one, *times.aliases, times.symbol)
    return Unit(percent.symbol, many=times.many, aliases=tuple(dict.fromkeys(filter(None, others))))
