"""Dates as an article writes them: "3 December 1993", "Dec 1993", "1993", "1993-12-03"."""

from __future__ import annotations

import re
from functools import lru_cache

from explainer.dates import DateError, PartialDate
from explainer.literals.numerals import GrammarError
from explainer.literals.patterns import SPACE, phrase
from explainer.literals.words import Words

_IN_DIGITS = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def read_date(text: str, words: Words) -> PartialDate | None:
    """Read a date, or return None where the words are none.

    Raises GrammarError for a day that no calendar has, and for a year outside of those we count.
    """
    text = text.strip()
    if _IN_DIGITS.fullmatch(text):
        return _parse(text, text)
    match = _match(text, words)
    if match is None:
        return None
    month = _month_numbers(words).get(match["month"].lower())
    if month is None:
        return None
    parts = [match["year"], f"{month:02d}"]
    if "day" in match.groupdict():
        parts.append(f"{int(match['day']):02d}")
    return _parse("-".join(parts), text)


def write_date(date: PartialDate, words: Words, like: str = "") -> str:
    """Write a date in words. `like` is a date as somebody wrote it: digits stay digits, a short month name short."""
    if date.month is None or _IN_DIGITS.fullmatch(like.strip()):
        return str(date)
    names = _month_names(words, with_day=date.day is not None)[date.month - 1]
    match = _match(like.strip(), words)
    is_short = match is not None and match["month"].lower() in _short_names(words)
    form = words.day_form if date.day else words.month_form
    return form.format(day=date.day, month=names[1] if is_short and len(names) > 1 else names[0], year=date.year)


def as_exact_as(date: PartialDate, other: PartialDate) -> PartialDate:
    """Return the date without what the other does not say."""
    month = date.month if other.month else None
    return PartialDate(date.year, month, date.day if other.day and month else None)


def _parse(text: str, written: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except DateError:
        raise GrammarError(f'"{written}" is in no calendar') from None


def _month_names(words: Words, *, with_day: bool) -> tuple[tuple[str, ...], ...]:
    return words.month_names if with_day else words.lone_month_names or words.month_names


@lru_cache(maxsize=16)
def _short_names(words: Words) -> frozenset[str]:
    full = {names[0].lower() for names in (*words.month_names, *words.lone_month_names)}
    return frozenset(_month_numbers(words)) - full


@lru_cache(maxsize=16)
def _month_numbers(words: Words) -> dict[str, int]:
    tables = (words.month_names, words.lone_month_names)
    return {name.lower(): number for table in tables for number, names in enumerate(table, start=1) for name in names}


def _match(text: str, words: Words) -> re.Match[str] | None:
    day_form, month_form = _forms(words)
    return day_form.fullmatch(text) or month_form.fullmatch(text)


@lru_cache(maxsize=16)
def _forms(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the expressions of a day and of a month, made from how the language writes them."""
    return _form(words.day_form, words, with_day=True), _form(words.month_form, words, with_day=False)


def _form(form: str, words: Words, *, with_day: bool) -> re.Pattern[str]:
    names = sorted((name for names in _month_names(words, with_day=with_day) for name in names), key=len, reverse=True)
    parts = {
        "{day}": "(?P<day>[12][0-9]|3[01]|[1-9])",
        "{month}": f"(?P<month>{'|'.join(phrase(name) for name in names)})",
        "{year}": "(?P<year>[0-9]{4})",
    }
    pieces = re.split(r"(\{day\}|\{month\}|\{year\}| )", form)
    return re.compile("".join(f"{SPACE}++" if piece == " " else parts.get(piece, re.escape(piece)) for piece in pieces))
