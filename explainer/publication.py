"""Say whether a Markdown file is a draft, scheduled, published or expired on a day. Nothing disappears silently."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from explainer.config import Options
from explainer.content import Document
from explainer.result import HeldBack, State


class Publication(Struct, frozen=True):
    """The state of a document, why, and whether this run shows it."""

    document: Document
    state: State
    reason: str
    is_shown: bool

    @property
    def is_due(self) -> bool:
        """Whether its mistakes matter in this run: it is shown, or will be by itself once its day has come."""
        return self.is_shown or self.state == "scheduled"


def publication_of(document: Document, options: Options) -> Publication:
    """Return the state of a document. The day of `date` counts as published, the day of `expires` as expired."""
    state, reason = _state(document, options.as_of)
    shown = state == "published" or (state == "draft" and options.drafts) or (state == "scheduled" and options.future)
    return Publication(document, state, reason, shown)


def held_back(publications: Iterable[Publication]) -> list[HeldBack]:
    """Return what a run does not show, in order of path."""
    return sorted(HeldBack(one.document.path, one.state, one.reason) for one in publications if not one.is_shown)


def _state(document: Document, today: date) -> tuple[State, str]:
    front = document.front
    if front.draft:
        return "draft", "its front matter says draft: true"
    if front.date.earliest > today:
        return "scheduled", f"its date is {front.date}, after {today}"
    if front.expires is not None and front.expires.earliest <= today:
        return "expired", f"it expired on {front.expires}"
    return "published", f"its date is {front.date}"
