"""Find a Chromium or Chrome for the browser tests, or install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.missing import MissingTool, announce

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
FIX = (
    "install Chromium or Chrome (Debian: apt-get install chromium; macOS: brew install --cask chromium; anywhere: "
    ".venv/bin/python -m playwright install chromium), or name one: CHROMIUM=/path/to/chromium make test"
)


def find_chromium() -> Path | None:
    """Return the first browser that runs: $CHROMIUM, one of the system, then one that playwright installed.

    Raises MissingTool when $CHROMIUM is set and does not run: another browser is not what was asked for.
    """
    if named := os.environ.get("CHROMIUM"):
        if (path := shutil.which(named)) and runs(Path(path)):
            return Path(path)
        raise MissingTool(f"CHROMIUM={named} does not run", "correct or unset CHROMIUM")
    return next((path for path in _candidates() if runs(path)), None)


def ensure_chromium() -> Path:
    """Return a browser that runs, installed where the machine has none. Raises MissingTool."""
    for install in (_nothing, _install_with_apt, _install_with_playwright):
        install()
        if path := find_chromium():
            return path
    raise MissingTool("there is no browser for the browser tests, and none could be installed", FIX)


def runs(path: Path) -> bool:
    """Whether a browser starts far enough to say its version. Ubuntu has a `chromium-browser` that does not."""
    try:
        ran = subprocess.run([path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0 and b"Chrom" in ran.stdout


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (path for path in (folder / name for name in MAC_APPLICATIONS) if path.exists())
    if (path := _playwright_path()) and path.exists():
        yield path


def _playwright_path() -> Path | None:
    """Return where playwright keeps its browser, whether or not it is there."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _nothing() -> None:
    """Install nothing: what is there may do."""


def _install_with_apt() -> None:
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    announce("installing Chromium with apt-get: this machine has no browser (100 MB)")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Another program may be installing just now, as on a machine that has only just started.
    patient = ["-qq", "-y", "-o", "DPkg::Lock::Timeout=300"]
    for words in (["update", *patient], ["install", *patient, "--no-install-recommends", "chromium"]):
        # apt is talkative even when it is asked to be quiet, so what it says is shown only when it fails.
        ran = subprocess.run(
            ["apt-get", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if ran.returncode:
            announce(f"{ran.stdout}apt-get {words[0]} failed")


def _install_with_playwright() -> None:
    announce("installing Chromium with playwright: this machine has no browser (150 MB)")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdin=subprocess.DEVNULL)
