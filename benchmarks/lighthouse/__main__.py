"""Measure five pages five times with Lighthouse and print the medians: `make lighthouse`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.lighthouse.install import ROOT, ensure_lighthouse
from tests.browser.browsers import FLAGS
from tests.browser.static_server import serve_folder
from tools.chromium import ensure_chromium
from tools.missing import MissingTool, exit_code
from tools.node_packages import ensure_node
from tools.one_at_a_time import one_at_a_time

CATEGORIES = {"performance": "speed", "accessibility": "access", "best-practices": "practice", "seo": "search engines"}
TIMES = {
    "first-contentful-paint": "first paint (s)",
    "largest-contentful-paint": "largest paint (s)",
    "total-blocking-time": "blocked (ms)",
    "cumulative-layout-shift": "layout shift",
}
BEGIN, END = "<!-- made by make lighthouse -->", "<!-- end of what make lighthouse made -->"
Result = Mapping[str, Any]


def main() -> None:
    """Build the site, measure it, print the table and what was found wanting. Raises MissingTool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="ADDRESS", help="pages to measure instead of the five")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--document", type=Path, help="write the table into this file too")
    arguments = parser.parse_args()
    with one_at_a_time():
        program, chromium, node = ensure_lighthouse(), ensure_chromium(), ensure_node()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "site").mkdir()
        # Under the address it is built for: Lighthouse compares it with what the pages say of themselves.
        with serve_folder(folder / "site") as address:
            build(folder / "site", address)
            pages = arguments.pages or five_pages(folder / "site")
            results: dict[str, list[Result]] = defaultdict(list)
            for number in range(arguments.rounds):
                for page in pages:
                    print(f"round {number + 1}: {page}", file=sys.stderr, flush=True)
                    results[page].append(measure([node, program], chromium, address + page[1:], folder))
    text = table(results)
    print(text, *wanting(results), sep="\n")
    if arguments.document:
        write(arguments.document, text)


def build(site: Path, address: str) -> None:
    """Build the site for an address. Raises MissingTool where it does not build."""
    command: list[str | Path] = [sys.executable, "build.py", "-q", "--output", site, "--base-url", address]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        raise MissingTool("the site does not build", "correct what is told above")


def five_pages(site: Path) -> list[str]:
    """Return the home page, the largest page of a country, an organisation and an article, and the comparison."""
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    addresses, files = manifest["pages"], manifest["files"]
    largest = [
        max(
            (page for page in addresses if page.startswith(folder) and page != folder),
            key=lambda page: int(files[f"{page[1:]}index.html"]["size"]),
        )
        for folder in ("/countries/", "/organisations/", "/articles/")
    ]
    return ["/", *largest, "/compare/"]


def measure(program: Sequence[str | Path], chromium: Path, url: str, folder: Path) -> Result:
    """Return Lighthouse's report of one visit as a phone. Raises MissingTool where it gives none."""
    # The sandbox of Chromium refuses to start for root.
    flags = ["--headless=new", *FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    options = [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--quiet"]
    options += ["--no-enable-error-reporting", "--disable-full-page-screenshot"]
    # One visit in many fails where the machine is busy; the reason is told if the second fails too.
    for _attempt in range(2):
        ran = subprocess.run(
            [*program, url, *options, f"--chrome-flags={' '.join(_quoted(flags))}"],
            env=os.environ | {"CHROME_PATH": str(chromium), "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if ran.returncode == 0:
            report: Result = json.loads(ran.stdout)
            return report
    raise MissingTool(f"Lighthouse could not measure {url}: {ran.stderr.strip()}", "read what it says above")


def table(results: Mapping[str, Sequence[Result]]) -> str:
    """Return a table in Markdown: a row for each page, with the medians of its marks and times."""
    rows = [["page", *CATEGORIES.values(), *TIMES.values()]]
    for page, reports in results.items():
        marks = [median(report["categories"][name]["score"] for report in reports) for name in CATEGORIES]
        times = {name: median(report["audits"][name]["numericValue"] for report in reports) for name in TIMES}
        words = [f"{value / 1000:.2f}" if name.endswith("paint") else f"{value:.3g}" for name, value in times.items()]
        rows.append([f"`{page}`", *(f"{mark * 100:.0f}" for mark in marks), *words])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    said = next(iter(results.values()))[0]
    browser = said["environment"]["hostUserAgent"].partition("Chrome/")[2].partition(".")[0]
    count = len(next(iter(results.values())))
    note = (
        f"Medians of {count} visits on {datetime.now(UTC):%-d %B %Y}, Lighthouse {said['lighthouseVersion']}, "
        f"Chromium {browser}, as a phone with simulated slow 4G and a processor four times slower."
    )
    return "\n".join([note, "", lines[0], f"|---{'|---:' * (len(rows[0]) - 1)}|", *lines[1:]])


def wanting(results: Mapping[str, Sequence[Result]]) -> list[str]:
    """Return a line for each audit that did not pass in the last visit of a page, with what it names first."""
    found = []
    for page, reports in results.items():
        for audit in reports[-1]["audits"].values():
            # None: an audit that only informs, or that does not concern the page.
            if audit["score"] is not None and audit["score"] < 0.9:
                items = (audit.get("details") or {}).get("items") or []
                found.append(f"{page}: {audit['title']}: {json.dumps(items[:1], ensure_ascii=False)[:600]}")
    return found


def write(document: Path, text: str) -> None:
    """Put the table where the marks of a document are."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8", newline="\n")


def _quoted(flags: Sequence[str]) -> list[str]:
    """Return the flags as Lighthouse parses them: one that holds a space in quotation marks."""
    return [f'"{flag}"' if " " in flag else flag for flag in flags]


if __name__ == "__main__":
    sys.exit(exit_code(main))
