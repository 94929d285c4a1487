"""The operating system's calls that publishing makes, as one object, so that a test can let each of them fail."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final

if sys.platform == "linux":
    import fcntl

CAN_TELL_WHO_READS: Final = sys.platform == "linux"
"""Whether this system has a call that tells if others have a file open."""

# What a file system or kernel answers that knows no exchange, or none for these folders (overlays, mount points,
# sandboxes that forbid the call).
_NO_EXCHANGE = {
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EXDEV,
    errno.EBUSY,
    errno.EPERM,
}
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class SystemCalls:
    """The calls of `os` under their own names, and two that Python does not offer."""

    open = staticmethod(os.open)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    fsync = staticmethod(os.fsync)
    close = staticmethod(os.close)
    lstat = staticmethod(os.lstat)
    fstat = staticmethod(os.fstat)
    mkdir = staticmethod(os.mkdir)
    chmod = staticmethod(os.chmod)
    link = staticmethod(os.link)
    utime = staticmethod(os.utime)
    replace = staticmethod(os.replace)
    unlink = staticmethod(os.unlink)
    rmdir = staticmethod(os.rmdir)
    ftruncate = staticmethod(os.ftruncate)
    if hasattr(os, "fchmod"):
        fchmod = staticmethod(os.fchmod)

    @staticmethod
    def scandir(path: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        """Open a folder for listing, as os.scandir does."""
        return os.scandir(path)

    def exchange(self, one: str, other: str) -> bool:
        """Let two folders of one file system take each other's name in a single step.

        Returns False, with nothing changed, where the system or the file system cannot. Raises OSError.
        """
        swap = _exchange_call()
        if swap is None:
            return False
        number = swap(os.fsencode(one), os.fsencode(other))
        if number in _NO_EXCHANGE:
            return False
        if number:
            raise OSError(number, os.strerror(number), other)
        return True

    @staticmethod
    def is_alone(descriptor: int) -> bool:
        """Whether nobody else has a file open, by whatever name. False where the system or file system cannot tell."""
        if not CAN_TELL_WHO_READS:
            return False
        try:
            # Linux gives this lease to the only one who has a file open. Should another one come before it is given
            # back, he waits for that, and we are sent a signal; this one does nothing, the usual one would end us.
            import signal

            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError:
            return False
        return True

    def syncfs(self, descriptor: int) -> bool:
        """Write a whole file system to its disk. Returns False where the system has no such call. Raises OSError."""
        library = _c_library() if sys.platform == "linux" else None
        if library is None or not hasattr(library, "syncfs"):
            return False
        import ctypes

        if library.syncfs(ctypes.c_int(descriptor)):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return True


def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """Return a function that exchanges two folders and returns an errno, 0 for success; or None."""
    if sys.platform not in ("linux", "darwin") or (library := _c_library()) is None:
        return None
    import ctypes

    def number_of(result: int) -> int:
        return ctypes.get_errno() if result else 0

    folder = ctypes.c_int(_AT_FDCWD)
    if hasattr(library, "renameat2"):
        flag = ctypes.c_uint(_RENAME_EXCHANGE)
        return lambda one, other: number_of(library.renameat2(folder, one, folder, other, flag))
    if hasattr(library, "renamex_np"):
        flag = ctypes.c_uint(_RENAME_SWAP)
        return lambda one, other: number_of(library.renamex_np(one, other, flag))
    return None


def _c_library() -> Any | None:
    """Return the C library of this process, or None where Python was built without ctypes."""
    try:
        import ctypes

        return ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError, TypeError):
        return None


def can_exchange() -> bool:
    """Whether this system has a call that exchanges folders; a single file system may still refuse it."""
    return _exchange_call() is not None
