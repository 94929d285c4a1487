"""Whether every link within the site leads to something that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote, urljoin

from msgspec import Struct, field

from explainer.inspection.findings import Finding
from explainer.inspection.reading import PageReading
from explainer.page import output_path
from explainer.problems import did_you_mean

NOT_FOUND = "404.html"
_MAX_GUESSES = 10


class SiteLinks(Struct, dict=True):
    """What links of a site can lead to.

    `files` are the paths of all files of the site, `readings` those of its pages. `base_path` is the site's path on
    its server, with a slash at both ends; `base_url` its whole address, or nothing.
    """

    files: Collection[str]
    readings: Mapping[str, PageReading]
    base_path: str = "/"
    base_url: str = ""
    _guesses: int = 0
    _right: dict[str, set[str]] = field(default_factory=dict)

    def check(self, path: str) -> Iterator[Finding]:
        """Yield a finding for each link of a page that leads nowhere, or that would only work on some servers."""
        reading, ids = self.readings[path], self.readings[path].ids
        folder = path.rpartition("/")[0]
        # A link that goes up from the page's folder leads to the same place from all pages of folders beside it.
        beside = self._right.setdefault(folder.rpartition("/")[0], set()) if folder else set()
        left = [link for link in reading.links if link not in beside and not (link[:1] == "#" and link[1:] in ids)]
        if left:
            yield from self._check_links(path, left, beside)
        if self.base_url:
            yield from self._check_absolute(reading)

    def _check_links(self, path: str, links: Iterable[str], beside: set[str]) -> Iterator[Finding]:
        folders = path.split("/")[:-1]
        prefixes = ["/".join(folders[:depth]) + "/" if depth else "" for depth in range(len(folders) + 1)]
        for link in links:
            if link[:1] in ("", "#", "?"):
                target, fragment = path, link.partition("#")[2]
            elif path == NOT_FOUND:
                if not link.startswith(self.base_path):
                    fix = f"this page is shown at any address: begin with {self.base_path} ({{{{ link(…) }}}} does)"
                    yield Finding("H023", link, f'links to "{link}", which is relative to an unknown address', fix)
                    continue
                target, fragment = _split(link.removeprefix(self.base_path), [""])
            elif link.startswith("/"):
                fix = "write {{ link(…) }}, which is relative and works in any folder"
                yield Finding("H003", link, f'links to "{link}" from the root of the server', fix)
                continue
            else:
                target, fragment = _split(link, prefixes)
            if target not in self.files:
                yield self._missing(link, target)
            elif fragment and fragment != "top" and not self._has(target, fragment):
                yield self._missing_id(link, target, fragment)
            elif link.startswith("../"):
                beside.add(link)

    def _has(self, target: str, fragment: str) -> bool:
        reading = self.readings.get(target)
        if reading is None or fragment in reading.ids:  # Only pages have ids that we know.
            return True
        words = unquote(fragment.split(":~:")[0])
        return not words or words in reading.ids

    def _missing(self, link: str, target: str) -> Finding:
        if target.startswith("../"):
            return Finding(
                "H001", link, f'links to "{link}", which leads out of the site', "link to a page of the site"
            )
        if f"{target}/index.html" in self.files:
            fix = "put a slash at the end: not every server adds it"
            return Finding("H001", target, f'links to "{link}", which is a folder', fix)
        address = f"/{target.removesuffix('index.html')}"
        is_page = address.endswith("/")
        what = "there is no such page" if is_page else "there is no such file"
        otherwise = f"nothing of this site is at {address}"
        self._guesses += 1
        near = self._near(target) if self._guesses <= _MAX_GUESSES else []
        return Finding(
            "H001", target, f'links to "{link}", and {what}', did_you_mean(address, near, otherwise=otherwise)
        )

    def _near(self, target: str) -> list[str]:
        """Return the addresses that share all but one part with a missing one: enough to guess from."""
        parts = target.removesuffix("/index.html").split("/")
        return [address for address, others in self._addresses if others[:-1] == parts[:-1] or others[-1] == parts[-1]]

    @cached_property
    def _addresses(self) -> list[tuple[str, list[str]]]:
        plain = [(path, path.removesuffix("/index.html").split("/")) for path in sorted(self.files)]
        return [(f"/{path.removesuffix('index.html')}", parts) for path, parts in plain]

    def _missing_id(self, link: str, target: str, fragment: str) -> Finding:
        address = f"/{target.removesuffix('index.html')}"
        fix = did_you_mean(
            fragment, sorted(self.readings[target].ids), otherwise=f"link to {address} without #{fragment}"
        )
        message = f'links to "{link}", and {address} has nothing with the id "{fragment}"'
        return Finding("H002", f"{target}#{fragment}", message, fix)

    def _check_absolute(self, reading: PageReading) -> Iterator[Finding]:
        own = _without_scheme(self.base_url).rstrip("/")
        for link in reading.absolute:
            address = _without_scheme(link)
            if address == own or address.startswith((f"{own}/", f"{own}#", f"{own}?")):
                fix = "write {{ link(…) }}: the site may be looked at elsewhere"
                yield Finding("H004", link, f'links to its own site as "{link}"', fix)
        for link in reading.published:
            address = _without_scheme(link)
            if address.startswith(f"{own}/"):
                path = output_path(unquote(address.removeprefix(own).partition("#")[0].partition("?")[0]))
                if path not in self.files:
                    fix = "publish what it names, or name what is published"
                    yield Finding("H001", path, f'gives its address as "{link}", and nothing is there', fix)


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]


def _split(link: str, prefixes: list[str]) -> tuple[str, str]:
    """Return the path of the file a relative link leads to, and the fragment. A path out of the site begins with `../`.

    `prefixes` are the folders above the page, from the site's own to the page's.
    """
    path, _, fragment = link.partition("#")
    path = path.partition("?")[0]
    above = 0
    while path.startswith("../"):
        path = path[3:]
        above += 1
    if path.startswith((".", "/")) or "/." in path or "//" in path or "%" in path:
        joined = urljoin("https://x/" + prefixes[-1], link.partition("#")[0].partition("?")[0])
        path, above = unquote(joined.removeprefix("https://x/")), len(prefixes) - 1
    if above >= len(prefixes):
        return f"../{path}", fragment
    path = prefixes[-1 - above] + path
    return (f"{path}index.html" if not path or path.endswith("/") else path), fragment
