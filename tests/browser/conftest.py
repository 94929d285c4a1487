"""A browser, a Java, the real site built once, and a server that shows it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsers import launched
from tests.browser.static_server import serve_folder
from tools.chromium import find_chromium
from tools.java import find_java
from tools.node_packages import are_installed

ROOT = Path(__file__).resolve().parent.parent.parent
TO_INSTALL = "run: .venv/bin/python -m tools.install_test_tools (make test does)"


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
def chromium(node_packages: None) -> Path:
    """The Chromium or Chrome to start."""
    found = find_chromium()
    assert found, f"there is no Chromium or Chrome; {TO_INSTALL}"
    return found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """A browser without a window."""
    with launched(chromium) as browser:
        yield browser


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
