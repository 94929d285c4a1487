"""Remember a build: what it started from, what everything rested on, and what came of it."""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from explainer.blobs import DamagedBlobs, Pack, Spot
from explainer.head import FOLDER, Head, forget_state, head_bytes, head_end, pack_file, state_file
from explainer.page import output_path
from explainer.questions import Questions


class PageRow(NamedTuple):
    """A page that was built: what the manifest, the sitemap and the next build need of it, as plain data.

    `key` is its page key, `sha256` and `size` are those of its bytes; `reading` is where the inspection's reading of it
    is kept, and its plan if it is a document's, and `flawed` whether that reading has findings.
    """

    address: str
    template: str
    source: str
    title: str | None
    key: str
    sha256: str
    size: int
    reading: Spot | None
    flawed: bool

    @property
    def path(self) -> str:
        """The file of the site that holds the page."""
        return output_path(self.address)


class ChapterRow(Struct):
    """A chapter that was planned: the questions it asked, as packed numbers, and its pages."""

    asked: bytes
    pages: list[PageRow]


class DocumentRow(Struct):
    """A document that was built.

    `card` is its card as a tuple. `asked` are the questions of its body, as packed numbers, `prose` is where the
    converted body is kept and `prose_digest` stands for it; there is none for one that is not due. `page_asked` are
    the questions of its page; there are no pages for one that is not shown, else its own comes first, and then the
    files that belong to it. `problems` are the warnings of all these, as tuples.
    """

    card: tuple[Any, ...]
    asked: bytes = b""
    headings: tuple[str, ...] | None = None
    prose: Spot | None = None
    prose_digest: bytes = b""
    page_asked: bytes = b""
    pages: list[PageRow] = field(default_factory=list)
    problems: tuple[tuple[Any, ...], ...] = ()


class BuildState(Struct):
    """All that one build leaves to the next.

    `questions` are all that were asked; rows name them by their numbers. They and rows of documents lie in the pack:
    `questions_at` says where the former are, `chunks` where so many of the latter are, and of which paths. `world` is
    where everything is kept that was read of the content but the documents. `…_problems` are warnings, as tuples.
    `templates` maps each template to its digest, and `compiled` says where those are kept that were compiled, by their
    keys. `language` is the site's, `locales` are words of languages. All of it is plain data.
    """

    head: Head = field(default_factory=Head)
    questions: Questions = field(default_factory=Questions)
    questions_at: Spot | None = None
    chunks: list[tuple[Spot, tuple[str, ...]]] = field(default_factory=list)
    world: Spot | None = None
    world_problems: list[tuple[Any, ...]] = field(default_factory=list)
    rule_problems: list[tuple[Any, ...]] = field(default_factory=list)
    template_problems: list[tuple[Any, ...]] = field(default_factory=list)
    mentions: tuple[str, ...] = ()
    language: str = ""
    documents: dict[str, DocumentRow] = field(default_factory=dict)
    chapters: dict[str, ChapterRow] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    compiled: dict[str, Spot] = field(default_factory=dict)
    locales: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    assets: tuple[str, ...] = ()

    def page_rows(self) -> Iterator[PageRow]:
        """Yield all pages of the build."""
        for chapter in self.chapters.values():
            yield from chapter.pages
        for document in self.documents.values():
            yield from document.pages


def load_state(cache: Path, head: Head) -> BuildState:
    """Return the whole state that a head belongs to. Raises DamagedBlobs."""
    try:
        with open(state_file(cache), "rb") as stream:
            data = stream.read()
        body = memoryview(data)[head_end(data) :]
    except (OSError, struct.error) as error:
        raise DamagedBlobs(str(error)) from error
    if zlib.crc32(body) != head.body:
        raise DamagedBlobs("the state is not what was put there")
    was_enabled = gc.isenabled()
    # A collector would look for cycles among some hundred thousand new objects, again and again, and find none: that
    # took longer than to load them. Frozen, they are not looked at later in the build either.
    gc.disable()
    pack = pack_of(cache, head)
    try:
        return _thaw(head, marshal.loads(body), pack)  # noqa: S302 - its checksum was right
    finally:
        pack.close()
        gc.freeze()
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def thawing() -> Iterator[None]:
    """Let the collector look again, at the end of a build, at what `load_state` hid from it."""
    try:
        yield
    finally:
        gc.unfreeze()


def save_state(cache: Path, state: BuildState) -> None:
    """Keep a state. It only saves time: where it cannot be written, nothing is said, and the next build starts anew."""
    folder, body = cache / FOLDER, marshal.dumps(_freeze(state))
    head = state.head._replace(body=zlib.crc32(body))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "state.new", "wb") as stream:
            stream.write(head_bytes(head))
            stream.write(body)
        os.replace(folder / "state.new", folder / "state")
        for path in folder.glob("pack-*"):
            if path.name != head.pack_name:
                path.unlink()
    except OSError:
        forget_state(cache)


def pack_of(cache: Path, head: Head) -> Pack:
    """Return the file that holds the pieces a state names."""
    return Pack(Path(pack_file(cache, head)))


def pack_rows(rows: Mapping[str, DocumentRow]) -> bytes:
    """Return rows of documents by path as bytes."""
    plain = {
        path: (
            row.card,
            row.asked,
            row.headings,
            row.prose and tuple(row.prose),
            row.prose_digest,
            row.page_asked,
            list(map(tuple, row.pages)),
            row.problems,
        )
        for path, row in rows.items()
    }
    return marshal.dumps(plain)


# There are many: so a row takes half the time that its own constructor takes.
_as_row: Final[Callable[[tuple[Any, ...]], PageRow]] = partial(tuple.__new__, PageRow)


def unpack_rows(data: bytes) -> dict[str, DocumentRow]:
    """Return the rows that `pack_rows` packed."""
    plain = marshal.loads(data)  # noqa: S302 - its checksum was right
    return {
        path: DocumentRow(card, asked, headings, prose, digest, page_asked, list(map(_as_row, pages)), problems)
        for path, (card, asked, headings, prose, digest, page_asked, pages, problems) in plain.items()
    }


def _freeze(state: BuildState) -> dict[str, Any]:
    """Return a state as containers of the simplest kinds: marshal knows no others."""
    elsewhere = ("head", "questions", "documents")
    values = {name: getattr(state, name) for name in state.__struct_fields__ if name not in elsewhere}
    values["questions_at"] = state.questions_at and tuple(state.questions_at)
    values["chunks"] = [tuple(spot) for spot, _ in state.chunks]
    values["world"] = state.world and tuple(state.world)
    values["compiled"] = {key: tuple(spot) for key, spot in state.compiled.items()}
    values["chapters"] = {
        name: (chapter.asked, list(map(tuple, chapter.pages))) for name, chapter in state.chapters.items()
    }
    return values


def _thaw(head: Head, values: dict[str, Any], pack: Pack) -> BuildState:
    questions = values["questions_at"]
    values["questions"] = Questions() if questions is None else Questions.unpack(pack.read(questions))
    values["world"] = values["world"] and Spot(*values["world"])
    values["compiled"] = {key: Spot(*spot) for key, spot in values["compiled"].items()}
    values["chapters"] = {
        name: ChapterRow(asked, list(map(_as_row, pages))) for name, (asked, pages) in values["chapters"].items()
    }
    chunks, documents = [], dict[str, DocumentRow]()
    for spot in values["chunks"]:
        rows = unpack_rows(pack.read(spot))
        chunks.append((spot, tuple(rows)))
        documents |= rows
    values["chunks"] = chunks
    values["documents"] = dict(sorted(documents.items()))  # what came later stands in later chunks
    return BuildState(head, **values)
