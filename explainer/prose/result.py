"""What becomes of the body of a document: safe HTML, and all that its page shows beside it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct, field

from explainer.problems import Problem

Part = Markup | dict[str, Any]
"""A stretch of safe HTML, or a figure block: `{"template": "timeline", "view": {…}}`."""


class Prose(Struct, frozen=True):
    """A converted body. A page needs nothing else of it.

    `parts` are the body in order; links in it are relative to the page's own address. `contents` has a row
    `{"level": 2, "id": "…", "title": "…"}` for each heading. `notes` are the numbered notes in order of first use, and
    `sources` the works they name, each once. `figures` are the keys of the facts that are shown, such as
    `ENTITY.INDICATOR`, each once, in order of first use: what a cache must ask for before it uses the body again.
    `terms` are the terms of the glossary that are marked in the body, in order, with their definitions.
    `words` counts the words a reader reads, code left out. `problems` are errors and warnings with places in the file.
    """

    parts: list[Part] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    words: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def html(self) -> Markup:
        """The body without its figure blocks."""
        return Markup("").join(part for part in self.parts if isinstance(part, Markup))
