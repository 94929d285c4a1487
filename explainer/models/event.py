"""Things that happened, or were planned, on a date."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from explainer.models.fact import Waiver
from explainer.models.fields import (
    CountryRef,
    DateOrSpan,
    EventKindRef,
    FullDate,
    Id,
    Line,
    OrganisationRef,
    SourceRef,
    YesNo,
    fault,
)
from explainer.models.forms import Form
from explainer.models.markers import AtLeast
from explainer.record import Record

Verification = Literal["primary", "two-sources", "one-source", "unverified"]
"""primary: the instrument itself, or the institution, was seen; two-sources, one-source: independent witnesses."""


class OtherDate(Record, frozen=True, kw_only=True):
    """A date that another source gives for the same event."""

    date: DateOrSpan
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    reason: Line


class Outcome(Record, frozen=True, kw_only=True):
    """What became of a plan. `unknown` says that we looked, on the day `checked`, and found nothing."""

    result: Literal["took-place", "cancelled", "postponed", "unknown"]
    checked: FullDate
    note: Line | None = None
    sources: tuple[SourceRef, ...] = ()


class DatedEntry(Record, frozen=True, kw_only=True):
    """What all events have in common."""

    rules: ClassVar[Form] = {
        "dependencies": {"outcome": {"required": ["planned"], "properties": {"planned": {"enum": [True, "true"]}}}}
    }

    id: Id | None = None
    date: DateOrSpan
    title: Line
    kind: EventKindRef
    text: Line | None = None
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    verification: Verification
    disputed: Line | None = None
    """Why the date or the event is in dispute."""
    other_dates: tuple[OtherDate, ...] = ()
    note: Line | None = None
    planned: YesNo = False
    outcome: Outcome | None = None
    waive: Waiver | None = None

    def check(self) -> None:
        """Only what was planned has an outcome."""
        if self.outcome is not None and not self.planned:
            raise fault("F016", "only a planned event has an outcome", "add `planned: true`, or delete `outcome`")


class Event(DatedEntry, frozen=True, kw_only=True):
    """A dated event outside the standing of a country in an organisation."""

    countries: tuple[CountryRef, ...] = ()
    organisations: tuple[OrganisationRef, ...] = ()
