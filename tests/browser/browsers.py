"""Start a Chromium that behaves the same way everywhere, or one for each processor to share out many pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from playwright.sync_api import Browser, sync_playwright

# It asks nobody but the server of the test.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def launched(executable: Path) -> Iterator[Browser]:
    """Start a browser without a window, and end it."""
    # The sandbox of Chromium refuses to start for root.
    sandbox = os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, headless=True, chromium_sandbox=sandbox, args=FLAGS
        )
        try:
            yield browser
        finally:
            browser.close()


def audit_all(
    executable: Path, urls: Sequence[str], audit: Callable[[Browser, str], list[str]], *, browsers: int | None = None
) -> dict[str, list[str]]:
    """Return the faults of each page, in the order of the pages, found by a browser for each processor, at most 4."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for url in urls:
        waiting.put(url)

    def work() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        with launched(executable) as browser:
            while True:
                try:
                    url = waiting.get_nowait()
                except Empty:
                    return found
                found[url] = audit(browser, url)

    number = browsers or min(os.cpu_count() or 1, 4)
    faults: dict[str, list[str]] = {}
    with ThreadPoolExecutor(number) as pool:
        for future in [pool.submit(work) for _ in range(number)]:
            faults |= future.result()
    return {url: faults[url] for url in urls}
