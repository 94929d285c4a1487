"""Write requirements*.txt and the package-lock.json files anew from the ranges of pyproject.toml and package.json.

    python -m tools.lock             keep each pin that still fits
    python -m tools.lock --upgrade   move each pin to the newest release that fits

One file serves Linux and macOS and Python 3.11 to 3.14: what only some of them need carries a marker, and each pin has
the digests of all its files on PyPI. No file names an index: that is the business of whoever installs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import Environment, prepare
from tools.missing import MissingTool, exit_code
from tools.node_packages import ensure_npm
from tools.one_at_a_time import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "benchmarks" / "lighthouse"
RUNTIME = "requirements.txt"
# Each file, and what uv makes it of. The development file holds the runtime packages too, at the same versions.
FILES: dict[str, list[str]] = {
    RUNTIME: ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev", "--constraint", RUNTIME],
    "requirements-node.txt": ["--group", "node"],
    "requirements-java.txt": ["--group", "java"],
    "requirements-fonts.txt": ["--group", "fonts"],
    "requirements-lock.txt": ["--group", "lock"],
}
# What uv may be told about the way to the network.
KEPT = {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_HTTP_TIMEOUT", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_CACHE_DIR"}
_LINE = re.compile(
    r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(?: ; [^\\/]+)? \\"  # name==version ; marker
    r"|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
)


def foreign_lines(requirements: str) -> list[str]:
    """Return the lines of a requirements file that are neither a pin nor a digest: options, addresses, comments."""
    return [line for line in requirements.splitlines() if not _LINE.fullmatch(line)]


def lock_python(*, upgrade: bool) -> None:
    """Write every requirements file. Raises MissingTool, and changes nothing, when one of them cannot be made."""
    own = Environment(ROOT / ".tools" / "lock")
    prepare(own, [ROOT / "requirements-lock.txt"])
    # Further indexes and folders of wheels would leave their own digests in the files.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UV_") or name in KEPT}
    options = ["--quiet", "--no-config", "--universal", "--python-version", "3.11", "--generate-hashes"]
    options += ["--no-header", "--no-annotate", *(["--upgrade"] if upgrade else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in [ROOT / "pyproject.toml", *(ROOT / file for file in FILES if (ROOT / file).exists())]:
            shutil.copy(path, folder)
        for file, inputs in FILES.items():
            command: list[str | Path] = [
                own.folder / "bin" / "uv",
                "pip",
                "compile",
                *inputs,
                *options,
                "--output-file",
                file,
            ]
            if subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL).returncode:
                raise MissingTool(f"{file} could not be made", "read what uv says above; is the network there?")
            if foreign := foreign_lines((folder / file).read_text(encoding="utf-8")):
                raise MissingTool(
                    f"{file} would hold more than pins and digests: {foreign[0]}", "correct tools/lock.py"
                )
        for file in FILES:
            shutil.copy(folder / file, ROOT)


def lock_node() -> None:
    """Write package-lock.json, of the tests and of Lighthouse. Raises MissingTool when npm cannot be had, or fails."""
    options = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for folder in (ROOT, LIGHTHOUSE):
        # Apart from the project: npm takes the rules of the folder it works in, and those of the root hold for both.
        with tempfile.TemporaryDirectory() as name:
            for path in (ROOT / ".npmrc", folder / "package.json", folder / "package-lock.json"):
                if path.exists():
                    shutil.copy(path, name)
            command = [*ensure_npm(), "install", *options]
            if subprocess.run(command, cwd=name, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
                fix = "read what npm says above; is the network there?"
                raise MissingTool("package-lock.json could not be made", fix)
            shutil.copy(Path(name) / "package-lock.json", folder)


def main() -> None:
    """Write all of the files."""
    with one_at_a_time():
        lock_python(upgrade="--upgrade" in sys.argv[1:])
        lock_node()


if __name__ == "__main__":
    sys.exit(exit_code(main))
