"""Find what stands at an address of content, in one plain text: the committed table of coverage is checked with it.

kazakhstan.population        a fact            cis#moldova-notice        an entry of an organisation
kazakhstan.population!1      its alternative   cis:status.moldova        a standing on the last known day
kazakhstan.population@1991   a year            events#putin-astana-2023  another event
kazakhstan.population@*      a whole series    sources#factbook          a source
kazakhstan.population:note   words of a note   claims#c01                a claim, or a defect, of a source article
kazakhstan:codes             a country's codes claims#c01:note           words of a claim's note
                                               derived#region-area:note  words of a derived figure's note
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from explainer.content import Content
from explainer.dates import parse_as_of
from explainer.membership import history_of, standing_on
from explainer.models.event import DatedEntry
from explainer.models.fact import AnyFact, GeographicPlace, NumberRange, Person, Series
from explainer.models.organisation import Organisation
from explainer.record import NOWHERE
from explainer.refs import Ref


def holds(content: Content, address: str, shown: str) -> bool:
    """Whether content still says at an address what the table says it shows there.

    A fact that was brought up to date since, and a series that grew, are no loss.
    """
    try:
        if match := re.fullmatch(r"([a-z-]+)\.([a-z0-9-]+)(!\d+)?", address):
            return _fact_holds(content.countries[match[1]].facts[Ref("indicator", match[2], NOWHERE)], shown)
        if match := re.fullmatch(r"([a-z-]+)\.([a-z0-9-]+)@\*", address):
            return _series_holds(content.countries[match[1]].series[Ref("indicator", match[2], NOWHERE)], shown)
        text = text_at(content, address)
    except (KeyError, IndexError):
        return False
    return shown in text if address.endswith(":note") else shown == text


def _fact_holds(fact: AnyFact, shown: str) -> bool:
    if shown in [said_text(said) for said in (fact, *fact.alternatives)]:
        return True
    listed = parse_as_of(shown.rpartition("(")[2].rstrip(")"))
    return fact.as_of.earliest > listed.latest


def _series_holds(series: Series, shown: str) -> bool:
    listed = [int(year) for year in re.findall(r"(\d{4}):", shown)]
    kept = {year: value for year, value in series.values.items() if listed[0] <= year <= listed[-1]}
    return series_text(kept) == shown


def said_text(said: Any) -> str:
    """Return a fact, or an alternative to it, with its date."""
    return f"{value_text(said.value)} ({said.as_of})"


def text_at(content: Content, address: str) -> str:
    """Return what stands at an address, as plain text. Raises KeyError or IndexError for none."""
    if match := re.fullmatch(r"(events|sources|claims|derived)#(.+?)(:note)?", address):
        return _record_text(content, match[1], match[2], is_note=match[3] is not None)
    if match := re.fullmatch(r"([a-z-]+)#(.+)", address):
        return entry_text(dict(entries_of(content.organisations[match[1]]))[match[2]])
    if match := re.fullmatch(r"([a-z-]+):status\.(.+)", address):
        return standing_text(content.organisations[match[1]], match[2])
    if match := re.fullmatch(r"([a-z-]+):(names|native|codes)", address):
        return field_text(content, match[1], match[2])
    key, _, rest = address.partition(".")
    country = content.countries[key]
    if match := re.fullmatch(r"(.+)@(\d{4}|\*)", rest):
        series = country.series[Ref("indicator", match[1], NOWHERE)]
        return series_text(series.values) if match[2] == "*" else plain(series.values[int(match[2])])
    if rest.endswith(":note"):
        return notes_of(content, key, rest.removesuffix(":note"))
    name, _, alternative = rest.partition("!")
    fact = country.facts[Ref("indicator", name, NOWHERE)]
    return said_text(fact.alternatives[int(alternative) - 1] if alternative else fact)


def _record_text(content: Content, kind: str, identifier: str, *, is_note: bool) -> str:
    if kind == "derived":
        return content.derived[identifier].note or ""
    if kind == "events":
        return entry_text(content.events[identifier])
    if kind == "sources":
        source = content.sources[identifier]
        return f"{source.publisher}: {source.title}"
    article = next(iter(content.source_articles.values()))
    if identifier in article.defects:
        return article.defects[identifier].title
    claim = article.claims[identifier]
    if is_note:
        return claim.note or ""
    return f"{claim.kind}, {claim.verdict or 'no verdict'}, {claim.speaker}"


def entries_of(organisation: Organisation) -> Iterator[tuple[str, DatedEntry]]:
    """Yield each milestone, and each entry of a party, with its anchor."""
    for milestone in organisation.milestones:
        yield organisation.anchor_of(milestone), milestone
    for party, entries in organisation.parties.items():
        for entry in entries:
            yield organisation.anchor_of(entry, party), entry


def entry_text(entry: DatedEntry) -> str:
    """Return date, proof and title of an entry."""
    return f"{entry.date}{', planned' if entry.planned else ''}, {entry.verification}: {entry.title}"


def standing_text(organisation: Organisation, party: str) -> str:
    """Return a party's standing on the last known day."""
    standing = standing_on(history_of(organisation, party), organisation.known_to)
    return f"{' or '.join(sorted(standing))} on {organisation.known_to}"


def field_text(content: Content, country: str, field: str) -> str:
    """Return names or codes of a country."""
    record = content.countries[country]
    if field == "names":
        return f"{record.name} / {record.official or record.name}"
    if field == "codes":
        return f"{record.codes.alpha2} {record.codes.alpha3} {record.codes.numeric}"
    return "; ".join(f"{name.tag} {name.name} / {name.official}" for name in record.native)


def series_text(values: dict[int, Decimal]) -> str:
    """Return a series in short: its years, first and last value, and the sum, which no change leaves as it was."""
    years = sorted(values)
    ends = f"{years[0]}: {plain(values[years[0]])}, {years[-1]}: {plain(values[years[-1]])}"
    return f"{len(years)} years, {ends}, sum {plain(sum(values.values(), Decimal()))}"


def notes_of(content: Content, country: str, indicator: str) -> str:
    """Return all that a sheet says beside the values of an indicator, with spaces made plain."""
    record = content.countries[country]
    fact, series = record.fact(indicator), record.series_of(indicator)
    said = [fact.note, fact.reason, *(other.reason for other in fact.alternatives)] if fact else []
    return " ".join([text for text in [*said, series.note if series else None] if text])


def value_text(value: Any) -> str:
    """Return the value of a fact as plain text."""
    if value is None:
        return "no value"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, NumberRange):
        return f"{plain(value.low)} to {plain(value.high)}"
    if isinstance(value, Person):
        return f"{value.name}, {value.office}, since {value.since}"
    if isinstance(value, GeographicPlace):
        return f"{value.name}, {value.latitude}, {value.longitude}"
    if isinstance(value, tuple):
        return "; ".join(_item_text(item) for item in value)
    return str(value)


def _item_text(item: Any) -> str:
    number = item.share if item.share is not None else getattr(item, "amount", None)
    return item.item if number is None else f"{item.item} {plain(number)}"


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros or exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
