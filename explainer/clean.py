"""Remove what builds have made: the site and the cache, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from explainer.config import Folders
from explainer.lock import build_lock
from explainer.problems import ContentError, Place, Problem
from explainer.publish import recover

# What builds and serve keep in the cache, by name.
_OURS = ("build", "cards", "published", "search.json", "serve", "serve-cache", "serve.lock", "lock")


def clean(folders: Folders) -> Iterator[Path]:
    """Remove the output folder and the cache; yield each that was there.

    Raises ContentError when the output folder was not made by a build: it could be anybody's.
    """
    output = folders.output
    had_cache = any((folders.cache / name).exists() for name in _OURS)
    with build_lock(folders.cache):  # not while a build is at work in there
        recover(output)
        if output.is_symlink() or (output.exists() and not _is_built_or_empty(output)):
            message = "this folder was not made by a build: it has no manifest.json"
            place = Place(folders.shown(output))
            raise ContentError([Problem(place, "P020", message, "remove it by hand if you are sure")])
        if output.is_dir():
            shutil.rmtree(output)
            yield output
        if _clean_cache(folders.cache) and had_cache:
            yield folders.cache


def _is_built_or_empty(output: Path) -> bool:
    return output.is_dir() and ((output / "manifest.json").is_file() or not any(output.iterdir()))


def _clean_cache(cache: Path) -> bool:
    """Remove from the cache what builds and serve keep there, and the folder itself once it is empty.

    Other programs keep things in `.cache` too: in a home folder, most of them do.
    """
    ours = [path for name in _OURS if (path := cache / name).exists()]
    for path in ours:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if ours and not any(cache.iterdir()):
        cache.rmdir()
    return bool(ours)
