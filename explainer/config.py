"""Where a project's folders lie, and how one run was asked to build."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from msgspec import Struct

from explainer.asked import FOLDERS, Asked, asked_for, folders_below, shown_path


class Folders(Struct, frozen=True):
    """The folders of a project. All are absolute; `root` is what messages show paths relative to."""

    root: Path
    content: Path
    templates: Path
    static: Path
    output: Path
    cache: Path

    @classmethod
    def below(cls, root: Path, **others: Path | str | None) -> Folders:
        """Return the usual folders of a project, with those replaced that are given."""
        given = {name: None if path is None else str(path) for name, path in others.items()}
        found = folders_below(os.path.abspath(root), given)
        return cls(Path(os.path.abspath(root)), **{name: Path(path) for name, path in found.items()})

    @property
    def sources(self) -> tuple[Path, Path, Path]:
        """The folders a site is built from."""
        return (self.content, self.templates, self.static)

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: relative to the project where it lies in it, with forward slashes."""
        return shown_path(str(self.root), str(path))

    def asked(self, options: Options, *, fingerprint: bool) -> Asked:
        """Return as plain data what a run is asked for."""
        folders = {name: str(getattr(self, name)) for name in FOLDERS}
        return asked_for(str(self.root), folders, options.settings(fingerprint=fingerprint), options.as_of.isoformat())


class Options(Struct, frozen=True):
    """What a run was asked for. `as_of` is the day on which the site is built, read once in cli."""

    as_of: date
    base_url: str | None = None
    """The address asked for; None leaves it to site.yml, and where that is silent to the fallback."""
    fallback_base_url: str = ""
    drafts: bool = False
    future: bool = False

    @property
    def is_preview(self) -> bool:
        """Whether pages are shown that are not published."""
        return self.drafts or self.future

    def settings(self, *, fingerprint: bool) -> tuple[str | bool | None, ...]:
        """Return all of the options but the day, as plain data."""
        return (self.base_url, self.fallback_base_url, self.drafts, self.future, fingerprint)
