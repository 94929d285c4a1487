"""Mend what a publish that was killed has left behind."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Literal

from explainer import disk
from explainer.problems import ContentError, Place, Problem
from explainer.publish_faults import shown, unmended_problem
from explainer.publish_journal import Journal, JournalError, finish, load_journal, undo
from explainer.publish_staging import NAMES, Staging, find_stagings

Recovery = Literal["nothing", "tidied", "finished", "undone"]


def recover(out: Path | str) -> Recovery:
    """Finish or undo a publish into the site folder `out` that was killed; call it before anything else touches `out`.

    Returns what it did: "nothing"; "tidied" leftovers of a publish that had not begun to change the site, or was done;
    "finished" it, so that the site is the new one; or "undone" it, so that it is the old one. Raises ContentError:
    P001 when that publish is still running, P006 when the operating system does not let us, P007 when something that
    is not ours has the name of our staging folder, or the journal is damaged.
    """
    place = os.path.abspath(out)
    done: Recovery = "nothing"
    try:
        for staging in find_stagings(place):
            _refuse_foreign(staging)
            with staging.held():
                done = _mend(staging)
                try:
                    staging.clear()
                except OSError:
                    staging.clear()  # one who made pages may just have been writing his last, and has ended by now
    except OSError as error:
        raise ContentError([unmended_problem(error, place)]) from error
    return done


def _mend(staging: Staging) -> Recovery:
    journals = [path for path in map(staging.path, ("undoing", "journal")) if disk.exists(path)]
    if not journals:
        return "tidied"
    if not disk.exists(staging.out):  # somebody deleted the site since: nothing is left to mend
        for path in journals:
            disk.calls.unlink(path)
        return "tidied"
    journal = _load(journals[0])
    if journals[0] == staging.path("journal"):
        try:
            finish(staging, journal)
            return "finished"
        except OSError:
            pass
    undo(staging, journal)
    return "undone"


def _load(path: str) -> Journal:
    try:
        return load_journal(path)
    except JournalError as error:
        raise ContentError(
            [_foreign_problem(path, f"the journal of an interrupted publish is damaged: {error}")]
        ) from None


def _refuse_foreign(staging: Staging) -> None:
    """Raise ContentError P007 when the staging folder's name is taken by something that no publish made."""
    if not stat.S_ISDIR(disk.calls.lstat(staging.folder).st_mode):
        raise ContentError([_foreign_problem(staging.folder, "publishing needs this name for a folder of its own")])
    for entry in disk.list_folder(staging.folder):
        if entry.name not in NAMES:
            message = "this is not ours, and publishing would delete it"
            raise ContentError([_foreign_problem(entry.path, message)])


def _foreign_problem(path: str, message: str) -> Problem:
    return Problem(Place(shown(path)), "P007", message, "move it elsewhere or delete it, then build again")
