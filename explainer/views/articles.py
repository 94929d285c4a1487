"""Say what a list of articles shows of each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from explainer.addresses import address_of_document
from explainer.cards import Card, unpack_front
from explainer.dates import PartialDate
from explainer.formats import format_date


def article_entry(card: Card, language: str) -> dict[str, Any]:
    """Return what a list of articles shows of one, from its card: to make the article takes ten times longer."""
    fields, _ = unpack_front(card)
    _, *day = fields["date"]
    return {
        "title": fields["title"],
        "description": fields["description"],
        "address": address_of_document(card.kind, card.slug or card.id),
        "date": dict(_date(language, *day)),
    }


def article_name(card: Card) -> tuple[str, str]:
    """Return title and address of an article."""
    fields, _ = unpack_front(card)
    return fields["title"], address_of_document(card.kind, card.slug or card.id)


@lru_cache(4096)
def _date(language: str, *day: int) -> tuple[tuple[str, str], ...]:
    date = PartialDate(*day)
    return ("text", format_date(date, language)), ("iso", str(date))
