"""See whether any file of the project has changed, without opening one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from explainer.source_names import is_left_behind

# Of a file: mode, size, inode, times of its content and of its entry in nanoseconds. The last one tells of an edit that
# puts the other time back; the inode tells of a save by renaming. Of a folder: its mode alone, since the times of a
# folder also change when an editor puts a swap file there.
Signature = tuple[int, ...]
Snapshot = dict[str, Signature]


def take_snapshot(folders: Iterable[Path]) -> Snapshot:
    """Return a signature of everything below folders, by path; two that are equal saw the same files.

    Looks at what a build looks at: it passes over what editors leave behind, and does not follow symbolic links. A
    folder that is missing or closed counts as one without files.
    """
    found: Snapshot = {}
    waiting = [os.fspath(folder) for folder in folders]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = [entry for entry in entries if not is_left_behind(entry.name)]
        except OSError:
            continue
        for entry in listed:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # gone since it was listed
            if stat.S_ISDIR(status.st_mode):
                waiting.append(entry.path)
                found[entry.path] = (status.st_mode,)
            else:
                found[entry.path] = (
                    status.st_mode,
                    status.st_size,
                    status.st_ino,
                    status.st_mtime_ns,
                    status.st_ctime_ns,
                )
    return found


class Difference(Struct, frozen=True):
    """What lies between two snapshots: how many files differ, and whether one looks as if it were being saved."""

    count: int
    is_half_done: bool


def compare_snapshots(before: Snapshot, after: Snapshot) -> Difference:
    """Return the difference between two snapshots.

    A file that is gone or empty, and was neither before, is half done: many editors take the old file away, or empty
    it, and write the new one after that.
    """
    differing = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    is_half_done = any(_has_content(before.get(path)) and not _has_content(after.get(path)) for path in differing)
    is_new_and_empty = any(path not in before and after[path][1:2] == (0,) for path in differing)
    return Difference(len(differing), is_half_done or is_new_and_empty)


def _has_content(signature: Signature | None) -> bool:
    return signature is not None and signature[1:2] != (0,)
