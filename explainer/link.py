"""Connect records: make sure that every reference leads somewhere, and remember who uses which source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from explainer.content import Content
from explainer.dates import PartialDate
from explainer.models.article import FrontMatter
from explainer.models.organisation import START, Organisation
from explainer.problems import Place, Report, did_you_mean
from explainer.read_facts import report_missing_file, report_unknown_indicator
from explainer.record import Record, field_names
from explainer.refs import Kind, Ref
from explainer.site import Site, Use

Places = Mapping[Kind, Mapping[str, Place]]
"""Where each record stands, by its kind and its id."""

# The code of a reference that leads nowhere, and where such records stand.
_MISSING: dict[Kind, tuple[str, str]] = {
    "source": ("L002", "add it to a file in sources/"),
    "country": ("L003", "add its file to countries/"),
    "organisation": ("L004", "add its file to organisations/"),
    "unit": ("L005", "add it to units.yml"),
    "group": ("L006", "add it to fact_groups in site.yml"),
    "event kind": ("L006", "add it to event_kinds in site.yml"),
    "topic": ("L006", "add it to topics in site.yml"),
}


# Values that hold no reference.
_PLAIN = frozenset({str, int, bool, type(None), PartialDate})


def link_site(content: Content, report: Report) -> Site | None:
    """Return the connected site, or None when its settings are missing; each reference that leads nowhere is told."""
    for record in _all_records(content):
        for ref in references(record):
            report_missing_file(ref.kind, content, report)
            _check(ref, content.places.get(ref.kind), report)
        for ref in repeated(record):
            report.add(ref.place, "L011", *told_twice(ref))
    check_references(content.loose, content.places, report)
    content.places.update({kind: {} for kind in content.missing})  # files that nothing needs: there are no such records
    for organisation in content.organisations.values():
        _check_statuses(organisation, report)
    if content.settings is None:
        return None
    return Site(
        settings=content.settings,
        units=content.units,
        indicators=content.indicators,
        sources=content.sources,
        countries=content.countries,
        organisations=content.organisations,
        events=content.events,
        derived=content.derived,
        glossary=content.glossary,
        source_articles=content.source_articles,
        articles=content.articles,
        pages=content.pages,
        map=content.map,
        places=content.places,
        uses=_uses_of_sources(content),
        mentions=frozenset().union(
            *(document.mentions for documents in (content.articles, content.pages) for document in documents.values())
        ),
    )


def references(value: object) -> Iterator[Ref]:
    """Yield every reference inside a record, in the order of its fields."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Record):
        for name in field_names(type(value)):
            yield from references(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from references(key)
            yield from references(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)


def repeated(value: object) -> Iterator[Ref]:
    """Yield each reference inside a record that stands in one list a second time: a slip that readers cannot see."""
    if isinstance(value, Record):
        for name in field_names(type(value)):
            yield from repeated(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from repeated(item)
    elif isinstance(value, tuple):
        seen: set[Ref] = set()
        for item in value:
            if not isinstance(item, Ref):
                yield from repeated(item)
            elif item in seen:
                yield item
            else:
                seen.add(item)


def told_twice(ref: Ref) -> tuple[str, str]:
    """Return message and fix for a reference that a list names a second time."""
    return f'this list names the {ref.kind} "{ref.id}" twice', "delete one of the two"


def _all_records(content: Content) -> Iterator[Record]:
    if content.settings is not None:
        yield content.settings
    if content.map is not None:
        yield content.map
    for records in (
        content.units,
        content.indicators,
        content.sources,
        content.countries,
        content.organisations,
        content.events,
        content.derived,
        content.glossary,
        content.source_articles,
    ):
        yield from records.values()
    for documents in (content.articles, content.pages):
        for document in documents.values():
            yield document.front


def check_references(refs: Iterable[Ref], places: Places, report: Report) -> None:
    """Report those of some references that lead nowhere."""
    known: dict[Kind, Mapping[str, Place] | None] = {}
    for ref in refs:
        if ref.kind not in known:
            known[ref.kind] = places.get(ref.kind)
        _check(ref, known[ref.kind], report)


def check_front_matter(front: FrontMatter, places: Places, report: Report) -> None:
    """Report the references of a document's front matter that lead nowhere. `places` are those of all records."""
    # All but a few of its values can hold no reference.
    fields = [getattr(front, name) for name in field_names(type(front))]
    values = [value for value in fields if value and type(value) not in _PLAIN]
    check_references((ref for value in values for ref in references(value)), places, report)
    for ref in (ref for value in values for ref in repeated(value)):
        report.add(ref.place, "L011", *told_twice(ref))


def _check(ref: Ref, known: Mapping[str, Place] | None, report: Report) -> None:
    if ref.kind == "status" or known is None or ref.id in known:
        return
    if ref.kind == "indicator":
        report_unknown_indicator(ref.id, ref.place, known, report)
        return
    code, otherwise = _MISSING[ref.kind]
    report.add(ref.place, code, f'there is no {ref.kind} "{ref.id}"', did_you_mean(ref.id, known, otherwise=otherwise))


def _check_statuses(organisation: Organisation, report: Report) -> None:
    """Statuses are the organisation's own words: each that is used must stand in its list."""
    known = list(organisation.statuses)
    used = [entry.status for entries in organisation.parties.values() for entry in entries if entry.status is not None]
    followed = [ref for status in organisation.statuses.values() for ref in status.may_follow]
    for ref, allowed in [*((ref, known) for ref in used), *((ref, [START, *known]) for ref in followed)]:
        if ref.id not in allowed:
            fix = did_you_mean(ref.id, allowed, otherwise="known are: " + ", ".join(allowed))
            report.add(ref.place, "L007", f'{organisation.short} has no status "{ref.id}"', fix)


def _uses_of_sources(content: Content) -> dict[str, tuple[Use, ...]]:
    """Return, for each source that is used, the records and parts that lean on it, in reading order."""
    uses: dict[str, dict[Use, None]] = {}

    def note(kind: Kind, identifier: str, part: str | None, sources: Iterable[Ref]) -> None:
        for ref in sources:
            uses.setdefault(ref.id, {})[Use(kind, identifier, part)] = None

    for key, country in content.countries.items():
        note("country", key, None, country.sources)
        for indicator, fact in country.facts.items():
            note("country", key, indicator.id, (ref for ref in references(fact) if ref.kind == "source"))
        for indicator, series in country.series.items():
            note("country", key, indicator.id, series.sources)
    for key, organisation in content.organisations.items():
        note("organisation", key, None, organisation.sources)
        for milestone in organisation.milestones:
            note("organisation", key, organisation.anchor_of(milestone), _sources(milestone))
        for party, entries in organisation.parties.items():
            for entry in entries:
                note("organisation", key, organisation.anchor_of(entry, party), _sources(entry))
        for reading in organisation.readings:
            note("organisation", key, reading.id, reading.sources)
        for question in organisation.open_questions:
            note("organisation", key, "open-questions", question.sources)
    for key, event in content.events.items():
        note("event", key, None, _sources(event))
    for key, article in content.source_articles.items():
        note("source article", key, None, (article.source,))
        for claim_id, claim in article.claims.items():
            note("source article", key, claim_id, claim.sources)
        for defect_id, defect in article.defects.items():
            note("source article", key, defect_id, defect.sources)
    for key, term in content.glossary.items():
        note("glossary term", key, None, term.sources)
    if content.map is not None:
        note("map", "map", None, content.map.sources)
    return {source: tuple(found) for source, found in uses.items()}


def _sources(record: Record) -> Iterator[Ref]:
    return (ref for ref in references(record) if ref.kind == "source")
