"""Write numbers and dates as readers of a language expect them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from explainer.dates import AsOf, BeforeDate, DateSpan, PartialDate
from explainer.locales import words_of_locale

SCALES = {"one": 0, "thousand": 3, "million": 6, "billion": 9}


def territory_locale(language: str) -> str:
    """Return a language tag with its territory, the usual one where it has none: `en_GB`. Open Graph asks for that."""
    return words_of_locale(language).tag


def language_name(code: str, language: str) -> str:
    """Return the name of a language, given by its tag, in another; its tag where there is none."""
    return words_of_locale(language).languages.get(code.split("-")[0], code)


def format_number(number: Decimal, language: str) -> str:
    """Write a number with its own decimals, grouped in thousands: `20,592,571`, `15.0`, `−2.5`."""
    thousands, decimals = words_of_locale(language).number_signs
    signs = str.maketrans({",": thousands, ".": decimals, "-": "\N{MINUS SIGN}"})
    return f"{number:,f}".translate(signs)


def scaled(number: Decimal, scale: str, decimals: int) -> Decimal:
    """Return a number in thousands, millions or billions, rounded half to even to a number of decimals."""
    exponent = SCALES[scale]
    return number.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN) if exponent else number


@lru_cache(maxsize=4096)
def format_date(when: PartialDate, language: str) -> str:
    """Write a date as exact as it is: `3 December 1993`, `December 1993`, `1993`.

    Day before month, without leading zeros: unambiguous in every English-speaking country. These are the patterns
    `d MMMM y`, `MMMM y` and `y` of CLDR.
    """
    day, month = when.day, None if when.month is None else words_of_locale(language).months[when.month - 1]
    return " ".join(str(part) for part in (day, month, when.year) if part is not None)


def format_day(day: date, language: str) -> str:
    """Write a day: `3 December 1993`."""
    return format_date(PartialDate(day.year, day.month, day.day), language)


def format_as_of(as_of: AsOf, language: str) -> str:
    """Write the date a value holds for: a date, `July 2019 to June 2024`, or `before 2009`."""
    if isinstance(as_of, DateSpan):
        return f"{format_date(as_of.start, language)} to {format_date(as_of.end, language)}"
    if isinstance(as_of, BeforeDate):
        return f"before {format_date(as_of.bound, language)}"
    return format_date(as_of, language)


def machine_date(as_of: AsOf) -> str | None:
    """Return what a `datetime` attribute may hold for a date, or None where HTML has no form for it."""
    return str(as_of) if isinstance(as_of, PartialDate) else None
