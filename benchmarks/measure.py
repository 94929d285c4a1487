"""Run a command and measure it: time of the clock, time of the processors, memory of all its processes together."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02
"""Seconds between two looks at the memory. A look takes well under a millisecond."""

# Generators in Python keep their bytecode, as they do for people: without it they would be measured at compiling.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class CommandFailed(Exception):
    """A command that was to be measured ended with an error."""


@dataclass(frozen=True)
class Run:
    """One run: seconds of the clock, seconds of all processors, and the peak of memory in bytes.

    Memory that processes share, as those made by fork do, is counted once (the "proportional set size" of Linux);
    elsewhere it is that of the largest process.
    """

    wall: float
    processor: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command in a folder; what it says goes to bench.log there. Raises CommandFailed."""
    log = folder / "bench.log"
    with log.open("wb") as stream:
        peak = _Peak()
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env={**_ENVIRONMENT, **environment},
        )
        with peak.watching(process.pid):
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{' '.join(command)}\n{log.read_text(errors='replace')[-3000:]}")
    unit = 1024 if os.uname().sysname == "Linux" else 1
    memory = peak.bytes or usage.ru_maxrss * unit
    return Run(wall, usage.ru_utime + usage.ru_stime, memory)


class _Peak:
    """Looks again and again at the memory of a tree of processes, in a thread, and keeps the highest sum."""

    def __init__(self) -> None:
        self.bytes = 0
        self._done = threading.Event()

    @contextlib.contextmanager
    def watching(self, pid: int) -> Iterator[None]:
        thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()

    def _watch(self, pid: int) -> None:
        while not self._done.wait(PAUSE):
            self.bytes = max(self.bytes, sum(map(_proportional_bytes, _tree(pid))))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _tree(int(child))


def _proportional_bytes(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
