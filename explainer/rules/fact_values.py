"""Check the values of facts: their bounds, parts and items, and what other sources say instead."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from explainer.models.fact import ListItem, NumberRange
from explainer.models.indicator import Indicator
from explainer.problems import Problem
from explainer.record import Record
from explainer.rules.sheets import NUMERIC_KINDS, SheetFact, content_of

WHOLE = Decimal(100)
ROUNDING = Decimal("0.5")
"""By how much the shares of a whole may exceed it, since each of them was rounded."""


def check_bounds(sheet: SheetFact) -> Iterator[Problem]:
    """A number lies within the minimum and the maximum of its indicator."""
    if sheet.indicator.minimum is None and sheet.indicator.maximum is None:
        return
    for number, record, field in _numbers(sheet):
        if (bound := broken_bound(number, sheet.indicator)) is not None:
            message = f"{sheet.name} is {number}, {bound}"
            yield Problem(record.place_of(field), "D008", message, "correct the number or its unit")


def broken_bound(number: Decimal, indicator: Indicator) -> str | None:
    """Return which bound of its indicator a number breaks, in words, or None when it breaks none."""
    if indicator.minimum is not None and number < indicator.minimum:
        return f"below the minimum of {indicator.minimum}"
    if indicator.maximum is not None and number > indicator.maximum:
        return f"above the maximum of {indicator.maximum}"
    return None


def _numbers(sheet: SheetFact) -> Iterator[tuple[Decimal, Record, str]]:
    """Yield every number in the indicator's unit, with the record and the field it stands in."""
    if sheet.indicator.kind in NUMERIC_KINDS:
        for version in sheet.versions:
            if isinstance(version.value, NumberRange):
                yield version.value.low, version.value, "low"
                yield version.value.high, version.value, "high"
            elif version.value is not None:
                yield version.value, version, "value"
    for items in sheet.item_lists:
        for item in items:
            if isinstance(item, ListItem) and item.amount is not None:
                yield item.amount, item, "amount"


def check_shares(sheet: SheetFact) -> Iterator[Problem]:
    """A share lies between 0 and 100 %, and the parts of one whole are together no more than it, but for rounding."""
    for items in sheet.item_lists:
        shares = [(item.share, item) for item in items if item.share is not None]
        for share, item in shares:
            if not 0 <= share <= WHOLE:
                message = f'"{item.item}" has a share of {share} %, outside 0 to 100'
                yield Problem(item.place_of("share"), "D009", message, "correct the share")
        # The items of a list may overlap: somebody speaks two languages. Those of kind `shares` may not.
        total = sum(share for share, _ in shares)
        if (
            sheet.indicator.kind == "shares"
            and total > WHOLE + ROUNDING
            and all(0 <= share <= WHOLE for share, _ in shares)
        ):
            message = f"the shares of {sheet.name} add up to {total} %, more than the whole"
            fix = "correct the shares; parts that overlap need an indicator of kind list"
            yield Problem(items[0].place, "D009", message, fix)


def check_items(sheet: SheetFact) -> Iterator[Problem]:
    """No item stands twice in one list, whatever its capitals."""
    for items in sheet.item_lists:
        first: dict[str, Record] = {}
        for item in items:
            earlier = first.setdefault(item.item.casefold(), item)
            if earlier is not item:
                message = f'"{item.item}" stands twice in {sheet.name}, first on line {earlier.place.line}'
                yield Problem(item.place_of("item"), "D010", message, "keep one of the two")


def check_missing_value(sheet: SheetFact) -> Iterator[Problem]:
    """Only a fact without a value has a reason, and such a fact has no alternatives."""
    fact = sheet.fact
    if fact.value is not None and fact.reason is not None:
        message = f"{sheet.name} has a value and a reason, but a reason says why there is no value"
        yield Problem(fact.place_of("reason"), "D006", message, "call it `note`")
    elif fact.value is None and fact.alternatives:
        message = f"{sheet.name} has no value, but alternatives to it"
        fix = "make the most trusted of them the value, with `status: disputed` if need be"
        yield Problem(fact.place_of("alternatives"), "D006", message, fix)


def check_ranks(sheet: SheetFact) -> Iterator[Problem]:
    """Alternatives stand in the order of their ranks 2, 3, 4…: the value itself has rank 1."""
    alternatives: tuple[Any, ...] = sheet.fact.alternatives
    for rank, alternative in enumerate(alternatives, 2):
        if alternative.rank != rank:
            message = f"alternative {rank - 1} of {sheet.name} has rank {alternative.rank}"
            fix = f"write rank: {rank}: alternatives stand in order of trust, and the value itself has rank 1"
            yield Problem(alternative.place_of("rank"), "D004", message, fix)
            return


def check_alternatives_differ(sheet: SheetFact) -> Iterator[Problem]:
    """An alternative differs in value or date from the value, and from every alternative before it."""
    if not sheet.fact.alternatives:
        return
    said: set[object] = set()
    for version in sheet.versions:
        statement = (content_of(version.value), version.as_of)
        if statement in said:
            message = f"this alternative says of {sheet.name} what stands above it already, for {version.as_of}"
            yield Problem(version.place, "D005", message, "add its sources to those above, and delete it")
        said.add(statement)
