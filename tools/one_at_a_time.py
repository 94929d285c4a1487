"""Let one process at a time install things here, so that `make -j` and two terminals do not write over each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / ".tools" / ".lock"


@contextmanager
def one_at_a_time(lock: Path = LOCK) -> Iterator[None]:
    """Wait until no other process holds the lock, then hold it. A process that is killed leaves it free."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
