"""Let one process at a time do a piece of work, by a lock that the system takes back when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explainer.problems import Problem

# Windows hides locked bytes from other processes: lock one far behind the process number.
_LOCKED_BYTE = 1 << 30
_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
_held: set[int] = set()


class LockHeld(Exception):
    """Another holder has the lock. `process` is its number, where it could be read."""

    def __init__(self, process: int | None) -> None:
        super().__init__(f"held by process {process}")
        self.process = process


@contextlib.contextmanager
def build_lock(cache: str | os.PathLike[str]) -> Iterator[int]:
    """Hold the lock `cache`/lock, so that one build runs at a time. Makes the folder `cache` where it is missing.

    Yields the time at which it was taken, in nanoseconds, by the clock of the file system.

    The lock ends with the block or with the process, however either ends; it never has to be removed by hand.
    Raises ContentError: P001 when another build holds it, P009 when the file system gives no lock.
    """
    path = os.path.join(cache, "lock")
    with contextlib.ExitStack() as stack:
        try:
            os.makedirs(cache, exist_ok=True)
            stack.enter_context(locked(path))
        except LockHeld as held:
            from explainer.problems import ContentError
            from explainer.publish_faults import shown

            raise ContentError([busy_problem(shown(path), held.process)]) from None
        except OSError as error:
            from explainer.problems import ContentError, Place, Problem
            from explainer.publish_faults import fix_for, reason, shown

            message = f"the build lock cannot be taken: {reason(error)}"
            raise ContentError([Problem(Place(shown(path)), "P009", message, fix_for(error, cache))]) from error
        yield os.stat(path).st_mtime_ns


def busy_problem(path: str, process: int | None) -> Problem:
    """Return the problem P001: another build is running."""
    from explainer.problems import Place, Problem

    if process is None:
        return Problem(Place(path), "P001", "another build is running", "wait until it is done, then build again")
    fix = f"wait until it is done, or end process {process}, then build again"
    return Problem(Place(path), "P001", f"another build (process {process}) is running", fix)


@contextlib.contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold a lock on a file, which is made where it is missing. Raises LockHeld when it is taken, and OSError."""
    descriptor = os.open(path, _OPEN, 0o644)
    try:
        if not _take(descriptor):
            raise LockHeld(_process_in(descriptor))
        if not _is_still_named(descriptor, path):
            raise LockHeld(None)  # its holder deleted it while we were opening it
        with contextlib.suppress(OSError):  # the number only makes a better message, and a full disk must not matter
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        _held.add(descriptor)
        try:
            yield
        finally:
            _held.discard(descriptor)
    finally:
        os.close(descriptor)


def _process_in(descriptor: int) -> int | None:
    """Return the process number that a lock file tells."""
    with contextlib.suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        text = os.read(descriptor, 20).strip()
        return int(text) if text.isdigit() else None
    return None


def _is_still_named(descriptor: int, path: str) -> bool:
    """Whether a path still leads to the open file."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        """Lock an open file at once; False when another holds the lock."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        """Lock an open file at once; False when another holds the lock."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            return False
        return True

    def _let_go_in_a_worker() -> None:
        """Close inherited locks, or a worker that outlives its killed parent would hold the parent's lock."""
        for descriptor in _held:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        _held.clear()

    os.register_at_fork(after_in_child=_let_go_in_a_worker)
