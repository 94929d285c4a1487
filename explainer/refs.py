"""Ids of records, and references that remember where they were written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from explainer.problems import Place

MAX_ID_LENGTH = 60
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)

Kind = Literal[
    "country",
    "indicator",
    "unit",
    "group",
    "organisation",
    "status",
    "event",
    "event kind",
    "derived figure",
    "source",
    "source article",
    "glossary term",
    "topic",
    "map",
    "article",
    "page",
]


def is_id(text: str) -> bool:
    """Whether a text can be the id of a record: lower-case words joined by single hyphens, at most 60 characters."""
    return len(text) <= MAX_ID_LENGTH and ID_PATTERN.fullmatch(text) is not None


def suggest_id(text: str) -> str:
    """Return the id that a text most likely meant, or an empty text when none can be made of it."""
    return _BETWEEN_WORDS.sub("-", text.casefold()).strip("-")[:MAX_ID_LENGTH].rstrip("-")


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of another record, and the place where it was written. Two references to one record are equal."""

    kind: Kind
    id: str
    place: Place = field(compare=False)

    def __str__(self) -> str:
        return self.id
