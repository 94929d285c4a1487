"""Have the site built that is served, say what came of it, and know what the browsers are to be told."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer.config import Options
from explainer.manifest_format import MANIFEST_NAME
from explainer.problems import Problem
from explainer.reporting import count_words, print_problems
from explainer.reporting.style import PLAIN, Style
from explainer.serving.outcome import Outcome
from explainer.serving.worker import base_path_of

GENERATOR_FAILED = "The generator itself failed. The terminal in which it runs shows where."

EVERYTHING = "*"
"""The path by which browsers are told to load their page anew."""
NEWS = "explainer-news"
"""The path by which browsers are told that there are other problems to show, and the same pages."""


@dataclass(frozen=True, slots=True)
class State:
    """What a browser may be shown, at one moment.

    `version` tells this state of the site from every other one, also from those of earlier servers. `base_path` is the
    path it is served under, with a slash at both ends and not percent-encoded. `is_ready` says whether it was built
    well since the start. `problems` are those of the last build, good or bad; `is_stuck` says that it was bad.
    """

    version: str
    base_path: str
    is_ready: bool = False
    is_stuck: bool = False
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    mark: str = field(init=False)
    """Empty when there is nothing to tell; else a digest of it."""

    def __post_init__(self) -> None:
        told = "\n\n".join([*map(str, self.problems), self.fault])
        mark = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16] if told.strip() else ""
        object.__setattr__(self, "mark", mark)

    @property
    def words(self) -> str:
        """The line that says how many problems there are, or that the generator failed; empty when all is well."""
        return self.fault or (count_words(self.problems, None) if self.problems else "")


class LiveSite:
    """The site as it was last built well, and what stands in the way of a newer one.

    One thread calls `rebuild`; others read `state`, which is replaced as a whole. `folder` holds the site.
    """

    def __init__(
        self,
        folder: Path,
        build: Callable[[Options], Outcome],
        options: Callable[[], Options],
        *,
        style: Style = PLAIN,
    ) -> None:
        """`build` builds the site into `folder`; `options` tells, at every build anew, what was asked for today."""
        self.folder, self._style = folder, style
        self._build, self._options = build, options
        self._built_with = options()
        self._session, self._count = secrets.token_hex(4), 0
        asked_for = self._built_with.base_url or self._built_with.fallback_base_url
        self.state = State(self._next_version(), base_path_of(asked_for))
        self._told_warnings: tuple[Problem, ...] = ()
        self._was_missing = False

    @property
    def needs_build(self) -> bool:
        """Whether another build is due although no file has changed: a new day has come, or the site was deleted."""
        is_missing = self.state.is_ready and not self.folder.exists()
        is_newly_missing = is_missing and not self._was_missing  # what cannot be built anew is not tried for ever
        self._was_missing = is_missing
        return is_newly_missing or self._options() != self._built_with

    def rebuild(self) -> list[str]:
        """Build once, print what came of it, and return the paths that browsers are to load anew.

        A failed build leaves the last good site as it is. No error in content, templates or generator gets out of here,
        and none of a terminal that is gone. Raises ModuleNotFoundError when the generator lacks a package.
        """
        self._built_with = self._options()
        outcome = self._build(self._built_with)
        if outcome.missing_package:
            raise ModuleNotFoundError(outcome.fault, name=outcome.missing_package)
        return self._take_good(outcome) if outcome.is_good else self._take_bad(outcome)

    def _take_good(self, outcome: Outcome) -> list[str]:
        old = self.state
        paths = self._paths_to_load(outcome)
        version = self._next_version() if paths else old.version
        self.state = State(version, outcome.base_path, is_ready=True, problems=outcome.problems)
        if not paths and self.state.mark != old.mark:
            paths = [NEWS]
        with contextlib.suppress(OSError):
            # Warnings that stay the same are told once.
            if outcome.problems and outcome.problems != self._told_warnings:
                print_problems(outcome.problems, output=None, style=self._style)
            what = "" if not old.is_ready else _what_happens(paths)
            print(f"built in {outcome.seconds:.2f} s{what}", flush=True)
            if old.is_ready and outcome.base_path != old.base_path:
                print(f"the site is at {outcome.base_path} now", flush=True)
        self._told_warnings = outcome.problems
        return paths

    def _paths_to_load(self, outcome: Outcome) -> list[str]:
        """Return what a good build has changed for browsers: everything, some style sheets, or nothing."""
        changed = (outcome.changed or frozenset()) - {MANIFEST_NAME}
        state = self.state
        # A builder that died may have published before it could say what.
        if not state.is_ready or state.fault or outcome.base_path != state.base_path:
            return [EVERYTHING]
        if all(path.endswith(".css") for path in changed):
            return [f"{outcome.base_path}{path}" for path in sorted(changed)]
        return [EVERYTHING]

    def _take_bad(self, outcome: Outcome) -> list[str]:
        """Remember why there is no newer site. Pages lay it over themselves; the page of problems is loaded anew."""
        old, fault = self.state, GENERATOR_FAILED if outcome.fault else ""
        self.state = replace(old, is_stuck=True, problems=outcome.problems, fault=fault)
        with contextlib.suppress(OSError):
            if fault:
                print(outcome.fault + fault, file=sys.stderr)
            else:
                print_problems(outcome.problems, output=None, style=self._style)
            what = "the last good site" if old.is_ready else "these problems"
            print(f"The browser shows {what} until they are mended.\n", file=sys.stderr, flush=True)
        if self.state.mark == old.mark and old.is_stuck:
            return []
        if old.is_ready:
            return [NEWS]
        self.state = replace(self.state, version=self._next_version())
        return [EVERYTHING]

    def _next_version(self) -> str:
        self._count += 1
        return f"{self._session}-{self._count}"


def _what_happens(paths: list[str]) -> str:
    if paths == [EVERYTHING]:
        return ", reload"
    if paths in ([], [NEWS]):
        return ", no page changed"
    return ", new style"
