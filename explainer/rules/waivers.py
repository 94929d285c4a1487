"""Let an editor accept a problem with a reason until a day, and tell when that acceptance is over or has no object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from explainer.models.fact import Waiver
from explainer.problems import Problem


def unless_waived(problem: Problem | None, waiver: Waiver | None, as_of: date) -> Iterator[Problem]:
    """Yield what remains of a problem under its waiver, which is good until its day `until`, that day included.

    A waiver that is over is told with the problem it no longer covers; one that covers nothing is told by itself.
    """
    if waiver is None:
        if problem is not None:
            yield problem
    elif problem is None:
        message = "this waiver covers nothing: there is no problem here that it could accept"
        yield Problem(waiver.place, "D003", message, "delete it", "warning")
    elif waiver.until.latest < as_of:
        message = f"{problem.message} (its waiver ended on {waiver.until})"
        yield replace(problem, message=message, fix=f"{problem.fix}, or renew the waiver with its reason and a new day")
