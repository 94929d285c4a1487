"""The whole program as one function: content goes in, a site comes out, or every reason why not."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from explainer.assets import collect_assets
from explainer.config import Folders, Options
from explainer.counts import Counts, count_site
from explainer.figure_data import figure_data
from explainer.inspect import inspect_files
from explainer.link import link_site
from explainer.lock import build_lock
from explainer.manifest import make_manifest
from explainer.page import Page
from explainer.page_key import generator_digest, page_key, template_digests
from explainer.plan import check_addresses, check_navigation, plan_pages
from explainer.plan.frame import Frame
from explainer.problems import ContentError, Place, Problem, Report
from explainer.prose import convert_document, make_context
from explainer.publication import Publication, held_back, publication_of
from explainer.publish import PublishResult, publish, recover
from explainer.read import read_content
from explainer.render import render_pages
from explainer.rules import check_site
from explainer.search_index import SearchError, search_files
from explainer.search_texts import search_texts
from explainer.site import Site
from explainer.templates import check_templates, make_environment

KEYS_FILE = "page-keys.json"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished site in memory: its files by path, and what was found on the way."""

    files: Mapping[str, bytes]
    keys: Mapping[str, str]
    warnings: Sequence[Problem]
    counts: Counts
    held_back: Sequence[Publication]
    stages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. Stage times are in seconds."""

    warnings: Sequence[Problem]
    counts: Counts
    held_back: Sequence[Publication]
    stages: Mapping[str, float]
    published: PublishResult


@dataclass(slots=True)
class _Stopwatch:
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start


def build(folders: Folders, options: Options, *, strict: bool = False, fingerprint: bool = True) -> BuildResult:
    """Build the site into its output folder, or raise ContentError and leave the last good one untouched."""
    with build_lock(folders.cache):
        recover(folders.output)
        rendered = render(folders, options, strict=strict, fingerprint=fingerprint)
        start = time.perf_counter()
        published = publish(rendered.files, folders.output, folders.cache, sources=folders.sources)
        _keep_keys(folders.cache, rendered.keys)
        stages = {**rendered.stages, "publish": time.perf_counter() - start}
    return BuildResult(rendered.warnings, rendered.counts, rendered.held_back, stages, published)


def check(folders: Folders, options: Options, *, strict: bool = False) -> Rendered:
    """Do all that a build does except publish: nothing is written."""
    return render(folders, options, strict=strict, is_check=True)


def render(
    folders: Folders, options: Options, *, strict: bool = False, fingerprint: bool = True, is_check: bool = False
) -> Rendered:
    """Run the line from content to finished files in memory, or raise ContentError with every problem found.

    `strict` makes warnings count as errors. `fingerprint` puts digests into the names of assets. A check, and
    a site that is made to be looked at while it is edited, have no index of texts: no reader searches them.
    """
    report, watch = Report(), _Stopwatch()
    with watch.stage("read"):
        content = read_content(folders.content, folders.shown(folders.content), report)
    with watch.stage("link"):
        site = link_site(content, report)
    with watch.stage("templates"):
        environment = make_environment(folders.templates, folders.shown(folders.templates))
        check_templates(environment, report)
    if site is None:
        raise ContentError(report.problems)
    with watch.stage("rules"):
        check_site(site, options.as_of, report)
        assets = collect_assets(folders.static, folders.shown(folders.static), site, report, fingerprint=fingerprint)
    with watch.stage("prose"):
        context = make_context(site, options, assets=assets, static=folders.shown(folders.static))
        bodies = {
            document.path: convert_document(document, context)
            for document in context.documents
            if publication_of(document, options).is_due
        }
        for body in bodies.values():
            report.extend(body.problems)
    report.stop_if_any()

    with watch.stage("plan"):
        frame = Frame(site, base_url(site, options), assets.addresses, options.is_preview, _has_articles(site, options))
        pages = plan_pages(frame, options, bodies)
        check_addresses(pages, report)
        check_navigation(frame, pages, report)
    report.stop_if_any()
    with watch.stage("render"):
        files = {
            **render_pages(environment, pages, report),
            **assets.files,
            **figure_data(bodies.values()),
            ".nojekyll": b"",
        }
        report.stop_if_any()
        digests, generator = template_digests(environment.templates), generator_digest()
        keys = {page.address: page_key(page, digests[page.template], generator) for page in pages}
    with watch.stage("inspect"):
        inspect_files(
            files, pages, report, base_path=frame.base_path, base_url=frame.base_url, language=site.settings.language
        )
    _warn_of_missing_base_url(site, options, folders, report)
    if strict and report.warnings:
        raise ContentError(report.problems)
    report.stop_if_any()

    if fingerprint and not is_check and site.settings.search:
        with watch.stage("search"):
            files |= _search_index(pages, files, site, folders, report)

    files["manifest.json"] = make_manifest(
        files, base_url=frame.base_url, preview=options.is_preview, pages=_pages_of_manifest(pages)
    )
    back = held_back([*site.articles.values(), *site.pages.values()], options)
    return Rendered(files, keys, report.warnings, count_site(site, pages, options), back, watch.stages)


def base_url(site: Site, options: Options) -> str:
    """Return the address the site will have: the one asked for, else site.yml's, else the fallback."""
    return options.base_url if options.base_url is not None else site.settings.base_url or options.fallback_base_url


def _search_index(
    pages: Sequence[Page], files: Mapping[str, bytes], site: Site, folders: Folders, report: Report
) -> dict[str, bytes]:
    try:
        return search_files(search_texts(pages, files, site.settings.language), folders.cache)
    except SearchError as error:
        fix = "install the packages of requirements.txt, or write `search: false` in site.yml"
        report.add(site.settings.place_of("search"), "U011", f"there is no index for the search: {error}", fix)
        raise ContentError(report.problems) from None


def _has_articles(site: Site, options: Options) -> bool:
    return any(publication_of(article, options).is_shown for article in site.articles.values())


def _warn_of_missing_base_url(site: Site, options: Options, folders: Folders, report: Report) -> None:
    if not base_url(site, options) and options.base_url is None:
        report.add(
            site.settings.place_of("base_url") if site.settings.place.path else Place(folders.shown(folders.content)),
            "U010",
            "the site has no address: the sitemap uses https://example.org/",
            "set `base_url` in site.yml, or build with --base-url",
            severity="warning",
        )


def _pages_of_manifest(pages: Sequence[Page]) -> dict[str, dict[str, str]]:
    return {page.address: {"source": page.source, "title": page.title} for page in pages if page.title is not None}


def _keep_keys(cache: Path, keys: Mapping[str, str]) -> None:
    """Store the key of each page: what it depended on, so that a later build can tell what changed."""
    cache.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": 1, "pages": dict(sorted(keys.items()))}, indent=0) + "\n"
    temporary = cache / f"{KEYS_FILE}.new"
    temporary.write_text(text, encoding="utf-8", newline="\n")
    os.replace(temporary, cache / KEYS_FILE)
