"""Write the files of a publish into its staging folder."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from explainer import disk
from explainer.manifest_format import FileDigest
from explainer.publish_changes import Changes, needed_folders
from explainer.publish_spare import take_files, take_spare, trim
from explainer.publish_staging import ONE_BY_ONE, Staging

if TYPE_CHECKING:
    from explainer.publish_draft import Draft


def write_changed(
    staging: Staging,
    files: Mapping[str, bytes],
    wanted: Mapping[str, FileDigest],
    changes: Changes,
    spare: str,
    draft: Draft | None = None,
) -> dict[str, str]:
    """Write the files to put, and return their names in the staging folder by path.

    These are plain numbers, unless there is a draft in which some of them lie. `spare` is the path of a folder of files
    that may be written over. All is on the disk when this returns. Raises OSError that names the file of the site.
    """
    if draft is None:
        over = take_files(spare, staging.path("new"))
        fresh = (str(number) for number in itertools.count() if str(number) not in over)
        names = {
            path: f"new/{name}" for path, name in zip(changes.put, itertools.chain(sorted(over), fresh), strict=False)
        }
        _write(staging, files, wanted, names, set(changes.put[: len(over)]))
        _sync(staging, names, {"", "new"})
        return names
    names = {path: f"new/{path}" for path in changes.put}
    folders = needed_folders(names)
    found, there = draft.tree()
    _make_folders(staging, folders - there)
    _write(staging, files, wanted, names, found, draft.written)
    draft.wait()
    _sync(staging, names, {"", *(f"new/{path}" for path in folders)})
    return names


def write_tree(
    staging: Staging,
    files: Mapping[str, bytes],
    wanted: Mapping[str, FileDigest],
    changes: Changes,
    spare: str,
    draft: Draft | None = None,
) -> dict[str, str]:
    """Build the whole new site in the folder `new`: unchanged files are the old ones under a second name.

    `spare` is the path of a site that may be written over; a draft lies in `new` already. Returns the names in the
    staging folder of the files to put, by path. All is on the disk when this returns. Raises OSError that names the
    file of the site.
    """
    names = {path: f"new/{path}" for path in changes.put}
    folders = needed_folders(wanted)
    found, below = take_spare(spare, staging.path("new")) if draft is None else draft.tree()
    over, there = trim(staging.path("new"), found, below, names.keys(), folders)
    _make_folders(staging, folders - there)
    path = ""
    try:
        for path in sorted(wanted.keys() - names.keys()):
            target = staging.path(f"new/{path}")
            if draft is not None:  # which may have left a part of it, where it failed
                with contextlib.suppress(FileNotFoundError):
                    disk.calls.unlink(target)
            disk.link_or_copy(f"{staging.out}/{path}", target)
    except OSError as error:
        error.filename = f"{staging.out}/{path}"
        raise
    _write(staging, files, wanted, names, over, frozenset() if draft is None else draft.written)
    if draft is not None:
        draft.wait()
    _sync(staging, names, {"", *(f"new/{path}" for path in folders)})
    return names


def _make_folders(staging: Staging, folders: Set[str]) -> None:
    """Make folders of the new site, unless another process has."""
    path = ""
    try:
        for path in sorted(folders):
            place = staging.path(f"new/{path}".rstrip("/"))
            with contextlib.suppress(FileExistsError):
                disk.make_folder(place)
    except OSError as error:
        error.filename = f"{staging.out}/{path}"
        raise


def _write(
    staging: Staging,
    files: Mapping[str, bytes],
    wanted: Mapping[str, FileDigest],
    names: Mapping[str, str],
    over: Set[str] = frozenset(),
    written: Set[str] = frozenset(),
) -> None:
    """Write files to their names in the staging folder, over those there; each one's bytes are asked for once.

    Those of files that are `written` are not asked for.
    """
    path = ""
    try:
        for path, name in names.items():
            if path in written:
                continue
            data = files[path]
            if len(data) != wanted[path].size:
                raise ValueError(f"{path} has {len(data)} bytes, the manifest says {wanted[path].size}")
            place = staging.path(name)
            if path in over:
                if disk.write_over(place, data):
                    continue
                disk.calls.unlink(place)
            disk.write_file(place, data)
    except OSError as error:
        error.filename = f"{staging.out}/{path}"
        raise


def _sync(staging: Staging, names: Mapping[str, str], folders: set[str]) -> None:
    """Wait until written files, and the names in folders of the staging folder, are on the disk."""
    if len(names) > ONE_BY_ONE and disk.sync_filesystem(staging.folder):
        return
    for name in names.values():
        disk.sync_file(staging.path(name))
    for folder in sorted(folders):
        disk.sync_folder(staging.path(folder))
