"""Hand out what is in memory, in the spool of this build, or in the pack of the build before, as if it were one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence, Set
from typing import Final, NamedTuple

from explainer.blobs import DRAFTED, NotMade, Pack, Spool, Spot
from explainer.build_state import PageRow
from explainer.changes import Before
from explainer.inspection.reading import PageReading
from explainer.making import MadePage, unpack_reading, unpack_text
from explainer.publish_draft import Draft

_MOST_READINGS: Final = 4_000


class SiteFiles(Mapping[str, bytes]):
    """The files of a site by path. Those that are as they were have no bytes here: publishing never asks for them."""

    def __init__(
        self, spool: Spool, paths: Iterable[str], pages: Iterable[MadePage], draft: Draft | None = None
    ) -> None:
        self._spool, self._draft = spool, draft
        self._places: dict[str, bytes | Spot | None] = dict(zip(paths, [page.html for page in pages], strict=True))
        if draft is not None and draft.staging is not None:
            draft.written.update(path for path, place in self._places.items() if place == DRAFTED)

    def put(self, path: str, data: bytes) -> None:
        """Add a file that is no page."""
        self._places[path] = data

    def made(self, path: str) -> bool:
        """Whether this build has the bytes of a file."""
        return self._places[path] is not None

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file. Raises NotMade, and KeyError where there is no such file."""
        place = self._places[path]
        if place is None:
            raise NotMade(path)
        if isinstance(place, bytes):
            return place
        return self._draft.read(path) if place == DRAFTED and self._draft is not None else self._spool.read(place)

    def __contains__(self, path: object) -> bool:
        """Whether the site has a file."""
        return path in self._places

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all files."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._places)

    def keys(self) -> KeysView[str]:
        """Return the paths of all files: in these, a path is found ten times as quick."""
        return self._places.keys()


class Readings(Mapping[str, PageReading]):
    """What the inspection read in each page, by path; loaded when it is asked for, and not all kept in memory."""

    def __init__(self, spool: Spool, pack: Pack | None, paths: Iterable[str], pages: Iterable[MadePage]) -> None:
        self._spool, self._pack = spool, pack
        self._pages = {path: page for path, page in zip(paths, pages, strict=True) if page.row.reading is not None}
        self._loaded: dict[str, PageReading] = {}

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
        page = self._pages[path]
        spot = page.row.reading
        assert spot is not None
        return self._spool.read(spot) if page.html is not None or self._pack is None else self._pack.read(spot)

    def __contains__(self, path: object) -> bool:
        """Whether there is a reading of a page."""
        return path in self._pages

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all pages."""
        return iter(self._pages)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)


class ToInspect(NamedTuple):
    """What is to be inspected: the files, in the order of all, and those of them of which only the reading is told.

    The links of the latter lead where they led.
    """

    files: Sequence[str]
    without_links: Set[str] = frozenset()


def files_to_inspect(
    pages: Sequence[MadePage], files: SiteFiles, readings: Readings, replaced: Iterable[PageRow], before: Before
) -> ToInspect:
    """Return the files to inspect: those that are new, or all when something that others may link to is gone.

    A page that is as it was, or is new but reads as it did, is looked at only for what its reading found: its links
    lead where they led, and errors are never kept. `replaced` are the pages of the build before that may be other ones
    now.
    """
    earlier = {row.path: row for row in replaced}

    def everything() -> ToInspect:
        # A file that is no page and is as it was has no bytes to look at, and nothing in it that could have changed.
        return ToInspect([path for path in files if path in readings or files.made(path)])

    known, state = files.keys(), before.state
    if before.pack is None or any(path not in known for path in (*earlier, *state.assets)):
        return everything()
    # What leads to the site itself follows from its address, which is a part of the frame of each page.
    may_differ = any(state.questions.question(number)[0] == "frame" for number in before.changed)
    told = {page.row.path for page in pages if page.row.flawed and page.html is None}
    wanted = {path for path in known if files.made(path)}
    for page in pages:
        if page.html is None:
            continue
        path = page.row.path
        row = earlier.get(path)
        if row is not None and row.reading is not None and page.row.reading is not None:
            old = before.pack.read(row.reading)
            if old != readings.packed(path):
                if not unpack_reading(old).ids <= readings[path].ids:
                    return everything()
            elif not may_differ:
                wanted.discard(path)
                if page.row.flawed:
                    told.add(path)
    wanted |= told
    return ToInspect([path for path in known if path in wanted], told)
