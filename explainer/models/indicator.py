"""The vocabulary of facts: what can be said of a country, and in which unit."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from explainer.models import forms
from explainer.models.fields import Decimals, GroupRef, Line, Number, UnitRef, YesNo, fault, scalar
from explainer.models.markers import ReadBy
from explainer.record import Record

FactKind = Literal["number", "percent", "money", "text", "date", "person", "place", "list", "shares"]
_WITHOUT_UNIT: tuple[FactKind, ...] = ("percent", "money", "text", "date", "person", "place", "shares")

_AGE = re.compile(r"(\d+) (year|month|day)s?", re.ASCII)
_AGE_FORM = forms.matching("0*[1-9][0-9]* (year|month|day)s?", 'write "2 years", "6 months" or "30 days"')
_DAYS = {"year": 365.25, "month": 365.25 / 12, "day": 1.0}


def _age_in_days(value: object) -> int:
    text = scalar(value)
    match = _AGE.fullmatch(text)
    if not match or int(match[1]) == 0:
        raise fault("F012", f'"{text}" is not a length of time', 'write "2 years", "6 months" or "30 days"')
    return round(int(match[1]) * _DAYS[match[2]])


MaxAge = Annotated[int, ReadBy(_age_in_days), _AGE_FORM]
"""An age in days, written as years, months or days."""


class Unit(Record, frozen=True, kw_only=True):
    """A unit of measurement, and the ways in which prose may write it."""

    symbol: Line
    one: Line
    many: Line
    aliases: tuple[Line, ...] = ()


_RULES = forms.rules(
    forms.when("kind", ("money",), {"required": ["currency"]}),
    forms.when("kind", ("number",), {"required": ["unit"]}),
    forms.when("kind", _WITHOUT_UNIT, {"properties": {"unit": False}}),
)


class Indicator(Record, frozen=True, kw_only=True):
    """Something that can be said of a country. `kind` fixes the shape of its values."""

    rules = _RULES

    label: Line
    group: GroupRef
    kind: FactKind
    unit: UnitRef | None = None
    currency: Line | None = None
    price_basis: Line | None = None
    """How money is counted: at current prices, at purchasing power parity of a year."""
    decimals: Decimals = 0
    scale: Literal["one", "thousand", "million", "billion"] = "one"
    """The word with which tables show large values."""
    definition: Line
    max_age: MaxAge | None = None
    """After how many days a value is marked as old; none for what does not age."""
    comparable: YesNo = True
    mutual: YesNo = False
    """Whether two countries must give each other the same amount: the length of a border, but not trade."""
    minimum: Number | None = None
    maximum: Number | None = None
    order: Literal["higher-first", "lower-first", "none"] = "higher-first"

    def check(self) -> None:
        """Money has a currency, a number has a unit, and nothing else has one."""
        if self.kind == "money" and self.currency is None:
            raise fault("F013", "an indicator of money needs its currency", "add a line such as `currency: USD`")
        if self.kind == "number" and self.unit is None:
            raise fault("F013", "an indicator of numbers needs its unit", "add a line such as `unit: people`")
        if self.kind in _WITHOUT_UNIT and self.unit is not None:
            raise fault("F013", f"an indicator of kind {self.kind} has no unit of its own", "delete the line `unit`")
