"""List what lies in a site folder, and which bytes its files hold where that is known without reading them."""

from __future__ import annotations

import stat
from collections.abc import Callable

from msgspec import Struct, field

from explainer import disk
from explainer.publish_stamps import Identity, Stamps, find_doubts, identity, settled_stamps


class Tree(Struct):
    """All that lies below a folder, by relative path. `others` are links, pipes and whatever else is no plain file.

    The folder itself has the path "". `digests` are the SHA-256 of the files that are known. `doubtful` says that the
    stamps did not suffice to know them all.
    """

    files: dict[str, Identity] = field(default_factory=dict)
    folders: dict[str, Identity] = field(default_factory=dict)
    others: dict[str, Identity] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    doubtful: bool = False


def list_tree(root: str, stamps: Stamps, *, skip: str, enter: Callable[[str, Identity], Identity]) -> Tree:
    """List a folder and all below it, except the folder `skip`.

    `stamps` give the digests of files that did not change. `enter` is called with the absolute path of each folder
    before that is read, and returns its new identity. Raises OSError for a folder that cannot be read.
    """
    tree = Tree()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        place = f"{root}/{folder}" if folder else root
        tree.folders[folder] = enter(place, identity(disk.calls.lstat(place)))
        for entry in disk.list_folder(place):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if disk.is_folder(entry):
                if path != skip:
                    waiting.append(path)
                continue
            found = identity(disk.calls.lstat(f"{root}/{path}"))
            if not stat.S_ISREG(found[0]):
                tree.others[path] = found
                continue
            tree.files[path] = found
            if digest := stamps.digest(path, found):
                tree.digests[path] = digest
    tree.doubtful = True
    return tree


def stamped_tree(root: str, stamps: Stamps, *, skip: str) -> Tree | None:
    """Return the tree that was stamped, if what lies in a folder still is just that, else None.

    Much faster than list_tree. Reads only what changed so shortly before it was stamped that the stamp proves nothing.
    """
    doubts = find_doubts(root, stamps) if stamps.folders else None
    if doubts is None:
        return None
    if (doubts.files or doubts.folders) and settled_stamps(root, stamps, skip=skip) is None:
        return None
    return Tree(
        files={path: then for path, (then, _digest) in stamps.files.items()},
        folders=dict(stamps.folders),
        digests={path: digest for path, (_then, digest) in stamps.files.items()},
        doubtful=bool(doubts.files or doubts.folders),
    )
