"""Say what a list of articles shows of each."""

from __future__ import annotations

from typing import Any

from explainer.addresses import document_address
from explainer.content import Document
from explainer.formats import format_date
from explainer.site import Site


def article_entry(site: Site, article: Document) -> dict[str, Any]:
    """Return what a list of articles shows of one."""
    front = article.front
    return {
        "title": front.title,
        "description": front.description,
        "address": document_address(article),
        "date": {"text": format_date(front.date, site.settings.language), "iso": str(front.date)},
    }
