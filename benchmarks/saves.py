"""Measure how long a save takes to be seen while a site is served: `python -m benchmarks.saves --pages 1000`.

An article is saved, and its page asked for over HTTP until it shows what was saved; then another article. The watcher,
the build and the answer are in the time; a browser is not: it is told of the page at the same moment.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks.corpus import write
from benchmarks.dialects import slug
from benchmarks.peers import AS_OF, find_peers
from benchmarks.report import put_between
from benchmarks.scenarios import Corpus, WrongOutput
from benchmarks.versions import machine

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds after which a save is held for lost."""

PAUSE = 0.002
"""Seconds between two questions for a page."""


def main() -> int:
    """Measure what the command line asks for, print it, and write it where it asks to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saves", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=30)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "bench", help="folder for the corpus")
    parser.add_argument("--document", type=Path, help="write the figures between its marks")
    arguments = parser.parse_args()
    folder = arguments.work.resolve() / f"served-{arguments.pages}"
    shutil.rmtree(folder, ignore_errors=True)
    write(arguments.pages, "ours", folder)
    try:
        seconds = measure(Corpus(find_peers()["ours"], folder, arguments.pages), arguments.saves)
    except WrongOutput as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = told(seconds, arguments.pages)
    print(text)
    if arguments.document:
        put_between(arguments.document, "saves", text)
    return 0


def measure(corpus: Corpus, saves: int) -> list[float]:
    """Return the seconds from each of some saves, in articles all over the corpus, to the page that shows it."""
    with _serving(corpus.folder) as port:
        return [_one(corpus, port, number * 7919 % corpus.pages, f"save-{number}") for number in range(saves)]


def told(seconds: list[float], pages: int) -> str:
    """Return the figures in one sentence."""
    middle, worst = (f"{value * 1000:,.0f} ms" for value in (median(seconds), max(seconds)))
    return f"{len(seconds)} saves at {pages:,} pages: seen after {middle} (median), at worst {worst}. {machine()}."


def _one(corpus: Corpus, port: int, number: int, word: str) -> float:
    path = corpus.folder / corpus.peer.dialect.articles / f"{slug(number)}.md"
    text = path.read_text(encoding="utf-8").replace(
        "## Outlook\n", f"Fresh words {word} stand here.\n\n## Outlook\n", 1
    )
    address = f"/articles/{slug(number)}/"
    if word not in text:
        raise WrongOutput(f"{path} has no place for a sentence")
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    while word not in _page(port, address):
        if time.perf_counter() - start > PATIENCE:
            raise WrongOutput(f"{address} does not show what was saved")
        time.sleep(PAUSE)
    return time.perf_counter() - start


def _page(port: int, address: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode("utf-8", "replace")
    finally:
        connection.close()


@contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """Serve a folder, and give the port once the site is built."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", "--as-of", AS_OF]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.match(r"Serving http://127\.0\.0\.1:(\d+)/", line):
                yield int(found[1])
                return
        raise WrongOutput("the server ended before it served")
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


if __name__ == "__main__":
    sys.exit(main())
