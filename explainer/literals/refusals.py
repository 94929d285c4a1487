"""Say in plain words why a text is no figure that the grammar knows, or is not in the fact's unit.

Nothing is decided here: the grammar has refused the text already, and this finds the likeliest reason.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from explainer.literals.numerals import MINUS_SIGNS, quoted
from explainer.literals.patterns import SPACE, number_expression, phrases, scale_expression
from explainer.literals.quantities import Currency
from explainer.literals.words import Words

# What is in angle brackets comes from the tables of the language.
_ODDITIES = (
    (r"[0-9]['’ʼ`][0-9]", "has an apostrophe between its digits; thousands have <group>"),
    (r"[0-9][ \t\r\n\u2009]+[0-9]{3}(?![0-9])", "has a plain space between its digits; thousands have <group>"),
    (r"[0-9]\s*-\s*[0-9]", "has a hyphen between two numbers; a range is written with <range>"),
    (r"^[–—]\s*[0-9]", 'begins with a dash; the minus sign is "−" or "-"'),
    (r"[0-9][eE][-+]?[0-9]", "has an exponent; a large number is written with a word such as <scale>"),
    (r"(?:^|[^0-9])[.,][0-9]", "has no digit before its decimals"),
    (
        r"[0-9]<decimal>[0-9]+[.,][0-9]",
        "has marks between its digits that do not fit; thousands have <group>",
    ),
    (r"[^\W\d_]{2,}[0-9]", "has no space between letters and digits"),
    (r"[.,;:!?…]$", "ends in a punctuation mark, which belongs behind the link"),
)


def explain_refusal(text: str, expected: str, currency: Currency | None, words: Words) -> str:
    """Return one sentence on a text that the grammar refuses.

    `expected` names what the fact is in, currency and unit, or is empty.
    """
    text = text.strip()
    if strange := _strange_character(text):
        return strange
    for pattern, sentence in _oddities(words):
        if pattern.search(text):
            return f"{quoted(text)} {sentence}"
    return _foreign_part(text, expected, currency, words) or f"{quoted(text)} is not a figure that can be checked"


def _strange_character(text: str) -> str | None:
    for letter in text:
        category = unicodedata.category(letter)
        if category == "Nd" and not letter.isascii():
            return f'"{letter}" is not a digit that is read here: the digits are 0 to 9'
        if category in ("Cf", "Cc", "Co", "Cn") and not letter.isspace():
            return f"there is an invisible character (U+{ord(letter):04X}) in the words"
    return None


@lru_cache(maxsize=16)
def _oddities(words: Words) -> list[tuple[re.Pattern[str], str]]:
    names = ["a no-break space" if mark.isspace() else f'"{mark}"' for mark in words.group_marks]
    dash = next((form.middle for form in words.ranges if form.is_dash), words.ranges[0].middle)
    filled = {
        "<group>": " or ".join(dict.fromkeys(names)),
        "<range>": f'"{dash}"',
        "<scale>": f'"{words.scales[-1].words[0]}"',
    }
    oddities = []
    for pattern, sentence in _ODDITIES:
        for name, word in filled.items():
            sentence = sentence.replace(name, word)
        oddities.append((re.compile(pattern.replace("<decimal>", re.escape(words.decimal_mark))), sentence))
    return oddities


def _foreign_part(text: str, expected: str, currency: Currency | None, words: Words) -> str | None:
    """Return a sentence on what stands before or after the number, where there is a number."""
    shape = _shape(words).fullmatch(text)
    if shape is None:
        return None
    before, after = shape["before"].strip(f"{MINUS_SIGNS} "), shape["after"].strip()
    if before and not _is_way(before, currency):
        if not _is_currency(before, words):
            return f"{quoted(before)} may not stand before a figure; these may: {', '.join(words.qualifiers)}"
        is_money = f"in {expected}" if currency else "not an amount of money"
        return f"{quoted(text)} is in {quoted(before)}, but the fact is {is_money}"
    if not after or re.search("[0-9]", after) or after[0] in "-–—":
        return None
    if shape["after"][0].isalpha() and after.lower() in expected.lower():
        return f"{quoted(text)} has no space before {quoted(after)}"
    has = f"is in {expected}" if expected else "has no unit"
    return f"{quoted(text)} says {quoted(after)}, but the fact {has}"


@lru_cache(maxsize=16)
def _shape(words: Words) -> re.Pattern[str]:
    """Return a loose form of the grammar: anything may stand before and after the numbers."""
    openings = phrases([*words.qualifiers, *(form.opening for form in words.ranges if form.opening)])
    middles = "|".join(re.escape(form.middle) for form in words.ranges)
    number = f"(?:{number_expression(words)})(?:{scale_expression(words)})?"
    return re.compile(
        f"(?:(?:{openings}){SPACE}+)?(?P<before>[^0-9]*?)(?<!\\w){number}"
        f"(?:{SPACE}*(?:{middles}){SPACE}*[^0-9\\w]*{number})?(?P<after>.*)",
        re.DOTALL,
    )


def _is_way(text: str, currency: Currency | None) -> bool:
    return currency is not None and text in (*currency.before, currency.code)


def _is_currency(text: str, words: Words) -> bool:
    is_known = any(_is_way(text, currency) for currency in words.currencies)
    return is_known or (len(text) <= 4 and any(unicodedata.category(letter) == "Sc" for letter in text))
