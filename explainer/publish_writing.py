"""Write the files of a publish into its staging folder."""

from __future__ import annotations

from collections.abc import Mapping, Set

from explainer import disk
from explainer.manifest_format import FileDigest
from explainer.publish_changes import Changes, needed_folders
from explainer.publish_spare import take_spare
from explainer.publish_staging import ONE_BY_ONE, Staging


def write_changed(
    staging: Staging, files: Mapping[str, bytes], wanted: Mapping[str, FileDigest], changes: Changes
) -> dict[str, str]:
    """Write the files to put, under plain numbers, and return their names in the staging folder by path.

    All is on the disk when this returns. Raises OSError that names the file of the site.
    """
    disk.make_folder(staging.path("new"))
    names = {path: f"new/{number}" for number, path in enumerate(changes.put)}
    _write(staging, files, wanted, names)
    _sync(staging, names, {"", "new"})
    return names


def write_tree(
    staging: Staging, files: Mapping[str, bytes], wanted: Mapping[str, FileDigest], changes: Changes, spare: str
) -> dict[str, str]:
    """Build the whole new site in the folder `new`: unchanged files are the old ones under a second name.

    `spare` is the path of a site that may be written over. Returns the names in the staging folder of the files to
    put, by path. All is on the disk when this returns. Raises OSError that names the file of the site.
    """
    names = {path: f"new/{path}" for path in changes.put}
    folders = needed_folders(wanted)
    over, there = take_spare(spare, staging.path("new"), names.keys(), folders)
    path = ""
    try:
        for path in sorted(folders - there):
            disk.make_folder(staging.path(f"new/{path}".rstrip("/")))
        for path in sorted(wanted.keys() - names.keys()):
            disk.link_or_copy(f"{staging.out}/{path}", staging.path(f"new/{path}"))
    except OSError as error:
        error.filename = f"{staging.out}/{path}"
        raise
    _write(staging, files, wanted, names, over)
    _sync(staging, names, {"", *(f"new/{path}" for path in folders)})
    return names


def _write(
    staging: Staging,
    files: Mapping[str, bytes],
    wanted: Mapping[str, FileDigest],
    names: Mapping[str, str],
    over: Set[str] = frozenset(),
) -> None:
    """Write files to their names in the staging folder, over those there; each one's bytes are asked for once."""
    path = ""
    try:
        for path, name in names.items():
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
