"""Refuse to publish into a folder whose content is not ours to replace."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from explainer import disk
from explainer.manifest_format import MANIFEST_NAME, is_manifest
from explainer.problems import ContentError, Place, Problem
from explainer.publish_faults import fix_for, reason, shown
from explainer.publish_places import INSIDE_NAME

_ELSEWHERE = "name another folder with --output, such as site"


def check_output_name(out: Path, *, cache: Path, sources: Iterable[Path]) -> None:
    """Raise ContentError unless a site can have this folder without harm to other things.

    P002: it is, or contains, the current folder, the home folder, the generator, the cache or one of `sources`, or lies
    in one of `sources`. P004: it is a symbolic link or a file.
    """
    place = os.path.abspath(out)
    real = os.path.realpath(place)
    for kept in _kept_folders(cache, sources):
        if _contains(real, os.path.realpath(kept)):
            _refuse(place, "P002", f"a site here would replace {shown(kept)}", _ELSEWHERE)
    for source in sources:
        if _contains(os.path.realpath(source), real):
            _refuse(place, "P002", f"a site here would become part of its own source {shown(source)}", _ELSEWHERE)
    try:
        mode = disk.calls.lstat(place).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        _refuse(place, "P004", f"this cannot be a folder for the site: {reason(error)}", fix_for(error, place))
    if stat.S_ISLNK(mode):
        _refuse(place, "P004", "this is a symbolic link", f"{_ELSEWHERE}, or put a folder in its place")
    if not stat.S_ISDIR(mode):
        _refuse(place, "P004", "this is not a folder", f"{_ELSEWHERE}, or delete it")


def check_output_is_ours(out: str) -> None:
    """Raise ContentError P003 unless the folder `out` (an absolute path) is missing, empty, or a site of ours.

    A site of ours has our manifest.json. Raises OSError when that cannot be found out.
    """
    if not disk.exists(out):
        return
    names = {entry.name for entry in disk.list_folder(out)} - {INSIDE_NAME}
    if ".git" in names:
        fix = "publish into another folder with --output, and copy the site from there"
        _refuse(out, "P003", "this is a Git checkout, and publishing would delete its .git", fix)
    if names and not _has_manifest(f"{out}/{MANIFEST_NAME}"):
        fix = f"{_ELSEWHERE}, or empty this one"
        _refuse(out, "P003", f"this folder is not empty, and has no {MANIFEST_NAME} of ours: it may not be a site", fix)


def _has_manifest(path: str) -> bool:
    if not disk.exists(path) or not stat.S_ISREG(disk.calls.lstat(path).st_mode):
        return False
    return is_manifest(disk.read_file(path))


def _kept_folders(cache: Path, sources: Iterable[Path]) -> list[Path]:
    kept = [Path.cwd(), cache, Path(__file__).parent, *sources]
    with contextlib.suppress(RuntimeError):  # a user without a home, as in some containers
        kept.append(Path.home())
    return kept


def _contains(outer: str, inner: str) -> bool:
    """Whether one real path is another or lies in it, under whatever spelling the file system lets it have."""
    try:
        mark = os.stat(outer)
    except OSError:
        return False  # what does not exist contains nothing
    for folder in (Path(inner), *Path(inner).parents):
        try:
            if os.path.samestat(mark, os.stat(folder)):
                return True
        except OSError:
            continue
    return False


def _refuse(place: str, code: str, message: str, fix: str) -> None:
    raise ContentError([Problem(Place(shown(place)), code, message, fix)])
