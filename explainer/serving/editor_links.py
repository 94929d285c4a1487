"""Make the links that open a place of a file in the editor of whoever looks at it."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from explainer.problems import Place

DEFAULT = "vscode://file{path}:{line}:{column}"
_FIELD = re.compile(r"\{(\w*)\}")
_FIELDS = frozenset({"path", "line", "column"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"'<>]+")
_REFUSED = ("javascript:", "vbscript:", "data:", "blob:")


class EditorLinks(Struct, frozen=True):
    """Links into the files of one project. `pattern` has the fields {path}, {line} and {column}; empty: no links."""

    root: Path
    pattern: str = DEFAULT

    def link_to(self, place: Place) -> str | None:
        """Return the address that opens a place, or None when there is none, or no such file."""
        path = os.path.join(self.root, place.path)
        if not self.pattern or not os.path.isfile(path):
            return None
        absolute = path.replace(os.sep, "/")
        values = {
            "path": quote(absolute if absolute.startswith("/") else f"/{absolute}", safe="/:"),
            "line": str(max(1, place.line)),
            "column": str(max(1, place.column)),
        }
        return _FIELD.sub(lambda match: values[match[1]], self.pattern)


def pattern_of(text: str | None) -> str:
    """Return the pattern that a value of EDITOR_URL stands for; None means the default.

    A value without fields is what stands before the path, as in `vscodium://file`. Raises ValueError for a value that
    is no address, has an unknown field, or would run code in the page.
    """
    if text is None:
        return DEFAULT
    text = text.strip()
    if not text:
        return ""
    if not _SCHEME.fullmatch(text) or text.lower().startswith(_REFUSED):
        raise ValueError("it is not an address such as vscode://file")
    fields = set(_FIELD.findall(text))
    if unknown := sorted(fields - _FIELDS):
        raise ValueError(f"there is no field {{{unknown[0]}}}")
    return text if "path" in fields else text.rstrip("/") + "{path}:{line}:{column}"


def is_this_machine(address: str) -> bool:
    """Whether the other end of a connection is on this machine: only there are the paths of its files told."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
