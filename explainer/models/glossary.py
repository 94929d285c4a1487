"""The terms that pages explain."""

from __future__ import annotations

from explainer.models.fields import Line, SourceRef
from explainer.record import Record


class GlossaryTerm(Record, frozen=True, kw_only=True):
    """A term, its definition in one or two sentences, and its other spellings."""

    term: Line
    definition: Line
    aliases: tuple[Line, ...] = ()
    sources: tuple[SourceRef, ...] = ()
