"""Stop a piece of work that takes too long."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType


class TooSlow(Exception):
    """The work took longer than it may."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the work within when it takes longer than some seconds.

    In the main thread, where the system has timers, they are seconds of computing, so that a busy machine refuses no
    page; elsewhere they are seconds of the clock, five times as many.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        _listen()
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    else:
        with _by_thread(seconds * 5):
            yield


@cache
def _listen() -> None:
    """Let the timer of the process stop the work. Once is enough: outside a limit, no timer runs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGVTALRM, stop)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    """Let another thread raise the exception in this one; the lock sees to it that none comes after the end."""
    lock, thread = threading.Lock(), threading.get_ident()
    running = True

    def stop() -> None:
        with lock:
            if running:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooSlow))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            running = False
            # One that was sent at the last moment, and has not arrived, is taken back.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)
        timer.cancel()
