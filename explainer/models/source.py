"""Where a statement comes from."""

from __future__ import annotations

from typing import Literal

from explainer.models.fields import Date, LanguageTag, Line, WebAddress
from explainer.record import Record

SourceKind = Literal["primary", "reference", "news", "aggregator", "derived"]


class Source(Record, frozen=True, kw_only=True):
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
