"""Where a project's folders lie, and how one run was asked to build."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from msgspec import Struct


def is_base_url(text: str) -> bool:
    """Whether a text is a web address below which pages can lie: it has a host, and neither query nor fragment."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[?#\s]", text)


class Folders(Struct, frozen=True):
    """The folders of a project. All are absolute; `root` is what messages show paths relative to."""

    root: Path
    content: Path
    templates: Path
    static: Path
    output: Path
    cache: Path

    @classmethod
    def below(cls, root: Path, **others: Path | None) -> Folders:
        """Return the usual folders of a project, with those replaced that are given."""
        root = Path(os.path.abspath(root))
        usual = {name: root / name for name in ("content", "templates", "static")}
        usual |= {"output": root / "site", "cache": root / ".cache"}
        given = {name: Path(os.path.abspath(path)) for name, path in others.items() if path is not None}
        return cls(root=root, **(usual | given))

    @property
    def sources(self) -> tuple[Path, Path, Path]:
        """The folders a site is built from."""
        return (self.content, self.templates, self.static)

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: relative to the project where it lies in it, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


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
