"""Where a statement comes from."""

from typing import Literal

from explainer.models.fields import Date, LanguageTag, Line, WebAddress
from explainer.models.record import Record

SourceKind = Literal["primary", "reference", "news", "aggregator", "derived"]


class Source(Record):
    """A document that facts and events lean on."""

    publisher: Line
    title: Line
    url: WebAddress | None = None
    archive_url: WebAddress | None = None
    published: Date | None = None
    published_note: Line | None = None
    accessed: Date
    kind: SourceKind
    """primary: the instrument or office itself; reference: dataset or encyclopaedia; news: press report;
    aggregator: republication of someone else; derived: computed from other sources."""
    licence: Line | None = None
    language: LanguageTag = "en"
    reliability: Line | None = None
