"""Write and read the text of manifest.json, the list of a site's files and pages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from explainer.publish_places import MANIFEST_NAME as MANIFEST_NAME
from explainer.site_paths import is_site_path

FORMAT = 1
_HEAD = b'{\n "base_url": '
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileDigest(NamedTuple):
    """The SHA-256 of a file's bytes in lower-case hexadecimal, and their number."""

    sha256: str
    size: int


class PageEntry(NamedTuple):
    """The source file a page comes from, as a path of the project, and the page's title."""

    source: str
    title: str


class Manifest(Struct, frozen=True):
    """What a published site consists of: files by their path, pages by their address (`/countries/x/`)."""

    base_url: str
    preview: bool
    files: dict[str, FileDigest]
    pages: dict[str, PageEntry]


class ManifestError(ValueError):
    """A text is no manifest of ours. The message says what is wrong with it."""


def digest(data: bytes) -> FileDigest:
    """Return what a manifest says of a file with these bytes."""
    return FileDigest(hashlib.sha256(data).hexdigest(), len(data))


def format_manifest(
    digests: Mapping[str, tuple[str, int]], *, base_url: str, preview: bool, pages: Mapping[str, tuple[str, str]]
) -> bytes:
    """Return the manifest of a site: JSON in UTF-8, keys sorted, one line for each file and page.

    `digests` maps paths to SHA-256 and size, `pages` addresses to source and title. The manifest does not list itself.
    """
    quote = json.encoder.encode_basestring
    file_lines = [
        f'  {quote(path)}: {{"sha256": "{sha256}", "size": {size}}}'
        for path in sorted(digests)
        if path != MANIFEST_NAME
        for sha256, size in (digests[path],)
    ]
    page_lines = [
        f'  {quote(address)}: {{"source": {quote(source)}, "title": {quote(title)}}}'
        for address in sorted(pages)
        for source, title in (pages[address],)
    ]
    text = "\n".join(
        [
            f"{_HEAD.decode()}{quote(base_url)},",
            f' "files": {_block(file_lines)},',
            f' "format": {FORMAT},',
            f' "pages": {_block(page_lines)},',
            f' "preview": {"true" if preview else "false"}',
            "}\n",
        ]
    )
    return text.encode("utf-8")


def _block(lines: list[str]) -> str:
    return "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest. Raises ManifestError unless it has exactly the shape that make_manifest gives it."""
    content = _parse_object(data)
    if content.get("format") != FORMAT:
        raise ManifestError(f"its format is {content.get('format')!r}; this generator reads format {FORMAT}")
    if content.keys() != {"format", "base_url", "preview", "files", "pages"}:
        raise ManifestError(f"its keys are {', '.join(sorted(content))}")
    base_url, preview, files, pages = (content[key] for key in ("base_url", "preview", "files", "pages"))
    if not (isinstance(base_url, str) and isinstance(preview, bool)):
        raise ManifestError("base_url must be a text, preview true or false")
    if not (isinstance(files, dict) and isinstance(pages, dict)):
        raise ManifestError("files and pages must be objects")
    return Manifest(
        base_url,
        preview,
        {path: _file_entry(path, entry) for path, entry in files.items()},
        {address: _page_entry(address, entry) for address, entry in pages.items()},
    )


def listed_files(data: bytes) -> dict[str, FileDigest]:
    """Return the files that a manifest lists, read without a close look at the rest. Raises ManifestError."""
    try:
        return {
            path: FileDigest(entry["sha256"], entry["size"]) for path, entry in _parse_object(data)["files"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"it does not list files: {error}") from None


def is_manifest(data: bytes) -> bool:
    """Whether bytes are a manifest of this generator, of whatever format, and not some other program's."""
    if data.startswith(_HEAD):
        return True
    try:
        content = _parse_object(data)
    except ManifestError:
        return False
    return isinstance(content.get("format"), int) and isinstance(content.get("files"), dict) and "pages" in content


def _parse_object(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"it is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise ManifestError("it is not a JSON object")
    return content


def _file_entry(path: str, entry: Any) -> FileDigest:
    if not is_site_path(path) or path == MANIFEST_NAME:
        raise ManifestError(f"{path!r} cannot be the path of a file of the site")
    match entry:
        case {"sha256": str(sha256), "size": int(size), **rest} if _SHA256.fullmatch(sha256) and not rest:
            if size >= 0 and not isinstance(size, bool):
                return FileDigest(sha256, size)
    raise ManifestError(f"the entry of {path!r} is not a digest and a size")


def _page_entry(address: str, entry: Any) -> PageEntry:
    match entry:
        case {"source": str(source), "title": str(title), **rest} if address.startswith("/") and not rest:
            return PageEntry(source, title)
    raise ManifestError(f"the entry of the page {address!r} is not a source and a title")
