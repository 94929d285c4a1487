"""Remember which bytes each published file holds, so that the next build can tell without reading it."""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import zlib
from typing import TYPE_CHECKING, NamedTuple

from explainer import disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from explainer.manifest_format import FileDigest

# mode, size, mtime and ctime in nanoseconds, inode, number of names: together they change with every change of a file.
Identity = tuple[int, int, int, int, int, int]

_FORMAT = 2
# A file changed twice within one tick of the file system's clock may look unchanged: younger stamps prove nothing.
_CLOCK_TICK_NS = 20_000_000


class Stamps(NamedTuple):
    """All that a site folder held when it was last published: files with their SHA-256, and folders, by path.

    The site folder itself has the path "". What was changed at `doubtful_from` (ns) or later is not proved by its
    stamp.
    """

    files: Mapping[str, tuple[Identity, str]] = {}
    folders: Mapping[str, Identity] = {}
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


def load_stamps(cache: str | os.PathLike[str], out: str) -> Stamps:
    """Return the stamps of a site folder (an absolute path); none where they are missing, damaged or foreign."""
    path = _stamp_file(cache, out)
    try:
        data = disk.read_file(path)
        written = disk.calls.lstat(path).st_ctime_ns
    except OSError:
        return Stamps()
    payload = memoryview(data)[4:]
    if zlib.crc32(payload) != int.from_bytes(data[:4], "big"):
        return Stamps()
    try:
        # marshal may crash on foreign bytes; with its checksum right, the payload is ours.
        number, folder, files, folders = marshal.loads(payload)  # noqa: S302
    except (ValueError, EOFError, TypeError):
        return Stamps()
    return Stamps(files, folders, written - _CLOCK_TICK_NS) if (number, folder) == (_FORMAT, out) else Stamps()


class Doubts(NamedTuple):
    """What may have been changed so shortly before it was stamped that the stamp proves nothing."""

    files: list[str]
    folders: set[str]


def find_doubts(root: str, stamps: Stamps) -> Doubts | None:
    """Return what of a folder its stamps leave in doubt, or None where it is not what was stamped.

    Reads no file, and lists no folder: where something was added or taken away, the folder has another time.
    """
    doubtful, doubtful_from = list[str](), stamps.doubtful_from
    try:
        with _below(root) as (start, descriptor):
            look = disk.calls.lstat
            for some in (stamps.folders.items(), [(path, then) for path, (then, _) in stamps.files.items()]):
                for path, then in some:
                    now = look(start + path or ".", dir_fd=descriptor)
                    # On POSIX any change of a file changes its ctime: of its mode, its number of names, its size too.
                    if now.st_ctime_ns != then[3] or now.st_mtime_ns != then[2] or now.st_ino != then[4]:
                        return None
                    if then[3] >= doubtful_from:
                        if identity(now) != then:
                            return None
                        doubtful.append(path)
    except OSError:
        return None
    return Doubts([path for path in doubtful if path in stamps.files], stamps.folders.keys() & doubtful)


@contextlib.contextmanager
def _below(root: str) -> Iterator[tuple[str, int | None]]:
    """Yield what paths below a folder begin with, and the descriptor of the folder they begin in. Raises OSError."""
    if os.stat not in os.supports_dir_fd:
        yield f"{root}/", None
        return
    # The system need not find its way to the folder for each of many thousand files.
    descriptor = disk.calls.open(root, os.O_RDONLY)
    try:
        yield "", descriptor
    finally:
        disk.calls.close(descriptor)


