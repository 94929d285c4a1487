"""Where publishing leaves things, by name. Nothing heavy is imported here: a build with nothing to do asks this."""

from __future__ import annotations

import os

INSIDE_NAME = ".publishing"
MANIFEST_NAME = "manifest.json"


def staging_beside(out: str) -> str:
    """Return the path of the staging folder beside a site folder (an absolute path)."""
    parent, name = os.path.split(out)
    return os.path.join(parent, f".{name}.publishing")


def staging_inside(out: str) -> str:
    """Return the path of the staging folder within a site folder (an absolute path)."""
    return os.path.join(out, INSIDE_NAME)


def lies_inside(out: str) -> bool:
    """Whether a publish is prepared within the site folder, since only that is on its file system and ours to write."""
    return os.path.ismount(out) or (os.path.isdir(out) and not os.access(os.path.dirname(out), os.W_OK | os.X_OK))
