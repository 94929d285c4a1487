"""Check the dates of facts and series against the day of the build, their sources and the age they may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from explainer.dates import DateSpan, PartialDate
from explainer.freshness import is_stale
from explainer.models.fact import PersonFact
from explainer.problems import Problem
from explainer.rules.sheets import SheetFact, SheetSeries
from explainer.rules.waivers import unless_waived

_DAYS_OF = {"year": 365.25, "month": 365.25 / 12, "day": 1.0}


def check_no_value_lies_ahead(sheet: SheetFact) -> Iterator[Problem]:
    """A value cannot hold for a day that has not come: neither a date that surely lies ahead nor the end of a span."""
    for version in sheet.versions:
        bound = version.as_of.end if isinstance(version.as_of, DateSpan) else version.as_of
        if bound.earliest > sheet.as_of:
            message = f"{sheet.name} is as of {version.as_of}, after the day of this build, {sheet.as_of}"
            fix = "correct the date; what is only expected is no fact yet"
            yield Problem(version.place_of("as_of"), "D001", message, fix)


def check_no_year_lies_ahead(sheet: SheetSeries) -> Iterator[Problem]:
    """A series has no values of years that have not begun."""
    if ahead := [str(year) for year in sorted(sheet.series.values) if year > sheet.as_of.year]:
        message = f"{sheet.name} has values for {', '.join(ahead)}, after the day of this build, {sheet.as_of}"
        fix = "correct the years; what is only expected is no fact yet"
        yield Problem(sheet.series.place_of("values"), "D001", message, fix)


def check_age(sheet: SheetFact) -> Iterator[Problem]:
    """A value older than its indicator's max_age, counted from the last day it may hold for, needs a newer one."""
    fact, max_age = sheet.fact, sheet.indicator.max_age
    if not is_stale(fact.as_of, max_age, sheet.as_of):
        if fact.waive is not None:
            yield from unless_waived(None, fact.waive, sheet.as_of)
        return
    assert max_age is not None
    since = fact.as_of.latest + timedelta(days=max_age + 1)
    message = f"{sheet.name} is as of {fact.as_of} and out of date since {since}: its indicator allows {_age(max_age)}"
    fix = "look for a newer value" + ("" if fact.waive else ", or add `waive: {reason: …, until: YYYY-MM-DD}`")
    yield from unless_waived(Problem(fact.place_of("as_of"), "D002", message, fix, "warning"), fact.waive, sheet.as_of)


def check_kind_of_date(sheet: SheetFact) -> Iterator[Problem]:
    """A date of an edition or of publication is one date, and that of publication is the date of one of the sources."""
    fact = sheet.fact
    if fact.as_of_kind == "observed":
        return
    if not isinstance(fact.as_of, PartialDate):
        message = f'{sheet.name} is as of "{fact.as_of}", which cannot be the date of {_AN_ACT[fact.as_of_kind]}'
        fix = "write that one date, or leave `as_of_kind` out"
        yield Problem(fact.place_of("as_of"), "D007", message, fix)
    elif fact.as_of_kind == "published":
        dates = [source.published for ref in fact.sources if (source := sheet.site.sources.get(ref.id)) is not None]
        known = [date for date in dates if date is not None]
        if known and not any(fact.as_of.may_equal(date) for date in known):
            published = ", ".join(map(str, known))
            message = f"{sheet.name} is as of its publication, {fact.as_of}, but its sources appeared: {published}"
            yield Problem(
                fact.place_of("as_of"), "D007", message, "write the date of the source, or leave `as_of_kind` out"
            )


def check_source_is_not_older(sheet: SheetFact) -> Iterator[Problem]:
    """A value cannot hold for a date after the last day on which any of its sources was looked at."""
    for version in sheet.versions:
        begin = version.as_of.earliest
        for ref in version.sources:
            source = sheet.site.sources.get(ref.id)
            if source is None or source.accessed.latest >= begin:
                break
        else:
            # A date that lies ahead is another mistake, told by the rule on that.
            if begin <= sheet.as_of:
                accessed = ", ".join(dict.fromkeys(str(sheet.site.sources[ref.id].accessed) for ref in version.sources))
                message = f"{sheet.name} is as of {version.as_of}, but its sources were last accessed on {accessed}"
                yield Problem(version.place_of("as_of"), "D015", message, "correct one of the two dates")


def check_term_of_office(sheet: SheetFact) -> Iterator[Problem]:
    """Nobody holds an office on a day that surely lies before the term began."""
    if not isinstance(sheet.fact, PersonFact):
        return
    for version in sheet.versions:
        person = version.value
        if person is not None and person.since is not None and person.since.earliest > version.as_of.latest:
            message = f"{person.name} holds the office since {person.since}, but {sheet.name} is as of {version.as_of}"
            yield Problem(person.place_of("since"), "D014", message, "correct one of the two dates")


_AN_ACT = {"edition": "an edition", "published": "a publication"}


def _age(days: int) -> str:
    """Return a number of days in the words of indicators.yml, where an age is in years, months or days."""
    for unit, length in _DAYS_OF.items():
        number = round(days / length)
        if number and round(number * length) == days:
            return f"{number} {unit}" + ("" if number == 1 else "s")
    return f"{days} days"
