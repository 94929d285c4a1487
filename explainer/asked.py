"""What a run is asked for, as plain data. Nothing heavy is imported here: a build with nothing to do needs this."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDERS: Final = ("content", "templates", "static", "output", "cache")
SOURCES: Final = FOLDERS[:3]
_USUAL: Final = {"output": "site", "cache": ".cache"}


class Asked(NamedTuple):
    """What a run is asked for, as plain data.

    `sources` are the folders a site is built from, `output` and `cache` two more; all are absolute paths, and the
    `shown_…` are as messages show them. `settings` are all of the options but the day, which is `as_of`: with others,
    nothing can be used again.
    """

    sources: tuple[str, ...]
    shown_sources: tuple[str, ...]
    output: str
    shown_output: str
    cache: str
    settings: tuple[Any, ...]
    as_of: str


def folders_below(root: str, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the absolute paths of the usual folders of a project by name, with those replaced that are given."""
    return {name: os.path.abspath(given.get(name) or os.path.join(root, _USUAL.get(name, name))) for name in FOLDERS}


def shown_path(root: str, path: str) -> str:
    """Return a path as messages show it: relative to the project where it lies in it, with forward slashes."""
    within = root if root.endswith(os.sep) else root + os.sep
    shown = "." if path == root else path.removeprefix(within)
    return shown.replace(os.sep, "/")


def asked_for(root: str, folders: Mapping[str, str], options: tuple[Any, ...], as_of: str) -> Asked:
    """Return what is asked for, given the project's folder, all `FOLDERS` by name, all options, and the day."""
    sources = tuple(folders[name] for name in SOURCES)
    shown_sources, output = tuple(shown_path(root, path) for path in sources), folders["output"]
    shown_output = shown_path(root, output)
    settings = (*shown_sources, shown_output, *options)
    return Asked(sources, shown_sources, output, shown_output, folders["cache"], settings, as_of)


def is_base_url(text: str) -> bool:
    """Whether a text is a web address below which pages can lie: it has a host, and neither query nor fragment."""
    import re
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[?#\s]", text)
