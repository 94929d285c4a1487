"""A browser, a Java, the real site built once, and a server that shows it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.static_server import serve_folder
from tools.chromium import find_chromium
from tools.java import find_java
from tools.node_packages import are_installed

ROOT = Path(__file__).resolve().parent.parent.parent
TO_INSTALL = "run: .venv/bin/python -m tools.install_test_tools (make test does)"

# A browser that starts the same way everywhere, and asks nobody but the server of the test.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def node_packages() -> None:
    """What package.json names is installed, or the test fails with the command to run."""
    assert are_installed(), f"node_modules/ does not hold what package-lock.json names; {TO_INSTALL}"


@pytest.fixture(scope="session")
def java(node_packages: None) -> Path:
    """A Java that can run the checker of HTML."""
    found = find_java()
    assert found, f"there is no Java; {TO_INSTALL}"
    return found


@pytest.fixture(scope="session")
def browser(node_packages: None) -> Iterator[Browser]:
    """A Chromium without a window."""
    executable = find_chromium()
    assert executable, f"there is no Chromium or Chrome; {TO_INSTALL}"
    # The sandbox of Chromium refuses to start for root.
    sandbox = os.geteuid() != 0
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, headless=True, chromium_sandbox=sandbox, args=FLAGS
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once, as for a host that shows it under /repo/."""
    site = tmp_path_factory.mktemp("built") / "site"
    command: list[str | Path] = [
        sys.executable,
        "build.py",
        "--output",
        site,
        "--base-url",
        "https://example.org/repo/",
    ]
    ran = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, f"the site does not build:\n{ran.stdout}{ran.stderr}"
    return site


@pytest.fixture(scope="session")
def server(built_site: Path) -> Iterator[str]:
    """The address of the front page of the real site, served from this machine."""
    with serve_folder(built_site) as address:
        yield address
