"""The rule of agreement: when the words of an article say what a fact says.

Let n be the written number, d the worth of its last written digit, u that of its last digit that counts after a
qualifier (`Numeral.rounding`), and c the lesser of u and a quarter of n, though not less than d / 2
(`Numeral.closeness`). Words agree with a fact f when

    a number alone                   |f - n| <= d / 2   (a tie agrees); for a count f = n
    about, around, roughly, some     n - c <= f <= n + c
    more than, over, above           n < f <= n + u
    at least                         n <= f <= n + u
    nearly, almost                   n - c <= f < n
    under, less than, fewer than     n - u <= f < n
    up to                            n - u <= f <= n

A fact that is a range agrees when both its ends do; with a range in words, when each end agrees with its own number as
a number alone does. A certain fact agrees with a range in words when it lies in it, ends included. An uncertain count
must be worded as exactly its range, a certain one never as a range. Before a number below zero only "about" and its
like may stand: "nearly −5" can be read both ways. A unit and a currency may be left out, never exchanged. Text and
names are equal to the value or an alias, case, spaces and the form of apostrophes aside. A date is the fact's, as exact
or less.
"""

from __future__ import annotations

from fractions import Fraction

from explainer.literals.amounts import in_percent, normal, read_amount
from explainer.literals.date_words import as_exact_as, read_date, write_date
from explainer.literals.grammar import Quantity
from explainer.literals.numerals import GrammarError, Numeral, in_digits, quoted
from explainer.literals.quantities import Amount, Count, DateValue, Ends, LiteralValue, Number, Ratio, Text
from explainer.literals.words import Qualifier, Words

MAX_LENGTH = 200


def find_disagreement(text: str, value: LiteralValue, words: Words) -> str | None:
    """Return one sentence on how a text disagrees with a fact, or None where it agrees. Raises nothing.

    A text of more than 200 characters is refused unread, except for a text fact that is longer itself.
    """
    longest = max(map(len, (value.value, *value.aliases))) if isinstance(value, Text) else 0
    if len(text) > max(MAX_LENGTH, longest):
        return f"the words are {len(text)} characters long, and a figure has at most {max(MAX_LENGTH, longest)}"
    if not text.strip():
        return "there are no words to check"
    try:
        if isinstance(value, Text):
            return _text_disagreement(text, value)
        if isinstance(value, DateValue):
            return _date_disagreement(text, value, words)
        return _amount_disagreement(text, value, words)
    except GrammarError as error:
        return str(error)


def _text_disagreement(text: str, value: Text) -> str | None:
    if _folded(text) in (_folded(way) for way in (value.value, *value.aliases)):
        return None
    return f'the words are {quoted(text)}, but the fact is "{value.value}"'


def _folded(text: str) -> str:
    return normal(" ".join(text.replace("’", "'").split()).casefold())


def _date_disagreement(text: str, value: DateValue, words: Words) -> str | None:
    date = read_date(normal(text), words)
    fact = write_date(value.date, words)
    if date is None:
        return f"{quoted(text)} is not a date as it is written here"
    if date == as_exact_as(value.date, date):
        return None
    if value.date == as_exact_as(date, value.date):
        return f"{quoted(text)} is more exact than the fact, which is {fact}"
    return f"{quoted(text)} says {write_date(date, words)}, but the fact is {fact}"


def _amount_disagreement(text: str, value: Amount, words: Words) -> str | None:
    quantity = read_amount(text, value, words)
    qualifier, number = quantity.qualifier, quantity.first
    if number.value < 0 and qualifier not in (None, Qualifier.ABOUT):
        return f'{quoted(text)} can be read both ways: "{quantity.qualifier_text}" does not stand before a minus'
    if isinstance(value, Count):
        if quantity.second and value.low == value.high:
            return f"{quoted(text)} is a range, but the count is {_show_ends(value.ends, words)}"
        if not quantity.second and value.low != value.high:
            return f"{quoted(text)} is one number, but the count is uncertain: {_show_ends(value.ends, words)}"
        agrees = _count_agrees(quantity, value)
    else:
        agrees = _agrees(quantity, value.ends)
    if agrees:
        return None
    meaning, fact = _meaning(quantity, value, words), _show_ends(value.ends, words, *_style(quantity, value, words))
    return f"{quoted(text)} {meaning}, but the {'count' if isinstance(value, Count) else 'fact'} is {fact}"


def _count_agrees(quantity: Quantity, count: Count) -> bool:
    if quantity.second:
        return (quantity.first.value, quantity.second.value) == count.ends
    if quantity.qualifier is None:
        return quantity.first.value == count.low
    return _agrees(quantity, count.ends)


def _agrees(quantity: Quantity, ends: Ends) -> bool:
    low, high = ends
    first, second = quantity.first, quantity.second
    if second is None:
        return all(_one_agrees(quantity.qualifier, first, end) for end in ((low,) if low == high else ends))
    if low == high:
        return first.value <= low <= second.value
    return _one_agrees(None, first, low) and _one_agrees(None, second, high)


def _one_agrees(qualifier: Qualifier | None, number: Numeral, fact: Fraction) -> bool:
    """The table of the module's docstring."""
    n, u = number.value, number.rounding
    if qualifier is None:
        return abs(fact - n) * 2 <= number.digit
    if qualifier is Qualifier.ABOUT:
        return abs(fact - n) <= number.closeness
    if qualifier is Qualifier.NEARLY:
        return n - number.closeness <= fact < n
    if qualifier is Qualifier.MORE_THAN:
        return n < fact <= n + u
    if qualifier is Qualifier.AT_LEAST:
        return n <= fact <= n + u
    if qualifier is Qualifier.LESS_THAN:
        return n - u <= fact < n
    return n - u <= fact <= n


def _meaning(quantity: Quantity, value: Amount, words: Words) -> str:
    """Return what a figure says, in digits: "says 20,600,000", "means 20,300,000 to 20,500,000"."""
    factor, sign = _style(quantity, value, words)
    n, u, c = (part * factor for part in (quantity.first.value, quantity.first.rounding, quantity.first.closeness))

    def shown(amount: Fraction) -> str:
        return in_digits(amount, words, approximately="") + sign

    if quantity.second:
        return f"says {shown(n)} to {shown(quantity.second.value * factor)}"
    if quantity.qualifier is None:
        return f"says {shown(n)}"
    return (
        "means "
        + {
            Qualifier.ABOUT: f"{shown(n - c)} to {shown(n + c)}",
            Qualifier.MORE_THAN: f"more than {shown(n)} and up to {shown(n + u)}",
            Qualifier.AT_LEAST: f"{shown(n)} to {shown(n + u)}",
            Qualifier.NEARLY: f"{shown(n - c)} to just under {shown(n)}",
            Qualifier.LESS_THAN: f"{shown(n - u)} to just under {shown(n)}",
            Qualifier.UP_TO: f"{shown(n - u)} to {shown(n)}",
        }[quantity.qualifier]
    )


def _style(quantity: Quantity, value: Amount, words: Words) -> tuple[int, str]:
    """Return what amounts are multiplied with in a message, and the sign behind them: a percentage keeps its "%"."""
    is_part_of_hundred = quantity.first.form == "ratio word" and isinstance(value, Number)
    if not is_part_of_hundred and not in_percent(quantity, words):
        return 1, ""
    return 100 if isinstance(value, Ratio) else 1, words.percent.symbol


def _show_ends(ends: Ends, words: Words, factor: int = 1, sign: str = "") -> str:
    low, high = (in_digits(end * factor, words) + sign for end in ends)
    return low if ends[0] == ends[1] else f"{low} to {high}"
