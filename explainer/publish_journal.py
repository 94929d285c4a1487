"""Change a site folder file by file, so that a change which was stopped half way can be finished or undone.

Before the first file moves, everything lies ready in the staging folder: the new files in `new`, second names of the
old ones in `undo`, and what is to be done in `journal`. Each step can be repeated without harm, so whoever finds a
journal just takes all its steps again. To undo, `journal` is first renamed `undoing`, which settles the direction.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from explainer import disk
from explainer.publish_changes import Changes
from explainer.publish_staging import Staging, sync_folders
from explainer.site_paths import stays_below


class Put(NamedTuple):
    """A file moves from its name in the staging folder into the site; `kept` names the old one there, if any."""

    staged: str
    path: str
    kept: str


class Take(NamedTuple):
    """A file, link or folder moves out of the site, to a name in the staging folder."""

    path: str
    kept: str


class JournalError(ValueError):
    """A file is no journal of ours."""


class Journal(Struct, frozen=True):
    """The steps of a change, in their order: take what is in the way, make folders, put files, take what is left."""

    clear: tuple[Take, ...]
    make: tuple[str, ...]
    put: tuple[Put, ...]
    take: tuple[Take, ...]

    def folders(self) -> set[str]:
        """Return the folders of the site in which names change."""
        changed = [*self.make, *(put.path for put in self.put), *(take.path for take in (*self.clear, *self.take))]
        return {path.rpartition("/")[0] for path in changed} | set(self.make)


def prepare_journal(staging: Staging, changes: Changes, names: Mapping[str, str]) -> Journal:
    """Keep the old files in the staging folder under second names, and return the steps of the change.

    `names` are the names of the new files in the staging folder. Raises OSError that names the file of the site.
    """
    disk.make_folder(staging.path("undo"))
    puts = []
    path = ""
    try:
        for number, path in enumerate(changes.put):
            kept = f"undo/{number}" if path in changes.replaced else ""
            if kept:
                disk.link_or_copy(f"{staging.out}/{path}", staging.path(kept))
            puts.append(Put(names[path], path, kept))
    except OSError as error:
        error.filename = f"{staging.out}/{path}"
        raise
    clear = tuple(Take(path, f"undo/before-{number}") for number, path in enumerate(changes.clear))
    take = tuple(Take(path, f"undo/after-{number}") for number, path in enumerate(changes.remove))
    return Journal(clear, changes.make, tuple(puts), take)


def carry_out(staging: Staging, journal: Journal) -> None:
    """Make the change. Whatever stops it, a fault or an interrupt, it is undone and raised again.

    Where undoing fails too, a journal stays in the staging folder.
    """
    try:
        _save(staging, journal)
        finish(staging, journal)
    except BaseException:
        with contextlib.suppress(OSError):
            undo(staging, journal)
        raise


def finish(staging: Staging, journal: Journal) -> None:
    """Take the steps that were not taken yet, and drop the journal. Raises OSError that names the file of the site."""
    out, path = staging.out, ""
    try:
        for path, kept in journal.clear:
            _take(staging, path, kept)
        for path in journal.make:
            if not disk.exists(f"{out}/{path}"):
                disk.make_folder(f"{out}/{path}")
        for staged, path, _kept in journal.put:
            try:
                disk.move(staging.path(staged), f"{out}/{path}")
            except FileNotFoundError:
                if not disk.exists(f"{out}/{path}"):
                    raise  # else it was moved before
        for path, kept in journal.take:
            _take(staging, path, kept)
    except OSError as error:
        error.filename = f"{out}/{path}"
        raise
    _sync(staging, journal)
    disk.calls.unlink(staging.path("journal"))


def undo(staging: Staging, journal: Journal) -> None:
    """Take back the steps that were taken, and drop the journal. Raises OSError that names the file of the site."""
    try:
        disk.move(staging.path("journal"), staging.path("undoing"))
    except FileNotFoundError:
        if not disk.exists(staging.path("undoing")):
            return  # stopped before anything was done
    # Below what was never cleared, or is back in place already, nothing is ours to delete.
    back = [path for path, kept in journal.clear if not disk.exists(staging.path(kept))]
    out, path = staging.out, ""
    try:
        for path, kept in reversed(journal.take):
            _restore(staging, path, kept)
        for staged, path, kept in reversed(journal.put):
            if kept:
                _restore(staging, path, kept)
            elif not disk.exists(staging.path(staged)) and not _is_below(path, back):
                with contextlib.suppress(FileNotFoundError):
                    disk.calls.unlink(f"{out}/{path}")
        for path in reversed(journal.make):
            if not _is_below(path, back):
                with contextlib.suppress(FileNotFoundError):
                    disk.calls.rmdir(f"{out}/{path}")
        for path, kept in reversed(journal.clear):
            _restore(staging, path, kept)
    except OSError as error:
        error.filename = f"{out}/{path}"
        raise
    _sync(staging, journal)
    disk.calls.unlink(staging.path("undoing"))


def load_journal(path: str) -> Journal:
    """Read a journal. Raises OSError, and JournalError unless it is one of ours that stays in its folders."""
    try:
        content = json.loads(disk.read_file(path))
        journal = Journal(
            tuple(Take(*step) for step in content["clear"]),
            tuple(content["make"]),
            tuple(Put(*step) for step in content["put"]),
            tuple(Take(*step) for step in content["take"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise JournalError(f"{type(error).__name__}: {error}") from None
    steps: list[Any] = [*journal.make]
    steps += [name for step in (*journal.clear, *journal.put, *journal.take) for name in step if name != ""]
    if not all(isinstance(name, str) and stays_below(name) for name in steps):
        raise JournalError("it names a file outside the site")
    return journal


def _save(staging: Staging, journal: Journal) -> None:
    """Write the journal and wait until it is on the disk: from here on the change can be finished."""
    steps = {"clear": journal.clear, "make": journal.make, "put": journal.put, "take": journal.take}
    disk.write_file(staging.path("journal.new"), json.dumps(steps).encode())
    disk.sync_file(staging.path("journal.new"))
    disk.move(staging.path("journal.new"), staging.path("journal"))
    disk.sync_folder(staging.folder)
    disk.sync_folder(os.path.dirname(staging.folder))


def _take(staging: Staging, path: str, kept: str) -> None:
    """Move something out of the site, unless that was done before."""
    if not disk.exists(staging.path(kept)) and disk.exists(f"{staging.out}/{path}"):
        disk.move(f"{staging.out}/{path}", staging.path(kept))


def _restore(staging: Staging, path: str, kept: str) -> None:
    """Move something back into the site, unless that was done before."""
    with contextlib.suppress(FileNotFoundError):
        disk.move(staging.path(kept), f"{staging.out}/{path}")


def _is_below(path: str, places: list[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _sync(staging: Staging, journal: Journal) -> None:
    sync_folders({f"{staging.out}/{folder}".rstrip("/") for folder in journal.folders()})
