"""Read what was published before, and tell which of its addresses would be gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from explainer.addresses import ARTICLES, DATA, FEED, TOPICS
from explainer.config import Folders, Options
from explainer.link import link_site
from explainer.manifest_format import MANIFEST_NAME, Manifest, ManifestError, parse_manifest
from explainer.page import output_path
from explainer.problems import ContentError, Place, Problem, Report
from explainer.publication import held_back, publication_of
from explainer.read import read_content
from explainer.rendered import Rendered
from explainer.web import WebError, fetch, is_web_address

MAX_MANIFEST_BYTES = 100_000_000


class Excuses(Struct, frozen=True):
    """Why addresses may be gone: `gone` are those that site.yml gives up, `expired` the sources of expired articles."""

    gone: frozenset[str] = frozenset()
    expired: frozenset[str] = frozenset()

    def allow(self, address: str, source: str) -> bool:
        """Whether an address of a page from a source may be gone. Lists of articles end with their last article."""
        is_list = address.startswith(TOPICS) or address in (ARTICLES, FEED)
        return address in self.gone or source in self.expired or (is_list and bool(self.expired))


def keep_addresses(where: str, rendered: Rendered, folders: Folders, options: Options) -> None:
    """Raise ContentError when an address that was published at `where` is gone from a site, and not given up."""
    before = read_published(where)
    if before is None:
        return
    lost = check_against(before, parse_manifest(rendered.files[MANIFEST_NAME]), excuses_of(folders, options))
    if lost:
        raise ContentError([*rendered.warnings, *lost])


def read_published(where: str) -> Manifest | None:
    """Return the manifest of a published site, or None when nothing is published there yet.

    `where` is the address of a site or of its manifest, or the path of its folder or of its manifest. Raises
    ContentError: P010 or P011 for what is no manifest, P022 when there is no telling.
    """
    if is_web_address(where):
        url = where if where.endswith(".json") else f"{where.rstrip('/')}/{MANIFEST_NAME}"
        try:
            return _parsed(fetch(url, at_most=MAX_MANIFEST_BYTES), url)
        except WebError as error:
            if error.status in (404, 410):
                return None
            raise _failure(url, "P022", f"the published site cannot be read: {error.why}", _TRY_AGAIN) from None
    path = Path(where)
    path = path / MANIFEST_NAME if path.is_dir() else path
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"there is no manifest to be read: {error.strerror}"
        fix = "name the manifest.json of a site, the site's folder, or its web address"
        raise _failure(where, "P010", message, fix) from None
    return _parsed(data, where)


_TRY_AGAIN = "is the address right, and the network there? Then try again"


def _parsed(data: bytes, where: str) -> Manifest:
    try:
        return parse_manifest(data)
    except ManifestError as error:
        fix = "name the manifest.json of a site that this generator built"
        raise _failure(where, "P011", f"this is no manifest of ours: {error}", fix) from None


def _failure(where: str, code: str, message: str, fix: str) -> ContentError:
    return ContentError([Problem(Place(where), code, message, fix)])


def excuses_of(folders: Folders, options: Options) -> Excuses:
    """Return what content says of addresses that are gone. Content that cannot be read excuses nothing."""
    report = Report()
    site = link_site(read_content(folders.content, folders.shown(folders.content), report), report)
    if site is None:
        return Excuses()
    documents = (*site.articles.values(), *site.pages.values())
    back = held_back(publication_of(document, options) for document in documents)
    expired = frozenset(item.path for item in back if item.state == "expired")
    return Excuses(frozenset(site.settings.gone), expired)


def check_against(before: Manifest, after: Manifest, excuses: Excuses) -> list[Problem]:
    """Return a problem for each address that was published, is not in the new site, and is not given up (P021).

    Addresses are those of pages, of data and of feeds. Assets have another name with every change.
    """
    return [
        Problem(
            Place(source),
            "P021",
            f"{address} was published and would be gone",
            f"write it under `aliases` of what takes its place, or give it up in site.yml: gone: {{{address}: why}}",
        )
        for address, source in _lasting(before)
        if output_path(address) not in after.files and not excuses.allow(address, source)
    ]


def _lasting(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the addresses that must stay, each with the source of its page."""
    for address, page in sorted(manifest.pages.items()):
        yield address, page.source
    pages = {output_path(address) for address in manifest.pages}
    for path in sorted(manifest.files.keys() - pages):
        if f"/{path}".startswith(DATA):
            yield f"/{path}", "content/site.yml"
        elif f"/{path}" == FEED:
            yield FEED, "content/site.yml"
