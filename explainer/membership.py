"""Work out from dated changes who stood where in an organisation, exactly as far as the dates allow.

A change holds from its day on, the day included, until the next. A vague date may be any of its days, except that a
change never takes effect before the one that stands before it (the same day is possible). So change number i took
effect between `first[i]`, the latest of the first days up to it, and `last[i]`, the earliest of the last days from it
on; and its status may have held on a day exactly if `first[i] <= day < last[i + 1]`: put all changes up to i on their
first days, and all later ones on their last. That is why every answer below is exact, and found without search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

from msgspec import Struct

from explainer.dates import DateSpan, PartialDate
from explainer.models.event import DatedEntry
from explainer.models.organisation import START, Organisation
from explainer.record import NOWHERE
from explainer.refs import Ref

MEMBERS = "members"
ASSOCIATES = "associates"
_GROUPS = {MEMBERS: "member", ASSOCIATES: "associate"}


class Change(Struct, frozen=True):
    """A status that holds from a date on. A span is a vague date too: the day lies somewhere in it."""

    date: PartialDate | DateSpan
    status: str


History = Sequence[Change]
"""The changes of one party, in the order in which they took effect."""


class Interval(Struct, frozen=True):
    """How long one change held: from some day of a first stretch to some day of a second.

    It surely held from `latest_start` on until the day before `earliest_end`, where there is such a day, and may have
    held from `earliest_start` on until the day before `latest_end`. An `ongoing` interval ends only because our
    knowledge does: both its ends are the last day that is known.
    """

    status: str
    earliest_start: date
    latest_start: date
    earliest_end: date
    latest_end: date
    ongoing: bool

    @property
    def is_sure(self) -> bool:
        """Whether there is a stretch on which it surely held; otherwise a chart draws no solid part."""
        return self.latest_start < self.earliest_end


class CountRange(Struct, frozen=True):
    """The least and the greatest number that the dates allow."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the number is certain."""
        return self.low == self.high


class Names(Struct, frozen=True):
    """Ids of parties, in the organisation's order: those that surely belong, and besides them those that may."""

    certain: tuple[str, ...]
    possible: tuple[str, ...]


class _Spell(Struct, frozen=True):
    """The days on which one change may have held: from `start` until the day before `end`, or without end."""

    status: str
    start: date
    end: date | None

    def may_hold_between(self, first: date, last: date) -> bool:
        begin = max(first, self.start)
        return begin <= last and (self.end is None or begin < self.end)


def history_of(organisation: Organisation, party: str) -> tuple[Change, ...]:
    """Return the changes of a party's status that took place: events change nothing, and plans have not happened.

    Raises KeyError when the organisation does not list the party.
    """
    entries = organisation.parties[Ref("country", party, NOWHERE)]
    return tuple(Change(entry.date, entry.status.id) for entry in entries if entry.status and took_place(entry))


def took_place(entry: DatedEntry) -> bool:
    """Whether an entry happened: it was no plan, or its outcome says so."""
    return not entry.planned or (entry.outcome is not None and entry.outcome.result == "took-place")


def standing_on(history: History, on: date | PartialDate) -> frozenset[str]:
    """Return the ids of all statuses that may have held on a day, or on some day of a vague date; START before all.

    One id is a certain answer. Dates that contradict their order, which is an error of the content, are taken as
    late as their order demands.
    """
    first, last = _bounds(on)
    return frozenset(spell.status for spell in _spells(history) if spell.may_hold_between(first, last))


def intervals(history: History, *, until: date) -> tuple[Interval, ...]:
    """Return how long each change held, as far as `until`, the last day that is known (included).

    The time before the first change has no interval, nor has a change that surely came later than `until`.
    """
    known = [(first, last) for first, last in windows(history) if first <= until]
    found = []
    for number, (first, last) in enumerate(known):
        ongoing = number + 1 == len(known)
        next_first, next_last = (until, until) if ongoing else known[number + 1]
        earliest_end, latest_end = min(next_first, until), min(next_last, until)
        found.append(Interval(history[number].status, first, min(last, until), earliest_end, latest_end, ongoing))
    return tuple(found)


def groups_of(organisation: Organisation) -> tuple[str, ...]:
    """Return all groups that can be counted: every status, `members` and `associates`."""
    return (*organisation.statuses, *(group for group in _GROUPS if group not in organisation.statuses))


def statuses_of(organisation: Organisation, group: str) -> frozenset[str]:
    """Return the ids of the statuses that a group takes in. Raises KeyError for a group that does not exist."""
    if group in organisation.statuses:
        return frozenset([group])
    counts_as = _GROUPS[group]
    return frozenset(key for key, status in organisation.statuses.items() if status.counts_as == counts_as)


def count_on(organisation: Organisation, group: str, on: date | PartialDate) -> CountRange:
    """Return how many parties were in a group on a day, or on a day that a vague date may be.

    Raises KeyError for a group that does not exist.
    """
    histories = [history_of(organisation, party.id) for party in organisation.parties]
    return count_histories(histories, statuses_of(organisation, group), on)


def members_on(organisation: Organisation, on: date | PartialDate, group: str = MEMBERS) -> Names:
    """Return which parties were in a group on a day; on a vague date, `certain` are those in it on all of its days.

    Raises KeyError for a group that does not exist.
    """
    statuses = statuses_of(organisation, group)
    answers = {party.id: standing_on(history_of(organisation, party.id), on) for party in organisation.parties}
    certain = tuple(party for party, standing in answers.items() if standing <= statuses)
    possible = tuple(party for party, standing in answers.items() if standing & statuses and party not in certain)
    return Names(certain, possible)


def count_histories(histories: Iterable[History], statuses: frozenset[str], on: date | PartialDate) -> CountRange:
    """Return how many of several histories were at one of some statuses on a day, or on a day of a vague date.

    Nothing binds the dates of one party to those of another, so on one day the bounds of the parties add up exactly.
    A vague date is one day for all parties alike: its bounds are the extremes over its days, of which only those need
    a look on which some answer can change.
    """
    first, last = _bounds(on)
    parties = [_spells(history) for history in histories]
    turns = {day for spells in parties for spell in spells for day in (spell.start, spell.end) if day is not None}
    counts = [_count(parties, statuses, day) for day in (first, *(day for day in turns if first < day <= last))]
    return CountRange(min(count.low for count in counts), max(count.high for count in counts))


def _count(parties: Iterable[Iterable[_Spell]], statuses: frozenset[str], day: date) -> CountRange:
    low = high = 0
    for spells in parties:
        belongs = {spell.status in statuses for spell in spells if spell.may_hold_between(day, day)}
        low += False not in belongs
        high += True in belongs
    return CountRange(low, high)


def _bounds(on: date | PartialDate) -> tuple[date, date]:
    return (on, on) if isinstance(on, date) else (on.earliest, on.latest)


def windows(history: History) -> list[tuple[date, date]]:
    """Return for each change the first and the last day on which it may have taken effect, given its neighbours."""
    firsts = list(accumulate((change.date.earliest for change in history), max))
    lasts = list(accumulate((change.date.latest for change in reversed(history)), min))[::-1]
    return [(first, max(first, last)) for first, last in zip(firsts, lasts, strict=True)]


def _spells(history: History) -> list[_Spell]:
    found = windows(history)
    starts = [date.min, *(first for first, _ in found)]
    ends = [*(last for _, last in found), None]
    statuses = [START, *(change.status for change in history)]
    return [_Spell(*spell) for spell in zip(statuses, starts, ends, strict=True)]
