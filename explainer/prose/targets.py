"""Find the page that a path in content leads to, and the anchor on it: `../countries/x.yml#population`."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from explainer.addresses import (
    COMPARE,
    GLOSSARY,
    SOURCES,
    TIMELINE,
    country_address,
    event_address,
    glossary_address,
    indicator_address,
    organisation_address,
    source_address,
    source_article_address,
)
from explainer.content import Document
from explainer.models.organisation import Organisation
from explainer.problems import did_you_mean
from explainer.prose.context import ProseContext
from explainer.refs import Kind
from explainer.site import Site

# One file with all records of a kind.
_LISTS: dict[str, tuple[Kind, str]] = {
    "events.yml": ("event", TIMELINE),
    "glossary.yml": ("glossary term", GLOSSARY),
    "indicators.yml": ("indicator", COMPARE),
}
_FILES: tuple[Kind, ...] = ("country", "organisation", "source article", "article", "page")
_WITHOUT_PAGE = ("site.yml", "units.yml", "derived.yml")
_PAGED = (
    "link to articles/, pages/, countries/, organisations/, sources/, source-articles/, glossary.yml, events.yml or "
    "indicators.yml"
)


class LinkError(Exception):
    """A path leads to no page. `offset` and `length` say which characters of the target are wrong.

    An empty `code` marks a target whose file or record was reported already.
    """

    def __init__(self, code: str, message: str, fix: str, offset: int, length: int) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.offset, self.length = code, message, fix, offset, max(1, length)


class _Told(LinkError):
    def __init__(self) -> None:
        super().__init__("", "", "", 0, 1)


def find_target(context: ProseContext, origin: Document, target: str) -> tuple[str, Kind, str | None, str]:
    """Return the address a target leads to, the kind of its record, the record's id, and its file. Raises LinkError."""
    written, mark, fragment = target.partition("#")
    length = len(written)
    if written.startswith("/"):
        fix = "link by path, as the file lies on the disk: ../articles/x.md"
        raise LinkError("M070", f'"{written}" is an address, and links go by path', fix, 0, length)
    if "?" in written:
        raise LinkError("M070", "a path has no question mark", "take it out", written.index("?"), 1)
    path = _path_of(origin.path.rpartition("/")[0], written)
    root = context.folder
    anchor, at = unquote(fragment) if "%" in fragment else fragment, length + len(mark)
    name = path.removeprefix(f"{root}/") if root else path
    if (name in _LISTS and name != path) or (name in _LISTS and not root):
        return *_in_list(context.site, *_LISTS[name], anchor, at, len(fragment)), path
    if (found := context.record_at(path)) is not None:
        return _on_page(context, *found, anchor, at, len(fragment)), *found, path
    if context.has_sources(path):
        return *_source(context.site, path, anchor, at, len(fragment)), path
    raise _no_file(context.site, origin, path, name, root, length)


@lru_cache(maxsize=4096)
def _path_of(folder: str, written: str) -> str:
    """Return the path of a file that is written as it lies from a folder."""
    return posixpath.normpath(posixpath.join(folder, unquote(written)))


def _no_file(site: Site, origin: Document, path: str, name: str, root: str, length: int) -> LinkError:
    if name in _WITHOUT_PAGE:
        return LinkError("M072", f'no page shows "{name}"', _PAGED, 0, length)
    known = [f"{root}/{name}" if root else name for name in _LISTS]
    known += [*_source_files(site), *(place.path for kind in _FILES for place in site.places.get(kind, {}).values())]
    shown = {posixpath.relpath(one, posixpath.dirname(origin.path)): one for one in known}
    here = posixpath.relpath(path, posixpath.dirname(origin.path))
    return LinkError("M070", f'there is no file "{path}"', did_you_mean(here, shown, otherwise=_PAGED), 0, length)


def _source_files(site: Site) -> Mapping[str, None]:
    return dict.fromkeys(place.path for place in site.places.get("source", {}).values())


def _in_list(site: Site, kind: Kind, page: str, anchor: str, at: int, length: int) -> tuple[str, Kind, str | None]:
    if not anchor:
        return page, kind, None
    addresses = {"event": event_address, "glossary term": glossary_address, "indicator": indicator_address}
    known = site.places.get(kind)
    if known is not None and anchor not in known:
        raise _no_anchor(anchor, known, f"{kind}", at, length)
    return addresses[kind](anchor), kind, anchor


