"""Keep the files of the site before, so that the next whole site can be written over them.

To give space of a disk back and to be given other space takes many times longer than to write, so two sites take turns
where most files change: one is read, the other lies in the cache; and where few do, their old files wait there for the
next change. Nobody may see a file change that he has open, or has under a name of his own, so what is not ours alone is
not written over.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Set

from explainer import disk
from explainer.publish_journal import Journal
from explainer.publish_staging import Staging
from explainer.system_calls import CAN_TELL_WHO_READS


def take_spare(spare: str, new: str) -> tuple[set[str], set[str]]:
    """Move the spare site to the path `new`, and return its files, which may be written over, and its folders.

    Nothing is returned, and nothing is there, when there is no spare, or none that can be used. Raises OSError.
    """
    try:
        disk.move(spare, new)
    except OSError:  # there is none, or it lies on another disk
        return set(), set()
    if not stat.S_ISDIR(disk.calls.lstat(new).st_mode):
        disk.calls.unlink(new)
        return set(), set()
    return _list_plain(new)


def trim(new: str, files: set[str], below: set[str], put: Set[str], folders: Set[str]) -> tuple[set[str], set[str]]:
    """Delete all files of a folder but those that are to be `put`, and the folders in it that are not needed.

    `files` and `below` are the paths of what it holds; those that are left are returned. Raises OSError.
    """
    for path in files - put:
        disk.calls.unlink(f"{new}/{path}")
    for path in sorted(below - folders, reverse=True):
        disk.calls.rmdir(f"{new}/{path}")
    return files & put, below & folders


def take_files(spare: str, new: str) -> set[str]:
    """Move a folder of spare files to the path `new`, or make an empty folder there; return the names of the files.

    Raises OSError.
    """
    found, below = take_spare(spare, new)
    if not below:
        disk.make_folder(new)
        return set()
    return trim(new, found, below, {path for path in found if "/" not in path}, {""})[0]


def _list_plain(root: str) -> tuple[set[str], set[str]]:
    """Return the files below a folder, and the folders with itself, "", by path; delete all else. Raises OSError."""
    files: set[str] = set()
    folders, waiting = {""}, [""]
    while waiting:
        folder = waiting.pop()
        place, above = (f"{root}/{folder}", f"{folder}/") if folder else (root, "")
        if stat.S_IMODE(disk.calls.lstat(place).st_mode) != disk.FOLDER_MODE:
            disk.set_mode(place, disk.FOLDER_MODE)
        with disk.calls.scandir(place) as entries:
            for entry in entries:
                path = above + entry.name
                if disk.is_folder(entry):
                    folders.add(path)
                    waiting.append(path)
                elif entry.is_file(follow_symlinks=False):
                    files.add(path)
                else:
                    disk.calls.unlink(entry.path)
    return files, folders


def keep_spare(old: str, spare: str, shared: Iterable[str]) -> None:
    """Make the old site at the path `old` the spare one, where one can be used.

    `shared` are the files that the new site has from it. Where this fails, the old site stays, to be deleted.
    """
    if not CAN_TELL_WHO_READS:
        return
    with contextlib.suppress(OSError):
        for path in shared:
            disk.calls.unlink(f"{old}/{path}")
        keep_tree(old, spare)


def keep_files(staging: Staging, journal: Journal, spare: str) -> None:
    """Make the old files of a change that was carried out spare ones, beside those that it did not need."""
    if not CAN_TELL_WHO_READS:
        return
    with contextlib.suppress(OSError):
        for staged, _path, kept in journal.put:
            if kept:
                disk.move(staging.path(kept), staging.path(staged))
        keep_tree(staging.path("new"), spare)


def keep_tree(folder: str, spare: str) -> None:
    """Make a folder of files that have no other name the spare site, where one can be used, and there is none yet."""
    if CAN_TELL_WHO_READS:
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(spare), exist_ok=True)
            disk.move(folder, spare)
