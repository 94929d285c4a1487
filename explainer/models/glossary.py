"""The terms that pages explain."""

from explainer.models.fields import Line, SourceRef
from explainer.models.record import Record


class GlossaryTerm(Record):
    """A term, its definition in one or two sentences, and its other spellings."""

    term: Line
    definition: Line
    aliases: tuple[Line, ...] = ()
    sources: tuple[SourceRef, ...] = ()
