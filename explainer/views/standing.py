"""Turn membership intervals into views: who stood where, since when, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import country_address, organisation_address
from explainer.dates import DateSpan, PartialDate
from explainer.formats import format_as_of, format_date
from explainer.membership import (
    Change,
    CountRange,
    Interval,
    count_on,
    history_of,
    intervals,
    members_on,
    standing_on,
    took_place,
)
from explainer.models.organisation import START, Organisation, PartyEntry
from explainer.record import NOWHERE
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.notes import SourceNotes


def party_view(site: Site, key: str, party: str, notes: SourceNotes) -> dict[str, Any]:
    """Return a party's standing on the last known day and its periods, oldest first."""
    organisation = site.organisations[key]
    history = history_of(organisation, party)
    until = organisation.known_to.earliest
    country = site.countries[party]
    entries = _changes(organisation, party)
    return {
        "id": party,
        "name": country.name,
        "address": country_address(site, party),
        "now": standing_words(organisation, standing_on(history, until), has_history=bool(history)),
        "periods": [
            _period_view(site, organisation, change, interval, entry, following, Ref("country", party, NOWHERE), notes)
            for change, interval, entry, following in zip(
                history, intervals(history, until=until), entries, [*history[1:], None], strict=False
            )
        ],
    }


def standings_of_country(site: Site, country: str, notes: SourceNotes) -> list[dict[str, Any]]:
    """Return the organisations that list a country, with its standing in each."""
    found = []
    for key, organisation in site.organisations.items():
        if any(party.id == country for party in organisation.parties):
            view = party_view(site, key, country, notes)
            known_to = organisation.known_to
            found.append(
                {
                    "name": organisation.name,
                    "address": f"{organisation_address(site, key)}#{country}",
                    "known_to": {"text": format_date(known_to, site.settings.language), "iso": str(known_to)},
                    "now": view["now"],
                    "periods": view["periods"],
                }
            )
    return found


def questions_of_country(site: Site, country: str, notes: SourceNotes) -> list[dict[str, Any]]:
    """Return what could not be found out about a country's standing, in any organisation."""
    return [
        {
            "organisation": organisation.short,
            "address": f"{organisation_address(site, key)}#open-questions",
            "question": question.question,
            "checked": {
                "text": format_date(question.checked, site.settings.language),
                "iso": str(question.checked),
            },
            "notes": notes.cite(question.sources),
        }
        for key, organisation in site.organisations.items()
        for question in organisation.open_questions
        if question.country is not None and question.country.id == country
    ]


def summary_of_organisation(site: Site, key: str) -> dict[str, Any]:
    """Return who stands where in an organisation on the last day that is known, one group for each status in use."""
    organisation = site.organisations[key]
    known_to = organisation.known_to
    groups = []
    for status, record in organisation.statuses.items():
        names = members_on(organisation, known_to.earliest, status)
        countries = [*names.certain, *names.possible]
        if countries:
            groups.append(
                {
                    "id": status,
                    "label": record.label,
                    "count": count_words(count_on(organisation, status, known_to.earliest)),
                    "countries": _country_links(site, countries),
                }
            )
    never = [
        party.id
        for party in organisation.parties
        if standing_on(history_of(organisation, party.id), known_to.earliest) == {START}
    ]
    if never:
        label = organisation.start.never
        groups.append({"id": START, "label": label, "count": str(len(never)), "countries": _country_links(site, never)})
    return {
        "name": organisation.name,
        "short": organisation.short,
        "question": organisation.question or f"Who is in {organisation.short}?",
        "summary": organisation.summary,
        "address": organisation_address(site, key),
        "scope": organisation.scope,
        "known_to": {"text": format_date(known_to, site.settings.language), "iso": str(known_to)},
        "now": groups,
    }


def standing_words(organisation: Organisation, statuses: frozenset[str], *, has_history: bool) -> str:
    """Name a standing in words; where dates leave several possible, all are named."""
    labels = []
    for status in [START, *organisation.statuses]:
        if status in statuses:
            before = organisation.start.before if has_history else organisation.start.never
            labels.append(before if status == START else organisation.statuses[status].label)
    return " or ".join(labels)


def count_words(count: CountRange) -> str:
    """Write a count: `9`, or `between 9 and 10` where dates leave it open."""
    return str(count.low) if count.is_exact else f"between {count.low} and {count.high}"


def when_words(when: PartialDate | DateSpan, site: Site) -> str:
    """Write the day of a change. A span is no duration here: the change came on some day in it."""
    language = site.settings.language
    if isinstance(when, DateSpan):
        return f"some day between {format_date(when.start, language)} and {format_date(when.end, language)}"
    return format_as_of(when, language)


def members_by_year(site: Site, key: str, groups: list[str]) -> list[dict[str, Any]]:
    """Return who was in each group on the first day of each year since the founding.

    Years that follow one another with the same answer share a row.
    """
    organisation = site.organisations[key]
    rows: list[dict[str, Any]] = []
    for year in range(organisation.founded.latest.year + 1, organisation.known_to.year + 1):
        cells = [_members(site, organisation, group, date(year, 1, 1)) for group in groups]
        if rows and rows[-1]["groups"] == cells:
            rows[-1]["last"] = year
        else:
            rows.append({"first": year, "last": year, "groups": cells})
    return rows


def _members(site: Site, organisation: Organisation, group: str, day: date) -> dict[str, Any]:
    names = members_on(organisation, day, group)
    return {
        "count": count_words(count_on(organisation, group, day)),
        "certain": [site.countries[key].name for key in names.certain],
        "possible": [site.countries[key].name for key in names.possible],
    }


def _changes(organisation: Organisation, party: str) -> list[PartyEntry]:
    entries = organisation.parties[Ref("country", party, NOWHERE)]
    return [entry for entry in entries if entry.status is not None and took_place(entry)]


def _period_view(
    site: Site,
    organisation: Organisation,
    change: Change,
    interval: Interval,
    entry: PartyEntry,
    following: Change | None,
    party: Ref,
    notes: SourceNotes,
) -> dict[str, Any]:
    status = organisation.statuses[change.status]
    start = when_words(change.date, site)
    if interval.ongoing or following is None:
        words = f"from {start}, and still on {format_date(organisation.known_to, site.settings.language)}"
    else:
        words = f"from {start} until {when_words(following.date, site)}"
    return {
        "status": change.status,
        "label": status.label,
        "drawn": status.drawn,
        "counts_as": status.counts_as,
        "words": words,
        "anchor": organisation.anchor_of(entry, party),
        "is_disputed": entry.disputed is not None,
        "is_unverified": entry.verification == "unverified",
        "notes": notes.cite(entry.sources),
        # Days as ISO text: what a chart draws solid, and what it draws faded.
        "days": [
            interval.earliest_start.isoformat(),
            interval.latest_start.isoformat(),
            interval.earliest_end.isoformat(),
            interval.latest_end.isoformat(),
        ],
        "is_ongoing": interval.ongoing,
    }


def _country_links(site: Site, countries: list[str]) -> list[dict[str, str]]:
    return [{"id": key, "name": site.countries[key].name, "address": country_address(site, key)} for key in countries]
