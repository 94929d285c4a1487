"""Say of facts what they are: value, date, sources, and every page that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from explainer.addresses import country_address, document_address
from explainer.build import check
from explainer.config import Folders, Options
from explainer.link import link_site
from explainer.models.country import Country
from explainer.models.fact import AnyFact
from explainer.problems import ContentError, Report, did_you_mean
from explainer.publication import publication_of
from explainer.read import read_content
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.values import value_text, value_view

_FACT_LINK = re.compile(r"\]\(fact:([^)\s]+)\)")
_WITHOUT_FIGURES = ("sources/index.html",)
"""Pages that lead to facts and show none."""


class UnknownFact(Exception):
    """There is no such fact. `fix` says what was probably meant."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def list_facts(folders: Folders, options: Options, wanted: str | None) -> list[str]:
    """Return a line for each fact that is asked for, and all that is known of it where only one is.

    `wanted` is COUNTRY, INDICATOR, COUNTRY.INDICATOR, or None for all. Raises UnknownFact, and ContentError where the
    content cannot be read.
    """
    report = Report()
    site = link_site(read_content(folders.content, folders.shown(folders.content), report), report)
    if site is None or report.errors:
        raise ContentError(report.problems)
    found = {key: fact for key, fact in _facts(site) if wanted is None or wanted in (key, *key.split("."))}
    if not found:
        known = [*site.countries, *site.indicators, *(key for key, _ in _facts(site))]
        raise UnknownFact(f'there is no fact "{wanted}"', did_you_mean(str(wanted), known, otherwise=_FORMS))
    if wanted is None or "." not in wanted:
        return [f"{key}  {_value(site, key, fact)}  (as of {fact.as_of})" for key, fact in found.items()]
    [(key, fact)] = found.items()
    return [*_details(site, key, fact), *_pages(site, key, folders, options)]


_FORMS = "name a country, an indicator, or both: python build.py facts COUNTRY.INDICATOR"


def _facts(site: Site) -> Iterator[tuple[str, AnyFact]]:
    for name, country in site.countries.items():
        for indicator, fact in country.facts.items():
            yield f"{name}.{indicator.id}", fact


def _value(site: Site, key: str, fact: AnyFact, value: object = ...) -> str:
    indicator = site.indicators[key.split(".")[1]]
    return value_text(value_view(fact.value if value is ... else value, indicator, site)).replace("\u00a0", " ")


def _details(site: Site, key: str, fact: AnyFact) -> Iterator[str]:
    country, indicator = key.split(".")
    yield f"{key}: {site.indicators[indicator].label}, {site.countries[country].name}"
    yield f"  written:  {fact.place}"
    yield f"  value:    {_value(site, key, fact)}"
    yield f"  as of:    {fact.as_of}" + ("" if fact.as_of_kind == "observed" else f" ({fact.as_of_kind})")
    if fact.status != "confirmed":
        yield f"  status:   {fact.status}"
    for name in ("reason", "note"):
        if getattr(fact, name):
            yield f"  {name + ':':<9} {getattr(fact, name)}"
    yield from _sources(site, fact.sources)
    for other in fact.alternatives:
        yield f"  rank {other.rank}:   {_value(site, key, fact, other.value)}, as of {other.as_of}: {other.reason}"
        yield from _sources(site, other.sources)
    series = _series_years(site.countries[country], indicator)
    if series:
        yield f"  by year:  {series}"
    yield f"  in prose: [](fact:{key}), and `python build.py fill` writes the words"


def _sources(site: Site, refs: tuple[Ref, ...]) -> Iterator[str]:
    for ref in refs:
        source = site.sources[ref.id]
        yield f"  source:   {ref.id}: {source.publisher}, {source.title}, read on {source.accessed}"


def _series_years(country: Country, indicator: str) -> str:
    series = country.series_of(indicator)
    return ", ".join(map(str, series.values)) if series is not None else ""


def _pages(site: Site, key: str, folders: Folders, options: Options) -> list[str]:
    """Return the pages that show a fact: those that lead to it, and those whose text or derived figures name it."""
    country, indicator = key.split(".")
    address = country_address(site, country)
    try:
        files = check(folders, options).files
    except ContentError as error:
        errors = sum(problem.severity == "error" for problem in error.problems)
        return [
            f"  pages:    unknown, as the site has {errors} error{'s' if errors > 1 else ''}: python build.py check"
        ]
    own = f"{address.strip('/')}/index.html"
    found = {own: f"/{dirname(own)}/#{indicator}"}
    for path, data in files.items():
        if path.endswith(".html") and path not in (own, *_WITHOUT_FIGURES) and _leads_to(path, data, own, indicator):
            found[path] = f"/{path.removesuffix('index.html')}"
    for document in (*site.articles.values(), *site.pages.values()):
        if publication_of(document, options).is_shown and _names(site, document.body, key):
            shown = document_address(document)
            found[f"{shown.strip('/')}/index.html"] = shown
    return [f"  shown:    {page}" for page in found.values()]


def _leads_to(path: str, data: bytes, target: str, fragment: str) -> bool:
    if f"#{fragment}".encode() not in data:
        return False
    for link in re.findall(rf'href="([^"#]*)#{re.escape(fragment)}"', data.decode("utf-8")):
        if normpath(join(dirname(path), link, "index.html")) == target:
            return True
    return False


def _names(site: Site, body: str, key: str) -> bool:
    return any(key in _parts(site, reference, {}) for reference in _FACT_LINK.findall(body))


def _parts(site: Site, reference: str, seen: Mapping[str, None]) -> set[str]:
    """Return the facts that a reference stands for: its own, those of a ratio, and those of a derived figure."""
    parts = set()
    for term in reference.split("/"):
        name = re.split("[@~]", term)[0]
        parts.add(name)
        record = site.derived.get(name.removeprefix("derived.")) if name.startswith("derived.") else None
        if record is not None and name not in seen:
            for part in record.of:
                parts |= _parts(site, str(part), {**seen, name: None})
    return parts
