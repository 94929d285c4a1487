"""Remember a build: what it started from, what everything rested on, and what came of it."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import marshal
import os
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import astuple

from explainer.blobs import DamagedBlobs, Pack, Spot
from explainer.config import Folders, Options
from explainer.generator import NO_GENERATOR, Generator
from explainer.inputs import Identity
from explainer.page import output_path
from explainer.watch import Question

FORMAT: Final = 3
FOLDER: Final = "build"
NOTE_DAMAGED: Final = "the cache was damaged and is not used: everything is built anew"
NOTE_FOREIGN: Final = "the cache was made by another version, or on another machine: everything is built anew"

# The file begins with the checksum of what follows up to the end of the head: its length, and the head itself.
_CHECKSUM: Final = 32
_LENGTH: Final = struct.Struct("<Q")


class PageRow(NamedTuple):
    """A page that was built: what the manifest, the sitemap and the next build need of it, as plain data.

    `key` is its page key, `sha256` and `size` are those of its bytes; `reading` is where the inspection's reading of it
    is kept, and `flawed` whether that reading has findings.
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


class Head(Struct):
    """What a build leaves for one that finds nothing to do: a small part, which is read alone.

    `generator` is the one that built, `settings` are the folders and options of the run, `result` is what it printed.
    `doubtful_from` is when the files were looked at, in nanoseconds. `pack_size` says how many bytes the pack has to
    have for all that is named in the state. All of it is plain data.
    """

    generator: Generator = NO_GENERATOR
    settings: tuple[Any, ...] = ()
    identities: Mapping[str, Identity] = field(default_factory=dict)
    digests: Mapping[str, bytes] = field(default_factory=dict)
    doubtful_from: int = 0
    manifest_sha256: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    pack_name: str = ""
    pack_size: int = 0


class BuildState(Struct):
    """All that one build leaves to the next.

    `questions` are all that were asked, with the digests of their answers; rows name them by their number here. `world`
    is where everything is kept that was read of the content but the documents. `…_problems` are warnings, as tuples.
    `templates` maps each template to its digest, and `compiled` says where those are kept that were compiled, by their
    keys. `locales` are words of languages. All of it is plain data.
    """

    head: Head = field(default_factory=Head)
    questions: list[tuple[Question, bytes]] = field(default_factory=list)
    world: Spot | None = None
    world_problems: list[tuple[Any, ...]] = field(default_factory=list)
    rule_problems: list[tuple[Any, ...]] = field(default_factory=list)
    template_problems: list[tuple[Any, ...]] = field(default_factory=list)
    mentions: tuple[str, ...] = ()
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


def settings_of(folders: Folders, options: Options, *, fingerprint: bool) -> tuple[Any, ...]:
    """Return all of a run's folders and options, but its day, as plain data: with others, nothing can be used again."""
    shown = tuple(folders.shown(folder) for folder in (*folders.sources, folders.output))
    address = (options.base_url, options.fallback_base_url)
    return (*shown, *address, options.drafts, options.future, fingerprint)


def load_head(cache: Path) -> tuple[Head | None, str]:
    """Return the head of the state of the last build that used this cache, or None; and a line to tell of one dropped.

    Whether it fits this generator is for the caller to see.
    """
    try:
        with open(cache / FOLDER / "state", "rb") as stream:
            checksum = stream.read(_CHECKSUM)
            start = stream.read(_LENGTH.size)
            length = _LENGTH.unpack(start)[0] if len(start) == _LENGTH.size else 0
            data = stream.read(length)
    except FileNotFoundError:
        return None, ""
    except (OSError, OverflowError, MemoryError):
        forget_state(cache)  # it may be something in whose place no state could be written
        return None, NOTE_DAMAGED
    if hashlib.sha256(start + data).digest() != checksum:
        return None, NOTE_DAMAGED
    try:
        # marshal may crash on foreign bytes; with its checksum right, the head is ours.
        number, _, values = marshal.loads(data)  # noqa: S302
        if number != FORMAT:
            return None, NOTE_FOREIGN
        head = Head(Generator(*values[0]), *values[1:])
    except (ValueError, EOFError, TypeError, IndexError):
        return None, NOTE_FOREIGN
    if pack_of(cache, head).size() < head.pack_size:
        return None, NOTE_DAMAGED
    return head, ""


