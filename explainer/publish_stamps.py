"""Remember which bytes each published file holds, so that the next build can tell without reading it."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from explainer import disk
from explainer.manifest_format import FileDigest

# mode, size, mtime and ctime in nanoseconds, inode, number of names: together they change with every change of a file.
Identity = tuple[int, int, int, int, int, int]

_FORMAT = 1
# A file changed twice within one tick of the file system's clock may look unchanged: younger stamps prove nothing.
_CLOCK_TICK_NS = 20_000_000


class Stamps(Struct, frozen=True):
    """All that a site folder held when it was last published: files with their SHA-256, and folders, by path.

    The site folder itself has the path "". What was changed at `doubtful_from` (ns) or later is not proved by its
    stamp.
    """

    files: Mapping[str, tuple[Identity, str]] = field(default_factory=dict)
    folders: Mapping[str, Identity] = field(default_factory=dict)
    doubtful_from: int = 0

    def digest(self, path: str, now: Identity) -> str | None:
        """Return the SHA-256 of a file that looks like `now`, if its stamp proves it."""
        stamp = self.files.get(path)
        return stamp[1] if stamp and stamp[0] == now and now[3] < self.doubtful_from else None


def identity(status: os.stat_result) -> Identity:
    """Return what of a file's status tells one state of it from another."""
    return (
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        status.st_nlink,
    )


def load_stamps(cache: Path, out: str) -> Stamps:
    """Return the stamps of a site folder (an absolute path); none where they are missing, damaged or foreign."""
    path = _stamp_file(cache, out)
    try:
        data = disk.read_file(path)
        written = disk.calls.lstat(path).st_ctime_ns
    except OSError:
        return Stamps()
    checksum, payload = data[:32], data[32:]
    if hashlib.sha256(payload).digest() != checksum:
        return Stamps()
    try:
        # marshal may crash on foreign bytes; with its checksum right, the payload is ours.
        number, folder, files, folders = marshal.loads(payload)  # noqa: S302
    except (ValueError, EOFError, TypeError):
        return Stamps()
    return Stamps(files, folders, written - _CLOCK_TICK_NS) if (number, folder) == (_FORMAT, out) else Stamps()


def save_stamps(
    cache: Path, out: str, wanted: Mapping[str, FileDigest], folders: Iterable[str], known: Mapping[str, Identity]
) -> None:
    """Keep the stamps of a site folder that holds just the files `wanted`, in `folders`.

    `known` are identities that need not be looked up. Stamps only save time: where they cannot be made or written, or
    where a file is not as it was published, nothing is said and the old ones stay.
    """

    def look(path: str) -> Identity:
        return known.get(path) or identity(disk.calls.lstat(f"{out}/{path}"))

    path = _stamp_file(cache, out)
    with contextlib.suppress(OSError):
        files = {path: (look(path), entry.sha256) for path, entry in wanted.items()}
        if not all(_is_sound(files[path][0], entry) for path, entry in wanted.items()):
            return
        payload = marshal.dumps((_FORMAT, out, files, {folder: look(folder) for folder in folders}))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        disk.write_file(path + ".new", hashlib.sha256(payload).digest() + payload)
        disk.move(path + ".new", path)


def _is_sound(now: Identity, wanted: FileDigest) -> bool:
    """Whether a file looks as publish leaves it: a stamp vouches for that too."""
    mode_is_right = now[0] == stat.S_IFREG | disk.FILE_MODE or not disk.HAS_MODES
    return mode_is_right and now[1] == wanted.size and now[5] == 1


def spare_folder(cache: Path, out: str) -> str:
    """Return the path in the cache where the site that a site folder (an absolute path) held before may be kept."""
    return _stamp_file(cache, out) + ".spare"


def _stamp_file(cache: Path, out: str) -> str:
    name = hashlib.sha256(os.fsencode(out)).hexdigest()[:16]
    return os.path.join(cache, "published", name)
