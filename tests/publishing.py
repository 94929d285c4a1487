"""Small sites to publish, and systems that fail or die at a chosen call."""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from explainer.manifest import make_manifest
from explainer.publish import publish_unstamped
from explainer.publish_draft import Draft
from explainer.result import PublishResult
from explainer.system_calls import SystemCalls

# The calls that change something; between any two of them nothing new can be met.
_ON_FILES = ("open", "write", "fchmod", "fsync", "close", "utime", "link", "unlink", "ftruncate")
CHANGING = frozenset((*_ON_FILES, "chmod", "mkdir", "rmdir", "replace", "exchange", "syncfs"))
# A file system in memory, where a sync costs nothing, for tests that publish thousands of times.
QUICK_DISK = "/dev/shm" if os.path.isdir("/dev/shm") else None


def site(pages: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the files of a site with these pages, its manifest among them."""
    files = {path: text.encode() if isinstance(text, str) else text for path, text in pages.items()}
    addresses = {f"/{path}": {"source": f"content/{path}.md", "title": path} for path in files}
    files["manifest.json"] = make_manifest(files, base_url="https://example.org/", preview=False, pages=addresses)
    return files


class _WithoutDrafted(dict[str, bytes]):
    """The files of a site; of those in a draft nobody has the bytes any more."""

    def __init__(self, files: Mapping[str, bytes], draft: Draft) -> None:
        super().__init__(files)
        self.draft = draft

    def __getitem__(self, path: str) -> bytes:
        assert path not in self.draft.written, f"{path} is asked for, and was written"
        return super().__getitem__(path)


def publish_drafted(files: Mapping[str, bytes], out: Path, cache: Path) -> PublishResult:
    """Publish a site whose pages were written into a draft, and brought to the disk."""
    with Draft(out, cache, ()) as draft:
        draft.begin()
        draft_pages(files, draft)
        settle(draft)
        published = publish_unstamped(_WithoutDrafted(files, draft), out, cache, draft=draft)
    published.stamp()
    return published.result


def settle(draft: Draft) -> None:
    """Have a draft brought to the disk, and wait for that, so that each call of the system has its number."""
    draft.settle()
    for thread in threading.enumerate():
        if thread.name == "settling":  # other tests have threads of their own
            thread.join()


def draft_pages(files: Mapping[str, bytes], draft: Draft) -> None:
    """Write all pages but the manifest into a draft."""
    draft.written |= {path for path, data in files.items() if path != "manifest.json" and draft.put(path, data)}


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder, by path; an empty folder counts as a path that ends in a slash."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                found[f"{name}/"] = b""
        else:
            found[name] = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
    return found


def oddities(folder: Path) -> list[str]:
    """Return what a published site must not have: modes but 0644 and 0755, links, second names, special files."""
    odd = []
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        mode = stat.S_IMODE(status.st_mode)
        plain = (stat.S_ISDIR(status.st_mode) and mode == 0o755) or (
            stat.S_ISREG(status.st_mode) and mode == 0o644 and status.st_nlink == 1
        )
        if not plain:
            odd.append(f"{path}: {status.st_mode:o}, {status.st_nlink} names")
    return odd


class NoExchange(SystemCalls):
    """A system that cannot exchange folders."""

    def exchange(self, one: str, other: str) -> bool:
        return False


class NoLinks(NoExchange):
    """A file system that knows no hard links either."""

    @staticmethod
    def link(source: str, target: str) -> None:  # type: ignore[override]
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


class CountedCalls:
    """The calls of a system, counted; `act` is called before the one with number `at`.

    With `ever`, it is called before each later one too. `only` counts the calls of these names and no others. A file
    that is closed stays closed, whatever `act` raises.
    """

    def __init__(
        self,
        act: Callable[[], None],
        *,
        at: int,
        ever: bool = False,
        only: Collection[str] = (),
        system: SystemCalls | None = None,
    ) -> None:
        self.act = act
        self.at = at
        self.ever = ever
        self.only = only
        self.count = 0
        self.system = system or SystemCalls()

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.system, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.at or (self.ever and self.count > self.at):
                if name == "close":
                    call(*arguments)
                    return self.act()
                self.act()
            return call(*arguments, **named)

        return counted if not self.only or name in self.only else call


def fail_with(number: int) -> Callable[[], None]:
    """Return an act that raises a fault of the operating system."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def die() -> None:
    """End this process as a power cut would: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
