"""Do many pieces of work at once in forked processes, which share all that the parent has read."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import selectors
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from typing import Any

CHUNK = 16
"""How many pieces of work a worker reports at once."""
FEWEST = 48
"""Fewer pieces are not worth a second process."""
_HEAD = struct.Struct("<Q")
_TURN = struct.Struct("<II")
_PIPE_BYTES = 1 << 20
"""What Linux lets everybody have."""
_MOST_TURNS = 4_000
"""How many turns of 8 bytes a pipe holds on every system, and some to spare."""


class WorkerFailed(Exception):
    """A worker ended with an exception that is our own fault; the text is its traceback."""


def worker_count(pieces: int, jobs: int | None) -> int:
    """Return how many processes are to share some pieces of work; 1 means this one alone.

    `jobs` is the number asked for, None for as many as there are processors. Where there is no fork, and beside other
    threads, whose locks a fork would leave locked, one process does it all.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1 or pieces < FEWEST:
        return 1
    return max(1, min(most_workers(jobs), pieces // CHUNK))


def most_workers(jobs: int | None) -> int:
    """Return how many processes there are at the most: those asked for, or one for each processor."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, jobs or available)


def share_out(
    work: Callable[[int, int], Any],
    pieces: int,
    workers: int,
    *,
    alone: int = 0,
    meanwhile: Callable[[], None] | None = None,
) -> Generator[tuple[int, Any], None, None]:
    """Yield number and result of each piece, in no certain order. `work` takes a piece's number and the worker's.

    The parent is the worker 0: it does the first piece, and then its share, which saves the memory of one process. The
    next `alone` pieces are large, and given out one by one, all others in chunks; whoever has done his takes the next.
    What is to be done `meanwhile`, the parent does before it takes a turn, and at last where there is but one process.
    A result must be something that pickle knows.
    """
    workers = min(workers, pieces - 1)
    if workers <= 1:
        for piece in range(pieces):
            yield piece, work(piece, 0)
        if meanwhile is not None:
            meanwhile()
        return
    # What the first piece imports, compiles and loads, all workers have from the start, and share.
    yield 0, work(0, 0)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # closed by whoever began us
            stream.flush()
    # What the collector of a worker looked at, it would write into, and the memory would no longer be shared.
    gc.freeze()
    turns = _turns(pieces, alone)
    with selectors.DefaultSelector() as selector:
        children = []
        for worker in range(1, workers):
            reading, writing = _wide_pipe()
            child = os.fork()
            if child == 0:
                os.close(reading)
                _be_worker(work, turns, worker, writing)
            os.close(writing)
            children.append(child)
            selector.register(reading, selectors.EVENT_READ, bytearray())
        try:
            if meanwhile is not None:
                meanwhile()
            while turn := os.read(turns, _TURN.size):
                for piece in range(*_TURN.unpack(turn)):
                    yield piece, work(piece, 0)
                    yield from _results(selector, wait=False)
            while selector.get_map():
                yield from _results(selector, wait=True)
        finally:
            os.close(turns)
            for key in list(selector.get_map().values()):
                os.close(key.fd)
            for child in children:
                os.waitpid(child, 0)
            gc.unfreeze()


def _wide_pipe() -> tuple[int, int]:
    """Return a pipe that takes many results where the system has such.

    Nobody reads it while the parent has something else to do, and whoever has filled it has to wait.
    """
    import fcntl  # there is none where there is no fork

    reading, writing = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # all that this user may have is in use
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return reading, writing


def _turns(pieces: int, alone: int) -> int:
    """Return a pipe from which workers take turns, each the first piece of a turn and the one behind its last."""
    size = max(CHUNK, pieces // _MOST_TURNS)
    starts = [*range(1, min(1 + alone, pieces)), *range(1 + alone, pieces, size)]
    reading, writing = os.pipe()
    # All turns fit into the pipe, and no worker can take half of one: a read of so few bytes gets them all.
    os.write(writing, b"".join(_TURN.pack(*turn) for turn in zip(starts, [*starts[1:], pieces], strict=True)))
    os.close(writing)
    return reading


def _results(selector: selectors.BaseSelector, *, wait: bool) -> Iterator[tuple[int, Any]]:
    """Yield what workers have told since they were last listened to."""
    for key, _ in selector.select(None if wait else 0):
        data = os.read(key.fd, 1 << 20)
        buffer: bytearray = key.data
        buffer += data
        if not data:
            selector.unregister(key.fd)
            os.close(key.fd)
            if buffer:
                raise WorkerFailed("a worker ended in the middle of its work")
            continue
        while len(buffer) >= _HEAD.size:
            (length,) = _HEAD.unpack_from(buffer)
            end = _HEAD.size + length
            if len(buffer) < end:
                break
            message = pickle.loads(memoryview(buffer)[_HEAD.size : end])  # noqa: S301 - from our own child
            del buffer[:end]
            if isinstance(message, str):
                raise WorkerFailed(message)
            yield from message


def _be_worker(work: Callable[[int, int], Any], turns: int, worker: int, writing: int) -> None:
    """Do the work and end: a worker never returns into the parent's program."""
    code = 0
    try:
        with open(writing, "wb", closefd=False) as stream:
            try:
                while turn := os.read(turns, _TURN.size):
                    _send(stream, [(piece, work(piece, worker)) for piece in range(*_TURN.unpack(turn))])
            except KeyboardInterrupt:
                code = 130
            except BaseException:
                _send(stream, traceback.format_exc())
                code = 1
    except BaseException:  # the parent is gone, and nobody listens
        code = 1
    finally:
        os._exit(code)


def _send(stream: Any, message: Any) -> None:
    data = pickle.dumps(message, protocol=5)
    stream.write(_HEAD.pack(len(data)) + data)
    stream.flush()
