"""Make, move, sync and delete files and folders. Modes never depend on the umask, and every fault names its file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from typing import TypeVar

from explainer.system_calls import SystemCalls

FILE_MODE, FOLDER_MODE = 0o644, 0o755
HAS_MODES = os.name == "posix"  # on Windows permission bits mean nothing, and a folder cannot be synced

calls = SystemCalls()

_Result = TypeVar("_Result")

_PLAIN = stat.S_IFREG | FILE_MODE
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OVER = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What file systems without hard links answer, and kernels that forbid linking another user's file.
_NO_LINK = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EINVAL}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_JUNCTION = 0xA0000003  # Windows: a folder that is only another name of a folder elsewhere
_CHUNK = 1 << 20


def write_file(path: str, data: bytes, root: int | None = None, *, as_asked: bool = False) -> None:
    """Write a file of mode 0644, without waiting for the disk. Raises OSError.

    With `root`, the descriptor of an open folder, the path is relative to that, here as below. `as_asked` says that
    what is made there gets the mode that is asked for: then it need not be set.
    """
    try:
        descriptor = calls.open(path, _WRITE, FILE_MODE, dir_fd=root)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[calls.write(descriptor, rest) :]
            if HAS_MODES and not as_asked:
                calls.fchmod(descriptor, FILE_MODE)
        finally:
            calls.close(descriptor)
    except OSError as error:
        error.filename = path
        raise


def write_over(path: str, data: bytes, root: int | None = None) -> bool:
    """Write a file where an older one lies on the disk.

    Far quicker than a new file and the end of an old one: the disk need neither give nor take space. Returns False,
    having done nothing, when the old one is no file of mode 0644, has another name, or somebody else has it open, or
    that cannot be told. Raises OSError.
    """
    try:
        descriptor = calls.open(path, _OVER, dir_fd=root)
        try:
            found = calls.fstat(descriptor)
            if found.st_mode != _PLAIN or found.st_nlink != 1 or not calls.is_alone(descriptor):
                return False
            rest = memoryview(data)
            while rest:
                rest = rest[calls.write(descriptor, rest) :]
            if len(data) < found.st_size:
                calls.ftruncate(descriptor, len(data))
        finally:
            calls.close(descriptor)
    except OSError as error:
        error.filename = path
        raise
    return True


def read_file(path: str) -> bytes:
    """Return the bytes of a file that is no symbolic link. Raises OSError."""
    parts = []
    try:
        descriptor = calls.open(path, _READ)
        try:
            while part := calls.read(descriptor, _CHUNK):
                parts.append(part)
        finally:
            calls.close(descriptor)
    except OSError as error:
        error.filename = path
        raise
    return b"".join(parts)


def make_folder(path: str, root: int | None = None, *, as_asked: bool = False) -> None:
    """Make a folder of mode 0755. Raises OSError, also when it is there already."""
    try:
        calls.mkdir(path, FOLDER_MODE, dir_fd=root)
        if HAS_MODES and not as_asked:
            calls.chmod(path, FOLDER_MODE, dir_fd=root)
    except OSError as error:
        error.filename = path
        raise


def make_folders(path: str) -> None:
    """Make a folder and those it lies in, as far as they are missing. Raises OSError."""
    missing = []
    while not exists(path):
        missing.append(path)
        path = os.path.dirname(path)
    for folder in reversed(missing):
        make_folder(folder)


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name, or a copy with the same bytes and time where there are no hard links."""
    try:
        calls.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        status = calls.lstat(source)
        write_file(target, read_file(source))
        calls.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def move(source: str, target: str) -> None:
    """Rename a file or folder in one step. A file that has the target's name is replaced. Raises OSError."""
    calls.replace(source, target)


def exchange(one: str, other: str) -> bool:
    """Let two folders take each other's name in one step. Returns False, having done nothing, where that cannot be."""
    try:
        return calls.exchange(one, other)
    except OSError as error:
        error.filename = other
        raise


def exists(path: str) -> bool:
    """Whether anything has this name, be it a broken symbolic link. Raises OSError when that cannot be told."""
    try:
        calls.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def set_mode(path: str, mode: int) -> None:
    """Set the permission bits of a file or folder that is no symbolic link. Raises OSError."""
    try:
        calls.chmod(path, mode)
    except OSError as error:
        error.filename = path
        raise


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether a directory entry is a folder of its own, and no link to one."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return HAS_MODES or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION


def list_folder(path: str) -> list[os.DirEntry[str]]:
    """Return the entries of a folder in order of their name. Raises OSError."""
    with calls.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def remove_tree(path: str) -> None:
    """Delete a folder with all below it; links in it are deleted, never followed. Raises OSError."""
    waiting, emptied = [path], []
    while waiting:
        folder = waiting.pop()
        emptied.append(folder)
        if HAS_MODES and stat.S_IMODE(calls.lstat(folder).st_mode) & 0o700 != 0o700:
            set_mode(folder, 0o700)
        for entry in list_folder(folder):
            if is_folder(entry):
                waiting.append(entry.path)
            else:
                calls.unlink(entry.path)
    for folder in reversed(emptied):
        calls.rmdir(folder)


def sync_file(path: str) -> None:
    """Wait until the bytes of a file are on the disk. Raises OSError."""
    _sync(path, _fsync, os.O_RDWR)


def sync_folder(path: str) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that. Raises OSError."""
    if HAS_MODES:
        try:
            _sync(path, _fsync, os.O_RDONLY)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:  # some network file systems cannot
                raise


def sync_filesystem(path: str) -> bool:
    """Wait until all of the file system that holds a folder is on the disk.

    Returns False where the system cannot: then each file must be synced by itself. Raises OSError.
    """
    return HAS_MODES and _sync(path, calls.syncfs, os.O_RDONLY)


def _fsync(descriptor: int) -> None:
    calls.fsync(descriptor)


def _sync(path: str, call: Callable[[int], _Result], flags: int) -> _Result:
    try:
        descriptor = calls.open(path, flags)
        try:
            return call(descriptor)
        finally:
            calls.close(descriptor)
    except OSError as error:
        error.filename = path
        raise
