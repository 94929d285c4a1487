"""Check a date that links to an event: `[August 2009](../organisations/x.yml#exit)` must say the event's date."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from explainer.dates import PartialDate
from explainer.literals.amounts import normal
from explainer.literals.date_words import as_exact_as, read_date, write_date
from explainer.literals.numerals import GrammarError
from explainer.models.event import DatedEntry
from explainer.models.fields import DateOrSpan
from explainer.prose.marks import Mark
from explainer.prose.resolution import Resolution
from explainer.refs import Kind, Ref
from explainer.site import Site


def check_date_of_event(resolution: Resolution, element: Element, mark: Mark, kind: Kind, key: str | None) -> None:
    """Tell where the words of a link are a date, and not that of the event it leads to. Other words are left alone.

    A date may be less exact than the event's; of an event that lasts, its first or its last day; and one of the dates
    that other sources give.
    """
    entry = _event(resolution.context.site, kind, key, mark.target.partition("#")[2])
    if entry is None:
        return
    words = resolution.context.figures.words
    text = " ".join("".join(element.itertext()).split())
    try:
        written = read_date(normal(text), words)
    except GrammarError as error:
        resolution.tell(resolution.text_place(mark), "M077", str(error), "correct the date")
        return
    if written is None:
        return
    known = [end for date in (entry.date, *(other.date for other in entry.other_dates)) for end in _ends(date)]
    if any(written == as_exact_as(date, written) for date in known):
        return
    dated = " to ".join(write_date(date, words) for date in _ends(entry.date))
    proposal = write_date(as_exact_as(_ends(entry.date)[0], written), words, like=text)
    message = f'the words are "{text}", but the event "{entry.title}" is dated {dated}'
    resolution.tell(resolution.text_place(mark), "M077", message, f'write "{proposal}", or link to the event you mean')


def _ends(date: DateOrSpan) -> tuple[PartialDate, ...]:
    return (date,) if isinstance(date, PartialDate) else (date.start, date.end)


def _event(site: Site, kind: Kind, key: str | None, anchor: str) -> DatedEntry | None:
    """Return the event that a link leads to, or None where it leads to something else."""
    if kind == "event":
        return site.events.get(key or "")
    organisation = site.organisations.get(key or "") if kind == "organisation" else None
    if organisation is None:
        return None
    dated: list[tuple[DatedEntry, Ref | None]] = [(entry, None) for entry in organisation.milestones]
    dated += [(entry, party) for party, entries in organisation.parties.items() for entry in entries]
    return next((entry for entry, party in dated if organisation.anchor_of(entry, party) == anchor), None)
