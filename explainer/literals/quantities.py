"""What a fact is, as far as the words of an article can agree or disagree with it.

Plain values: a caller makes them from records. Amounts are exact (Decimal, Fraction, int), never floating point.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from explainer.dates import PartialDate

MAX_WHOLE_DIGITS: Final = 24
MAX_DECIMALS: Final = 12
_MAX_RATIO: Final = Fraction(10) ** 40

Ends = tuple[Fraction, Fraction]
"""The lowest and the highest amount a fact may mean; equal where it is certain."""


class Unit(Struct, frozen=True):
    """A unit of measurement and the ways in which it may be written after a number.

    `symbol` may stand close to the number ("5km²", "5%"); the other ways need a space. A way with a capital letter is
    read as written (MW is not mW), the symbol too; other ways are read case aside. The symbol is what we write, else
    `many` or, after a one, `one`. A symbol that is one of the other ways too ("people") is a word and no symbol.
    """

    symbol: str = ""
    one: str = ""
    many: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """The symbol, where it is no word."""
        return "" if self.symbol in (self.one, self.many, *self.aliases) else self.symbol

    @property
    def is_attached(self) -> bool:
        """Whether the symbol is written close to the number, as "%" and "°" are."""
        return bool(self.sign) and not self.sign[0].isalpha()

    @property
    def name(self) -> str:
        """The unit in words, for a message: "square kilometres (km²)"."""
        words = self.many or self.one or next(iter(self.aliases), "")
        return f"{words} ({self.symbol})" if words and self.symbol not in ("", words) else words or self.symbol


class Currency(Struct, frozen=True):
    """A currency, and the ways in which it may be written before and after a number. The code may stand at both.

    A way that ends (before) or begins (after) with a letter needs a space; "$" and "€" do not. The first way before
    the number is the one that is written.
    """

    code: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The currency in words, for a message: "US dollars (USD)"."""
        return f"{self.after[0]} ({self.code})" if self.after and self.after[0] != self.code else self.code


class Range(Struct, frozen=True):
    """Two amounts between which the truth lies, both included. Raises ValueError if `low` is above `high`."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"a range cannot go from {self.low} to {self.high}")


class Number(Struct, frozen=True):
    """An amount, or the range it lies in, in a unit or a currency or both ("14,570 US dollars per person").

    A percentage is a Number whose unit is `words.percent`. `decimals` is how many to write; None means as many as the
    Decimal was written with. Raises ValueError for an amount that is not finite, of 10^24 or more, or with more than
    12 decimals.
    """

    value: Decimal | Range
    unit: Unit | None = None
    currency: Currency | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            exponent = end.as_tuple().exponent
            if not isinstance(exponent, int) or exponent < -MAX_DECIMALS or end.adjusted() >= MAX_WHOLE_DIGITS:
                raise ValueError(f"{end} is not an amount that can be written in an article")
        if self.decimals is not None and not 0 <= self.decimals <= MAX_DECIMALS:
            raise ValueError(f"an amount cannot be written with {self.decimals} decimals")

    @property
    def low(self) -> Decimal:
        """The amount, or the lower end of its range."""
        return self.value.low if isinstance(self.value, Range) else self.value

    @property
    def high(self) -> Decimal:
        """The amount, or the upper end of its range."""
        return self.value.high if isinstance(self.value, Range) else self.value

    @property
    def ends(self) -> Ends:
        """Both ends as exact fractions."""
        low = Fraction(self.low)
        return low, Fraction(self.high) if isinstance(self.value, Range) else low

    @property
    def exact_decimals(self) -> int:
        """How many decimals the amount was written with; for a range, the more exact end's."""
        exponents = (end.as_tuple().exponent for end in (self.low, self.high))
        return max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))

    @property
    def shown_decimals(self) -> int:
        """How many decimals to write."""
        return self.exact_decimals if self.decimals is None else self.decimals


class Count(Struct, frozen=True):
    """How many things there are, or between which numbers that lies. `unit` is how they may be called: "members".

    Raises ValueError for a negative number and for `low` above `high`.
    """

    low: int
    high: int
    unit: Unit | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high < 10**MAX_WHOLE_DIGITS:
            raise ValueError(f"a count cannot go from {self.low} to {self.high}")

    @property
    def ends(self) -> Ends:
        """Both ends as exact fractions."""
        return Fraction(self.low), Fraction(self.high)


class Ratio(Struct, frozen=True):
    """One amount divided by another, exactly; `low` and `high` differ where an amount is a range.

    Raises ValueError for `low` above `high` and for ratios of 10^40 or more, or, but for zero, of less than 10^-40.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end and not 1 / _MAX_RATIO < abs(end) < _MAX_RATIO:
                raise ValueError("a ratio of more than 40 digits cannot be written in an article")
        if self.low > self.high:
            raise ValueError(f"a ratio cannot go from {self.low} to {self.high}")

    @classmethod
    def of(cls, numerator: Number, denominator: Number) -> Ratio:
        """Divide two numbers. Raises ZeroDivisionError where the denominator is zero or may be."""
        low, high = denominator.ends
        if low <= 0 <= high:
            raise ZeroDivisionError("a ratio to a number that is or may be zero")
        quotients = [above / below for above in numerator.ends for below in (low, high)]
        return cls(min(quotients), max(quotients))

    @property
    def ends(self) -> Ends:
        """Both ends."""
        return self.low, self.high


class Text(Struct, frozen=True):
    """A word or phrase, and others that mean the same. Raises ValueError if one of them is empty."""

    value: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(way.strip() for way in (self.value, *self.aliases)):
            raise ValueError("a text without a word cannot be written in an article")


class Name(Text, frozen=True):
    """The name of a person or a place, and its other names."""


class DateValue(Struct, frozen=True):
    """A date, as exact as it is known."""

    date: PartialDate


Amount = Number | Count | Ratio
LiteralValue = Amount | Text | Name | DateValue
