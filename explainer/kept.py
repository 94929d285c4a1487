"""Hand out what is in memory, in the spool of this build, or in the pack of the build before, as if it were one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from explainer.blobs import NotMade, Pack, Spool, Spot
from explainer.changes import Before
from explainer.inspection.reading import PageReading
from explainer.making import MadePage, unpack_reading, unpack_text

_MOST_READINGS: Final = 4_000


class SiteFiles(Mapping[str, bytes]):
    """The files of a site by path. Those that are as they were have no bytes here: publishing never asks for them."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._places: dict[str, bytes | Spot | None] = {}

    def put(self, path: str, place: bytes | Spot | None) -> None:
        """Say where the bytes of a file are; None for a file that is as it was."""
        self._places[path] = place

    def made(self, path: str) -> bool:
        """Whether this build has the bytes of a file."""
        return self._places[path] is not None

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file. Raises NotMade, and KeyError where there is no such file."""
        place = self._places[path]
        if place is None:
            raise NotMade(path)
        return place if isinstance(place, bytes) else self._spool.read(place)

    def __contains__(self, path: object) -> bool:
        """Whether the site has a file."""
        return path in self._places

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all files."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._places)


class Readings(Mapping[str, PageReading]):
    """What the inspection read in each page, by path; loaded when it is asked for, and not all kept in memory."""

    def __init__(self, spool: Spool, pack: Pack | None) -> None:
        self._spool, self._pack = spool, pack
        self._spots: dict[str, tuple[bool, Spot]] = {}
        self._loaded: dict[str, PageReading] = {}

    def put(self, path: str, spot: Spot, *, new: bool) -> None:
        """Say where the reading of a page is: in the spool of this build when it is new, else in the pack."""
        self._spots[path] = (new, spot)

    def __getitem__(self, path: str) -> PageReading:
        """Return the reading of a page. Raises KeyError and DamagedBlobs."""
        found = self._loaded.get(path)
        if found is None:
            found = unpack_reading(self.packed(path))
            if len(self._loaded) >= _MOST_READINGS:
                self._loaded.clear()
            self._loaded[path] = found
        return found

    def text(self, path: str) -> str | None:
        """Return what a search should find on a page; None for a page that nobody looks for."""
        return unpack_text(self.packed(path))

    def packed(self, path: str) -> bytes:
        """Return the reading of a page as `pack_reading` packed it."""
        new, spot = self._spots[path]
        return self._spool.read(spot) if new or self._pack is None else self._pack.read(spot)

    def __contains__(self, path: object) -> bool:
        """Whether there is a reading of a page."""
        return path in self._spots

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all pages."""
        return iter(self._spots)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._spots)


def files_to_inspect(pages: Sequence[MadePage], files: SiteFiles, readings: Readings, before: Before) -> Iterable[str]:
    """Return the files to inspect: those that are new, or all when something that others may link to is gone.

    A page that is new, but reads as it did, is looked at only for what its reading found: its links lead where they
    led.
    """
    earlier = {row.path: row for row in before.state.page_rows()}

    def everything() -> list[str]:
        # A file that is no page and is as it was has no bytes to look at, and nothing in it that could have changed.
        return [path for path in files if path in readings or files.made(path)]

    if not earlier or any(path not in files for path in (*earlier, *before.state.assets)):
        return everything()
    # What leads to the site itself follows from its address, which is a part of the frame of each page.
    may_differ = any(before.state.questions.question(number)[0] == "frame" for number in before.changed)
    looked_at = {path: None for path in files if files.made(path)}
    for page in pages:
        if page.html is None:
            if page.row.flawed:
                looked_at[page.row.path] = None
            continue
        path = page.row.path
        row = earlier.get(path)
        if row is not None and row.reading is not None and page.row.reading is not None:
            assert before.pack is not None
            old = before.pack.read(row.reading)
            if old != readings.packed(path):
                if not unpack_reading(old).ids <= readings[path].ids:
                    return everything()
            elif not page.row.flawed and not may_differ:
                del looked_at[path]
    return looked_at
