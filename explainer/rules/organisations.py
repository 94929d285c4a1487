"""Check an organisation's own words and names: its statuses, its anchors, and whom its readings speak of."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.membership import ASSOCIATES
from explainer.models.organisation import START, Organisation
from explainer.problems import Place, Problem, did_you_mean
from explainer.site import Site


def check_statuses_can_be_reached(site: Site) -> Iterator[Problem]:
    """No status follows itself, and from the start a chain of changes leads to each."""
    for organisation in site.organisations.values():
        for key, status in organisation.statuses.items():
            for ref in status.may_follow:
                if ref.id == key:
                    message = f'status "{key}" is said to follow itself, which would change nothing'
                    yield Problem(ref.place, "D039", message, "delete it")
        known = {START, *organisation.statuses}
        if any(ref.id not in known for status in organisation.statuses.values() for ref in status.may_follow):
            continue  # a status that does not exist has been reported, and could be the missing step
        reached = _reachable(organisation)
        for key, status in organisation.statuses.items():
            if key not in reached and {ref.id for ref in status.may_follow} != {key}:
                message = f'no chain of changes leads from "{START}" to status "{key}"'
                yield Problem(status.place_of("may_follow"), "D040", message, f'name "{START}" or a reachable status')


def _reachable(organisation: Organisation) -> set[str]:
    reached = {START}
    while new := {
        key
        for key, status in organisation.statuses.items()
        if key not in reached and any(ref.id in reached for ref in status.may_follow)
    }:
        reached |= new
    return reached


def check_words_of_groups(site: Site) -> Iterator[Problem]:
    """No status takes the name of a group that is counted under that name."""
    for organisation in site.organisations.values():
        if ASSOCIATES in organisation.statuses:
            message = f'"{ASSOCIATES}" is the name of all statuses that count as associate'
            yield Problem(organisation.statuses[ASSOCIATES].place, "D041", message, 'choose another id: "associate"')


def check_statuses_are_used(site: Site) -> Iterator[Problem]:
    """Every status is held by somebody at some time, or planned."""
    for organisation in site.organisations.values():
        used = {entry.status.id for entries in organisation.parties.values() for entry in entries if entry.status}
        for key, status in organisation.statuses.items():
            if key not in used:
                message = f'no party of {organisation.short} has or had status "{key}"'
                yield Problem(status.place, "D037", message, "use it where it belongs, or delete it", "warning")


def check_readings_speak_of_parties(site: Site) -> Iterator[Problem]:
    """Disputed readings and open questions concern countries that the organisation lists."""
    for organisation in site.organisations.values():
        known = [party.id for party in organisation.parties]
        subjects = [reading.country for reading in organisation.readings]
        subjects += [question.country for question in organisation.open_questions if question.country is not None]
        for country in subjects:
            if country.id not in known:
                message = f'{organisation.short} lists no party "{country.id}"'
                fix = did_you_mean(country.id, known, otherwise="add it to `parties`")
                yield Problem(country.place, "D036", message, fix)


def check_anchors(site: Site) -> Iterator[Problem]:
    """Every party, status, entry and reading of an organisation has an anchor of its own on its page."""
    for organisation in site.organisations.values():
        first: dict[str, Place] = {}
        for anchor, place, fix in _anchors(organisation):
            other = first.setdefault(anchor, place)
            if other != place:
                message = f'"#{anchor}" would stand twice on the page of {organisation.short}, first for {other}'
                yield Problem(place, "D038", message, fix)


def _anchors(organisation: Organisation) -> Iterator[tuple[str, Place, str]]:
    """Yield every anchor of an organisation's page, its place, and what to do when it is taken."""
    for party in organisation.parties:
        yield party.id, party.place, "call the other by another id"
    for key, status in organisation.statuses.items():
        yield key, status.place, "choose another id for the status"
    for milestone in organisation.milestones:
        yield organisation.anchor_of(milestone), *_own(milestone.place_of("id"), milestone.id)
    for party, entries in organisation.parties.items():
        for entry in entries:
            yield organisation.anchor_of(entry, party), *_own(entry.place_of("id"), entry.id)
    for reading in organisation.readings:
        yield reading.id, reading.place_of("id"), "choose another id"


def _own(place: Place, identifier: str | None) -> tuple[Place, str]:
    return place, "choose another id" if identifier else "give this entry an `id` of its own"
