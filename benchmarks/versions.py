"""Say on what machine, and with which versions, figures were measured."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess

from benchmarks.peers import TOOLS

_DISTRIBUTIONS = {"hugo": "hugo", "pelican": "pelican", "mkdocs": "mkdocs", "zensical": "zensical"}


def machine() -> str:
    """Return the number of cores, the system and the version of Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}"


def versions(names: list[str]) -> dict[str, str]:
    """Return the versions of peers, where they can be told."""
    return {name: version for name in names if (version := _version(name))}


def _version(name: str) -> str:
    if name == "eleventy":
        package = TOOLS / "node" / "node_modules" / "@11ty" / "eleventy" / "package.json"
        node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
        return f"{json.loads(package.read_text(encoding='utf-8'))['version']} (Node.js {node.removeprefix('v')})"
    if (distribution := _DISTRIBUTIONS.get(name)) is None:
        return ""
    for folder in TOOLS.glob(f"*/lib/python*/site-packages/{distribution}-*.dist-info"):
        if match := re.fullmatch(rf"{distribution}-([\d.]+)\.dist-info", folder.name):
            return match[1]
    return ""
