"""The pages of organisations: the index, and for each who stood where since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from explainer.addresses import (
    ORGANISATIONS,
    country_address,
    organisation_address,
    organisation_data_address,
)
from explainer.formats import format_date
from explainer.membership import ASSOCIATES, MEMBERS
from explainer.models.event import DatedEntry
from explainer.models.organisation import Organisation, start_of
from explainer.page import Page
from explainer.plan import linked_data
from explainer.plan.citation import citation
from explainer.plan.frame import Frame
from explainer.site import Site
from explainer.views.data_files import files_view
from explainer.views.events import entry_view, filters_view, whereabouts
from explainer.views.facts import as_of_view
from explainer.views.interval_chart import interval_chart
from explainer.views.matrix import matrix_view
from explainer.views.notes import SourceNotes
from explainer.views.on_date import on_date_view
from explainer.views.standing import members_by_year, party_view, summary_of_organisation

GROUP_LABELS = {MEMBERS: "Members", ASSOCIATES: "Associates"}


def organisation_pages(frame: Frame, as_of: date) -> Iterator[Page]:
    """Yield the index of organisations, then each organisation's page."""
    site, notes = frame.site, SourceNotes(frame.site)
    yield frame.page(
        ORGANISATIONS,
        "pages/organisations.html",
        "content/site.yml",
        title="Organisations",
        description="Organisations of states: who belongs to each, since when, and how sure that is.",
        trail=[("/", site.settings.title)],
        region=site.settings.region.name,
        matrix=matrix_view(site, list(site.organisations), site.region, notes.cite),
        organisations=[summary_of_organisation(site, key) for key in site.organisations],
        sources=notes.view(),
    )
    for key in site.organisations:
        yield _organisation(frame, key, as_of)


def _organisation(frame: Frame, key: str, as_of: date) -> Page:
    site, organisation = frame.site, frame.site.organisations[key]
    notes, language = SourceNotes(frame.site), frame.site.settings.language
    head_notes = notes.cite(organisation.sources)
    parties = [party_view(site, key, party.id, notes) for party in organisation.parties]
    events = _events(site, key, notes, as_of)
    groups = [MEMBERS, *([ASSOCIATES] if _has_associates(organisation) else [])]
    address = organisation_address(site, key)
    return frame.page(
        address,
        "pages/organisation.html",
        organisation.place.path,
        title=organisation.name,
        description=organisation.summary,
        trail=[("/", site.settings.title), (ORGANISATIONS, "Organisations")],
        linked_data=[_dataset(frame, key, address)],
        organisation=summary_of_organisation(site, key)
        | {
            "id": key,
            "native": [{"lang": name.tag, "name": name.name} for name in organisation.native],
            "founded": {"text": format_date(organisation.founded, language), "iso": str(organisation.founded)},
            "known_to_note": organisation.known_to_note,
            "method": organisation.method.split("\n\n") if organisation.method else [],
            "website": organisation.website,
            "notes": head_notes,
        },
        parties=parties,
        chart=interval_chart(site, key),
        group_labels=[GROUP_LABELS[group] for group in groups],
        years=members_by_year(site, key, groups),
        events=events,
        filters=filters_view(site, events),
        on_date=on_date_view(site, key),
        statuses=_statuses(organisation),
        readings=[
            {
                "id": reading.id,
                "country": site.countries[reading.country.id].name,
                "address": country_address(site, reading.country.id),
                "holder": reading.holder,
                "summary": reading.summary,
                "as_of": as_of_view(reading.as_of, site),
                "notes": notes.cite(reading.sources),
            }
            for reading in organisation.readings
        ],
        questions=[
            {
                "country": site.countries[question.country.id].name if question.country else None,
                "question": question.question,
                "checked": as_of_view(question.checked, site),
                "notes": notes.cite(question.sources),
            }
            for question in organisation.open_questions
        ],
        sources=notes.view(),
        files=files_view(key, organisation_data_address, "json", "csv", "ics"),
        cite=citation(frame, address, title=organisation.name, date=notes.last_read(), words="Sources read to"),
    )


def _dataset(frame: Frame, key: str, address: str) -> linked_data.Thing:
    organisation = frame.site.organisations[key]
    return linked_data.dataset(
        frame.site,
        address,
        {ending: organisation_data_address(key, ending) for ending in ("json", "csv", "ics")},
        frame.locator(address),
        name=f"{organisation.name}: who belonged to it, since when",
        description=f"{organisation.summary} The standing of {len(organisation.parties)} countries, with every dated"
        f" change and its sources, from {organisation.founded} to {organisation.known_to}.",
        measured=[status.label for status in organisation.statuses.values()],
        temporalCoverage=f"{organisation.founded}/{organisation.known_to}",
        about={"@type": "Organization", "name": organisation.name, "foundingDate": str(organisation.founded)},
    )


def _has_associates(organisation: Organisation) -> bool:
    return any(status.counts_as == "associate" for status in organisation.statuses.values())


def _events(site: Site, key: str, notes: SourceNotes, as_of: date) -> list[dict[str, Any]]:
    """Return milestones and the events of all parties in one list, oldest first."""
    organisation = site.organisations[key]
    found: list[tuple[DatedEntry, str, dict[str, Any]]] = [
        (milestone, organisation.anchor_of(milestone), whereabouts(site, [], key, milestone))
        for milestone in organisation.milestones
    ]
    for party, entries in organisation.parties.items():
        for entry in entries:
            where = whereabouts(site, [party.id], key, entry, party)
            found.append((entry, organisation.anchor_of(entry, party), where))
    found.sort(key=lambda item: start_of(item[0]).sort_key)
    return [entry_view(site, entry, anchor, notes, as_of) | where for entry, anchor, where in found]


def _statuses(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "id": key,
            "label": status.label,
            "description": status.description,
            "counts_as": {"member": "counts as a member", "associate": "counts as an associate"}.get(status.counts_as),
            "drawn": status.drawn,
        }
        for key, status in organisation.statuses.items()
    ]
