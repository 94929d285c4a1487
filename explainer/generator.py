"""Tell one generator from another: its modules, the version of Python, and all installed packages."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE: Final = os.path.dirname(os.path.abspath(__file__))


class Generator(NamedTuple):
    """A generator. `digest` changes whenever what it makes could, `stamp` whenever one of its files was touched.

    `changed` is when one was touched last, in nanoseconds.
    """

    digest: str
    stamp: bytes
    changed: int


NO_GENERATOR: Final = Generator("", b"", 0)


def find_generator(known: Generator = NO_GENERATOR, doubtful_from: int = 0) -> Generator:
    """Return the generator that runs.

    `known` is one that ran earlier, at `doubtful_from` (ns): where all files look as they did, and none was touched so
    shortly before that its times prove nothing, they need not be read.
    """
    modules: list[str] = []
    stamps: list[tuple[str, int, int, int, int]] = []
    for path, status in sorted(_modules(_PACKAGE, "")):
        modules.append(path)
        stamps.append((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    around = [sys.implementation.name, sys.version, sys.byteorder, sorted(set(installed()))]
    stamp = repr([*around, stamps]).encode()
    changed = max((max(mtime, ctime) for _, _, mtime, ctime, _ in stamps), default=0)
    if known.stamp == stamp and changed < doubtful_from:
        return known
    from hashlib import sha256  # brings OpenSSL along, for a generator that is not known

    texts = [(path, sha256(_bytes(path)).hexdigest()) for path in modules]
    return Generator(sha256(repr([*around, texts]).encode()).hexdigest(), stamp, changed)


def _modules(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path below the package, and the status, of each file that is a part of the generator."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _modules(entry.path, f"{prefix}{entry.name}/")
            elif not entry.name.endswith((".pyc", ".pyo")):
                yield f"{prefix}{entry.name}", entry.stat()


def _bytes(path: str) -> bytes:
    with open(f"{_PACKAGE}/{path}", "rb") as stream:
        return stream.read()


def installed() -> Iterator[str]:
    """Yield name and version of each package that could be imported, as its folder of metadata is called.

    These names are all that is needed of `importlib.metadata`, which takes longer to import than to do this.
    """
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:  # A path may name a folder that is not there, or a zip file.
            continue
        yield from (entry for entry in entries if entry.endswith((".dist-info", ".egg-info")))
