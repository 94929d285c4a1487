"""Say in words why the operating system stopped the work on a folder, and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from explainer.problems import Place, Problem

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def reason(error: OSError) -> str:
    """Return the operating system's reason in words, without path or number."""
    return (error.strerror or type(error).__name__).lower()


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as messages show it: below the current folder relative to it, else absolute; with slashes."""
    whole = Path(os.path.abspath(path))
    here = Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def fix_for(error: OSError, folder: str | os.PathLike[str]) -> str:
    """Return what a user can do about a fault of the operating system in a folder."""
    place = shown(folder)
    if error.errno in _FULL:
        return f"free some space on the disk that holds {place}, then build again"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f'make {place} yours and writable (for example: sudo chown -R "$(id -un)" {place}), then build again'
    if error.errno == errno.EROFS:
        return f"{place} is on a disk that can only be read: name another folder with --output"
    if error.errno == errno.EIO:
        return f"the disk that holds {place} may be failing: check it, then build again"
    if error.errno == errno.ENAMETOOLONG:
        return "give the page a shorter slug, then build again"
    if error.errno in (errno.EXDEV, errno.EBUSY):
        return f"a part of {place} is another disk or in use by another program: free it, then build again"
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "close other programs or raise the limit of open files (ulimit -n), then build again"
    return f"see what is wrong there, or delete {place}, then build again"


def stopped_problem(error: OSError, out: str, staging: str) -> Problem:
    """Return the problem P005: the operating system stopped a publish, and all of it was undone."""
    return Problem(
        _place(error, out, staging), "P005", f"publishing stopped here: {reason(error)}", fix_for(error, out)
    )


def half_done_problem(error: OSError, out: str, staging: str) -> Problem:
    """Return the problem P006: the operating system stopped a publish, and would not let us undo it either."""
    message = f"publishing stopped here and could not be undone: {reason(error)}"
    fix = f"{fix_for(error, out)}: any command mends the site first"
    return Problem(_place(error, out, staging), "P006", message, fix)


def unmended_problem(error: OSError, out: str) -> Problem:
    """Return the problem P006: the operating system will not let us finish or undo a publish that was killed."""
    message = f"a publish that was interrupted can be neither finished nor undone: {reason(error)}"
    return Problem(_place(error, out, ""), "P006", message, fix_for(error, out))


def _place(error: OSError, out: str, staging: str) -> Place:
    """Return the file that a fault names; a file of the staging folder would tell a user nothing."""
    path = error.filename if isinstance(error.filename, str) else out
    return Place(shown(out if staging and path.startswith(staging) else path))
