"""Dates that are as exact as their source, and no more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

from explainer.problems import closest

Precision = Literal["day", "month", "year"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_BEGINS_WITH_YEAR = re.compile(r"\d{4}(-|$)", re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1000, 2999


class DateError(ValueError):
    """A text is not a date as we write it. `fix` says what to write instead."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class PartialDate(Struct, frozen=True):
    """A year, a month or a day, as exact as its source. `earliest` and `latest` bound the days it may mean."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `1993`, `1993-12` or `1993-12-03`.

        Raises DateError for any other form and for a day that no calendar has.
        """
        match = _PARTIAL.fullmatch(text)
        if not match:
            raise DateError(f'"{text}" is not a date', _date_fix(text))
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise DateError(f'"{text}" is not a date', f"write a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
        if month is not None and not 1 <= month <= 12:
            raise DateError(f'there is no month {month:02d} in "{text}"', "months go from 01 to 12: YYYY-MM-DD")
        if month is not None and day is not None:
            last = monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise DateError(f'there is no day "{text}"', f"{year}-{month:02d} has days 01 to {last}")
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        """The first day that this date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[date, int]:
        """Order on a timeline: a bare year sorts before that year's first month, a month before its first day."""
        return (self.earliest, {"year": 0, "month": 1, "day": 2}[self.precision])

    def surely_before(self, other: PartialDate) -> bool:
        """Whether every day this date may mean lies before every day the other may mean."""
        return self.latest < other.earliest

    def may_equal(self, other: PartialDate) -> bool:
        """Whether both may mean one day: `1993` and `1993-12-03` may."""
        return not (self.surely_before(other) or other.surely_before(self))

    def __str__(self) -> str:
        if self.month and self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"


class DateSpan(Struct, frozen=True):
    """A stretch from one partial date to another, both included: `2019-07/2024-06`."""

    start: PartialDate
    end: PartialDate

    @property
    def earliest(self) -> date:
        """The first day of the span."""
        return self.start.earliest

    @property
    def latest(self) -> date:
        """The last day of the span."""
        return self.end.latest

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


class BeforeDate(Struct, frozen=True):
    """Some day before a date, as a source that only says so: `before 2009`."""

    bound: PartialDate

    @property
    def earliest(self) -> date:
        """The first day we count with, since the source gives none."""
        return date(EARLIEST_YEAR, 1, 1)

    @property
    def latest(self) -> date:
        """The last day before the date."""
        return date.fromordinal(self.bound.earliest.toordinal() - 1)

    def __str__(self) -> str:
        return f"before {self.bound}"


AsOf = PartialDate | DateSpan | BeforeDate


def parse_as_of(text: str) -> AsOf:
    """Read the date a value holds for: a partial date, `START/END`, or `before DATE`.

    Raises DateError for any other form, for a span that ends before it starts, and for `before` the first day we know.
    """
    if text.startswith("before "):
        bound = PartialDate.parse(text.removeprefix("before ").strip())
        if bound.earliest <= date(EARLIEST_YEAR, 1, 1):
            raise DateError(f'nothing can be "{text}"', f"write a date after the beginning of {EARLIEST_YEAR}")
        return BeforeDate(bound)
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 2 and all(_BEGINS_WITH_YEAR.match(part) for part in parts):
        start, end = map(PartialDate.parse, parts)
        if end.surely_before(start):
            raise DateError(f'"{text}" ends before it starts', f"write {end}/{start}")
        return DateSpan(start, end)
    word, _, rest = text.partition(" ")
    if closest(word, ["before"]) and _PARTIAL.fullmatch(rest):
        raise DateError(f'"{text}" is not a date', f'write "before {rest}"')
    return PartialDate.parse(text)


def _date_fix(text: str) -> str:
    """Guess what a mistyped date was meant to be; a guess is always a day that exists."""
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text, re.ASCII):
        day_first, month_first = _written(match[3], match[2], match[1]), _written(match[3], match[1], match[2])
        if day_first and month_first and day_first != month_first:
            return f"dates are YYYY-MM-DD: {day_first} (if the day came first)"
        if meant := day_first or month_first:
            return f"dates are YYYY-MM-DD: {meant}"
    year_first = re.fullmatch(r"(\d{4})[-./–](\d{1,2})(?:[-./–](\d{1,2}))?(?:[T ]\d.*)?", text, re.ASCII)
    year_first = year_first or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    if year_first and (meant := _written(*year_first.groups())):
        return f"write {meant}"
    if (match := re.fullmatch(r"(\d{1,2})[./-](\d{4})", text, re.ASCII)) and (meant := _written(match[2], match[1])):
        return f"write {meant}"
    return "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"


def _written(year: str, *others: str | None) -> str | None:
    """Return year, month and day in our form, or None when no calendar has such a day."""
    try:
        return str(PartialDate.parse("-".join([year, *(part.zfill(2) for part in others if part)])))
    except DateError:
        return None
