"""Find out, with hardly anything imported, whether a build has anything to do."""

from __future__ import annotations

from typing import NamedTuple

from explainer.asked import Asked
from explainer.generator import Generator, find_generator
from explainer.head import NOTE_FOREIGN, Head, load_head
from explainer.inputs import Inputs, scan_inputs
from explainer.publish_look import is_published


class FirstLook(NamedTuple):
    """What was found: the head of the build before where it can be used, what changed since, and if nothing did.

    `notes` are lines to tell of a cache that is not used.
    """

    head: Head | None
    notes: tuple[str, ...]
    generator: Generator
    inputs: Inputs
    is_idle: bool


def first_look(asked: Asked) -> FirstLook:
    """Look at the cache, at the generator, at all files that a site is built from, and at the site.

    The caller holds build_lock, and has mended what a publish that was killed may have left.
    """
    before, note = load_head(asked.cache)
    generator = find_generator() if before is None else find_generator(before.generator, before.doubtful_from)
    if before is not None and before.generator.digest != generator.digest:
        before, note = None, NOTE_FOREIGN
    if before is not None and before.settings != asked.settings:
        before = None
    inputs = scan(asked, before)
    is_idle = before is not None and inputs.are_the_same and before.result["as_of"] == asked.as_of
    is_idle = is_idle and before is not None and is_published(asked.output, asked.cache, before.manifest_sha256)
    return FirstLook(before, (note,) if note else (), generator, inputs, is_idle)


def scan(asked: Asked, before: Head | None) -> Inputs:
    """Return the files a site is built from, and which of them changed since the build before; all without one.

    Markdown files that are new are not read here: workers will read them, which also find their digests.
    """
    folders = zip(asked.sources, asked.shown_sources, strict=True)
    if before is None:
        return scan_inputs(folders, {}, {}, 0, left=".md")
    return scan_inputs(folders, before.identities, before.digests, before.doubtful_from, left=".md")
