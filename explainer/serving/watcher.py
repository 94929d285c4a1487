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

from explainer.serving.alarm import Alarm
from explainer.serving.builder import Stopped
from explainer.serving.live_site import LiveSite
from explainer.serving.snapshot import Snapshot, changed_paths, compare_snapshots, look_again, take_snapshot

# Seconds between two looks when nothing rings: the alarm may miss a change, or be missing.
PAUSE, PAUSE_WITH_ALARM = 0.1, 0.25
# A burst is over when two looks so many seconds apart see the same. File systems tell times apart that are at least
# 10 ms apart, so no save can slip between the looks unseen. Who saves one file seldom goes on to a second; who has
# saved two may well; and a file that is empty or gone is most often about to be written.
QUIET, QUIET_AFTER_MANY, QUIET_WHILE_HALF_DONE = 0.015, 0.04, 0.15
# A program that writes into the project without end must not keep the site from being built.
LONGEST_BURST = 2.0
# Looking at everything takes at most a tenth of a processor, however large the project is, and a fiftieth where the
# system has told of a change, but never less than every five seconds where that does not take more.
REST_PER_LOOK, REST_WITH_ALARM, LONGEST_REST = 9.0, 49.0, 5.0


def rest_after(seconds: float, alarm: Alarm) -> float:
    """Return how many seconds to rest after a look that took some, unless the alarm rings."""
    longest = max(LONGEST_REST, REST_PER_LOOK * seconds)
    wanted = (REST_WITH_ALARM if alarm.has_rung else REST_PER_LOOK) * seconds
    return max(PAUSE_WITH_ALARM if alarm.is_set else PAUSE, min(wanted, longest))


class ProjectWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Looks at the project in a thread of its own, has it built, and then has the browsers show the news.

    livereload's own watcher compares times of change alone, builds once for every changed file, loses what is saved
    during a build, and answers no request meanwhile.
    """

    def __init__(self, site: LiveSite, folders: Sequence[Path], announce: Callable[[str], None]) -> None:
        """`announce` is called in the serving thread with each path that the site wants the browsers to load anew."""
        super().__init__()
        for folder in folders:
            self.watch(str(folder))
        self._site, self._watched, self._announce = site, tuple(folders), announce
        self._alarm = Alarm()
        self._alarm.set(self._watched)
        self._built_from = take_snapshot(folders)
        self._whole_due = 0.0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, _callback: Callable[[], None]) -> bool:
        """Start to look. Returns True, which tells livereload not to look by itself."""
        loop = IOLoop.current()
        self._thread = threading.Thread(
            target=self._run, args=(lambda path: loop.add_callback(self._announce, path),), name="watcher", daemon=True
        )
        self._thread.start()
        return True

    def stop(self, timeout: float) -> None:
        """Stop to look, and wait for a running build at most `timeout` seconds: publishing survives a sudden end."""
        self._stopping.set()
        self._alarm.stop()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self, announce: Callable[[str], None]) -> None:
        rest = 0.0  # what was saved while the site was built for the first time
        while not self._stopping.is_set():
            rung = self._alarm.wait(rest)
            try:
                rest = self._look(announce, rung)
            except Stopped:
                return
            except Exception:  # a fault of ours must not end the loop, nor a terminal that cannot be told of it
                rest = PAUSE
                with contextlib.suppress(OSError):
                    traceback.print_exc()

    def _look(self, announce: Callable[[str], None], rung: frozenset[str]) -> float:
        """Look once, build when something has changed, and return how many seconds to rest.

        Where the alarm has rung for some paths, only those are looked at, but everything is when that is due again: it
        may have missed another.
        """
        start = time.monotonic()
        is_whole = not rung or start >= self._whole_due
        now = self._seen(self._built_from, frozenset() if is_whole else rung)
        seconds = time.monotonic() - start
        if is_whole:
            self._whole_due = start + seconds + rest_after(seconds, self._alarm)
        if now != self._built_from:
            now = self._settle(now, rung)
        else:
            self._stopping.wait(seconds)  # what rings without end, and changes nothing, gets half a processor at most
        if (now != self._built_from or self._site.needs_build) and not self._stopping.is_set():
            self._built_from = now  # what is saved from here on makes the next look differ
            for path in self._site.rebuild():
                announce(path)
        return max(0.0, self._whole_due - time.monotonic())

    def _seen(self, before: Snapshot, rung: frozenset[str]) -> Snapshot:
        return look_again(before, rung, self._watched) if rung else take_snapshot(self._watched)

    def _settle(self, seen: Snapshot, rung: frozenset[str]) -> Snapshot:
        """Wait until the burst of saves is over, and return what the project looks like then.

        `rung` are the paths that the alarm rang for at its beginning.
        """
        rung |= changed_paths(self._built_from, seen)
        since = time.monotonic()
        deadline = since + LONGEST_BURST
        while not self._stopping.is_set():
            time_left = min(since + self._quiet(seen), deadline) - time.monotonic()
            if time_left <= 0:
                break
            more = self._alarm.wait(time_left)
            rung |= more
            now = self._seen(seen, rung if self._alarm.is_set else frozenset())
            if now != seen:
                seen, since = now, time.monotonic()
        return seen

    def _quiet(self, seen: Snapshot) -> float:
        difference = compare_snapshots(self._built_from, seen)
        if difference.is_half_done:
            return QUIET_WHILE_HALF_DONE
        return QUIET_AFTER_MANY if difference.count > 1 else QUIET
