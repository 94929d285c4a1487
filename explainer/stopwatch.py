"""Measure how long the stages of a build take, and tell somebody of each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from msgspec import Struct, field


class Listener(Protocol):
    """Whoever wants to know how far a build is."""

    def stage(self, name: str) -> None:
        """Hear that a stage begins."""

    def piece(self, done: int, total: int) -> None:
        """Hear how many of some pieces of work are done."""


class Stopwatch(Struct):
    """The time of each stage, in seconds, in the order in which they began."""

    stages: dict[str, float] = field(default_factory=dict)
    listener: Listener | None = None
    _within: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of what is done within to a stage; that of another stage within it to that alone."""
        if self.listener is not None:
            self.listener.stage(name)
        self.stages.setdefault(name, 0.0)
        start, before, self._within = time.perf_counter(), self._within, 0.0
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.stages[name] += spent - self._within
            self._within = before + spent

    def piece(self, done: int, total: int) -> None:
        """Tell the listener how many of some pieces of work are done."""
        if self.listener is not None:
            self.listener.piece(done, total)
