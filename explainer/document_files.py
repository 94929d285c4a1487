"""Know of the files of articles and pages what can be told without reading their front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from explainer.front_matter import SplitDocument, split_front_matter
from explainer.problems import ContentError, Place, Report
from explainer.refs import is_id, suggest_id
from explainer.source_files import SourceFile, read_text

MARKDOWN_FOLDERS: Final = ("articles", "pages")
# A source is cited in prose as [@id], or linked by its file as ../sources/file.yml#id.
_MENTIONED: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def split_document(file: SourceFile, report: Report) -> SplitDocument | None:
    """Return the two parts of a Markdown file, or None for one that was refused and reported."""
    text = read_text(file, report)
    return None if text is None else split_front_matter(text, file.path, report)


def read_body(file: SourceFile) -> str:
    """Return the body of a Markdown file whose front matter was found to be right, as it is on the disk now."""
    report = Report()
    parts = split_document(file, report)
    if parts is None:  # It was changed since, in this very moment; the next build tells what is wrong.
        raise ContentError(report.problems)
    return parts.body


def header_digest(parts: SplitDocument) -> bytes:
    """Return what stands for the text of a front matter, 16 bytes: where it is the same, so is all that it says."""
    return blake2b(parts.header.encode(), digest_size=16).digest()


def mentions_in(body: str) -> frozenset[str]:
    """Return the ids that a body names by `@id` or `#id`."""
    behind = [*body.split("@")[1:], *body.split("#")[1:]]
    return frozenset(match[0] for text in behind if (match := _MENTIONED.match(text)) is not None)


def places_of(paths: Iterable[str]) -> dict[str, Place]:
    """Return where the document of each path stands, by its id; one that cannot be read counts as existing too."""
    return {name: Place(path, 1, 1) for path in paths for name in names_of(path.rpartition("/")[2].removesuffix(".md"))}


def names_of(key: str) -> list[str]:
    """Return by which ids a record may be referred to: its own, or what a key that is no id was meant to be."""
    return [str(key)] if is_id(key) else [name for name in (suggest_id(key),) if name]
