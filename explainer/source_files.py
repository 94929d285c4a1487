"""Find and read the files of a project, and refuse what is not plain, readable UTF-8 text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from explainer.odd_characters import odd_bytes
from explainer.problems import Place, Report
from explainer.source_names import is_left_behind

MAX_BYTES = 1 << 20

# O_NONBLOCK: opening a named pipe would otherwise wait for a writer for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_TEXT_ENDINGS = (".yml", ".yaml", ".md")
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_INVISIBLE = {
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\ufeff": "a byte order mark inside the text",
    "\x00": "a NUL character",
    "\x85": "a line end that most editors do not show",
    "\u2028": "a line end that most editors do not show",
    "\u2029": "a paragraph end that most editors do not show",
    "\r": "a carriage return without a line feed",
}


class SourceFile(Struct, frozen=True):
    """A file to read: where it lies, and the path by which it is told to the editor."""

    location: str | Path
    path: str

    @property
    def stem(self) -> str:
        """Its name without what stands behind the last point."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name


def find_files(folder: Path, shown_as: str, report: Report) -> Iterator[SourceFile]:
    """Yield the files below a folder in order of their path, and report what cannot be followed or opened.

    `shown_as` is the folder's path as messages show it. Files left behind by editors are passed over.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report.add(
            Place(shown_as),
            "R001",
            f"this folder cannot be read: {reason(error)}",
            "check that it exists and that you may open it",
        )
        return
    for entry in entries:
        path = f"{shown_as}/{entry.name}"
        if is_left_behind(entry.name):
            continue
        if entry.is_symlink():
            report.add(Place(path), "R002", "this is a symbolic link", "put the file itself here")
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(_TEXT_ENDINGS):
                report.add(Place(path), "R004", "this is a folder with the name of a file", "rename or remove it")
            yield from find_files(Path(entry.path), path, report)
        else:
            yield SourceFile(entry.path, path)  # quicker to make than a Path


def read_bytes(file: SourceFile, report: Report, *, limit: int = MAX_BYTES) -> bytes | None:
    """Return the bytes of a regular file of at most `limit` bytes, or None when it was refused and reported."""
    try:
        descriptor = os.open(file.location, _FLAGS)
    except OSError as error:
        report.add(
            Place(file.path),
            "R003",
            f"this file cannot be read: {reason(error)}",
            "check that it is a plain file and that you may open it",
        )
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            report.add(
                Place(file.path), "R004", "this is not a regular file", "remove it, or put a file of text in its place"
            )
            return None
        data = b""
        # Of most files the first call takes all, and the second one tells that it did.
        while len(data) <= limit and (more := os.read(descriptor, min(max(status.st_size, 1 << 12), limit) + 1)):
            data = data + more if data else more
    finally:
        os.close(descriptor)
    if len(data) > limit:
        size = max(status.st_size, len(data))
        report.add(
            Place(file.path),
            "R005",
            f"this file has {size:,} bytes; the limit is {limit:,}",
            "split it into smaller files",
        )
        return None
    return data


def read_text(file: SourceFile, report: Report) -> str | None:
    """Return the text of a UTF-8 file with LF line ends and no byte order mark, or None when it was refused.

    The report remembers the text, so that later problems can show their line.
    """
    data = read_bytes(file, report)
    return None if data is None else text_of(data, file, report)


def text_of(data: bytes, file: SourceFile, report: Report) -> str | None:
    """Return the text that the bytes of a file are, as `read_text` does."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Place(file.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.remember(file.path, data.decode("utf-8", "replace"))
        report.add(
            place,
            "R006",
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8 (the editor may have used Windows-1251 or Latin-1)",
        )
        return None
    report.remember(file.path, text)
    odd = odd_bytes(data)
    refused = _REFUSED.search(text) if odd and _REFUSED.search(odd.decode()) else None
    if refused is None:
        return text
    for match in _REFUSED.finditer(text):
        start = match.start()
        place = Place(file.path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        what = _INVISIBLE.get(match[0], "a control or direction character")
        report.add(
            place,
            "R007",
            f"character U+{ord(match[0]):04X} is not allowed: {what}",
            "delete it (most editors do not show it)",
        )
        if place.line != text.count("\n", 0, refused.start()) + 1:
            break  # one or two lines are enough to see what happened to the file
    return None


def text_as_it_is(location: Path) -> str | None:
    """Return the text of a file as messages show its lines, or None where it cannot be read."""
    try:
        data = location.read_bytes()
    except OSError:
        return None
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")


def reason(error: OSError) -> str:
    """Return the operating system's reason in words, without path or number."""
    return (error.strerror or type(error).__name__).lower()
