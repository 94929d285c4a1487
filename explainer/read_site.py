"""Read content into a connected site, and take from the build before what has not changed since."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explainer.blobs import Pack
from explainer.build_state import BuildState
from explainer.cards import Card, LazyDocuments, PlacesOfDocuments, make_card
from explainer.config import Folders
from explainer.document_files import (
    MARKDOWN_FOLDERS,
    header_digest,
    mentions_in,
    places_of,
    read_body,
    split_document,
)
from explainer.inputs import Inputs
from explainer.link import link_site
from explainer.problems import Problem, Report
from explainer.refs import Kind, Ref
from explainer.site import Site
from explainer.source_files import SourceFile, read_bytes
from explainer.workers import share_out, worker_count

_KINDS: Mapping[str, Kind] = {"articles": "article", "pages": "page"}
# There are many: so a card takes a third of the time that its own constructor takes.
_as_card: Callable[[tuple[Any, ...]], Card] = partial(tuple.__new__, Card)


class World(Struct, frozen=True):
    """The records of a site without its documents. `is_new` says that they were read just now."""

    site: Site | None
    is_new: bool


class Documents(Struct, frozen=True):
    """The documents of a site: their cards by path, and the paths of those whose text is new or was changed.

    `kinds` says of each file of a document by its path, also of one that could not be read, what it is to become,
    and `folder` is where they all lie. `problems` are those met while these were read. `moved` says that some card
    is other than it was, or that a document came or went. `loose` are the references of those that are at fault.
    `digests` are the SHA-256 of the bytes of each file that was read for its front matter too.
    """

    folder: Path
    kinds: Mapping[str, Kind]
    cards: Mapping[str, Card]
    changed: frozenset[str]
    problems: Mapping[str, Sequence[Problem]]
    moved: bool
    digests: Mapping[str, bytes]
    loose: Sequence[Ref] = ()

    def by_kind(self) -> dict[Kind, dict[str, Card]]:
        """Return the cards of all documents of each kind, by id."""
        found: dict[Kind, dict[str, Card]] = {kind: {} for kind in _KINDS.values()}
        for card in self.cards.values():
            found[card.kind][card.id] = card
        return found

    def file(self, path: str) -> SourceFile:
        """Return the file of a document."""
        return _file(self.folder, path)


def document_pattern(folders: Folders) -> re.Pattern[str]:
    """Return what matches the shown path of a file that is to become an article or a page, its folder as group 1."""
    names = "|".join(MARKDOWN_FOLDERS)
    return re.compile(rf"{re.escape(folders.shown(folders.content))}/({names})/[^/]+\.md")


def read_world(folders: Folders, inputs: Inputs, before: BuildState | None, pack: Pack | None, report: Report) -> World:
    """Return all records but the documents: those of the build before, unless a file changed that is none of these."""
    is_document = document_pattern(folders).fullmatch
    content = f"{folders.shown(folders.content)}/"
    touched = [path for path in (*inputs.changed, *inputs.gone) if path.startswith(content) and not is_document(path)]
    if before is not None and before.world is not None and pack is not None and not touched:
        report.extend(map(Problem.from_tuple, before.world_problems))
        return World(pickle.loads(pack.read(before.world)), is_new=False)  # noqa: S301 - its checksum was right
    from explainer.read import read_records  # nobody reads records while prose is edited

    records, _ = read_records(folders.content, folders.shown(folders.content), report)
    site = link_site(records, report)
    if site is not None:  # the places of documents are in their cards, and would be kept and loaded twice
        places = {kind: known for kind, known in site.places.items() if kind not in _KINDS.values()}
        site = replace(site, places=places)
    return World(site, is_new=True)


def read_documents(
    folders: Folders,
    inputs: Inputs,
    before: BuildState | None,
    report: Report,
    *,
    jobs: int | None,
    meanwhile: Callable[[], None],
) -> Documents:
    """Return the cards of all documents that can be read; those of the build before, where their file is the same.

    While other processes read, this one does `meanwhile` what else is to be done.
    """
    rows = {} if before is None else before.documents
    files = _files_of_documents(folders, inputs, before)
    wanted = [path for path in files if path in inputs.changed or path not in rows]
    cards: dict[str, Card | None] = {path: _as_card(rows[path].card) if path in rows else None for path in files}
    for path in wanted:
        cards[path] = None  # keeps its turn

    def read(number: int, _worker: int) -> tuple[Card | None, list[Problem], list[Ref], bytes | None]:
        path, own = wanted[number], Report()
        file = _file(folders.content, path)
        known = _with_its_header(_as_card(rows[path].card), file) if path in rows else None
        if known is not None:
            return known, [], [], None
        from explainer.read import read_document  # YAML, and all that tells what is wrong with it

        refs: list[Ref] = []
        data = read_bytes(file, Report())
        digest = None if data is None else hashlib.sha256(data).digest()
        document = read_document(file, files[path], own, refs, data=data, with_stand_in=True)
        return (None if document is None else make_card(document)), own.problems, refs, digest

    told: dict[str, list[Problem]] = {}
    loose: dict[str, list[Ref]] = {}
    moved = any(path not in files for path in rows)
    digests: dict[str, bytes] = {}
    workers = worker_count(len(wanted), jobs)
    with closing(share_out(read, len(wanted), workers, meanwhile=meanwhile)) as found:
        for number, (card, problems, own_refs, digest) in found:
            path = wanted[number]
            if digest is not None:
                digests[path] = digest
            if problems:
                told[path], loose[path] = problems, own_refs
            if card is not None:
                cards[path] = card
                moved = moved or path not in rows or rows[path].card[-1] != card.digest
            else:
                moved = True
    report.extend(problem for path in files for problem in told.get(path, ()))
    ordered = {path: card for path, card in cards.items() if card is not None}
    refs = [ref for path in files for ref in loose.get(path, ())]
    return Documents(folders.content, files, ordered, frozenset(wanted), told, moved, digests, refs)


def _files_of_documents(folders: Folders, inputs: Inputs, before: BuildState | None) -> dict[str, Kind]:
    """Return the files that are to become documents, each with what it is to become."""
    if before is not None and not inputs.gone and inputs.changed <= before.head.identities.keys():
        # No file came or went. In an earlier build that came to its end, each of them became a document.
        return {path: _as_card(row.card).kind for path, row in before.documents.items()}
    matching = map(document_pattern(folders).fullmatch, inputs.identities)
    return {match[0]: _KINDS[match[1]] for match in matching if match is not None}


def _with_its_header(card: Card, file: SourceFile) -> Card | None:
    """Return the card of a document whose body alone was changed; None where its front matter has to be read."""
    parts = split_document(file, Report())
    if parts is None or not card.header or header_digest(parts) != card.header:
        return None
    return card._replace(body_line=parts.body_line, mentions=" ".join(sorted(mentions_in(parts.body))))


def with_documents(world: Site, documents: Documents) -> Site:
    """Return a site with its documents, each of which is made of its card when it is asked for."""

    def read(card: Card) -> str:
        return read_body(documents.file(card.path))

    places, cards = dict(world.places), documents.by_kind()
    for kind, known in cards.items():
        others = [path for path, own in documents.kinds.items() if own == kind and path not in documents.cards]
        places[kind] = PlacesOfDocuments(known, places_of(others))
    return replace(
        world,
        articles=LazyDocuments(cards["article"], read),
        pages=LazyDocuments(cards["page"], read),
        places=places,
        mentions=mentions_of(documents.cards.values()),
    )


def _file(content: Path, path: str) -> SourceFile:
    folder, _, name = path.rpartition("/")
    return SourceFile(os.path.join(content, folder.rpartition("/")[2], name), path)  # quicker to make than a Path


def mentions_of(cards: Iterable[Card]) -> frozenset[str]:
    """Return all that the bodies of documents name by `@id` or `#id`."""
    return frozenset(" ".join({card.mentions for card in cards}).split())
