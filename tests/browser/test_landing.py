"""Where a reader lands in a long page whose lower parts are laid out late, and whose long lists are folded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audits import MAX_SHIFT, target_faults
from tests.browser.visits import visit

pytestmark = pytest.mark.browser

TOLERANCE = 3
"""Pixels."""

_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# What a link may lead to, evenly spread over the page: what stands in the text, and in the folded lists below it.
_TARGETS = """(number) => {
  const all = [...document.querySelectorAll("main [id]")].filter((one) => !one.closest("svg, script, header, .aside"));
  return Array.from({ length: number }, (_, at) => all[Math.floor((at + 0.5) * all.length / number)].id);
}"""

# How far a target is from where it should stand: below the contents that stay in sight, or where the page ends.
_ASTRAY = """(id) => {
  const target = document.getElementById(id);
  const root = document.scrollingElement;
  if (!target.checkVisibility()) return "it is not shown";
  const padding = parseFloat(getComputedStyle(root).scrollPaddingTop);
  const top = target.getBoundingClientRect().top;
  const isAtEnd = root.scrollTop + root.clientHeight >= root.scrollHeight - 2;
  if (isAtEnd && top >= padding && top < root.clientHeight) return null;
  return Math.abs(top - padding) > TOLERANCE ? `it is at ${top} px, not ${padding}` : null;
}""".replace("TOLERANCE", str(TOLERANCE))

# What stands in the middle of the window: the words of the elements whose tops are nearest to it, the nearest first.
_AT_MIDDLE = """() => {
  const middle = (element) => Math.abs(element.getBoundingClientRect().top - innerHeight / 2);
  const shown = [...document.querySelectorAll("main :is(h2, h3, p, li, dt, th, td, figcaption)")]
    .filter((element) => element.checkVisibility()).map((element) => [middle(element), element]);
  return shown.sort((a, b) => a[0] - b[0]).slice(0, 3).map(([, element]) => element.textContent.slice(0, 200));
}"""


@pytest.fixture(scope="module")
def long_pages(built_site: Path) -> list[str]:
    """The heaviest page of each kind that has long ones."""
    manifest = json.loads((built_site / "manifest.json").read_bytes())
    pages = [page for page in manifest["pages"] if page.endswith("/")]
    sizes = {page: int(manifest["files"][f"{page[1:]}index.html"]["size"]) for page in pages}
    kinds = [f"/{kind}/" for kind in ("articles", "countries", "organisations", "source-articles")]
    heaviest = [max((page for page in sizes if page.startswith(kind)), key=sizes.__getitem__) for kind in kinds]
    return [page[1:] for page in (*heaviest, "/compare/", "/timeline/")]


def astray(page: Page, target: str) -> str | None:
    """Say where a target is if it is not where a link to it should lead, when the page has been drawn."""
    # Taking a picture has frames drawn, even where no script runs that could report one.
    page.screenshot(clip={"x": 0, "y": 0, "width": 8, "height": 8})
    found: str | None = page.evaluate(_ASTRAY, target)
    return found


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (360, False), (1280, True)])
def test_a_link_into_a_long_page_lands_right_from_within_and_from_elsewhere(
    server: str, browser: Browser, long_pages: list[str], width: int, scripts: bool
) -> None:
    faults: dict[str, str] = {}
    for address in long_pages:
        with visit(browser, server + address, width=width, java_script_enabled=scripts) as visited:
            page = visited.page
            within, elsewhere, *more = page.evaluate(_TARGETS, 4)
            for target in (within, more[0]):
                page.evaluate("(id) => { location.hash = id; }", target)
                if fault := astray(page, target):
                    faults[f"/{address}#{target}, from within"] = fault
            for target in (elsewhere, more[1]):
                page.goto("about:blank")
                page.goto(f"{server}{address}#{target}")
                if fault := astray(page, target):
                    faults[f"/{address}#{target}, from elsewhere"] = fault
    assert faults == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_who_comes_back_to_a_long_page_finds_it_where_it_was_left(
    server: str, browser: Browser, long_pages: list[str], width: int
) -> None:
    faults: dict[str, object] = {}
    for address in long_pages:
        with visit(browser, server + address, width=width) as visited:
            page = visited.page
            # Once more, with the fonts at hand: on a first visit they may come too late, and lines break elsewhere.
            page.goto(server)
            page.goto(server + address)
            # As with a wheel or a finger: no further at a time than the window is high.
            for _ in range(page.evaluate("Math.floor(0.4 * document.scrollingElement.scrollHeight / 700)")):
                page.evaluate("scrollBy(0, 700)")
                page.evaluate(_FRAMES)
            left = page.evaluate(_AT_MIDDLE)[0]
            page.reload()
            page.evaluate(_FRAMES)
            if left not in (now := page.evaluate(_AT_MIDDLE)):
                faults[f"/{address}, loaded again"] = (left, now)
            page.goto(server)
            page.go_back()
            page.evaluate(_FRAMES)
            if left not in (now := page.evaluate(_AT_MIDDLE)):
                faults[f"/{address}, gone back to"] = (left, now)
    assert faults == {}


@pytest.mark.parametrize("width", [412, 1280])
def test_what_is_not_laid_out_yet_has_room_enough(
    server: str, browser: Browser, long_pages: list[str], width: int
) -> None:
    """Where too little is kept, links measured unseen lie upon each other, and audits complain."""
    for address in long_pages:
        with visit(browser, server + address, width=width) as visited:
            assert target_faults(visited.page) == [], f"/{address}"


@pytest.mark.parametrize("width", [360, 768])
def test_nothing_moves_on_a_phone_or_a_tablet_as_a_long_page_comes(
    server: str, browser: Browser, long_pages: list[str], width: int
) -> None:
    for address in long_pages:
        with visit(browser, server + address, width=width) as visited:
            assert visited.page.evaluate("window.__shift") <= MAX_SHIFT, f"/{address}"
