"""Remember so much of a build that the next can tell whether there is anything to do: a small part, read alone."""

from __future__ import annotations

import marshal
import os
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from explainer.generator import NO_GENERATOR, Generator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explainer.inputs import Identity

FORMAT: Final = 8
FOLDER: Final = "build"
NOTE_DAMAGED: Final = "the cache was damaged and is not used: everything is built anew"
NOTE_FOREIGN: Final = "the cache was made by another version, or on another machine: everything is built anew"

# The file begins with its format, the checksum of what follows up to the end of the head, and the length of the head.
# The checksums of the cache guard against damage, not against an attacker: who can write there can change the sources.
_LENGTHS: Final = struct.Struct("<IQ")


class Head(NamedTuple):
    """What a build leaves for one that finds nothing to do.

    `generator` is the one that built, `settings` are the folders and options of the run, `result` is what it printed.
    `doubtful_from` is when the files were looked at, in nanoseconds. `pack_size` says how many bytes the pack has to
    have for all that is named in the state, and `pack_live` how many of them were named when they were last counted.
    `body` is the checksum of the state. All of it is plain data.
    """

    generator: Generator = NO_GENERATOR
    settings: tuple[Any, ...] = ()
    identities: Mapping[str, Identity] = {}
    digests: Mapping[str, bytes] = {}
    doubtful_from: int = 0
    manifest_sha256: str = ""
    result: Mapping[str, Any] = {}
    pack_name: str = ""
    pack_size: int = 0
    pack_live: int = 0
    body: int = 0


def state_file(cache: str | os.PathLike[str]) -> str:
    """Return the path of the file that holds the state of a cache."""
    return os.path.join(cache, FOLDER, "state")


def pack_file(cache: str | os.PathLike[str], head: Head) -> str:
    """Return the path of the file that holds the pieces that a state names."""
    return os.path.join(cache, FOLDER, head.pack_name or "pack-none")


def head_bytes(head: Head) -> bytes:
    """Return a head as the beginning of the file of a state."""
    plain = head._replace(identities=dict(head.identities), digests=dict(head.digests), result=dict(head.result))
    values: list[Any] = [tuple(head.generator), *plain[1:]]
    data = marshal.dumps(values)
    length = _LENGTHS.pack(0, len(data))[4:]
    return _mark() + _LENGTHS.pack(zlib.crc32(length + data), len(data)) + data


def head_end(data: bytes) -> int:
    """Return where the head ends in the file of a state. Raises struct.error where the file is shorter."""
    start = len(_mark())
    return start + _LENGTHS.size + int(_LENGTHS.unpack_from(data, start)[1])


def load_head(cache: str | os.PathLike[str]) -> tuple[Head | None, str]:
    """Return the head of the state of the last build that used this cache, or None; and a line to tell of one dropped.

    Whether it fits this generator is for the caller to see.
    """
    mark = _mark()
    try:
        with open(state_file(cache), "rb") as stream:
            begin = stream.read(len(mark))
            if begin != mark:
                return None, NOTE_FOREIGN if len(begin) == len(mark) else NOTE_DAMAGED
            lengths = stream.read(_LENGTHS.size)
            checksum, length = _LENGTHS.unpack(lengths) if len(lengths) == _LENGTHS.size else (0, 0)
            data = stream.read(length)
    except FileNotFoundError:
        return None, ""
    except (OSError, OverflowError, MemoryError):
        forget_state(cache)  # it may be something in whose place no state could be written
        return None, NOTE_DAMAGED
    if not length or zlib.crc32(lengths[4:] + data) != checksum:
        return None, NOTE_DAMAGED
    try:
        # marshal may crash on foreign bytes; with its checksum right, the head is ours.
        generator, *values = marshal.loads(data)  # noqa: S302
        head = Head(Generator(*generator), *values)
    except (ValueError, EOFError, TypeError):
        return None, NOTE_FOREIGN
    try:
        if os.stat(pack_file(cache, head)).st_size < head.pack_size:
            return None, NOTE_DAMAGED
    except OSError:
        if head.pack_size:
            return None, NOTE_DAMAGED
    return head, ""


def forget_state(cache: str | os.PathLike[str]) -> None:
    """Remove what is kept of earlier builds."""
    path = state_file(cache)
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            import shutil

            shutil.rmtree(path)
        else:
            os.unlink(path)
    except OSError:
        pass


def _mark() -> bytes:
    return f"state {FORMAT:3}\n".encode()
