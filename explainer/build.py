"""Build a site, or find that there is nothing to do: then nothing heavy is imported and no page is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from explainer.blobs import DamagedBlobs, NotMade
from explainer.build_state import (
    NOTE_DAMAGED,
    NOTE_FOREIGN,
    Head,
    forget_state,
    load_head,
    load_state,
    settings_of,
    thawing,
)
from explainer.config import Folders, Options
from explainer.generator import find_generator
from explainer.inputs import CLOCK_TICK_NS, Inputs, scan_inputs
from explainer.lock import build_lock
from explainer.problems import ContentError, Problem
from explainer.publish import PublishResult, is_published, publish, recover
from explainer.result import Counts, HeldBack
from explainer.stopwatch import Listener, Stopwatch

if TYPE_CHECKING:
    from explainer.rendered import Rendered


class BuildResult(Struct, frozen=True):
    """What a build did. Stage times are in seconds.

    `why` says of each page that was rendered, by its address, why it was. `notes` are lines about the cache.
    """

    warnings: Sequence[Problem]
    counts: Counts
    held_back: Sequence[HeldBack]
    stages: Mapping[str, float]
    published: PublishResult
    why: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def build(
    folders: Folders,
    options: Options,
    *,
    strict: bool = False,
    fingerprint: bool = True,
    jobs: int | None = None,
    listener: Listener | None = None,
) -> BuildResult:
    """Build the site into its output folder, or raise ContentError and leave the last good one untouched.

    What the build before left in the cache is used where nothing it rests on has changed; the site comes out the same
    without it. `strict` makes warnings count as errors, `fingerprint` puts digests into the names of assets, `jobs` is
    the number of processes, as many as there are processors by default. `listener` hears how far the build is.
    """
    watch = Stopwatch(listener=listener)
    with build_lock(folders.cache) as started, thawing():
        recover(folders.output)
        with watch.stage("scan"):
            before, note = load_head(folders.cache)
            generator = find_generator() if before is None else find_generator(before.generator, before.doubtful_from)
            if before is not None and before.generator.digest != generator.digest:
                before, note = None, NOTE_FOREIGN
            if before is not None and before.settings != settings_of(folders, options, fingerprint=fingerprint):
                before = None
            inputs = _scan(folders, before)
            idle = before is not None and _is_idle(before, inputs, options, folders)
        notes = [note] if note else []
        if before is not None and idle:
            return _nothing_to_do(before, watch, notes, strict=strict)
        from explainer.line import render

        known = before
        while True:
            try:
                with watch.stage("load"):
                    state = None if known is None else load_state(folders.cache, known)
                with render(
                    folders, options, inputs, state, generator, watch, strict=strict, fingerprint=fingerprint, jobs=jobs
                ) as rendered:
                    with watch.stage("publish"):
                        published = publish(rendered.files, folders.output, folders.cache, sources=folders.sources)
                    with watch.stage("remember"):
                        rendered.remember(folders.cache, doubtful_from=started - CLOCK_TICK_NS)
                    return BuildResult(
                        rendered.warnings,
                        rendered.counts,
                        rendered.held_back,
                        watch.stages,
                        published,
                        rendered.why,
                        notes,
                    )
            except (DamagedBlobs, NotMade) as error:
                # The cache, or the site folder, is not what the build before left: once more, without either.
                if known is None:
                    raise
                if isinstance(error, DamagedBlobs):
                    notes.append(NOTE_DAMAGED)
                known = None
                forget_state(folders.cache)
                inputs = _scan(folders, None)


def check(folders: Folders, options: Options, *, strict: bool = False, jobs: int | None = None) -> Rendered:
    """Do all that a build does except publish: nothing is written, and no cache is used."""
    from explainer.line import render

    return render(
        folders,
        options,
        _scan(folders, None),
        None,
        find_generator(),
        Stopwatch(),
        strict=strict,
        jobs=jobs,
        is_check=True,
    )


def _scan(folders: Folders, before: Head | None) -> Inputs:
    if before is None:
        return scan_inputs(folders, {}, {}, 0)
    return scan_inputs(folders, before.identities, before.digests, before.doubtful_from)


def _is_idle(before: Head, inputs: Inputs, options: Options, folders: Folders) -> bool:
    """Whether the site folder holds just what a build would put there."""
    return (
        inputs.are_the_same
        and before.result["as_of"] == options.as_of.isoformat()
        and is_published(folders.output, folders.cache, before.manifest_sha256)
    )


def _nothing_to_do(before: Head, watch: Stopwatch, notes: list[str], *, strict: bool) -> BuildResult:
    """Return what the build before said, its warnings included."""
    warnings = [Problem.from_tuple(plain) for plain in before.result["warnings"]]
    if strict and warnings:
        raise ContentError(warnings)
    published = PublishResult((), (), before.result["files"])
    held = [HeldBack(*plain) for plain in before.result["held_back"]]
    return BuildResult(warnings, Counts(*before.result["counts"]), held, watch.stages, published, {}, notes)
