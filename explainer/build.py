"""Build a site, or find that there is nothing to do: then hardly anything is imported and no page is looked at."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from explainer.asked import Asked
from explainer.first_look import first_look, scan
from explainer.generator import find_generator
from explainer.lock import build_lock
from explainer.publish_places import staging_beside, staging_inside
from explainer.result import BuildResult, Counts, HeldBack, PublishResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from explainer.config import Folders, Options
    from explainer.head import Head
    from explainer.rendered import Rendered
    from explainer.stopwatch import Listener


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
    asked = folders.asked(options, fingerprint=fingerprint)
    return build_asked(asked, lambda: (folders, options), strict=strict, jobs=jobs, listener=listener)


def build_asked(
    asked: Asked,
    given: Callable[[], tuple[Folders, Options]],
    *,
    strict: bool = False,
    jobs: int | None = None,
    listener: Listener | None = None,
) -> BuildResult:
    """Build as `build` does. `given` returns the folders and options that are asked for, where there is work to do."""
    if listener is not None:
        listener.stage("scan")
    start = time.perf_counter()
    with build_lock(asked.cache) as started:
        if any(map(os.path.lexists, (staging_beside(asked.output), staging_inside(asked.output)))):
            from explainer.publish_recovery import recover

            recover(asked.output)  # what a publish that was killed has left
        look = first_look(asked)
        stages = {"scan": time.perf_counter() - start}
        if look.head is not None and look.is_idle:
            return _nothing_to_do(look.head, stages, strict=strict)
        from explainer.site_building import build_site

        folders, options = given()
        return build_site(folders, options, asked, look, started, stages, strict=strict, jobs=jobs, listener=listener)


def check(folders: Folders, options: Options, *, strict: bool = False, jobs: int | None = None) -> Rendered:
    """Do all that a build does except publish: nothing is written, and no cache is used."""
    from explainer.line import render
    from explainer.stopwatch import Stopwatch

    inputs = scan(folders.asked(options, fingerprint=True), None)
    return render(
        folders, options, inputs, None, find_generator(), Stopwatch(), strict=strict, jobs=jobs, is_check=True
    )


def _nothing_to_do(before: Head, stages: dict[str, float], *, strict: bool) -> BuildResult:
    """Return what the build before said, its warnings included."""
    told = before.result
    held = [HeldBack(*plain) for plain in told["held_back"]]
    result = BuildResult(
        (), Counts(*told["counts"]), held, stages, PublishResult((), (), told["files"]), told["base_url"]
    )
    if not told["warnings"]:
        return result
    from explainer.problems import ContentError, Problem

    warnings = [Problem.from_tuple(plain) for plain in told["warnings"]]
    if strict:
        raise ContentError(warnings)
    return result._replace(warnings=warnings)
