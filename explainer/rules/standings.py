"""Check what parties of an organisation did: the order of their changes, and the time in which these can lie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explainer.dates import PartialDate
from explainer.membership import took_place
from explainer.models.event import DatedEntry
from explainer.models.organisation import START, Organisation, PartyEntry, start_of
from explainer.problems import Problem
from explainer.refs import Ref
from explainer.site import Site


def check_changes_follow_the_statutes(site: Site) -> Iterator[Problem]:
    """A status follows only those that the organisation lets it follow; a plan must fit the status before it."""
    for organisation in site.organisations.values():
        for party, entries in organisation.parties.items():
            before = START
            for status, entry in _changes(entries):
                rules = organisation.statuses.get(status.id)
                allowed = [ref.id for ref in rules.may_follow] if rules else [before]
                # A status that does not exist has been reported, and tells nothing of the one before or after it.
                is_clear = all(known == START or known in organisation.statuses for known in (before, *allowed))
                if before not in allowed and is_clear:
                    state = "before any status" if before == START else f'after "{before}"'
                    message = f'{party.id} cannot become "{status.id}" {state}'
                    follows = ", ".join(allowed)
                    fix = f'"{status.id}" may follow: {follows}; add the step between, or change `may_follow`'
                    yield Problem(status.place, "D030", message, fix)
                if took_place(entry):
                    before = status.id


def check_entries_stand_in_order(site: Site) -> Iterator[Problem]:
    """Entries stand in the order of their dates, as far as these tell: 1993 and 1993-12-03 may be the same day."""
    for organisation in site.organisations.values():
        for entries in (organisation.milestones, *organisation.parties.values()):
            latest_start: DatedEntry | None = None
            for entry in entries:
                if latest_start is not None and _last_start(entry) < latest_start.date.earliest:
                    message = (
                        f'"{entry.title}" of {entry.date} stands after "{latest_start.title}" of {latest_start.date}'
                    )
                    yield Problem(entry.place_of("date"), "D031", message, "put it before that, or correct the date")
                elif latest_start is None or entry.date.earliest >= latest_start.date.earliest:
                    latest_start = entry


def check_one_change_a_day(site: Site) -> Iterator[Problem]:
    """A party's status changes at most once on a day that is certain: the first of two would never have held."""
    for organisation in site.organisations.values():
        for party, entries in organisation.parties.items():
            first: dict[PartialDate, Ref] = {}
            for status, entry in _changes(entries):
                if not (took_place(entry) and isinstance(entry.date, PartialDate) and entry.date.precision == "day"):
                    continue
                other = first.setdefault(entry.date, status)
                if other.place != status.place:
                    message = (
                        f'{party.id} becomes "{status.id}" on {entry.date}, the day on which it became "{other.id}"'
                    )
                    fix = (
                        "keep the status that held from that day on, and make the other entry an event without `status`"
                    )
                    yield Problem(status.place, "D032", message, fix)


def check_changes_follow_the_founding(site: Site) -> Iterator[Problem]:
    """Nobody has a status in an organisation on a day that surely lies before its founding."""
    for organisation in site.organisations.values():
        for party, entries in organisation.parties.items():
            for status, entry in _changes(entries):
                if entry.date.latest < organisation.founded.earliest:
                    message = (
                        f'{party.id} becomes "{status.id}" on {entry.date},'
                        f" before {organisation.short} was founded on {organisation.founded}"
                    )
                    yield Problem(entry.place_of("date"), "D033", message, "correct one of the two dates")


def check_limit_of_knowledge(site: Site, as_of: date) -> Iterator[Problem]:
    """What happened lies within the time an organisation's file says it knows, and that time is not ahead of us."""
    for organisation in site.organisations.values():
        known_to = organisation.known_to
        if known_to.earliest > as_of:
            message = f"{organisation.short} is known to {known_to}, after the day of this build, {as_of}"
            yield Problem(organisation.place_of("known_to"), "D035", message, "write the last day your sources reach")
        for entry in _all_entries(organisation):
            # A date after the day of the build is another mistake, told once, by the rule on plans.
            if took_place(entry) and known_to.latest < entry.date.earliest <= as_of:
                message = f'"{entry.title}" is dated {entry.date}, but {organisation.short} is known only to {known_to}'
                fix = "set `known_to` to the last day your sources reach"
                fix += "" if entry.planned else ", or add `planned: true`"
                yield Problem(entry.place_of("date"), "D034", message, fix)


def _changes(entries: tuple[PartyEntry, ...]) -> Iterator[tuple[Ref, PartyEntry]]:
    return ((entry.status, entry) for entry in entries if entry.status is not None)


def _all_entries(organisation: Organisation) -> Iterator[DatedEntry]:
    yield from organisation.milestones
    for entries in organisation.parties.values():
        yield from entries


def _last_start(entry: DatedEntry) -> date:
    """Return the last day on which an entry may begin: a span of a change is a vague date, any other begins it."""
    is_change = isinstance(entry, PartyEntry) and entry.status is not None
    return entry.date.latest if is_change else start_of(entry).latest
