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
                found[entry.path] = _signature(status)
    return found


def look_again(before: Snapshot, paths: Iterable[str], folders: Iterable[Path]) -> Snapshot:
    """Return a snapshot of folders when nothing has changed since an earlier one but at, or below, some paths.

    It takes as long as there are such paths, however large the project is.
    """
    found, roots = dict(before), {os.fspath(folder) for folder in folders}
    for path in paths:
        _look_at(path, found, roots)
    return found


def _look_at(path: str, found: Snapshot, roots: set[str]) -> None:
    """Bring what was found at a path, and below it, up to date."""
    # What lies in a folder that is not known yet is seen with the folder.
    while path not in roots and (above := os.path.dirname(path)) not in roots and above not in found:
        if above == path:
            return  # it lies in none of the folders
        path = above
    if path not in roots and (is_left_behind(os.path.basename(path)) or not _is_folder(above, found, roots)):
        return
    if _is_folder(path, found, roots):
        below = path + os.sep
        for other in [other for other in found if other.startswith(below)]:
            del found[other]
    found.pop(path, None)
    try:
        status = os.lstat(path)
    except OSError:
        return  # it is gone
    if path in roots or stat.S_ISDIR(status.st_mode):
        found.update(take_snapshot([Path(path)]))
    if path not in roots:
        found[path] = (status.st_mode,) if stat.S_ISDIR(status.st_mode) else _signature(status)


def _is_folder(path: str, found: Snapshot, roots: set[str]) -> bool:
    return path in roots or len(found.get(path, ())) == 1


def _signature(status: os.stat_result) -> Signature:
    return (status.st_mode, status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


class Difference(Struct, frozen=True):
    """What lies between two snapshots: how many files differ, and whether one looks as if it were being saved."""

    count: int
    is_half_done: bool


def compare_snapshots(before: Snapshot, after: Snapshot) -> Difference:
    """Return the difference between two snapshots.

    A file that is gone or empty, and was neither before, is half done: many editors take the old file away, or empty
    it, and write the new one after that.
    """
    differing = changed_paths(before, after)
    is_half_done = any(_has_content(before.get(path)) and not _has_content(after.get(path)) for path in differing)
    is_new_and_empty = any(path not in before and after[path][1:2] == (0,) for path in differing)
    return Difference(len(differing), is_half_done or is_new_and_empty)


def changed_paths(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """Return the paths of what differs between two snapshots."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _has_content(signature: Signature | None) -> bool:
    return signature is not None and signature[1:2] != (0,)
