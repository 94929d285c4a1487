"""A source article, taken apart into its claims."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from explainer.models.fields import CountryRef, Date, DateOrSpan, Id, Line, SourceRef
from explainer.record import Record

Verdict = Literal["confirmed", "single-source", "contested", "outdated", "wrong"]
ClaimKind = Literal["fact", "opinion", "announcement", "caption"]


class Claim(Record, frozen=True, kw_only=True):
    """One thing the article says, in our words."""

    text: Line
    speaker: Line
    """Who says it; `author` for the article's own voice."""
    date: DateOrSpan | None = None
    """The date it speaks of."""
    kind: ClaimKind
    verdict: Verdict | None = None
    """None for an opinion, which has a holder instead."""
    note: Line | None = None
    sources: tuple[SourceRef, ...] = ()
    countries: tuple[CountryRef, ...] = ()
    defects: tuple[Id, ...] = ()
    section: Line | None = None


class Defect(Record, frozen=True, kw_only=True):
    """What is wrong with the article, or with the copy of it."""

    title: Line
    text: Line
    sources: tuple[SourceRef, ...] = ()


class SourceArticle(Record, frozen=True, kw_only=True):
    """An article that the site examines. `source` is the copy that was read."""

    title: Line
    publisher: Line
    author: Line | None = None
    published: Date | None = None
    source: SourceRef
    copy_note: Line
    summary: Line
    claims: dict[Id, Claim]
    defects: dict[Id, Defect] = field(default_factory=dict)
