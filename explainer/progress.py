"""Show on a terminal how far a build is, when it takes longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

AFTER: Final = 1.0
"""Seconds in which a build is left to itself: most are done by then, and a line that flashes up helps nobody."""
PAUSE: Final = 0.1
"""Seconds between two looks of the line."""


class Progress:
    """A line on a terminal that tells the stage of a build, and of many pieces of work how many are done.

    There is no thread that draws it, since the build forks: it is drawn when the build tells something.
    """

    def __init__(
        self, console: Callable[[], Console] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console, self._clock = console or _stderr, clock
        self._started = self._drawn = clock()
        self._stage = ""
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def stage(self, name: str) -> None:
        """Tell that a stage begins."""
        self._stage = name
        self._draw(None, None, at_once=True)

    def piece(self, done: int, total: int) -> None:
        """Tell how many of some pieces of work are done."""
        self._draw(done, total, at_once=done == total)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away: what is printed next stands in its place."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, done: int | None, total: int | None, *, at_once: bool) -> None:
        now = self._clock()
        if now - self._started < AFTER or (not at_once and now - self._drawn < PAUSE):
            return
        self._drawn = now
        if self._bar is None:
            self._bar = _new_bar(self._console())
            self._task = self._bar.add_task("", total=None, count="")
            self._bar.start()
        assert self._task is not None
        count = "" if total is None else f"{done:,} of {total:,}"
        self._bar.update(self._task, description=self._stage, completed=done or 0, total=total, count=count)
        self._bar.refresh()


def _stderr() -> Console:
    from rich.console import Console

    return Console(stderr=True)


def _new_bar(console: Console) -> Bar:
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[count]}"))
    return Bar(
        *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
    )
