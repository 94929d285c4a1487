"""Wake a thread as soon as something below some folders changes, where the system tells of it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# Reading is no change: without this list, each build would wake us by opening every file.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Alarm(FileSystemEventHandler):
    """Rings at each change, and says where it was. What has become of it is seen by looking there.

    It may miss a change, on a network's file system for instance, so that one must also look without it. That it
    `has_rung` says that the system does tell of changes here.
    """

    def __init__(self) -> None:
        self._rung, self._lock = threading.Event(), threading.Lock()
        self._paths: list[str] = []
        self._observer = Observer()
        self.is_set = self.has_rung = False

    def set(self, folders: Iterable[Path]) -> None:
        """Start to listen to changes below folders. `is_set` says whether the system tells of all of them."""
        try:
            for folder in folders:
                self._observer.schedule(self, str(folder), recursive=True, event_filter=_CHANGES)
            self._observer.start()
        except OSError:  # a folder is missing, or the system has no watches left
            return
        self.is_set = True

    def dispatch(self, event: FileSystemEvent) -> None:
        """Ring; called by the package for each change."""
        self.ring(*(os.fsdecode(path) for path in (event.src_path, event.dest_path) if path))

    def ring(self, *paths: str) -> None:
        """Wake who waits now, or who waits next, and tell him of paths."""
        with self._lock:
            self._paths += paths
            self.has_rung = self.has_rung or bool(paths)
            self._rung.set()

    def wait(self, seconds: float) -> frozenset[str]:
        """Return after some seconds, and at once when it has rung since the last wait: the paths it rang for."""
        self._rung.wait(seconds)
        with self._lock:
            paths, self._paths = frozenset(self._paths), []
            self._rung.clear()
        return paths

    def stop(self) -> None:
        """Listen no more."""
        with contextlib.suppress(RuntimeError):  # it was never started
            self._observer.stop()
        self.ring()
