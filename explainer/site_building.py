"""Make a site where there is something to do, publish it, and remember it."""

from __future__ import annotations

from explainer.asked import Asked
from explainer.blobs import DamagedBlobs, NotMade
from explainer.build_state import load_state, thawing
from explainer.config import Folders, Options
from explainer.first_look import FirstLook, scan
from explainer.head import NOTE_DAMAGED, forget_state
from explainer.inputs import CLOCK_TICK_NS
from explainer.line import render
from explainer.publish import publish_unstamped
from explainer.publish_draft import Draft
from explainer.result import BuildResult
from explainer.stopwatch import Listener, Stopwatch


def build_site(
    folders: Folders,
    options: Options,
    asked: Asked,
    look: FirstLook,
    started: int,
    stages: dict[str, float],
    *,
    strict: bool,
    jobs: int | None,
    listener: Listener | None,
) -> BuildResult:
    """Make, publish and remember a site. Raises ContentError, and leaves the last good one untouched then.

    `look` found what is to be done; `started` is when it began, in nanoseconds, by the clock of the file system. The
    caller holds build_lock since then. `stages` are the times of what was done before.
    """
    watch = Stopwatch(stages, listener)
    inputs, known, notes = look.inputs, look.head, list(look.notes)
    fingerprint = bool(asked.settings[-1])
    with thawing():
        while True:
            try:
                with watch.stage("load"):
                    state = None if known is None else load_state(folders.cache, known)
                with (
                    Draft(folders.output, folders.cache, folders.sources) as draft,
                    render(
                        folders,
                        options,
                        inputs,
                        state,
                        look.generator,
                        watch,
                        strict=strict,
                        fingerprint=fingerprint,
                        jobs=jobs,
                        draft=draft,
                    ) as rendered,
                ):
                    with watch.stage("publish"):
                        published = publish_unstamped(
                            rendered.files,
                            folders.output,
                            folders.cache,
                            sources=folders.sources,
                            listed=rendered.listed,
                            draft=draft,
                        )
                    with watch.stage("remember"):
                        rendered.remember(folders.cache, doubtful_from=started - CLOCK_TICK_NS)
                        published.stamp()
                    return BuildResult(
                        rendered.warnings,
                        rendered.counts,
                        rendered.held_back,
                        watch.stages,
                        published.result,
                        rendered.state.head.result["base_url"],
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
                inputs = scan(asked, None)
