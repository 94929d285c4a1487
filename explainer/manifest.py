"""Make the manifest of a site, and tell where a folder differs from its manifest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from explainer import disk
from explainer.manifest_format import MANIFEST_NAME, FileDigest, ManifestError, digest, format_manifest, parse_manifest
from explainer.problems import Place, Problem
from explainer.publish_faults import reason
from explainer.site_paths import folders_above

_REBUILD = "build the site again"
_MAY_OPEN = "check that you may open it, or build the site again"


def make_manifest(
    files: Mapping[str, bytes], *, base_url: str, preview: bool, pages: Mapping[str, Mapping[str, str]]
) -> bytes:
    """Return the manifest of a site: JSON in UTF-8, keys sorted, one line for each file and page.

    `files` maps the paths of the site to its bytes, `pages` addresses to `{"source": …, "title": …}`. The manifest
    does not list itself.
    """
    digests = {path: digest(data) for path, data in files.items()}
    told = {address: (page["source"], page["title"]) for address, page in pages.items()}
    return format_manifest(digests, base_url=base_url, preview=preview, pages=told)


def verify_manifest(folder: Path) -> list[Problem]:
    """Return where a site folder differs from its manifest, in order of path; an empty list when it is as published.

    Looks for a missing, damaged or preview manifest (P010 to P012), missing, changed and unlisted files (P013 to P015),
    modes other than 0644 and 0755 (P016), links and special files (P017), and what cannot be read (P018). Paths are
    told relative to the current folder, or to the one that the site folder lies in.
    """
    check = _Check(os.path.abspath(folder))
    check.run()
    return sorted(check.problems, key=lambda problem: problem.sort_key)


class _Check:
    """One look at a site folder."""

    def __init__(self, root: str) -> None:
        self.root = root
        here = Path.cwd()
        base = here if Path(root).is_relative_to(here) else Path(root).parent
        self.shown = Path(root).relative_to(base).as_posix()
        self.problems: list[Problem] = []

    def run(self) -> None:
        wanted = self._read_manifest()
        if wanted is None:
            return
        found = self._walk(
            wanted.keys() | {MANIFEST_NAME}, {folder for path in wanted for folder in folders_above(path)}
        )
        for path, entry in wanted.items():
            if path not in found:
                self._add(path, "P013", "the manifest lists this file, and it is not there", _REBUILD)
            elif found[path]:
                self._check_bytes(path, entry)

    def _add(self, path: str, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(Place(f"{self.shown}/{path}" if path else self.shown), code, message, fix))

    def _read_manifest(self) -> dict[str, FileDigest] | None:
        """Return the files that should be there, or None, with the reason told, when that cannot be known."""
        place = f"{self.root}/{MANIFEST_NAME}"
        try:
            if os.path.islink(self.root) or os.path.islink(place):
                name = "" if os.path.islink(self.root) else MANIFEST_NAME
                self._add(name, "P017", "this is a symbolic link", _REBUILD)
                return None
            manifest = parse_manifest(disk.read_file(place))
        except (FileNotFoundError, NotADirectoryError):
            self._add(MANIFEST_NAME, "P010", "this site has no manifest", "build the site first")
        except OSError as error:
            self._add(MANIFEST_NAME, "P018", f"this cannot be read: {reason(error)}", _MAY_OPEN)
        except ManifestError as error:
            self._add(MANIFEST_NAME, "P011", f"this is no manifest of ours: {error}", _REBUILD)
        else:
            if manifest.preview:
                message = "this site is a preview: it has drafts or pages of days to come"
                self._add(MANIFEST_NAME, "P012", message, "build it without --drafts and --future")
            return manifest.files
        return None

    def _walk(self, files: set[str], folders: set[str]) -> dict[str, bool]:
        """Return the paths that are taken, each with whether a file is there to be read; tell what is wrong there."""
        found: dict[str, bool] = {}
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            place = f"{self.root}/{folder}" if folder else self.root
            try:
                self._check_mode(folder, os.lstat(place).st_mode, disk.FOLDER_MODE)
                entries = disk.list_folder(place)
            except OSError as error:
                self._add(folder, "P018", f"this folder cannot be read: {reason(error)}", _MAY_OPEN)
                found |= dict.fromkeys((path for path in files if path.startswith(f"{folder}/")), False)
                continue
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if disk.is_folder(entry):
                    if path in folders:
                        waiting.append(path)
                    else:
                        self._add(path, "P015", "the manifest does not list this folder", _REBUILD)
                else:
                    found[path] = self._check_file(path, os.lstat(entry.path), listed=path in files)
        return found

    def _check_file(self, path: str, status: os.stat_result, *, listed: bool) -> bool:
        """Tell what is wrong with a directory entry, its bytes aside. Returns whether it is a file to be read."""
        if not listed:
            self._add(path, "P015", "the manifest does not list this file", _REBUILD)
        elif stat.S_ISLNK(status.st_mode):
            self._add(path, "P017", "this is a symbolic link", _REBUILD)
        elif not stat.S_ISREG(status.st_mode):
            self._add(path, "P017", "this is not a plain file", _REBUILD)
        else:
            if status.st_nlink != 1:
                self._add(path, "P017", "this file has a second name (a hard link)", _REBUILD)
            self._check_mode(path, status.st_mode, disk.FILE_MODE)
            return True
        return False

    def _check_mode(self, path: str, found: int, wanted: int) -> None:
        mode = stat.S_IMODE(found)
        if disk.HAS_MODES and mode != wanted:
            fix = f"chmod {wanted:o} {self.shown}{'/' if path else ''}{path}, or {_REBUILD}"
            self._add(path, "P016", f"the mode is {mode:04o}, and should be {wanted:04o}", fix)

    def _check_bytes(self, path: str, wanted: FileDigest) -> None:
        place = f"{self.root}/{path}"
        try:
            size = os.lstat(place).st_size
            with open(place, "rb") as stream:
                changed = size != wanted.size or hashlib.file_digest(stream, "sha256").hexdigest() != wanted.sha256
        except OSError as error:
            self._add(path, "P018", f"this file cannot be read: {reason(error)}", _MAY_OPEN)
            return
        if changed:
            message = f"this file was changed after publishing ({size:,} bytes, the manifest says {wanted.size:,})"
            if size == wanted.size:
                message = "this file was changed after publishing: its SHA-256 is not the manifest's"
            self._add(path, "P014", message, _REBUILD)
