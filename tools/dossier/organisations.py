"""Compare the dossier's memberships, and its history of the CIS, with the files of organisations and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from explainer.content import Content
from explainer.membership import history_of, standing_on
from explainer.models.organisation import START
from tools.dossier.entries import match_entry
from tools.dossier.model import Match, is_null, missing, source_faults
from tools.dossier.places import entry_text, standing_text

# What the dossier calls a standing in the CIS, and the id of our status.
CIS_STATUSES = {
    "member": "member",
    "member_leaving": "leaving",
    "associate": "associate",
    "founder_not_member": "outside",
    "former_member": "former",
    "never_took_part": START,
}


def compare_memberships(content: Content, country: str, code: str, rows: list[dict[str, Any]]) -> Iterator[Match]:
    """Yield a match for each organisation of which a sheet speaks."""
    for row in rows:
        key = row["organisation"].split(" ")[0].casefold()
        identifier, says = f"{code}:memberships.{key}", f"{row['status']}, {row['date']}"
        organisation = content.organisations.get(key)
        party = next((ref for ref in organisation.parties if ref.id == country), None) if organisation else None
        if organisation is None or party is None:
            yield missing(identifier, says, f"{key} does not list {country}")
        elif is_null(row["date"]) and row["status"] == "not a member":
            standing = standing_on(history_of(organisation, country), organisation.known_to)
            faults = {} if standing == {START} else {"value": f"not a member against {sorted(standing)}"}
            faults |= source_faults(row["sources"], (ref.id for ref in organisation.sources))
            yield Match(identifier, says, f"{key}:status.{country}", standing_text(organisation, country), faults)
        elif is_null(row["date"]):
            entries = [
                entry for entry in organisation.parties[party] if entry.status and entry.status.id in row["status"]
            ]
            if not entries:
                yield missing(identifier, says, f"{key} has no entry of that status for {country}")
                continue
            faults = source_faults(row["sources"], (ref.id for ref in entries[-1].sources))
            address = f"{key}#{organisation.anchor_of(entries[-1], party)}"
            yield Match(identifier, says, address, entry_text(entries[-1]), faults)
        else:
            fitting = [entry for entry in organisation.parties[party] if str(entry.date) == row["date"]]
            if not fitting:
                yield missing(identifier, says, f"{key} has no entry of {row['date']} for {country}")
                continue
            known = {ref.id for entry in organisation.parties[party] for ref in entry.sources}
            address = f"{key}#{organisation.anchor_of(fitting[0], party)}"
            yield Match(identifier, says, address, entry_text(fitting[0]), source_faults(row["sources"], known))


def compare_cis(content: Content, history: dict[str, Any], countries: dict[str, str]) -> Iterator[Match]:
    """Yield a match for each standing and each event of the dossier's history of the CIS."""
    cis = content.organisations["cis"]
    numbers: Counter[str] = Counter()
    for code, state in history["states"].items():
        country = countries[code]
        shown = standing_text(cis, country)
        wanted = CIS_STATUSES[state["status"]]
        faults = {} if shown.startswith(f"{wanted} on ") else {"value": f"{state['status']} against {shown}"}
        says = f"{state['status']}, as of {state['status_as_of']}"
        yield Match(f"cis:status.{code}", says, f"cis:status.{country}", shown, faults)
        for event in state["events"]:
            yield _event(content, f"cis:{code}", event, numbers, country)
    for group in ("cis_events", "regional_events"):
        for event in history[group]:
            yield _event(content, group.replace("_", "-"), event, numbers, None)


def _event(content: Content, prefix: str, event: dict[str, Any], numbers: Counter[str], country: str | None) -> Match:
    identifier = f"{prefix}.{event['date']}"
    numbers[identifier] += 1
    if numbers[identifier] > 1:
        identifier += f".{numbers[identifier]}"
    return match_entry(
        content,
        identifier,
        event["date"],
        event["sources"],
        f"{event['date']}, {event['verification']}: {event['event']}",
        country=country,
        verification=event["verification"],
        planned=event["kind"].startswith("planned"),
        disputed=event.get("disputed") == "true",
    )
