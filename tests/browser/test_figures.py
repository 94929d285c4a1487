"""Charts and maps as readers see them: words large enough at any width, marks strong enough in both schemes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.browser.site_files import page_addresses
from tests.browser.visits import visit

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)
LEAST_TEXT = 12
"""Pixels on the screen: a text in a drawing that shrinks with the drawing is smaller than it says."""
LEAST_CONTRAST = 3
FIGURES = ".figure-block, .interval-chart, .chart, .map, .spark, .year-strip, .cell-bar, .chart-legend"
# Each kind of drawing, by a mark that only it has: the test looks at one page at least of each.
KINDS = (
    ".bar-track .bar",
    ".dot",
    ".plot-line",
    ".interval-chart .bar",
    ".map-marked",
    ".map-place",
    ".spark-path",
    ".cell-bar .bar",
    ".strip-all",
)

_SMALL_WORDS = """([figures, least]) => [...document.querySelectorAll(figures)].flatMap((figure) => {
  const found = [];
  const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isShown = element.checkVisibility() && !element.closest(".visually-hidden, .note-mark, title");
    if (!walker.currentNode.data.trim() || !isShown) continue;
    const scale = element.getScreenCTM ? Math.abs(element.getScreenCTM().d) : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < least) found.push(`${size.toFixed(1)} px: ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  return found;
})"""

_WEAK_MARKS = """([marks, least]) => {
  const channels = (colour) => {
    const numbers = (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const scale = colour.startsWith("color(") ? 255 : 1;
    return { rgb: numbers.slice(0, 3).map((part) => part * scale), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor);
      if (alpha === 1 && rgb.length === 3) return rgb;
    }
    return [255, 255, 255];
  };
  const drawn = (colour, opacity, below) => {
    if (!/^(rgb|color)/.test(colour)) return null;
    const { rgb, alpha } = channels(colour);
    const share = alpha * opacity;
    return rgb.map((part, index) => part * share + below[index] * (1 - share));
  };
  const found = {};
  for (const element of document.querySelectorAll(marks)) {
    if (!element.checkVisibility() || element.getBoundingClientRect().height === 0) continue;
    const style = getComputedStyle(element), below = ground(element), whole = Number(style.opacity);
    const colours = [
      drawn(style.fill, Number(style.fillOpacity) * whole, below),
      Number.parseFloat(style.strokeWidth) ? drawn(style.stroke, Number(style.strokeOpacity) * whole, below) : null,
    ];
    const best = Math.max(1, ...colours.filter(Boolean).map((colour) => ratio(colour, below)));
    const hue = element.closest("[class*='c-']")?.getAttribute("class") ?? "no colour";
    const name = `${element.getAttribute("class")} in ${hue}`;
    found[name] = Math.min(found[name] ?? 99, best);
  }
  return Object.entries(found).filter(([, best]) => best < least).map(([name, best]) => `${best.toFixed(2)}: ${name}`);
}"""

# A part drawn as empty stands for no standing: nothing is to be seen there. A faded one has its outline.
MARKS = (
    ".bar:not(.b-empty), .dot, .dot-span, .plot-line, .plot-points use, .plot-leader, .map-marked, .map-place,"
    " .spark-path, .spark-point, .spark-zero, .strip-all, .strip-changes"
)


@pytest.fixture(scope="module")
def drawings(built_site: Path) -> list[str]:
    """The addresses of pages that have drawings of every kind, as few of each kind as there are."""
    wanted: dict[str, None] = {}
    missing = set(KINDS)
    for address in page_addresses(built_site):
        path = built_site / address / "index.html" if not address.endswith(".html") else built_site / address
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        has = {kind for kind in KINDS if page.css_first(kind) is not None}
        if has & missing or page.css_first(".figure-block") is not None:
            wanted[address] = None
            missing -= has
    assert not missing
    return list(wanted)


def test_words_in_charts_and_maps_are_large_enough_and_marks_strong_enough(
    server: str, browser: Browser, drawings: list[str]
) -> None:
    faults: dict[str, None] = {}
    for address in drawings:
        with visit(browser, server + address) as visited:
            page = visited.page
            page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                small = page.evaluate(_SMALL_WORDS, [FIGURES, LEAST_TEXT])
                faults |= dict.fromkeys(f"/{address} at {width} px: {fault}" for fault in small)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                weak = page.evaluate(_WEAK_MARKS, [MARKS, LEAST_CONTRAST])
                faults |= dict.fromkeys(f"/{address}, {scheme}: {fault}" for fault in weak)
    assert list(faults) == []


def test_a_word_that_is_too_small_and_a_mark_that_is_too_weak_are_caught(
    server: str, browser: Browser, drawings: list[str]
) -> None:
    with visit(browser, server + drawings[0]) as visited:
        page = visited.page
        page.evaluate(
            """() => {
              const main = document.querySelector("main");
              const figure = main.appendChild(document.createElement("figure"));
              figure.className = "figure-block";
              const add = (to, name) => to.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
              const svg = add(figure, "svg");
              svg.setAttribute("viewBox", "0 0 400 100");
              svg.setAttribute("width", "200");
              const text = add(svg, "text");
              text.setAttribute("y", "50");
              text.setAttribute("font-size", "18");
              text.textContent = "Shrunk";
              const rect = add(svg, "rect");
              rect.setAttribute("class", "dot weak");
              rect.setAttribute("width", "9");
              rect.setAttribute("height", "9");
              rect.style.fill = rect.style.stroke = "rgb(230, 225, 215)";
            }"""
        )
        assert "9.0 px: Shrunk" in page.evaluate(_SMALL_WORDS, [FIGURES, LEAST_TEXT])
        assert any("dot weak" in fault for fault in page.evaluate(_WEAK_MARKS, [MARKS, LEAST_CONTRAST]))
