"""Check dated entries, those of organisations and the other events: plans, outcomes, dates and witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explainer.membership import took_place
from explainer.models.event import DatedEntry
from explainer.problems import Problem
from explainer.rules.waivers import unless_waived
from explainer.site import Site


def entries_of(site: Site) -> Iterator[DatedEntry]:
    """Yield every dated entry of the site: events, milestones, and what parties of organisations did."""
    yield from site.events.values()
    for organisation in site.organisations.values():
        yield from organisation.milestones
        for entries in organisation.parties.values():
            yield from entries


def check_plans(site: Site, as_of: date) -> Iterator[Problem]:
    """A plan whose last possible day is over has an outcome, if only that none could be found."""
    for entry in entries_of(site):
        problem = None
        if entry.planned and entry.outcome is None and entry.date.latest < as_of:
            message = f'"{entry.title}" was planned for {entry.date}; no outcome is recorded'
            fix = "add `outcome: {result: …, checked: YYYY-MM-DD}`; `result: unknown` says that you looked in vain"
            problem = Problem(entry.place_of("date"), "D050", message, fix, "warning")
        yield from unless_waived(problem, entry.waive, as_of)


def check_what_lies_ahead_is_planned(site: Site, as_of: date) -> Iterator[Problem]:
    """Only a plan has a date that surely lies ahead, and no plan took place before that date."""
    for entry in entries_of(site):
        if entry.date.earliest > as_of and took_place(entry):
            message = f'"{entry.title}" is dated {entry.date}, after the day of this build, {as_of}'
            fix = "correct the date or the outcome" if entry.planned else "add `planned: true`, or correct the date"
            yield Problem(entry.place_of("date"), "D051", message, fix)


def check_outcomes(site: Site, as_of: date) -> Iterator[Problem]:
    """That a plan took place has a source, and an outcome was looked for when there could be one."""
    for entry in entries_of(site):
        outcome = entry.outcome
        if outcome is None:
            continue
        if outcome.result == "took-place" and not outcome.sources:
            message = f'"{entry.title}" is said to have taken place, without a source'
            yield Problem(
                outcome.place, "D052", message, "add `sources: […]` to the outcome, or write `result: unknown`"
            )
        if outcome.checked.earliest > as_of:
            message = f"the outcome was checked on {outcome.checked}, after the day of this build, {as_of}"
            yield Problem(outcome.place_of("checked"), "D053", message, "correct the date")
        elif outcome.result == "took-place" and outcome.checked.latest < entry.date.earliest:
            message = f'"{entry.title}" took place, yet this was checked on {outcome.checked}, before {entry.date}'
            yield Problem(outcome.place_of("checked"), "D053", message, "correct one of the two dates")


def check_other_dates(site: Site) -> Iterator[Problem]:
    """What another source gives as the date differs from the date, and from the other dates before it."""
    for entry in entries_of(site):
        said = {entry.date}
        for other in entry.other_dates:
            if other.date in said:
                message = f'this other date of "{entry.title}" is {other.date}, which stands above it already'
                yield Problem(other.place_of("date"), "D054", message, "add its sources to those above, and delete it")
            said.add(other.date)


def check_witnesses(site: Site) -> Iterator[Problem]:
    """What two independent sources attest has at least two sources."""
    for entry in entries_of(site):
        if entry.verification == "two-sources" and len(set(entry.sources)) < 2:
            message = f'"{entry.title}" is said to have two independent sources, but names one'
            yield Problem(entry.place_of("verification"), "D055", message, "name the other, or write one-source")
