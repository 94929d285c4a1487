"""The built site, crawled as browsers and search engines do it: at a root, in a folder, at a domain of its own."""

from __future__ import annotations

import http.client
import io
import re
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.browser.static_server import serve_folder
from tests.projects import ROOT

PAGES_LIMIT = 1_000_000_000
"""How many bytes a site on GitHub Pages may have."""


@dataclass
class Place:
    """Where a site is: its folder, its path on the server, and its web address, or nothing."""

    folder: Path
    prefix: str
    base_url: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url or "https://somewhere.example/")
        return f"{parts.scheme}://{parts.netloc}"


PLACES = {
    "at the root of a server that nobody told it": ("/", ""),
    "in a folder, as a project on GitHub Pages": ("/repo/", "https://owner.github.example/repo/"),
    "at a domain of its own": ("/", "https://www.atlas.example/"),
}


@pytest.fixture(scope="module", params=PLACES, ids=lambda name: name.replace(" ", "-"))
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    prefix, base_url = PLACES[request.param]
    folder = tmp_path_factory.mktemp("crawl") / "site"
    words = [sys.executable, "build.py", "--quiet", "--output", str(folder), "--base-url", base_url]
    # A careful user's umask must not make files that Pages cannot read.
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, umask=0o077)
    assert ran.returncode == 0, ran.stderr
    return Place(folder, prefix, base_url)


@dataclass
class Crawler:
    """Follows every link of a site from its home page, each address once."""

    place: Place
    connection: http.client.HTTPConnection
    pages: dict[str, LexborHTMLParser] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def get(self, url: str) -> tuple[int, str, bytes]:
        """Ask the server for an address of the site, by the name that the address gives."""
        parts = urlsplit(url)
        self.connection.request("GET", parts.path, headers={"Host": parts.netloc})
        answer = self.connection.getresponse()
        return answer.status, answer.headers.get("Content-Type", ""), answer.read()

    def crawl(self) -> None:
        waiting = [(f"{self.place.origin}{self.place.prefix}", "the start")]
        while waiting:
            url, where = waiting.pop()
            if url in self.seen:
                continue
            status, kind, body = self.get(url)
            self.seen[url] = status
            if status != 200:
                self.broken.append(f"{where} leads to {url}: {status}")
                continue
            for link in self.links(url, kind, body):
                target, fragment = urldefrag(urljoin(url, link))
                if self.is_ours(target):
                    waiting.append((target, url))
                    if fragment:
                        self.fragments.add((url, target, unquote(fragment)))
                elif urlsplit(target).netloc == urlsplit(self.place.origin).netloc:
                    self.broken.append(f"{url} leads out of the site to {target}")
        for url, target, fragment in sorted(self.fragments):
            page = self.pages.get(target)
            if page is not None and fragment != "top" and page.css_first(f'[id="{fragment}"]') is None:
                self.broken.append(f"{url} leads to {target}#{fragment}, which is not there")

    def is_ours(self, url: str) -> bool:
        return url.startswith(f"{self.place.origin}{self.place.prefix}")

    def links(self, url: str, kind: str, body: bytes) -> Iterator[str]:
        """Yield the addresses that a file names, as what reads it would."""
        text = body.decode("utf-8", "replace")
        own = re.escape(self.place.base_url) if self.place.base_url else None
        if kind.startswith("text/html"):
            page = self.pages[url] = LexborHTMLParser(text)
            for node in page.css("[href], [src], [content^='0; url=']"):
                for name in ("href", "src"):
                    if (value := node.attributes.get(name)) is not None:
                        yield value
                if node.tag == "meta":
                    yield str(node.attributes["content"]).partition("url=")[2]
        elif kind.startswith("text/css"):
            yield from re.findall(r"url\(['\"]?(?!data:)([^)'\"]+)", text)
        elif kind.startswith("text/javascript"):
            yield from re.findall(r"(?:from|import)\s*\(?[\"'](\.[^\"']+)[\"']", text)
        if own and not kind.startswith("text/css"):
            # Feeds, the sitemap, data and JSON-LD give whole addresses. A calendar breaks its lines; an "@id" names a
            # thing, such as a country, and no place on a page.
            text = re.sub(r'"@id": "[^"]*"', "", text.replace("\r\n ", ""))
            yield from re.findall(rf"{own}[^\s\"'<>&{{}},;)\\\]]*", text)


