"""Build the site that is served, say what came of it, and know what the browser may be shown."""

from __future__ import annotations

import contextlib
import secrets
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from explainer.build import build
from explainer.config import Folders, Options
from explainer.manifest_format import MANIFEST_NAME, parse_manifest
from explainer.presentation import count_words, print_problems
from explainer.problems import ContentError, Problem

GENERATOR_FAILED = "The generator itself failed. The terminal in which it runs shows where."


class LiveSite:
    """The site as it was last built well, and what stands in the way of a newer one.

    One thread builds, another reads the attributes. `folder` holds the site; `base_path` is the path it is served
    under, with a slash at both ends and not percent-encoded; `is_ready` says whether it was built well since the start;
    `obstacles` are the words for the problems of the last build, empty when it went well.
    """

    def __init__(self, folders: Folders, options: Options) -> None:
        self.folder: Path = folders.output
        self.base_path = base_path_of(options.base_url or options.fallback_base_url)
        self.is_ready = False
        self.obstacles = ""
        self._folders, self._options = folders, options
        self._session, self._count = secrets.token_hex(4), 0
        self._warnings: list[Problem] = []

    @property
    def version(self) -> str:
        """What tells this state of the site from every other one, also from those of earlier servers."""
        return f"{self._session}-{self._count}"

    @property
    def is_missing(self) -> bool:
        """Whether somebody has deleted the site since it was built, as `clean` does."""
        return self.is_ready and not self.folder.exists()

    def rebuild(self) -> bool:
        """Build once and print what came of it. Returns whether the browser has something new to show.

        A failed build leaves the last good site as it is. No error in content, templates or generator gets out of here,
        and none of a terminal that is gone.
        """
        start = time.perf_counter()
        try:
            result = build(self._folders, self._options, fingerprint=False)
            base_path = self._read_base_path()
        except ContentError as error:
            words = "\n\n".join([*map(str, error.problems), count_words(error.problems, None)])
            return self._note_failure(words, partial(print_problems, error.problems, output=None))
        except (Exception, SystemExit):  # a server that ends at a mistake of ours would take the last good site along
            return self._note_failure(GENERATOR_FAILED, _print_fault)
        seconds = time.perf_counter() - start
        is_first, moved = self._count == 0, base_path != self.base_path
        self.base_path, self.obstacles, self.is_ready = base_path, "", True
        self._count += 1  # last, so that no page with the new number shows an older state
        with contextlib.suppress(OSError):
            # Warnings that stay the same are told once.
            if result.warnings and list(result.warnings) != self._warnings:
                print_problems(result.warnings, output=None)
            print(f"built in {seconds:.2f} s{'' if is_first else ', reload'}", flush=True)
            if moved and not is_first:
                print(f"the site is at {base_path} now", flush=True)
        self._warnings = list(result.warnings)
        return True

    def _note_failure(self, words: str, tell: Callable[[], None]) -> bool:
        """Remember why there is no newer site. Only a browser that shows such words has something new to show."""
        with contextlib.suppress(OSError):
            tell()
            what = "the last good site" if self.is_ready else "these problems"
            print(f"The browser shows {what} until they are mended.\n", file=sys.stderr, flush=True)
        is_new = words != self.obstacles
        self.obstacles = words
        if self.is_ready or not is_new:
            return False
        self._count += 1
        return True

    def _read_base_path(self) -> str:
        """Return the path that the site just built expects: what was asked for, or what its settings say."""
        return base_path_of(parse_manifest((self.folder / MANIFEST_NAME).read_bytes()).base_url)


def _print_fault() -> None:
    traceback.print_exc()
    print(GENERATOR_FAILED, file=sys.stderr)


def base_path_of(base_url: str) -> str:
    """Return the path of a site's address, with a slash at both ends and not percent-encoded."""
    path = unquote(urlsplit(base_url).path).strip("/")
    return f"/{path}/" if path else "/"
