"""Build again when the project has changed, once for each burst of saves."""

from __future__ import annotations

import contextlib
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from livereload.watcher import Watcher
from tornado.ioloop import IOLoop

from explainer.serving.live_site import LiveSite
from explainer.serving.snapshot import Snapshot, take_snapshot

# Seconds between two looks. A burst is over when two looks see the same; file systems tell times apart that are at
# least 10 ms apart, so no save can slip between the looks unseen.
PAUSE = 0.1
# A program that writes into the project without end must not keep the site from being built.
LONGEST_BURST = 2.0
# Looking takes at most a quarter of a processor, however large the project is.
REST_PER_LOOK = 3.0


class ProjectWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Looks at the project in a thread of its own, builds there, and then has the browsers reload.

    livereload's own watcher compares times of change alone, builds once for every changed file, loses what is saved
    during a build, and answers no request meanwhile.
    """

    def __init__(self, site: LiveSite, folders: Sequence[Path]) -> None:
        super().__init__()
        for folder in folders:
            self.watch(str(folder))
        self._site, self._watched = site, tuple(folders)
        self._built_from = take_snapshot(folders)
        self._is_due = False
        self._was_missing = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, callback: Callable[[], None]) -> bool:
        """Start to look. `callback` is called in the serving thread whenever the browsers have something new to show.

        Returns True, which tells livereload not to look by itself.
        """
        loop = IOLoop.current()
        self._thread = threading.Thread(
            target=self._run, args=(lambda: loop.add_callback(callback),), name="builder", daemon=True
        )
        self._thread.start()
        return True

    def stop(self, timeout: float) -> None:
        """Stop to look, and wait for a running build at most `timeout` seconds: publishing survives a sudden end."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def examine(self) -> tuple[str | None, None]:
        """Return what livereload's callback asks for: a path while a reload is due, and no delay.

        The path is no file's: livereload would send it to the browser.
        """
        self.filepath = "*" if self._is_due else None
        self._is_due = False
        return self.filepath, None

    def _run(self, announce: Callable[[], None]) -> None:
        pause = PAUSE
        while not self._stopping.wait(pause):
            try:
                pause = self._look(announce)
            except Exception:  # a fault of ours must not end the loop, nor a terminal that cannot be told of it
                with contextlib.suppress(OSError):
                    traceback.print_exc()

    def _look(self, announce: Callable[[], None]) -> float:
        """Look once, build when something has changed, and return how many seconds to rest."""
        start = time.monotonic()
        now = take_snapshot(self._watched)
        rest = max(PAUSE, REST_PER_LOOK * (time.monotonic() - start))
        if now != self._built_from:
            now = self._settle(now, rest)
        is_missing = self._site.is_missing
        is_newly_missing = is_missing and not self._was_missing  # what cannot be built anew is not tried for ever
        self._was_missing = is_missing
        if now != self._built_from or is_newly_missing:
            self._built_from = now  # what is saved from here on makes the next look differ
            if not self._stopping.is_set() and self._site.rebuild():
                self._is_due = True
                announce()
        return rest

    def _settle(self, seen: Snapshot, rest: float) -> Snapshot:
        """Wait until two looks in a row see the same, and return that."""
        deadline = time.monotonic() + LONGEST_BURST
        while time.monotonic() < deadline and not self._stopping.wait(rest):
            now = take_snapshot(self._watched)
            if now == seen:
                break
            seen = now
        return seen