@pytest.fixture(scope="module")
def crawled(place: Place) -> Iterator[Crawler]:
    with serve_folder(place.folder, place.prefix) as address:
        crawler = Crawler(place, http.client.HTTPConnection(urlsplit(address).netloc, timeout=30))
        crawler.crawl()
        yield crawler
        crawler.connection.close()


def test_nothing_is_broken(crawled: Crawler) -> None:
    assert crawled.broken == []
    assert len(crawled.pages) > 50 and len(crawled.fragments) > 500


def test_every_file_is_reached_from_the_home_page(place: Place, crawled: Crawler) -> None:
    start = f"{place.origin}{place.prefix}"
    reached = {unquote(url.removeprefix(start)) for url in crawled.seen}
    reached = {f"{path}index.html" if not path or path.endswith("/") else path for path in reached}
    files = {path.relative_to(place.folder).as_posix() for path in place.folder.rglob("*") if path.is_file()}
    # What hosts, search engines and our own script look for by name; what scripts load by themselves; old addresses.
    own = {".nojekyll", "404.html", "manifest.json", "robots.txt", "sitemap.xml"}
    lost = {path for path in files - reached - own if not path.startswith(("assets/", "search/", "pagefind/"))}
    redirects = {path for path in lost if b'http-equiv="refresh"' in (place.folder / path).read_bytes()}
    assert lost == redirects


def test_the_sitemap_and_the_feeds_name_the_sites_own_address(place: Place, crawled: Crawler) -> None:
    for path in ("sitemap.xml", "feed.xml"):
        _, _, body = crawled.get(f"{place.origin}{place.prefix}{path}")
        named = re.findall(r"<(?:loc|id)>([^<]+)</", body.decode())
        assert named and all(url.startswith(place.base_url or "https://example.org/") for url in named)
        if place.base_url:
            assert all(crawled.get(url.partition("#")[0])[0] == 200 for url in named)


@pytest.mark.parametrize("missing", ["nothing", "countries/nothing/", "a/b/c/d/e/nothing.html", "data/nothing.json"])
def test_what_is_not_there_is_answered_with_a_page_whose_links_work(
    place: Place, crawled: Crawler, missing: str
) -> None:
    url = f"{place.origin}{place.prefix}{missing}"
    status, _, body = crawled.get(url)
    assert status == 404
    page = LexborHTMLParser(body.decode())
    assert body == (place.folder / "404.html").read_bytes()
    links = [str(node.attributes.get("href") or node.attributes.get("src")) for node in page.css("[href], [src]")]
    targets = {urldefrag(urljoin(url, link))[0] for link in links if not link.startswith("#")}
    ours = {target for target in targets if target.startswith(place.origin)}
    assert len(ours) > 8 and all(crawled.is_ours(target) for target in ours)
    assert {target: crawled.get(target)[0] for target in ours} == dict.fromkeys(ours, 200)


def test_no_page_says_where_it_was_built(place: Place) -> None:
    secrets = [str(ROOT).encode(), str(place.folder).encode(), str(Path.home()).encode() + b"/", b"file://"]
    for path in place.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [secret for secret in secrets if secret in data], path
            if path.suffix == ".html" and path.name != "404.html":
                assert not re.search(rb'\s(?:href|src)="/', data), f"{path.name} links from the root of the server"


def test_github_pages_takes_the_artifact(place: Place) -> None:
    files, total = 0, 0
    for path in [place.folder, *place.folder.rglob("*")]:
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            assert stat.S_IMODE(status.st_mode) == 0o755, path
        else:
            assert stat.S_ISREG(status.st_mode) and status.st_nlink == 1, f"{path} is a link"
            assert stat.S_IMODE(status.st_mode) == 0o644, path
            files, total = files + 1, total + status.st_size
    assert files > 100 and total < PAGES_LIMIT
    assert (place.folder / ".nojekyll").read_bytes() == b""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(place.folder, arcname=".")
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        names = archive.getnames()
        assert all(member.isfile() or member.isdir() for member in archive.getmembers())
    assert "./.nojekyll" in names and "./404.html" in names
    assert all(name.isascii() and len(name.encode()) < 256 for name in names)
