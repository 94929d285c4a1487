"""Print a page to PDF as a reader would, and read what came out."""

from __future__ import annotations

import threading
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

import pypdfium2
from playwright.sync_api import Browser, Page

from tests.browser.visits import visit

PAPERS = ("A4", "Letter")
LEAST_FULL = 0.6
"""How much of the height of a first page must be used, where a second one follows."""

# The texts that must come out whole: each event, fact and claim as the texts of its parts, and all sources' addresses.
_EXPECTED = """() => {
  const shown = (element) => element.checkVisibility();
  const text = (element) => element.innerText;
  return {
    whole: [...document.querySelectorAll(".event, .fact, .claim")].map((whole) =>
      [...whole.querySelectorAll("h3, p, dt, .fact-value")].filter(shown).map(text)),
    somewhere: [
      ...[...document.querySelectorAll("main :is(p, h1, h2, h3, figcaption, caption, td, th, summary)")]
        .filter((element) => shown(element) && !element.closest(".visually-hidden, svg, .source-list")).map(text),
      ...[...document.querySelectorAll('.source-list a[href^="http"]')]
        .filter(shown).map((link) => link.getAttribute("href")),
    ],
  };
}"""

# On the width of a sheet, what would be cut off because it can only be scrolled to.
_CLIPPED = """() => [...document.querySelectorAll("main *")]
  .filter((element) => getComputedStyle(element).overflowX !== "visible" && !element.closest(".visually-hidden, svg"))
  .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.outerHTML.split(">")[0].slice(0, 120) + ">")"""
SHEET_WIDTH = 680
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Printed:
    """A printed page: the letters and digits of each sheet, and how much of the height of the first is used."""

    sheets: list[str]
    first_full: float

    def sheets_with(self, text: str) -> set[int]:
        """Return the numbers of the sheets that hold a text."""
        wanted = letters(text)
        return {number for number, sheet in enumerate(self.sheets) if wanted in sheet}

    def holds(self, text: str) -> bool:
        """Whether a text is there, in one piece or, where a sheet ends within it, in two."""
        wanted, everything = letters(text), "".join(self.sheets)
        start = bisect_left(range(len(wanted) + 1), True, key=lambda length: wanted[:length] not in everything) - 1
        return wanted in everything or (start > 0 and wanted[start:] in everything)


def letters(text: str) -> str:
    """Return a text without what printing may change: spaces, hyphens, ligatures."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def read_print(data: bytes) -> Printed:
    """Read a PDF. PDFium is made for one thread at a time, and pages are printed by several."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            sheets = [letters(sheet.get_textpage().get_text_bounded()) for sheet in document]
            return Printed(sheets, _fullness(document[0]))
        finally:
            document.close()


def _fullness(sheet: pypdfium2.PdfPage) -> float:
    """Return where the last mark of a sheet is, as a part of the height between margins of 15 mm."""
    bitmap = sheet.render(scale=0.5, grayscale=True)
    rows, data = bitmap.height, bytes(bitmap.buffer)
    marked = [row for row in range(rows) if min(data[row * bitmap.stride : row * bitmap.stride + bitmap.width]) < 200]
    margin = 15 / 25.4 * 72 * 0.5
    return (max(marked, default=0) - margin) / (rows - 2 * margin)


def print_faults(browser: Browser, url: str) -> list[str]:
    """Say what is wrong with a page on paper: what is missing, split, cut off, or leaves the first sheet empty."""
    faults: dict[str, None] = {}
    with visit(browser, url) as visited:
        page = visited.page
        page.emulate_media(media="print")
        page.set_viewport_size({"width": SHEET_WIDTH, "height": 900})
        expected = page.evaluate(_EXPECTED)
        faults |= dict.fromkeys(f"cut off on paper: {element}" for element in page.evaluate(_CLIPPED))
        for paper in PAPERS:
            faults |= dict.fromkeys(f"{paper}: {fault}" for fault in _paper_faults(page, paper, expected))
    return list(faults)


def _paper_faults(page: Page, paper: str, expected: dict[str, list[str]]) -> list[str]:
    printed = read_print(page.pdf(format=paper))
    faults = [f"is not printed: {text[:80]!r}" for text in expected["somewhere"] if not printed.holds(text)]
    for parts in expected["whole"]:
        places = [printed.sheets_with(part) for part in parts if letters(part)]
        if places and not set.intersection(*places):
            faults.append(f"is split between two sheets: {parts[0][:80]!r}")
    if len(printed.sheets) > 1 and printed.first_full < LEAST_FULL:
        faults.append(f"the first sheet is {printed.first_full:.0%} full")
    return faults