def _source(site: Site, path: str, anchor: str, at: int, length: int) -> tuple[str, Kind, str | None]:
    if not anchor:
        return SOURCES, "source", None
    places = site.places["source"]
    if anchor not in places:
        here = [key for key, place in places.items() if place.path == path]
        raise _no_anchor(anchor, here, "source", at, length)
    if places[anchor].path != path:
        message = f'source "{anchor}" stands in {places[anchor].path}'
        raise LinkError("M071", message, "link to that file", at, length)
    return source_address(anchor), "source", anchor


def _on_page(context: ProseContext, kind: Kind, key: str, anchor: str, at: int, length: int) -> str:
    """Return the address of a record that has a page of its own, with the anchor on it."""
    address = _address_of(context, kind, key)
    if not anchor:  # What is on the other page is not asked: to know it, its body has to be parsed.
        return address
    anchors = _anchors_of(context, kind, key)
    if anchors is None:
        return f"{address}#{anchor}"
    if anchor not in anchors:
        raise _no_anchor(anchor, anchors, f"{_name(context.site, kind, key)} has no part", at, length)
    return f"{address}#{anchors[anchor]}"


def _address_of(context: ProseContext, kind: Kind, key: str) -> str:
    if kind in ("article", "page"):
        if (address := context.address_of(kind, key)) is None:
            raise _Told
        return address
    site = context.site
    if kind == "country" and key in site.countries:
        return country_address(site, key)
    if kind == "organisation" and key in site.organisations:
        return organisation_address(site, key)
    if kind == "source article" and key in site.source_articles:
        return source_article_address(key)
    raise _Told


def _anchors_of(context: ProseContext, kind: Kind, key: str) -> Mapping[str, str] | None:
    """Return the anchors of a page that has an address, as written and as they are; None where they are not known."""
    site = context.site
    if kind == "country":
        return country_anchors(site, key)
    if kind == "organisation":
        return {anchor: anchor for anchor in organisation_anchors(site.organisations[key])}
    if kind == "source article":
        article = site.source_articles[key]
        return {one: one for one in (*article.claims, *article.defects)}
    ids = context.headings_of(_document(context, kind, key))
    return None if ids is None else {one: one for one in sorted(ids)}


def _document(context: ProseContext, kind: Kind, key: str) -> Document:
    document = {"article": context.site.articles, "page": context.site.pages}.get(kind, {}).get(key)
    if document is None:
        raise _Told
    return document


def country_anchors(site: Site, country: str) -> dict[str, str]:
    """Return the anchors of a country's page by how links write them: indicators, series, and groups of facts."""
    record = site.countries[country]
    keys = [ref.id for ref in (*record.facts, *record.series)]
    groups = {site.indicators[key].group.id for key in keys if key in site.indicators}
    anchors = {group: f"group-{group}" for group in groups} | {f"group-{group}": f"group-{group}" for group in groups}
    anchors |= {f"{ref.id}-by-year": f"{ref.id}-by-year" for ref in record.series}
    return anchors | {ref.id: ref.id for ref in record.facts}


def organisation_anchors(organisation: Organisation) -> list[str]:
    """Return the anchors of an organisation's page: parties, events, statuses, readings, and its sections."""
    parties = organisation.parties.items()
    anchors = [party.id for party, _ in parties]
    anchors += [organisation.anchor_of(entry, party) for party, entries in parties for entry in entries]
    anchors += [organisation.anchor_of(milestone) for milestone in organisation.milestones]
    anchors += [*organisation.statuses, *(reading.id for reading in organisation.readings)]
    anchors += ["now", "years", "events", "statuses"]
    anchors += (["readings"] if organisation.readings else []) + (
        ["open-questions"] if organisation.open_questions else []
    )
    return list(dict.fromkeys(anchors))


def _name(site: Site, kind: Kind, key: str) -> str:
    if kind == "country":
        return site.countries[key].name
    return site.organisations[key].short if kind == "organisation" else f'the {kind} "{key}"'


def _no_anchor(anchor: str, known: object, what: str, at: int, length: int) -> LinkError:
    names = list(known)  # type: ignore[call-overload]
    message = f'{what} "{anchor}"' if " has no part" in what else f'there is no {what} "{anchor}" in this file'
    otherwise = "known are: " + ", ".join(names[:12]) if names else "link to the page without an anchor"
    return LinkError("M071", message, did_you_mean(anchor, names, otherwise=otherwise), at, length)
