"""The expressions that recognise figures in words: one for each unit, currency and language.

Digits, spaces and words are taken possessively and never given back, so that matching takes a time that grows with the
length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from unicodedata import normalize

from explainer.literals.numerals import MINUS_SIGNS
from explainer.literals.quantities import Currency, Unit
from explainer.literals.words import Words

SPACE = "[ \t\r\n\u00a0\u2009\u202f]"


@lru_cache(maxsize=1024)
def quantity_pattern(unit: Unit | None, currency: Currency | None, words: Words) -> re.Pattern[str]:
    """Build the grammar of one unit and currency in one language."""
    openings = phrases(form.opening for form in words.ranges if form.opening)
    middles = [
        f"{SPACE}*+{re.escape(form.middle)}" if form.is_dash else f"{SPACE}++{phrase(form.middle)}"
        for form in words.ranges
    ]
    start = f"(?:(?P<opening>{openings}){SPACE}++|(?P<qualifier>{phrases(words.qualifiers)}){SPACE}++)?"
    middle = f"(?:(?P<middle>{'|'.join(dict.fromkeys(middles))}){SPACE}*+"
    parts = number_expression(words), scale_expression(words), _before(currency), _after(currency), _unit(unit)
    return re.compile(f"{SPACE}*+{start}{_amount(1, *parts)}{middle}{_amount(2, *parts)})?{SPACE}*+")


def _amount(which: int, number: str, scale: str, before: str, after: str, unit: str) -> str:
    """Return the expression of the first or second number, with what stands around it."""
    return "".join(
        [
            f"(?P<sign{which}>[{MINUS_SIGNS}]?)(?P<before{which}>{before})?(?P<minus{which}>[{MINUS_SIGNS}]?)",
            f"(?P<n{which}>{number})",
            f"(?:(?P<own{which}>{unit})",
            f"|(?P<scale{which}>{scale})?(?P<after{which}>{after})?(?P<unit{which}>{unit})?)",
        ]
    )


def number_expression(words: Words) -> str:
    """Return the expression of a number in digits, whatever its marks, or in a word."""
    mark, groups = re.escape(words.decimal_mark), "".join(map(re.escape, words.group_marks))
    return f"[0-9]++(?:[{groups}][0-9]++)*+(?:{mark}[0-9]++)?+|{phrases(words.number_of_word)}"


def scale_expression(words: Words) -> str:
    """Return the expression of a scale, with the space before it."""
    ways = [f"{SPACE}++{phrase(word)}" for scale in words.scales for word in scale.words]
    ways += [f"{SPACE}*+{phrase(word, exact=True)}" for scale in words.scales for word in scale.abbreviations]
    return "|".join(ways)


def _before(currency: Currency | None) -> str:
    if currency is None:
        return "(?!)"
    ways = sorted({way for way in (*currency.before, currency.code) if way}, key=len, reverse=True)
    return "|".join(re.escape(way) + SPACE + ("++" if way[-1].isalpha() else "*+") for way in ways)


def _after(currency: Currency | None) -> str:
    """Return the expression of a currency after its number; a mark such as "€" may stand there too."""
    if currency is None:
        return "(?!)"
    marks = [way for way in currency.before if way and not way[0].isalpha()]
    return _ways([*currency.after, currency.code, *marks], close=marks, exact=[])


def _unit(unit: Unit | None) -> str:
    if unit is None:
        return "(?!)"
    exact = [way for way in (unit.many, unit.one, *unit.aliases) if way != way.lower()]
    return _ways([unit.sign, unit.many, unit.one, *unit.aliases], close=[unit.sign], exact=[unit.sign, *exact])


def _ways(ways: Iterable[str], close: Collection[str], exact: Collection[str]) -> str:
    """Return an expression for what stands after a number, the longest way first. `close` ones need no space."""
    known = sorted({way for way in ways if way.strip()}, key=len, reverse=True)
    return (
        "|".join(f"{SPACE}{'*+' if way in close else '++'}{phrase(way, exact=way in exact)}" for way in known) or "(?!)"
    )


@lru_cache(maxsize=16)
def ratio_pattern(words: Words) -> re.Pattern[str]:
    """Build the grammar of figures such as "nearly two-thirds" in one language."""
    ratios = phrases(words.ratios).replace(f"{SPACE}++", f"(?:{SPACE}++|-)")
    return re.compile(f"{SPACE}*+(?:(?P<qualifier>{phrases(words.qualifiers)}){SPACE}++)?(?P<ratio>{ratios}){SPACE}*+")


def phrases(ways: Iterable[str]) -> str:
    """Return an expression that reads any of some phrases, the longest first."""
    return "|".join(phrase(way) for way in sorted(ways, key=len, reverse=True))


def phrase(way: str, *, exact: bool = False) -> str:
    """Return an expression that reads a phrase with any spaces between its words, and no letter or digit after it."""
    body = f"{SPACE}++".join(map(re.escape, normalize("NFC", way).split()))
    end = r"(?!\w)" if way[-1:].isalnum() else ""
    # Without "a", an "i" would read a dotless "ı" too, which is in no table of words.
    case_aside = "?ai:" if way.isascii() else "?i:"
    return f"{body}{end}" if exact else f"({case_aside}{body}){end}"
