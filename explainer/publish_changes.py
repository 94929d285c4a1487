"""Compare a site folder with the files it is to hold."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Set

from msgspec import Struct, field

from explainer import disk
from explainer.manifest_format import MANIFEST_NAME, FileDigest
from explainer.publish_stamps import Identity, Stamps, identity
from explainer.publish_tree import Tree, list_tree, stamped_tree


class Changes(Struct, frozen=True):
    """What makes a site folder equal to the files wanted. All paths are relative to it.

    `put` are the files to write, in the order in which readers should meet them; `replaced` those of them that stand
    there already. `remove` are the topmost files, folders and links to take away, `clear` those that must go first,
    because a file takes the place of a folder, or the other way round, or a name differs in case only. `removed` are
    all files and links that go with them. `make` are the folders to make, outer ones first. `untouched` are the files
    and folders in which nothing changes. `doubtful` says that the stamps did not suffice to find all this out.
    """

    put: tuple[str, ...]
    replaced: frozenset[str] = frozenset()
    clear: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    make: tuple[str, ...] = ()
    untouched: Mapping[str, Identity] = field(default_factory=dict)
    doubtful: bool = False

    def __bool__(self) -> bool:
        return bool(self.put or self.clear or self.remove)


def all_new(wanted: Iterable[str]) -> Changes:
    """Return the changes for a site folder that does not exist yet."""
    return Changes(tuple(sorted(wanted, key=_turn)))


def compare(out: str, wanted: Mapping[str, FileDigest], folders: Set[str], stamps: Stamps, *, skip: str) -> Changes:
    """Return what is to be done to the site folder `out`, so that it holds the files wanted in the folders they need.

    `skip` is a folder in it that is none of the site's. Modes are set right here, since what cannot be read cannot be
    compared. Files are read where the stamps do not tell what they hold. Raises OSError.
    """
    tree = stamped_tree(out, stamps, skip=skip) or list_tree(out, stamps, skip=skip, enter=_mend_folder)
    known = tree.digests
    put = [
        path
        for path, entry in wanted.items()
        if known.get(path) != entry.sha256 and (path in known or not _is_same(out, path, entry, tree))
    ]
    put.sort(key=_turn)
    make = folders - tree.folders.keys()
    removed = sorted((tree.files.keys() - wanted.keys()) | tree.others.keys())
    strays = [*removed, *(tree.folders.keys() - folders)]
    remove = sorted(path for path in strays if path.rpartition("/")[0] in folders)
    taken = {path.casefold() for path in (*wanted, *folders)} if remove else set()
    untouched = {**tree.folders, **tree.files}
    for path in (*put, *strays, *(path.rpartition("/")[0] for path in (*put, *remove, *make))):
        untouched.pop(path, None)
    return Changes(
        put=tuple(put),
        replaced=frozenset(path for path in put if path in tree.files),
        clear=tuple(path for path in remove if path.casefold() in taken),
        remove=tuple(path for path in remove if path.casefold() not in taken),
        removed=tuple(removed),
        make=tuple(sorted(make)),
        untouched=untouched,
        doubtful=tree.doubtful,
    )


def needed_folders(paths: Iterable[str]) -> set[str]:
    """Return all folders that files lie in, the site's own, "", included."""
    needed = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in needed:
            needed.add(folder)
            folder = folder.rpartition("/")[0]
    return needed


def _is_same(out: str, path: str, wanted: FileDigest, tree: Tree) -> bool:
    """Whether a file without a stamp holds the wanted bytes, under no second name; sets its mode right if so."""
    found = tree.files.get(path)
    if found is None:
        return False
    mode, size, _mtime, _ctime, _inode, names = found
    if size != wanted.size or names != 1:
        return False
    place = f"{out}/{path}"
    if disk.HAS_MODES and stat.S_IMODE(mode) != disk.FILE_MODE:
        if os.geteuid() not in (0, disk.calls.lstat(place).st_uid):
            return False  # we may not set its mode, but we may put a file of our own in its place
        disk.set_mode(place, disk.FILE_MODE)
        tree.files[path] = identity(disk.calls.lstat(place))
    try:
        return hashlib.sha256(disk.read_file(place)).hexdigest() == wanted.sha256
    except OSError:
        return False  # what cannot be read must be written anew


def _mend_folder(place: str, found: Identity) -> Identity:
    """Give a folder its mode: an old site that is read-only must not stop the next build."""
    if not disk.HAS_MODES or stat.S_IMODE(found[0]) == disk.FOLDER_MODE:
        return found
    disk.set_mode(place, disk.FOLDER_MODE)
    return identity(disk.calls.lstat(place))


def _turn(path: str) -> tuple[int, str]:
    """Sort what pages need before the pages, and what points at pages after them; the manifest is last."""
    if path.endswith(".html"):
        return 1, path
    if path in ("feed.xml", "sitemap.xml"):
        return 2, path
    return (3 if path == MANIFEST_NAME else 0), path
