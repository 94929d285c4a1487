"""A finished site before it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from msgspec import Struct

from explainer.blobs import Pack, Spool
from explainer.build_state import BuildState
from explainer.kept import SiteFiles
from explainer.manifest_format import FileDigest
from explainer.problems import Problem
from explainer.remember import Fresh, remember
from explainer.result import Counts, HeldBack


class Rendered(Struct):
    """A finished site: its files by path, what was found on the way, and all that the next build may use of it.

    `listed` are all files but the manifest, as that lists them. `why` says of each page that was rendered, by its
    address, why it was. Those that are as they were before have no bytes in `files`. To be closed when its files are no
    longer needed.
    """

    files: SiteFiles
    listed: Mapping[str, FileDigest]
    warnings: Sequence[Problem]
    counts: Counts
    held_back: Sequence[HeldBack]
    stages: Mapping[str, float]
    why: Mapping[str, str]
    state: BuildState
    fresh: Fresh
    spool: Spool
    pack: Pack | None

    def remember(self, cache: Path, *, doubtful_from: int) -> None:
        """Keep what the next build may use. `doubtful_from` is when the files were looked at, in nanoseconds."""
        self.state.head = self.state.head._replace(doubtful_from=doubtful_from)
        remember(cache, self.state, self.fresh, self.spool, self.pack)

    def close(self) -> None:
        """Let go of what was made."""
        self.spool.close()
        if self.pack is not None:
            self.pack.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
