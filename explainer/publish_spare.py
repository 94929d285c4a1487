"""Keep the files of the site before, so that the next whole site can be written over them.

To give space of a disk back and to be given other space takes many times longer than to write, so two sites take turns
where most files change: one is read, the other lies in the cache. Nobody may see a file change that he has open, or
has under a name of his own, so what is not ours alone is not written over.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Set

from explainer import disk
from explainer.publish_stamps import Identity, Stamps
from explainer.publish_tree import Tree, list_tree
from explainer.system_calls import CAN_TELL_WHO_READS


def take_spare(spare: str, new: str, put: Set[str], folders: Set[str]) -> Tree:
    """Move the spare site to the path `new`, and return what is left of it: folders, and files to be written over.

    Only files that are to be `put`, and the `folders` that are needed, are left. An empty tree is returned, and
    nothing is there, when there is no spare, or none that can be used. Raises OSError.
    """
    try:
        disk.move(spare, new)
    except OSError:  # there is none, or it lies on another disk
        return Tree()
    if not stat.S_ISDIR(disk.calls.lstat(new).st_mode):
        disk.calls.unlink(new)
        return Tree()
    tree = list_tree(new, Stamps(), skip="", enter=_as_it_is)
    over = {path: found for path, found in tree.files.items() if path in put and _is_plain(found)}
    for path in (*(tree.files.keys() - over.keys()), *tree.others):
        disk.calls.unlink(f"{new}/{path}")
    for path in sorted(tree.folders.keys() - folders, reverse=True):
        disk.calls.rmdir(f"{new}/{path}")
    return Tree(files=over, folders={path: found for path, found in tree.folders.items() if path in folders})


def keep_spare(old: str, spare: str, shared: Iterable[str]) -> None:
    """Make the old site at the path `old` the spare one, where one can be used.

    `shared` are the files that the new site has from it. Where this fails, the old site stays, to be deleted.
    """
    if not CAN_TELL_WHO_READS:
        return
    with contextlib.suppress(OSError):
        for path in shared:
            disk.calls.unlink(f"{old}/{path}")
        os.makedirs(os.path.dirname(spare), exist_ok=True)
        disk.move(old, spare)


def _is_plain(found: Identity) -> bool:
    return found[0] == stat.S_IFREG | disk.FILE_MODE and found[5] == 1


def _as_it_is(place: str, found: Identity) -> Identity:
    if stat.S_IMODE(found[0]) != disk.FOLDER_MODE:
        disk.set_mode(place, disk.FOLDER_MODE)
    return found