def settled_stamps(root: str, stamps: Stamps | None, *, skip: str) -> Stamps | None:
    """Return the stamps of a folder when what they left in doubt is found to be what it was, else None.

    Called when more than a tick of the clock has gone by since, it leaves no doubt to who reads the stamps next.
    """
    if stamps is None:
        return None
    files = [path for path, (then, _) in stamps.files.items() if then[3] >= stamps.doubtful_from]
    folders = {path for path, then in stamps.folders.items() if then[3] >= stamps.doubtful_from}
    look = disk.calls.lstat
    try:
        same = all(identity(look(f"{root}/{path}")) == stamps.files[path][0] for path in files)
        same = same and all(
            identity(look(f"{root}/{path}" if path else root)) == stamps.folders[path] for path in folders
        )
        same = same and all(_holds_still(root, path, stamps) for path in files)
        return stamps if same and _have_same_names(root, folders, stamps, skip) else None
    except OSError:
        return None


def _holds_still(root: str, path: str, stamps: Stamps) -> bool:
    """Whether a file holds the bytes that it is stamped with. Raises OSError."""
    import hashlib  # brings OpenSSL along, for what is in doubt

    return hashlib.sha256(disk.read_file(f"{root}/{path}")).hexdigest() == stamps.files[path][1]


def _have_same_names(root: str, folders: set[str], stamps: Stamps, skip: str) -> bool:
    """Whether in each of these folders lies what is stamped, and nothing else. Raises OSError."""
    expected: dict[str, set[str]] = {folder: set() for folder in folders}
    for paths in (stamps.files, stamps.folders):
        for folder, _, name in [parts for path in paths if (parts := path.rpartition("/"))[0] in folders and path]:
            expected[folder].add(name)
    for folder, names in expected.items():
        found = {entry.name for entry in disk.list_folder(f"{root}/{folder}")}
        if names != (found - {skip} if folder == "" else found):
            return False
    return True


def make_stamps(
    out: str, wanted: Mapping[str, FileDigest], folders: Iterable[str], known: Mapping[str, Identity]
) -> Stamps | None:
    """Return the stamps of a site folder that holds just the files `wanted`, in `folders`.

    `known` are identities that need not be looked up, of files that are as publish leaves them. Stamps only save time:
    where they cannot be made, or where a file is not as it was published, there are none. What was changed within a
    tick of the last change is in doubt.
    """
    files: dict[str, tuple[Identity, str]] = {}
    try:
        with _below(out) as (start, descriptor):
            look = disk.calls.lstat
            for path, entry in wanted.items():
                now = known.get(path)
                if now is None:
                    now = identity(look(start + path, dir_fd=descriptor))
                    if not _is_sound(now, entry):
                        return None
                files[path] = (now, entry.sha256)
            places = {
                path: known.get(path) or identity(look(start + path or ".", dir_fd=descriptor)) for path in folders
            }
    except OSError:
        return None
    last = max(max([now[3] for now in places.values()]), max([now[3] for now, _ in files.values()]))
    return Stamps(files, places, last - _CLOCK_TICK_NS)


def save_stamps(cache: str | os.PathLike[str], out: str, stamps: Stamps | None) -> None:
    """Keep stamps. Where there are none, or they cannot be written, nothing is said and the old ones stay."""
    if stamps is None:
        return
    path = _stamp_file(cache, out)
    with contextlib.suppress(OSError):
        payload = marshal.dumps((_FORMAT, out, dict(stamps.files), dict(stamps.folders)))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        disk.write_file(path + ".new", zlib.crc32(payload).to_bytes(4, "big") + payload)
        disk.move(path + ".new", path)


def _is_sound(now: Identity, wanted: FileDigest) -> bool:
    """Whether a file looks as publish leaves it: a stamp vouches for that too."""
    mode_is_right = now[0] == stat.S_IFREG | disk.FILE_MODE or not disk.HAS_MODES
    return mode_is_right and now[1] == wanted.size and now[5] == 1


def spare_folder(cache: str | os.PathLike[str], out: str) -> str:
    """Return the path in the cache where the site that a site folder (an absolute path) held before may be kept."""
    return _stamp_file(cache, out) + ".spare"


def _stamp_file(cache: str | os.PathLike[str], out: str) -> str:
    return os.path.join(cache, "published", f"{zlib.crc32(os.fsencode(out)):08x}")
