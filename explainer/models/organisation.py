"""An organisation: its statuses, who held which since when, and what is in dispute."""

from __future__ import annotations

from typing import Annotated, Literal

from explainer.dates import PartialDate
from explainer.models import forms
from explainer.models.country import NativeName
from explainer.models.event import DatedEntry
from explainer.models.fields import (
    AsOfDate,
    CountryRef,
    Date,
    FullDate,
    Id,
    Line,
    Paragraphs,
    SourceRef,
    WebAddress,
    _id,
    fault,
)
from explainer.models.markers import AtLeast, ReadBy
from explainer.record import NOWHERE, Record
from explainer.refs import Ref, suggest_id
from explainer.yaml_values import Text

START = "start"
"""The state of a country before its first status; `may_follow` names it like a status."""


def _status_ref(value: object) -> Ref:
    # The statuses are the organisation's own, so the kind of the reference is only for messages.
    return Ref("status", _id(value), value.place if isinstance(value, Text) else NOWHERE)


def _no_start(value: object) -> str:
    identifier = _id(value)
    if identifier in (START, "members"):
        raise fault("F017", f'"{identifier}" cannot be the id of a status', "choose another id: this one is taken")
    return identifier


StatusRef = Annotated[Ref, ReadBy(_status_ref), forms.ID]
StatusId = Annotated[str, ReadBy(_no_start), forms.STATUS_ID]


class Status(Record, frozen=True, kw_only=True):
    """A standing a country can have in the organisation, by the organisation's own rules."""

    label: Line
    description: Line
    counts_as: Literal["member", "associate", "none"]
    drawn: Literal["solid", "striped", "hatched", "outlined", "dotted", "empty"]
    may_follow: Annotated[tuple[StatusRef, ...], AtLeast(1)]


class StartLabels(Record, frozen=True, kw_only=True):
    """How the time before a country's first status is called, and a country that never had one."""

    before: Line
    never: Line
    description: Line


class PartyEntry(DatedEntry, frozen=True, kw_only=True):
    """A dated change of a country's status, or, without `status`, an event that changes nothing."""

    status: StatusRef | None = None


class Reading(Record, frozen=True, kw_only=True):
    """What one side holds a country's standing to be, where sides differ. It never enters a count."""

    id: Id
    country: CountryRef
    holder: Line
    summary: Line
    as_of: AsOfDate
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]


class OpenQuestion(Record, frozen=True, kw_only=True):
    """What could not be found out, and the day of the last search."""

    country: CountryRef | None = None
    question: Line
    checked: FullDate
    sources: tuple[SourceRef, ...] = ()


class Organisation(Record, frozen=True, kw_only=True):
    """An organisation of states."""

    name: Line
    short: Line
    native: tuple[NativeName, ...] = ()
    aliases: tuple[Line, ...] = ()
    slug: Id | None = None
    summary: Line
    question: Line | None = None
    """The question its timeline answers, as headline."""
    scope: Line | None = None
    """Which states the file lists, where it does not list all: printed wherever states are counted."""
    website: WebAddress | None = None
    founded: Date
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    """For name, summary and founding date."""
    known_to: FullDate
    """The last day our sources reach: charts and statuses end here, never on the day of the build."""
    known_to_note: Line | None = None
    method: Paragraphs | None = None
    """How dates were chosen where acts differ."""
    start: StartLabels
    statuses: Annotated[dict[StatusId, Status], AtLeast(1)]
    parties: dict[CountryRef, tuple[PartyEntry, ...]]
    milestones: tuple[DatedEntry, ...] = ()
    readings: tuple[Reading, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()

    def anchor_of(self, entry: DatedEntry, party: Ref | None = None) -> str:
        """Return the anchor of an event on the organisation's page: its own id, or party and date."""
        return entry.id or f"{party.id if party else suggest_id(self.short)}-{str(entry.date).replace('/', '-')}"


def start_of(entry: DatedEntry) -> PartialDate:
    """Return the date on which an entry begins."""
    return entry.date if isinstance(entry.date, PartialDate) else entry.date.start
