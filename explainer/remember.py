"""Put what a build made into the cache, for the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct, field

from explainer.blobs import NO_SPOT, Pack, Spool, Spot, pack_numbers, unpack_numbers
from explainer.build_state import (
    BuildState,
    ChapterRow,
    DocumentRow,
    PageRow,
    pack_rows,
    save_state,
)
from explainer.changes import Before
from explainer.head import FOLDER, forget_state
from explainer.making import MadePage
from explainer.questions import Questions
from explainer.stages import ChapterOutcome, DocumentOutcome

if TYPE_CHECKING:
    from explainer.templating.environment import TemplateEnvironment

_CHUNK: Final = 16
"""How many rows of documents are written together: all of these again when one of them changes."""
_SLACK: Final = 4 << 20
"""How many bytes of a pack may be wasted, beside as many as are used, before it is written anew."""


class Fresh(Struct):
    """What of a state is not yet in its pack.

    The records and compiled templates are here, bodies by path and readings by address in the spool. `rows` are the
    paths of the documents whose rows are fresh.
    """

    world: bytes | None = None
    compiled: Mapping[str, bytes] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)


def next_state(
    before: Before,
    questions: Questions,
    documents: Mapping[str, DocumentOutcome],
    chapters: Mapping[str, ChapterOutcome],
    *,
    world: bytes | None,
    environment: TemplateEnvironment,
) -> tuple[BuildState, Fresh]:
    """Return the state that a build leaves, as far as it follows from what was made, and what of it is fresh.

    `questions` are those of the build before, with the answers of now, and those that were asked in this build. `world`
    are the records as bytes, None where those of the build before still hold; `environment` has the templates.
    """
    old, fresh = before.state, Fresh(world)
    state = BuildState(questions=questions, questions_at=old.questions_at, chunks=old.chunks, world=old.world)
    for path, outcome in documents.items():
        if outcome.is_kept and outcome.row is not None:
            state.documents[path] = outcome.row
            continue
        fresh.rows.add(path)
        row = DocumentRow(tuple(outcome.card), problems=tuple(problem.as_tuple() for problem in outcome.problems))
        if outcome.body is not None:
            fresh.bodies.add(path)
            row.prose, row.prose_digest, row.headings = outcome.body.spot, outcome.body.digest, outcome.body.headings
            row.asked = outcome.asked
        elif outcome.row is not None:
            was = outcome.row
            row.prose, row.prose_digest, row.headings, row.asked = was.prose, was.prose_digest, was.headings, was.asked
        if outcome.pages:
            row.pages = [page.row for page in outcome.pages]
            kept = outcome.row.page_asked if outcome.row is not None else b""
            row.page_asked = kept if outcome.page_asked is None else outcome.page_asked
            fresh.readings |= _with_new_readings(outcome.pages)
        state.documents[path] = row
    for name, chapter in chapters.items():
        asked = old.chapters[name].asked if chapter.asked is None else chapter.asked
        state.chapters[name] = ChapterRow(asked, [page.row for page in chapter.pages])
        fresh.readings |= _with_new_readings(chapter.pages)
    known, made = old.compiled, environment.compiled.made
    keys = environment.compiled.keys_of(environment.templates)
    state.compiled = {key: known.get(key, NO_SPOT) for key in sorted(keys) if key in known or key in made}
    fresh.compiled = {key: made[key] for key in state.compiled if key not in known}
    return state, fresh


def remember(cache: Path, state: BuildState, fresh: Fresh, spool: Spool, pack: Pack | None) -> None:
    """Write what is fresh into the pack of a state, then the state. Where the disk is full, nothing is kept."""
    folder = cache / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target, name, live = pack, state.head.pack_name, state.head.pack_live
        if pack is not None and pack.size() > 2 * live + _SLACK:
            live = _live_bytes(state)  # which takes a look at every page
        if pack is None or pack.size() > 2 * live + _SLACK:
            name = _next_name(name)
            target = Pack(folder / name)
            target.path.unlink(missing_ok=True)
            _forget_unasked(state)
        assert target is not None
        _move(state, fresh, spool, pack, target)
        size = target.size()
        live = live if target is pack else size
        state.head = state.head._replace(pack_name=name, pack_size=size, pack_live=live)
    except OSError:
        forget_state(cache)
        return
    save_state(cache, state)


def _forget_unasked(state: BuildState) -> None:
    """Forget the questions that nothing rests on any more, and number the others anew."""
    rows, chapters = state.documents.values(), state.chapters.values()
    asked = {number for row in rows for numbers in (row.asked, row.page_asked) for number in unpack_numbers(numbers)}
    asked.update(number for chapter in chapters for number in unpack_numbers(chapter.asked))
    if len(asked) == len(state.questions.texts):
        return
    kept = sorted(asked)
    state.questions = state.questions.only(kept)
    new = {number: place for place, number in enumerate(kept)}

    def renumbered(numbers: bytes) -> bytes:
        return pack_numbers(map(new.__getitem__, unpack_numbers(numbers)))

    for row in rows:
        row.asked, row.page_asked = renumbered(row.asked), renumbered(row.page_asked)
    for chapter in chapters:
        chapter.asked = renumbered(chapter.asked)


def _with_new_readings(pages: Iterable[MadePage]) -> set[str]:
    return {page.row.address for page in pages if page.html is not None and page.row.reading is not None}


def _live_bytes(state: BuildState) -> int:
    spots = [
        state.world,
        state.questions_at,
        *(spot for spot, _ in state.chunks),
        *state.compiled.values(),
        *(row.prose for row in state.documents.values()),
        *(row.reading for row in state.page_rows()),
    ]
    return sum(spot[2] for spot in spots if spot is not None)


def _next_name(name: str) -> str:
    return f"pack-{int(name.removeprefix('pack-') or 0) + 1}"


def _move(state: BuildState, fresh: Fresh, spool: Spool, pack: Pack | None, target: Pack) -> None:
    """Let every spot of a state lie in the target: what is fresh is added; what is not, only to another pack."""
    copies = target is not pack
    with target.adding() as adding:

        def moved(spot: Spot | None, *, is_fresh: bool) -> Spot | None:
            if spot is None or not (is_fresh or copies):
                return spot
            if is_fresh:
                return adding.move(spool, spot)
            assert pack is not None
            return adding.add(pack.read(spot))

        state.world = adding.add(fresh.world) if fresh.world is not None else moved(state.world, is_fresh=False)
        for key, spot in state.compiled.items():
            data = fresh.compiled.get(key)
            state.compiled[key] = moved(spot, is_fresh=False) or spot if data is None else adding.add(data)
        documents = state.documents if copies else {path: state.documents[path] for path in fresh.rows}
        for path, row in documents.items():
            row.prose = moved(row.prose, is_fresh=path in fresh.bodies)
        rows: list[list[PageRow]] = [row.pages for row in documents.values()]
        rows += [chapter.pages for chapter in state.chapters.values()]
        for pages in rows:
            for number, page in enumerate(pages):
                reading = moved(page.reading, is_fresh=page.address in fresh.readings)
                if reading is not page.reading:
                    pages[number] = page._replace(reading=reading and cast(Spot, tuple(reading)))
        if copies or state.questions_at is None or state.questions.is_changed:
            state.questions_at = adding.add(state.questions.pack())
        state.chunks = _chunks(state, [] if copies else state.chunks, fresh.rows, adding.add)


def _chunks(
    state: BuildState, known: Iterable[tuple[Spot, tuple[str, ...]]], fresh: Set[str], adding: Callable[[bytes], Spot]
) -> list[tuple[Spot, tuple[str, ...]]]:
    """Return where the rows of all documents lie: those in which nothing is fresh, where they are known to be."""
    found: list[tuple[Spot, tuple[str, ...]]] = []
    placed: set[str] = set()

    def add(paths: Sequence[str]) -> None:
        found.append((adding(pack_rows({path: state.documents[path] for path in paths})), tuple(paths)))

    for spot, paths in known:
        placed.update(paths)
        left = [path for path in paths if path in state.documents]
        if len(left) == len(paths) and fresh.isdisjoint(paths):
            found.append((spot, paths))
        elif left:
            add(left)
    others = [path for path in state.documents if path not in placed]
    for start in range(0, len(others), _CHUNK):
        add(others[start : start + _CHUNK])
    return found
