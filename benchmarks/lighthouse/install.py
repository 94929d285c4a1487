"""Install Lighthouse, pinned by package-lock.json, into a folder of its own below .tools/."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from tools.missing import MissingTool, announce
from tools.node_packages import ensure_npm

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / ".tools" / "lighthouse"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"


def ensure_lighthouse() -> Path:
    """Return the program, installed where it is missing or another version. Raises MissingTool."""
    lock = HERE / "package-lock.json"
    digest, note = hashlib.sha256(lock.read_bytes()).hexdigest(), FOLDER / "installed.txt"
    if PROGRAM.is_file() and note.is_file() and note.read_text(encoding="ascii") == digest:
        return PROGRAM
    npm = ensure_npm()
    announce("installing Lighthouse with npm (190 MB)")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for path in (HERE / "package.json", lock, ROOT / ".npmrc"):
        shutil.copy(path, FOLDER)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        raise MissingTool("npm could not install Lighthouse", "read what npm says above; is the network there?")
    note.write_text(digest, encoding="ascii")
    return PROGRAM
