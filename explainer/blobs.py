"""Keep many pieces of bytes in one file: a build adds to its end, and the next one finds each by where it stands."""

from __future__ import annotations

import contextlib
import os
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return numbers of questions as bytes: a state has millions of them, and loads them as one piece for each row."""
    return array("I", numbers).tobytes()


def unpack_numbers(data: bytes) -> array[int]:
    """Return the numbers that `pack_numbers` packed."""
    return array("I", data)


class Spot(NamedTuple):
    """Where a piece stands: the number of its file, its first byte, its length, and the CRC-32 of its bytes."""

    file: int
    start: int
    length: int
    crc: int


_PART: Final = 1 << 20
NO_SPOT: Final = Spot(0, 0, 0, 0)
DRAFTED: Final = Spot(-1, 0, 0, 0)
"""Stands for the bytes of a file that lies in the draft of the site, under its own path."""


class DamagedBlobs(Exception):
    """What stands in a file is not what was put there."""


class NotMade(Exception):
    """The bytes of a page are asked for that this build did not make: the site folder is not what it was."""


class Spool:
    """Files without a name for what a build makes: the parent and each worker add to their own, and all read from all.

    A spool is made before workers are forked; what a worker adds, the parent finds by the spot it is told. What the
    next build is to know, and what this one alone needs, lie in different files.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._files = [_nameless_file() for _ in range(2 * workers)]
        self._ends = [0] * len(self._files)

    def add(self, data: bytes, worker: int = 0, *, lasting: bool = True) -> Spot:
        """Put bytes at the end of a file of a worker, and return their spot. Raises OSError.

        `lasting` says that the next build is to know them.
        """
        file = worker if lasting else self._workers + worker
        start = self._ends[file]
        _write(self._files[file].fileno(), data, start)
        self._ends[file] += len(data)
        return Spot(file, start, len(data), zlib.crc32(data))

    def read(self, spot: Spot) -> bytes:
        """Return the bytes of a spot. Raises OSError and DamagedBlobs."""
        return _read(self._files[spot[0]].fileno(), spot)

    def whole(self, file: int) -> Iterator[bytes]:
        """Yield all bytes of the file with a number, in parts. Raises OSError."""
        start, descriptor = 0, self._files[file].fileno()
        while part := _bytes_at(descriptor, start, _PART):
            yield part
            start += len(part)

    def close(self) -> None:
        """Let the files go."""
        for file in self._files:
            file.close()

    def __del__(self) -> None:
        """Let the files go with the last one who could read them."""
        self.close()


class Pack:
    """A file of the cache that only ever grows, until it is written anew without what is no longer wanted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def read(self, spot: Spot) -> bytes:
        """Return the bytes of a spot. Raises DamagedBlobs, also when the file is not there."""
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            return _read(self._descriptor, spot)
        except OSError as error:
            raise DamagedBlobs(str(error)) from error

    def size(self) -> int:
        """Return how many bytes the file has, 0 when it is not there."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @contextmanager
    def adding(self) -> Iterator[Addition]:
        """Open the file to add to it. Raises OSError."""
        with open(self.path, "ab") as stream:
            yield Addition(stream, self.size())

    def close(self) -> None:
        """Close the file, if it was opened."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Addition:
    """Adds to the end of a pack."""

    def __init__(self, stream: BinaryIO, end: int) -> None:
        self._stream, self._end = stream, end
        self._begins: dict[int, int] = {}

    def add(self, data: bytes) -> Spot:
        """Put bytes at the end, and return their spot. Raises OSError."""
        spot = Spot(0, self._end, len(data), zlib.crc32(data))
        self._stream.write(data)
        self._end += len(data)
        return spot

    def move(self, spool: Spool, spot: Spot) -> Spot:
        """Return where a piece of a spool lies from now on: all of its file is added as it is. Raises OSError."""
        file, start, length, crc = spot
        begin = self._begins.get(file)
        if begin is None:
            begin = self._begins[file] = self._end
            for part in spool.whole(file):
                self._stream.write(part)
                self._end += len(part)
        return Spot(0, begin + start, length, crc)


def _nameless_file() -> IO[bytes]:
    """Return an open file without a name, which ends with the last process that has it open. Raises OSError."""
    if hasattr(os, "O_TMPFILE"):
        with contextlib.suppress(OSError):
            folder = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - it gets no name there
            descriptor = os.open(folder, os.O_RDWR | os.O_EXCL | os.O_TMPFILE, 0o600)
            return open(descriptor, "w+b", buffering=0)
    import tempfile  # which does just that, but to import it takes as long as to write a hundred pages

    return tempfile.TemporaryFile(buffering=0)


if hasattr(os, "pread"):

    def _write(descriptor: int, data: bytes, start: int) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.pwrite(descriptor, rest, start + len(data) - len(rest)) :]

    def _bytes_at(descriptor: int, start: int, length: int) -> bytes:
        return os.pread(descriptor, length, start)

else:  # Windows, where no other process shares the position in the file

    def _write(descriptor: int, data: bytes, start: int) -> None:
        os.lseek(descriptor, start, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def _bytes_at(descriptor: int, start: int, length: int) -> bytes:
        os.lseek(descriptor, start, os.SEEK_SET)
        return os.read(descriptor, length)


def _read(descriptor: int, spot: Spot) -> bytes:
    # A spot of a state that was loaded is a plain tuple: there are many, and most are never asked for.
    _, start, length, crc = spot
    data = _bytes_at(descriptor, start, length)
    if len(data) != length or zlib.crc32(data) != crc:
        raise DamagedBlobs(f"{length} bytes at {start} are not what was put there")
    return data
