"""Find the dated entry of ours that an event of the dossier speaks of, and say in what the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.content import Content
from explainer.dates import DateSpan
from explainer.models.event import DatedEntry
from tools.dossier.model import Match, missing, source_faults, source_id
from tools.dossier.places import entries_of, entry_text


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of ours, its address, and the countries it concerns."""

    address: str
    entry: DatedEntry
    countries: frozenset[str]


def candidates(content: Content) -> Iterator[Candidate]:
    """Yield every dated entry of content: those of organisations first."""
    for key, organisation in content.organisations.items():
        parties = {
            organisation.anchor_of(entry, party): party.id
            for party, entries in organisation.parties.items()
            for entry in entries
        }
        for anchor, entry in entries_of(organisation):
            concerned = [parties[anchor]] if anchor in parties else []
            yield Candidate(f"{key}#{anchor}", entry, frozenset(concerned))
    for key, event in content.events.items():
        yield Candidate(f"events#{key}", event, frozenset(ref.id for ref in event.countries))


def match_entry(
    content: Content,
    identifier: str,
    date: str,
    sources: list[str],
    says: str,
    *,
    country: str | None = None,
    verification: str | None = None,
    planned: bool | None = None,
    disputed: bool | None = None,
    is_told: bool = False,
    is_shared: bool = False,
) -> Match:
    """Match an event with the entry of the same date that shares most of its sources, and at least one of them.

    A date on which something was told (`is_told`) may be more exact than ours. Sources that several items share
    (`is_shared`) need not all stand behind this one.
    """
    wanted = {source_id(name) for name in sources}
    fitting = []
    for candidate in candidates(content):
        entry = candidate.entry
        shared = len(wanted & {ref.id for ref in entry.sources})
        if not shared or (country is not None and candidate.countries and country not in candidate.countries):
            continue
        if date in _dates(entry) or (is_told and date.startswith(str(entry.date))):
            fitting.append((date == str(entry.date), country in candidate.countries, shared, candidate))
    if not fitting:
        return missing(identifier, says, f"no entry of {date} shares a source with it")
    chosen = max(fitting, key=lambda found: found[:3])[3]
    entry = chosen.entry
    faults = {} if is_shared else source_faults(sources, _all_sources(entry))
    if verification is not None and verification.replace("_", "-") != entry.verification:
        faults["verification"] = f"{verification} against {entry.verification}"
    if planned is not None and planned != entry.planned:
        faults["planned"] = f"{'a plan' if planned else 'no plan'} in the dossier only"
    if disputed and not (entry.disputed or entry.other_dates or entry.note):
        faults["disputed"] = "content does not tell that it is disputed"
    return Match(identifier, says, chosen.address, entry_text(entry), faults)


def _dates(entry: DatedEntry) -> set[str]:
    """Return the dates by which the dossier may know an entry: its own, or the first day of its span."""
    return {str(entry.date), str(entry.date.start)} if isinstance(entry.date, DateSpan) else {str(entry.date)}


def _all_sources(entry: DatedEntry) -> set[str]:
    others = [ref.id for other in entry.other_dates for ref in other.sources]
    outcome = [ref.id for ref in entry.outcome.sources] if entry.outcome else []
    return {*(ref.id for ref in entry.sources), *others, *outcome}