def load_state(cache: Path, head: Head) -> BuildState:
    """Return the whole state that a head belongs to. Raises DamagedBlobs."""
    try:
        data = (cache / FOLDER / "state").read_bytes()
        end = _CHECKSUM + _LENGTH.size + _LENGTH.unpack_from(data, _CHECKSUM)[0]
        _, checksum, _ = marshal.loads(memoryview(data)[_CHECKSUM + _LENGTH.size : end])  # noqa: S302 - load_head saw it
    except (OSError, struct.error, ValueError, EOFError, TypeError) as error:
        raise DamagedBlobs(str(error)) from error
    body = memoryview(data)[end:]
    if hashlib.sha256(body).digest() != checksum:
        raise DamagedBlobs("the state is not what was put there")
    was_enabled = gc.isenabled()
    # A collector would look for cycles among some hundred thousand new objects, again and again, and find none: that
    # took longer than to load them. Frozen, they are not looked at later in the build either.
    gc.disable()
    try:
        return _thaw(head, marshal.loads(body))  # noqa: S302 - its checksum was right
    finally:
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
    folder, head = cache / FOLDER, state.head
    values = list(astuple(head))
    values = [tuple(head.generator), *(dict(one) if isinstance(one, Mapping) else one for one in values[1:])]
    body = marshal.dumps(_freeze(state))
    data = marshal.dumps((FORMAT, hashlib.sha256(body).digest(), values))
    data = _LENGTH.pack(len(data)) + data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "state.new").write_bytes(hashlib.sha256(data).digest() + data + body)
        os.replace(folder / "state.new", folder / "state")
        for path in folder.glob("pack-*"):
            if path.name != head.pack_name:
                path.unlink()
    except OSError:
        forget_state(cache)


def forget_state(cache: Path) -> None:
    """Remove what is kept of earlier builds."""
    path = cache / FOLDER / "state"
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            import shutil

            shutil.rmtree(path)
        else:
            path.unlink()


def pack_of(cache: Path, head: Head) -> Pack:
    """Return the file that holds the pieces a state names."""
    return Pack(cache / FOLDER / (head.pack_name or "pack-none"))


def _freeze(state: BuildState) -> dict[str, Any]:
    """Return a state as containers of the simplest kinds: marshal knows no others."""
    values = {name: getattr(state, name) for name in state.__struct_fields__ if name != "head"}
    values["world"] = state.world and tuple(state.world)
    values["compiled"] = {key: tuple(spot) for key, spot in state.compiled.items()}
    values["chapters"] = {
        name: (chapter.asked, [_plain(page) for page in chapter.pages]) for name, chapter in state.chapters.items()
    }
    values["documents"] = {
        path: (
            row.card,
            row.asked,
            row.headings,
            row.prose and tuple(row.prose),
            row.prose_digest,
            row.page_asked,
            [_plain(page) for page in row.pages],
            row.problems,
        )
        for path, row in state.documents.items()
    }
    return values


def _plain(page: PageRow) -> tuple[Any, ...]:
    return (*page[:7], page.reading and tuple(page.reading), page.flawed)


def _page(row: tuple[Any, ...]) -> PageRow:
    address, template, source, title, key, sha256, size, reading, flawed = row
    return PageRow(address, template, source, title, key, sha256, size, reading and Spot(*reading), flawed)


def _thaw(head: Head, values: dict[str, Any]) -> BuildState:
    values["world"] = values["world"] and Spot(*values["world"])
    values["compiled"] = {key: Spot(*spot) for key, spot in values["compiled"].items()}
    values["chapters"] = {
        name: ChapterRow(asked, [_page(page) for page in pages]) for name, (asked, pages) in values["chapters"].items()
    }
    documents: dict[str, DocumentRow] = {}
    for path, (card, asked, headings, prose, digest, page_asked, pages, problems) in values["documents"].items():
        documents[path] = DocumentRow(
            card,
            asked,
            headings,
            prose and Spot(*prose),
            digest,
            page_asked,
            [_page(page) for page in pages],
            problems,
        )
    values["documents"] = documents
    return BuildState(head, **values)
