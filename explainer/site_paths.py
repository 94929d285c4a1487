"""Say which relative paths may name a file of a site."""

from __future__ import annotations

import re

_STAYS_BELOW = re.compile(r"(?!\.\.?(?:/|\Z))[^/\0]+(?:/(?!\.\.?(?:/|\Z))[^/\0]+)*")


def stays_below(path: str) -> bool:
    """Whether a path with forward slashes, put after a folder's, always leads to something below that folder."""
    return _STAYS_BELOW.fullmatch(path) is not None


def is_site_path(path: str) -> bool:
    r"""Whether a path can name a file of a site on every system.

    It stays below the site's folder, can be written as UTF-8, and has no backslash and no colon: `C:\x`, `C:x` and
    `x:y` lead elsewhere on Windows.
    """
    return stays_below(path) and "\\" not in path and ":" not in path and path.isprintable()


def folders_above(path: str) -> list[str]:
    """Return the folders a path lies in, the outermost first, without the site's own: `a/b/c` gives `a` and `a/b`."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
