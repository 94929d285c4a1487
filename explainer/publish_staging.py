"""Keep the hidden folder, on the site's own file system, in which a publish is prepared."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec import Struct

from explainer import disk
from explainer.lock import LockHeld, busy_problem, locked
from explainer.problems import ContentError
from explainer.publish_faults import shown
from explainer.publish_places import INSIDE_NAME, lies_inside, staging_beside, staging_inside

NAMES = frozenset({"lock", "journal.new", "journal", "undoing", "new", "undo"})

# Measured on ext4: to sync one file takes 0.5 ms; to sync the file system 10 ms, and more where other programs have
# written much. 1,000 files: 0.55 s one by one, 0.06 s at once; 10,000 files: 4.1 s and 0.15 s.
ONE_BY_ONE = 32


class Staging(Struct, frozen=True):
    """The hidden folder that a publish into the site folder `out` works in. Both paths are absolute."""

    out: str
    folder: str

    def path(self, name: str) -> str:
        """Return the path of something in the staging folder."""
        return f"{self.folder}/{name}"

    @property
    def inside(self) -> str:
        """The staging folder's path below the site folder, or "" when it lies beside it."""
        return INSIDE_NAME if self == _inside(self.out) else ""

    @property
    def settled(self) -> bool:
        """Whether no change to the site is half done. Raises OSError."""
        return not (disk.exists(self.path("journal")) or disk.exists(self.path("undoing")))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes out of the staging folder, and delete it at the end unless a change is half done.

        Raises ContentError P001 when another process works in it, and OSError. What cannot be deleted stays for the
        next command.
        """
        try:
            with locked(self.path("lock")):
                try:
                    yield
                finally:
                    with contextlib.suppress(OSError):
                        self.clear()
        except LockHeld as held:
            raise ContentError([busy_problem(shown(self.out), held.process)]) from None
        with contextlib.suppress(OSError):
            self.remove()

    def clear(self) -> None:
        """Delete all but the lock, unless a change to the site is half done. Raises OSError."""
        if not self.settled:
            return
        for entry in disk.list_folder(self.folder):
            if disk.is_folder(entry):
                disk.remove_tree(entry.path)
            elif entry.name != "lock":
                disk.calls.unlink(entry.path)

    def remove(self) -> None:
        """Delete the emptied folder. Raises OSError."""
        if self.settled:
            disk.calls.unlink(self.path("lock"))
            disk.calls.rmdir(self.folder)


def choose_staging(out: str) -> Staging:
    """Return where to prepare a publish: beside the site folder, or in it where only that is on its file system.

    A site folder that is a mount point (a volume of a container), or stands in a folder that we may not write to, has
    its staging folder inside.
    """
    return _inside(out) if lies_inside(out) else _beside(out)


def find_stagings(out: str) -> list[Staging]:
    """Return the staging folders that earlier publishes into a site folder have left. Raises OSError."""
    return [staging for staging in (_beside(out), _inside(out)) if disk.exists(staging.folder)]


def sync_folders(folders: set[str]) -> None:
    """Wait until the names in folders (absolute paths on one file system) are on the disk. Raises OSError."""
    if len(folders) > ONE_BY_ONE and disk.sync_filesystem(min(folders)):
        return
    for folder in sorted(folders):
        with contextlib.suppress(FileNotFoundError):  # a folder that an undo has taken away again
            disk.sync_folder(folder)


def _beside(out: str) -> Staging:
    return Staging(out, staging_beside(out))


def _inside(out: str) -> Staging:
    return Staging(out, staging_inside(out))
