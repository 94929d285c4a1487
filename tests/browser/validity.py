"""Have every HTML, CSS and SVG file of a site judged by the Nu HTML Checker."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tools.node_packages import VNU

# Standard CSS that every current browser knows and the checker does not know yet. It skips the blocks of such rules.
NEW_RULES = ("@container", "@property", "@starting-style", "@view-transition")
NEW_PROPERTIES = (
    "container",
    "container-name",
    "container-type",
    "field-sizing",
    "paint-order",
    "vector-effect",
)
# An attribute of SVG 2, for outlines whose strokes do not grow with a map; the checker knows SVG 1.1. It stands in one
# file of outlines and cannot move to a style sheet: a page draws them by `use`, into which its rules do not reach, and
# the property is not inherited.
NEW_ATTRIBUTES = ("vector-effect",)
_NEW = re.compile(
    f"CSS: Unrecognized at-rule “(?:{'|'.join(NEW_RULES)})”"
    f"|CSS: “(?:{'|'.join(NEW_PROPERTIES)})”: Property “[a-z-]+” doesn't exist\\."
    f"|Attribute “(?:{'|'.join(NEW_ATTRIBUTES)})” not allowed on element “path” at this point\\."
)


# Told to tell all three kinds apart itself, the checker counts the lines of HTML from 0.
RUNS = {"--also-check-svg": (".html", ".svg"), "--css": (".css",)}
# A command line holds only so many names.
BATCH = 500


def validity_faults(java: Path, site: Path) -> list[str]:
    """Return what is invalid in the files of a folder, each with file, line and column.

    Raises AssertionError when the folder holds no HTML, or when the checker itself fails.
    """
    assert any(site.rglob("*.html")), f"{site} holds no HTML"
    faults = []
    for option, kinds in RUNS.items():
        files = sorted(path for path in site.rglob("*") if path.suffix in kinds)
        for start in range(0, len(files), BATCH):
            faults += [_fault(said, site) for said in _messages(java, option, files[start : start + BATCH])]
    return faults


def _messages(java: Path, option: str, files: list[Path]) -> list[dict[str, Any]]:
    vnu: list[str | Path] = [java, "-Xss4m", "-jar", VNU, option, "--no-langdetect", "--errors-only"]
    options = ["--exit-zero-always", "--format", "json", "--stdout"]
    ran = subprocess.run([*vnu, *options, *files], capture_output=True, encoding="utf-8")
    assert ran.returncode == 0 and ran.stdout, f"the checker itself failed: {ran.stderr[-2000:]}"
    return [said for said in json.loads(ran.stdout)["messages"] if not _NEW.fullmatch(said["message"])]


def _fault(said: dict[str, Any], site: Path) -> str:
    path = unquote(urlsplit(str(said.get("url", ""))).path).removeprefix(f"{site}/")
    return f"{path}:{said.get('lastLine', 0)}:{said.get('firstColumn', 0)}: {said['message']}"
