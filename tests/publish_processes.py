"""Processes for tests of publishing: one that publishes until it is killed, over and over, and one that reads.

Run as `python -m tests.publish_processes ROLE FOLDER KIND`, with ROLE `publish` or `read`. The publisher answers each
line of its input, a number of seconds, by killing a publishing process after that time. The reader reads until its
input ends, and then prints how often it read and what it missed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from itertools import cycle
from pathlib import Path

from explainer.lock import build_lock
from explainer.publish import publish, publish_unstamped
from explainer.publish_draft import Draft
from tests.publishing import draft_pages, site

PAGES = 90


def versions(kind: str) -> list[dict[str, bytes]]:
    """Return two sites. `some`: a third of their pages differ, and some are in one of them only; else all differ."""
    return [site({path: text(kind, path, name) for path in paths(name)}) for name in ("red", "blue")]


def paths(name: str) -> list[str]:
    """Return the paths of the pages of one of the two sites."""
    shared = [f"pages/{number}/index.html" for number in range(PAGES)]
    return [*shared, *(f"{name}/{number}/index.html" for number in range(3))]


def text(kind: str, path: str, name: str) -> bytes:
    """Return a page that takes several writes of a disk, so that a torn one shows."""
    number = int(path.split("/")[1])
    word = name if kind != "some" or number % 3 == 0 else "same"
    return f"{word} {path}\n".encode() * 1000


def publish_for_ever(folder: Path, kind: str) -> None:
    """Publish the two sites in turn until killed."""
    for files in cycle(versions(kind)):
        with build_lock(folder / ".cache"):
            if kind == "drafted":
                publish_from_two_processes(files, folder)
            else:
                publish(files, folder / "site", folder / ".cache")


def publish_from_two_processes(files: dict[str, bytes], folder: Path) -> None:
    """Publish a site whose pages a process of its own writes, as a worker of a build does, and this one."""
    half = dict(list(files.items())[::2])
    with Draft(folder / "site", folder / ".cache", ()) as draft:
        draft.begin()
        worker = os.fork()
        draft_pages(half if worker else {path: files[path] for path in files.keys() - half.keys()}, draft)
        if not worker:
            os._exit(0)
        os.waitpid(worker, 0)
        draft.written |= files.keys() - {"manifest.json"}
        publish_unstamped(files, folder / "site", folder / ".cache", draft=draft).stamp()


def kill_when_told(folder: Path, kind: str) -> None:
    """Start a publishing process for each line of the input, and kill it after as many seconds as the line says."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            publish_for_ever(folder, kind)
        time.sleep(float(line))  # a kill comes at any moment: there is nothing to wait for
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def read_all_the_time(folder: Path, kind: str) -> None:
    """Read all pages that both sites have until the input ends; print how many reads, and what was missing or torn."""
    red, blue = versions(kind)
    shared = [path for path in paths("red") if path in blue]
    ended = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    reads, faults = 0, []
    print("reading", flush=True)
    while not ended.is_set():
        for path in shared:
            reads += 1
            try:
                found = (folder / "site" / path).read_bytes()
            except OSError as error:
                faults.append(f"{path}: {error}")
                continue
            if found not in (red[path], blue[path]):
                faults.append(f"{path}: {len(found)} bytes, torn")
    print(json.dumps([reads, faults]))


if __name__ == "__main__":
    {"publish": kill_when_told, "read": read_all_the_time}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
