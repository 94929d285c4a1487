"""The audits themselves: a good page passes, and each kind of bad page is caught."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.audits import axe_faults, loading_faults
from tests.browser.browsers import audit_all
from tests.browser.site_files import page_addresses
from tests.browser.static_server import serve_folder
from tests.browser.validity import validity_faults
from tests.browser.visits import Scheme, visit

pytestmark = pytest.mark.browser

POLICY = "default-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'"
CSS = """\
:root { color-scheme: light dark; --ink: #222; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #111; } }
@container (width > 30rem) { .wide { padding: 1rem; } }
body { background: var(--paper); color: var(--ink); container-type: inline-size; }
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>A square</title><path d="M0 0h10v10z"/></svg>\n'
)


@dataclass(frozen=True)
class SmallSite:
    """A site of one page in a folder, and the address it is served at."""

    folder: Path
    url: str

    def write_page(self, body: str, *, policy: str | None = POLICY, head: str = "") -> None:
        """Write the front page: a whole document around a body."""
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        (self.folder / "index.html").write_text(
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"{meta}\n<title>A small site</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<link rel="icon" href="data:,">\n<link rel="stylesheet" href="site.css">\n{head}</head>\n<body>\n'
            f"<main>\n<h1>A small site</h1>\n{body}\n</main>\n</body>\n</html>\n",
            encoding="utf-8",
        )

    def write(self, path: str, text: str) -> None:
        """Write another file of the site."""
        (self.folder / path).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SmallSite]:
    """A good site of one page, with a style sheet, a picture, a script and a 404 page."""
    folder = tmp_path / "site"
    folder.mkdir()
    with serve_folder(folder) as url:
        site = SmallSite(folder, url)
        site.write_page('<p>Good.</p>\n<img src="square.svg" alt="A square" width="40" height="40">')
        site.write("site.css", CSS)
        site.write("square.svg", SVG)
        site.write("404.html", (folder / "index.html").read_text(encoding="utf-8").replace('="s', '="/repo/s'))
        pages = {"/": {"source": "content/site.yml", "title": "A small site"}}
        site.write("manifest.json", json.dumps({"format": 1, "files": {"404.html": {}}, "pages": pages}))
        yield site


