"""Write pages into the site that is to be published, while others are still being made."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from explainer import disk
from explainer.problems import ContentError
from explainer.publish_changes import needed_folders
from explainer.publish_recovery import recover
from explainer.publish_spare import keep_tree, take_spare
from explainer.publish_staging import Staging, choose_staging
from explainer.publish_stamps import spare_folder
from explainer.publish_target import check_output_is_ours, check_output_name
from explainer.site_paths import is_site_path
from explainer.system_calls import can_exchange

_KNOWS_FOLDERS: Final = {os.open, os.mkdir, os.chmod} <= os.supports_dir_fd


class Draft:
    """The new site in the staging folder, as far as it is made. Every process that makes pages writes its own there.

    It only saves time: so nothing is told here. What cannot be written keeps whoever made it elsewhere, and publishing,
    which tries again, says what is wrong.

    `found` are the files and `folders` the folders of the site before last, to be written over; `written` are the files
    that are as they should be.
    """

    def __init__(self, out: Path, cache: Path, sources: Iterable[Path]) -> None:
        self.staging: Staging | None = None
        self.found: set[str] = set()
        self.folders: set[str] = set()
        self.written: set[str] = set()
        self._out, self._cache, self._sources = out, cache, tuple(sources)
        self._process = os.getpid()
        self._root = -1
        self._as_asked = False
        self._settling: threading.Thread | None = None
        self._fault: BaseException | None = None
        self._open = contextlib.ExitStack()

    def begin(self) -> None:
        """Begin a whole new site, if one can take the old one's place. The caller holds build_lock."""
        place = os.path.abspath(self._out)
        staging = choose_staging(place)
        if self.staging is not None or not _KNOWS_FOLDERS or staging.inside:
            return
        try:
            check_output_name(self._out, cache=self._cache, sources=self._sources)
            recover(self._out)
            check_output_is_ours(place)
            if disk.exists(place) and not can_exchange():
                return
            disk.make_folders(os.path.dirname(staging.folder))
            disk.make_folder(staging.folder)
            with contextlib.ExitStack() as stack:
                stack.enter_context(staging.held())
                new = staging.path("new")
                self.found, self.folders = take_spare(spare_folder(self._cache, place), new)
                if not self.folders:
                    disk.make_folder(new)
                    self.folders = {""}
                    self._as_asked = _gives_modes_as_asked(new)
                # Whoever outlives this process, killed, cannot find his way into the next one's folder by this.
                self._root = disk.calls.open(new, os.O_RDONLY)
                stack.callback(disk.calls.close, self._root)
                self._open = stack.pop_all()
        except (ContentError, OSError):
            return
        self.staging = staging

    def put(self, path: str, data: bytes) -> bool:
        """Write a file of the site, or return False: it is not written, or not for certain."""
        if self.staging is None or self._process not in (os.getpid(), os.getppid()) or not is_site_path(path):
            return False
        try:
            if path in self.found:
                return disk.write_over(path, data, self._root)
            self._make(path.rpartition("/")[0])
            disk.write_file(path, data, self._root, as_asked=self._as_asked)
        except OSError:
            return False
        return True

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that was written. Raises OSError."""
        assert self.staging is not None
        return disk.read_file(self.staging.path(f"new/{path}"))

    def settle(self) -> None:
        """Let the system bring to the disk what is written, while something else is done."""
        if self.staging is None or self._settling is not None:
            return

        def sync(folder: str) -> None:
            try:
                disk.sync_filesystem(folder)
            except BaseException as fault:
                self._fault = fault

        self._settling = threading.Thread(target=sync, args=[self.staging.folder], name="settling")
        self._settling.start()

    def wait(self) -> None:
        """Wait for that. Raises OSError: the system tells once, and to one alone, that something is not on the disk."""
        if self._settling is not None:
            self._settling.join()
        if self._fault is not None:
            raise self._fault

    def tree(self) -> tuple[set[str], set[str]]:
        """Return all files and folders that are known to be there."""
        return self.found | self.written, self.folders | needed_folders(self.written)

    def close(self, *, keep: bool = False) -> None:
        """Let go of the staging folder. With `keep`, what lies there may be written over by the next build."""
        staging, self.staging = self.staging, None
        if staging is None:
            return
        if self._settling is not None:
            self._settling.join()
        if keep:
            keep_tree(staging.path("new"), spare_folder(self._cache, staging.out))
        with contextlib.suppress(OSError):
            self._open.close()

    def __enter__(self) -> Draft:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it: nothing was published."""
        self.close(keep=True)

    def _make(self, folder: str) -> None:
        """Make a folder and those it lies in, unless some process has."""
        if folder in self.folders:
            return
        if folder in self.found:
            raise NotADirectoryError(folder)
        self._make(folder.rpartition("/")[0])
        with contextlib.suppress(FileExistsError):
            disk.make_folder(folder, self._root, as_asked=self._as_asked)
        self.folders.add(folder)


def _gives_modes_as_asked(folder: str) -> bool:
    """Whether what is made in an empty folder gets the mode that is asked for: no umask and no rule takes from it.

    A folder in it is made, and taken away again. Raises OSError.
    """
    probe = f"{folder}/probe"
    disk.make_folder(probe, as_asked=True)
    mode = stat.S_IMODE(disk.calls.lstat(probe).st_mode)
    disk.calls.rmdir(probe)
    return mode == disk.FOLDER_MODE
