"""Say what a list of articles shows of each."""

from __future__ import annotations

from typing import Any

from explainer.addresses import address_of_document
from explainer.cards import Card, unpack_front
from explainer.dates import PartialDate
from explainer.formats import format_date


def article_entry(card: Card, language: str) -> dict[str, Any]:
    """Return what a list of articles shows of one, from its card: to make the article takes ten times longer."""
    fields, _ = unpack_front(card)
    day = PartialDate(*fields["date"][1:])
    return {
        "title": fields["title"],
        "description": fields["description"],
        "address": address_of_document(card.kind, card.slug or card.id),
        "date": {"text": format_date(day, language), "iso": str(day)},
    }


def article_name(card: Card) -> tuple[str, str]:
    """Return title and address of an article."""
    fields, _ = unpack_front(card)
    return fields["title"], address_of_document(card.kind, card.slug or card.id)