@pytest.mark.parametrize("address", ["", "404.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_good_page_passes(site: SmallSite, browser: Browser, scheme: Scheme, address: str) -> None:
    assert loading_faults(browser, site.url + address, scheme) == []
    assert axe_faults(browser, site.url + address, scheme) == []


def test_a_good_site_is_valid(site: SmallSite, java: Path) -> None:
    assert validity_faults(java, site.folder) == []


def test_the_pages_of_a_site_are_those_of_its_manifest_with_the_404_page(site: SmallSite) -> None:
    assert page_addresses(site.folder) == ["", "404.html"]


def test_a_manifest_without_pages_is_refused(site: SmallSite) -> None:
    site.write("manifest.json", json.dumps({"format": 1, "files": {}, "pages": {}}))
    with pytest.raises(AssertionError, match="lists no page"):
        page_addresses(site.folder)


def test_a_picture_without_a_text_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write_page('<img src="square.svg" width="40" height="40">')
    (fault,) = axe_faults(browser, site.url, "light")
    assert fault.startswith("axe image-alt (critical)")


def test_a_colour_that_is_too_weak_in_the_dark_alone_is_caught_in_the_dark_alone(
    site: SmallSite, browser: Browser
) -> None:
    site.write("site.css", CSS.replace("#ddd", "#333"))
    assert axe_faults(browser, site.url, "light") == []
    assert any(fault.startswith("axe color-contrast") for fault in axe_faults(browser, site.url, "dark"))


def test_a_fault_that_only_a_small_screen_shows_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write("site.css", CSS + "@media (width < 400px) { p { color: #eee; } }")
    assert any(fault.startswith("axe color-contrast") for fault in axe_faults(browser, site.url, "light"))


def test_a_page_that_scrolls_sideways_on_a_small_screen_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write_page('<p><img src="square.svg" alt="A square" width="700" height="40"></p>')
    (fault,) = loading_faults(browser, site.url, "light")
    assert fault.startswith("at 320 px: ")
    assert "px too wide: <" in fault


def test_a_page_that_hides_what_is_too_wide_is_caught_all_the_same(site: SmallSite, browser: Browser) -> None:
    site.write("site.css", CSS + "html { overflow-x: hidden; } p { width: 2000px; }")
    assert [fault[:12] for fault in loading_faults(browser, site.url, "light")] == ["at 1280 px: ", "at 320 px: 1"]


def test_a_table_that_scrolls_within_its_own_box_fits(site: SmallSite, browser: Browser) -> None:
    site.write_page('<div class="box"><p class="long">Long.</p></div>')
    site.write("site.css", CSS + ".box { overflow-x: auto; } .long { width: 2000px; }")
    assert loading_faults(browser, site.url, "light") == []


def test_an_error_of_a_script_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write("site.js", "console.error('alas'); throw new Error('no such thing');\n")
    site.write_page("<p>Bad.</p>", head='<script src="site.js" defer></script>\n')
    faults = loading_faults(browser, site.url, "light")
    assert "console: alas" in faults
    assert "script: no such thing" in faults


@pytest.mark.parametrize(
    "bad",
    ['<p style="color: red">Bad.</p>', "<script>document.title = 'mine'</script>", "<style>p { color: red }</style>"],
)
def test_what_the_content_security_policy_refuses_is_caught(site: SmallSite, browser: Browser, bad: str) -> None:
    site.write_page(bad)
    faults = loading_faults(browser, site.url, "light")
    assert any("Content Security Policy" in fault for fault in faults)


def test_a_file_that_is_not_there_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write_page('<img src="gone.svg" alt="A square" width="40" height="40" loading="lazy">')
    faults = loading_faults(browser, site.url, "light")
    assert f"{site.url}gone.svg was answered with 404" in faults


@pytest.mark.parametrize(
    "bad",
    [
        '<img src="https://pictures.example/a.png" alt="A square" width="40" height="40">',
        '<div class="tall"></div><img src="https://pictures.example/a.png" alt="" loading="lazy" height="40">',
        '<iframe src="https://frames.example/" title="A frame"></iframe>',
    ],
)
@pytest.mark.parametrize("policy", [POLICY, None])
def test_a_request_to_another_host_is_caught_with_and_without_a_policy(
    site: SmallSite, browser: Browser, bad: str, policy: str | None
) -> None:
    site.write("site.css", CSS + ".tall { height: 9000px; }")
    site.write_page(bad, policy=policy)
    faults = loading_faults(browser, site.url, "light")
    assert any("asks another host: " in fault or "Content Security Policy" in fault for fault in faults)


def test_a_request_that_a_script_makes_late_is_caught(site: SmallSite, browser: Browser) -> None:
    script = "fetch('slow.json').finally(() => fetch('http://late.example/').catch(() => null));\n"
    site.write("site.js", script)
    site.write("slow.json", json.dumps(["x" * 50] * 20_000))
    site.write_page("<p>Bad.</p>", policy=None, head='<script src="site.js" defer></script>\n')
    assert "asks another host: http://late.example/" in loading_faults(browser, site.url, "light")


def test_each_invalid_file_is_caught_where_it_is_invalid(site: SmallSite, java: Path) -> None:
    start = '<!DOCTYPE html>\n<html lang="en"><title>x</title>\n'
    for path, text in {
        "nesting.html": f"{start}<p><div></p></html>\n",
        "twice.html": f'{start}<p id="a"><b id="a">b</b></html>\n',
        "property.css": "@layer a {\n  p { colour: red; }\n}\n",
        "value.css": "p { color: 12px; }\n",
        "almost-new.css": "p { container-typ: inline-size; }\n",
        "attribute.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<circle rr="1"/></svg>\n',
        "unclosed.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<g></svg>\n',
    }.items():
        site.write(path, text)
    faults = validity_faults(java, site.folder)
    for words in (
        "nesting.html:3:",
        "twice.html:3:",
        "property.css:2:",
        "value.css:1:",
        "almost-new.css:1:",
        "attribute.svg:2:",
        "unclosed.svg:2:",
    ):
        assert any(fault.startswith(words) for fault in faults), (words, faults)


def test_a_site_without_pages_is_not_called_valid(site: SmallSite, java: Path) -> None:
    for page in site.folder.glob("*.html"):
        page.unlink()
    with pytest.raises(AssertionError, match="holds no HTML"):
        validity_faults(java, site.folder)


def test_a_page_of_the_manifest_that_is_not_there_is_caught(site: SmallSite, browser: Browser) -> None:
    assert "was answered with 404, not 200" in loading_faults(browser, site.url + "gone/", "light")


def test_a_missing_address_shows_the_404_page_and_is_not_itself_a_fault(site: SmallSite, browser: Browser) -> None:
    with visit(browser, site.url + "no/such/page/", status=404) as visited:
        assert visited.page.inner_text("h1") == "A small site"
        assert visited.faults == []


def test_a_404_page_that_takes_its_files_from_the_wrong_place_is_caught(site: SmallSite, browser: Browser) -> None:
    site.write("404.html", (site.folder / "index.html").read_text(encoding="utf-8"))
    with visit(browser, site.url + "no/such/page/", status=404) as visited:
        assert any("site.css was answered with 404" in fault for fault in visited.faults)


def test_each_of_many_pages_is_audited_once_and_keeps_its_own_faults(site: SmallSite, chromium: Path) -> None:
    addresses = [site.url + name for name in ("", "gone-1/", "404.html", "gone-2/", "404.html?again")]
    found = audit_all(chromium, addresses, partial(loading_faults, scheme="light"), browsers=2)
    assert list(found) == addresses
    assert [bool(faults) for faults in found.values()] == [False, True, False, True, False]


def test_a_browser_that_does_not_start_fails_the_audit_of_all_pages(site: SmallSite, tmp_path: Path) -> None:
    with pytest.raises(Error, match=r"Executable doesn't exist|Failed to launch"):
        audit_all(tmp_path / "no-browser", [site.url], partial(loading_faults, scheme="light"))


def test_the_server_compresses_redirects_and_keeps_to_its_folder(site: SmallSite) -> None:
    (site.folder / "folder").mkdir()
    site.write("../secret.txt", "secret")
    here = HTTPConnection(urlsplit(site.url).netloc)

    def ask(address: str) -> tuple[int, str | None, bytes]:
        here.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = here.getresponse()
        return answer.status, answer.getheader("Location"), answer.read()

    assert gzip.decompress(ask("/repo/site.css")[2]).decode() == CSS
    assert ask("/repo")[:2] == (301, "/repo/")
    assert ask("/repo/folder")[:2] == (301, "/repo/folder/")
    assert ask("/repo/../secret.txt")[0] == 404
    assert ask("/repo/%2e%2e/secret.txt")[0] == 404
    assert ask("/site.css")[0] == 404
    here.close()
