"""Find out which files a build starts from, and which of them are other than they were for the build before."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from explainer.source_names import is_left_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# kind and mode, size, mtime and ctime in nanoseconds, inode: together they change with every change of a file.
Identity = tuple[int, int, int, int, int]

# A file changed twice within one tick of the file system's clock may look unchanged: younger ones are read.
CLOCK_TICK_NS = 20_000_000


class Inputs(NamedTuple):
    """All files of the project's three folders by their shown path, and what each looked like.

    `digests` are the SHA-256 of the bytes of those that were read, now or for an earlier build; links and other
    special files have an empty one, new Markdown files none yet, and folders a name that ends in a slash. `changed` are
    the files that are new or hold other bytes than they did for the build before, `gone` those that are no more.
    """

    identities: Mapping[str, Identity]
    digests: Mapping[str, bytes]
    changed: frozenset[str]
    gone: frozenset[str]

    @property
    def are_the_same(self) -> bool:
        """Whether nothing changed."""
        return not self.changed and not self.gone


def scan_inputs(
    folders: Iterable[tuple[str, str]],
    known: Mapping[str, Identity],
    digests: Mapping[str, bytes],
    doubtful_from: int,
    *,
    left: str = "",
) -> Inputs:
    """Look at every file of content, templates and static files; read those that may have changed.

    `folders` are their absolute paths, each with the path by which it is shown. `known` and `digests` are what the
    build before found, when the clock of the file system said `doubtful_from` (ns).
    A file that looks as it did and is older than that is taken for the same; any other is compared by its bytes. What
    cannot be read counts as changed: reading it again will tell why. New files with a name that ends in `left`, where
    that is not empty, are left to who reads them anyhow, and have no digest here.
    """
    identities: dict[str, Identity] = {}
    found: dict[str, bytes] = {}
    changed: set[str] = set()
    for folder, shown in folders:
        for path, location, identity in _walk(folder, shown, known):
            identities[path] = identity
            before = known.get(path)
            if before == identity and identity[3] < doubtful_from:
                found[path] = digests[path]
                continue
            if left and before is None and path.endswith(left) and stat.S_ISREG(identity[0]):
                changed.add(path)
                continue
            found[path] = digest = _digest_of(location) if stat.S_ISREG(identity[0]) else b""
            if before is None or before[0] != identity[0] or digests.get(path) != digest:
                changed.add(path)
    return Inputs(identities, found, frozenset(changed), frozenset(known.keys() - identities.keys()))


def _walk(folder: str, shown: str, known: Mapping[str, Identity]) -> Iterator[tuple[str, str, Identity]]:
    """Yield shown path, location and identity of all below a folder that a build may notice."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
        yield f"{shown}/", folder, (os.lstat(folder).st_mode, 0, 0, 0, 0)
    except OSError:
        yield f"{shown}/", folder, (0, 0, 0, 0, 0)
        return
    for entry in entries:
        path = f"{shown}/{entry.name}"
        if path not in known and is_left_behind(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, path, known)
            continue
        status = entry.stat(follow_symlinks=False)
        identity = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        yield path, entry.path, identity


def with_digests(inputs: Inputs, found: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the digests of all inputs; `found` are those of files that were left to who reads them.

    Where nobody has told it, a file gets an empty one, so that it counts as changed when it looks other than it did:
    its bytes of now may not be those that the build has used.
    """
    if len(inputs.digests) == len(inputs.identities):
        return inputs.digests
    left = inputs.identities.keys() - inputs.digests.keys()
    return {**inputs.digests, **{path: found.get(path, b"") for path in left}}


def _digest_of(location: str) -> bytes:
    """Return what stands for the bytes of a regular file; for one that cannot be read, what stands for no bytes."""
    import hashlib  # brings OpenSSL along, for files that were changed

    try:
        with open(location, "rb") as stream:
            return hashlib.sha256(stream.read()).digest()
    except OSError:
        return os.urandom(8)  # equal to nothing
