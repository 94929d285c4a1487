"""Read the templates of a project, once, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explainer.problems import Place, Problem, Report
from explainer.source_files import find_files, read_text

if TYPE_CHECKING:
    from explainer.templating.environment import TemplateEnvironment


class Templates(Struct, frozen=True):
    """All templates of one run: a build checks, keys and renders the very same text, whatever happens on the disk.

    `sources` goes from a template's name (its path below the folder, with forward slashes) to its text. `shown_as` is
    the folder's path as messages show it. `problems` are those of files that could not be read.
    """

    sources: Mapping[str, str]
    shown_as: str
    problems: tuple[Problem, ...] = ()

    def path(self, name: str) -> str:
        """Return a template's path as messages show it."""
        return f"{self.shown_as}/{name}"

    def name(self, path: str) -> str | None:
        """Return the name of the template that messages show by this path, or None when no template is."""
        name = path.removeprefix(f"{self.shown_as}/")
        return name if name != path and name in self.sources else None

    def place(self, name: str, line: int, words: str = "") -> Place:
        """Return the place of the first of `words` on a line, or of the whole line when they do not stand there.

        Jinja2 keeps lines, not columns. `words` are looked for as whole words.
        """
        lines = self.sources.get(name, "").split("\n")
        if not 1 <= line <= len(lines):
            return Place(self.path(name))
        text = lines[line - 1]
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) if words else None
        if found:
            return Place(self.path(name), line, found.start() + 1, len(words))
        stripped = text.strip()
        return Place(self.path(name), line, len(text) - len(text.lstrip()) + 1 if stripped else 1, len(stripped) or 1)

    def remember(self, report: Report) -> None:
        """Let a report show lines of these templates."""
        for name, source in self.sources.items():
            report.remember(self.path(name), source)


def read_templates(folder: Path, shown_as: str) -> Templates:
    """Read every file below a folder; links, other special files and text that is not clean UTF-8 become problems.

    A template is known by its path below the folder, so no name can lead outside it.
    """
    report = Report()
    sources = {}
    for file in find_files(folder, shown_as, report):
        text = read_text(file, report)
        if text is not None:
            sources[file.path.removeprefix(f"{shown_as}/")] = text
    return Templates(sources, shown_as, tuple(report.problems))


def make_environment(folder: Path, shown_as: str) -> TemplateEnvironment:
    """Read the templates below a folder, and return the hardened Jinja2 environment that renders them.

    `TemplateEnvironment` says what templates may do. It never looks at the disk again. Templates that have not changed
    since the last call are not compiled again: to check and compile them is most of a small site's build.
    """
    templates = read_templates(folder, shown_as)
    return _environment(tuple(templates.sources.items()), shown_as, templates.problems)


@lru_cache(maxsize=2)
def _environment(
    sources: tuple[tuple[str, str], ...], shown_as: str, problems: tuple[Problem, ...]
) -> TemplateEnvironment:
    from explainer.templating.environment import TemplateEnvironment

    return TemplateEnvironment(Templates(dict(sources), shown_as, problems))


def check_templates(environment: TemplateEnvironment, report: Report) -> None:
    """Report what can be seen to be wrong in the templates without rendering a page, all of it together.

    Where this reports no error, rendering can only fail over the data of a page. The templates are compiled on the way,
    and stay compiled in the environment.
    """
    from explainer.templating.checks import check

    environment.templates.remember(report)
    report.extend(environment.templates.problems)
    report.extend(check(environment))
