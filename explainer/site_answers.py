"""Say what pages and bodies may ask of a site, beyond its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, Final

from explainer.addresses import address_of_document
from explainer.assets import Assets
from explainer.canonical import DIGEST_BYTES, digest_of
from explainer.cards import Card
from explainer.config import Options
from explainer.content import Document
from explainer.plan.surroundings import surroundings_answers
from explainer.prose import ProseContext, make_context
from explainer.publication import Publication, publication_of
from explainer.read_site import Documents
from explainer.refs import Kind
from explainer.related import RelatedArticles
from explainer.site import Site
from explainer.views.articles import article_entry, article_name
from explainer.views.names import names_of_country
from explainer.watch import ABSENT

OF_CARDS: Final = frozenset(
    {
        *("publication", "document address", "neighbours", "related articles", "articles about", "newest articles"),
        *("shown articles", "shown pages", "documents that moved"),
    }
)
"""Topics whose answers follow from the cards of all documents and the day, and from nothing else."""
OF_LISTS: Final = frozenset({"list of articles", "names of articles"})
"""Topics whose answers follow from these, and from the site's language."""
OF_FILES: Final = frozenset({"record at", "sources at"})
"""Topics whose answer for the path of a document follows from there being that document."""
ENTRY: Final = "list entry of article"
"""The topic whose answers follow from an article's card and the site's language."""


def answers_of(
    site: Site,
    options: Options,
    assets: Assets,
    documents: Documents,
    publications: Mapping[str, Publication | None],
    shown: Iterable[Card],
    *,
    base_url: str,
    static: str,
    has_cards: bool,
    headings: dict[str, tuple[str, ...] | None],
) -> ProseContext:
    """Return the context of all bodies; its answers are those that pages ask for too.

    `shown` are the cards of the documents that this run shows, in reading order, `static` is the path of the static
    folder in messages. `has_cards` says that pages have pictures to be shared with. `headings` are those of bodies that
    have not changed since an earlier build.
    """
    context = make_context(site, options, assets=assets, static=static, headings=headings)
    answers = context.asker.answers
    articles = [card for card in shown if card.kind == "article"]
    pages = sorted((card for card in shown if card.kind == "page"), key=lambda card: card.path)
    moved = sorted((card for card in shown if card.has_aliases), key=lambda card: card.path)
    kinds = documents.by_kind()
    by_id = kinds["article"]
    record_at = answers.functions["record at"]
    language = site.settings.language.encode()
    places = {card.id: number for number, card in enumerate(articles)}

    def neighbours(key: str) -> tuple[str | None, str | None] | str:
        if key not in places:
            return ABSENT
        number = places[key]
        before = articles[number - 1].id if number else None
        return before, articles[number + 1].id if number + 1 < len(articles) else None

    def address(kind: Kind, key: str) -> str:
        card = kinds[kind].get(key)
        return ABSENT if card is None else address_of_document(kind, card.slug or card.id)

    def file(path: str) -> tuple[Kind, str] | None:
        card = documents.cards.get(path)
        found: tuple[Kind, str] | None = record_at(path) if card is None else (card.kind, card.id)
        return found

    def publication(path: str) -> tuple[bool, str] | str:
        if path not in publications:
            return ABSENT
        found = publications[path]
        return (True, "") if found is None or found.is_shown else (False, found.reason)

    @lru_cache(1024)
    def entry(key: str) -> dict[str, Any] | str:
        return article_entry(by_id[key], site.settings.language) if key in by_id else ABSENT

    def entry_digest(key: str) -> bytes:
        if key not in by_id:
            return digest_of(ABSENT)
        return blake2b(language + by_id[key].digest, digest_size=DIGEST_BYTES).digest()

    def cards_about(*subject: str) -> list[Card]:
        return [articles[place] for place in index().about("/".join(subject))] if subject else articles

    def about(*subject: str) -> tuple[str, ...]:
        return tuple([card.id for card in cards_about(*subject)])

    def entries(*subject: str) -> list[dict[str, Any]]:
        return [article_entry(card, site.settings.language) for card in cards_about(*subject)]

    def entries_digest(*subject: str) -> bytes:
        digests = [card.digest for card in cards_about(*subject)]
        return blake2b(language + b"".join(digests), digest_size=DIGEST_BYTES).digest()

    def newest(number: str, *subject: str) -> tuple[str, ...]:
        found = sorted(cards_about(*subject), key=lambda card: card.changed, reverse=True)
        return tuple([card.id for card in found[: int(number)]])

    @cache
    def index() -> RelatedArticles:
        return RelatedArticles({card.id: card.subjects for card in articles})

    def names(key: str) -> tuple[str, ...] | str:
        return names_of_country(site.countries[key]) if key in site.countries else ABSENT

    @lru_cache(64)  # who asks for an answer has its digest found next
    def related(key: str) -> tuple[str, ...] | str:
        return index().of(key) if key in places else ABSENT

    answers.values |= {
        "assets": assets.addresses,
        "frame": {
            "of all": (base_url, bool(articles), has_cards),
            "preview_day": options.as_of if options.is_preview else None,
        },
    }
    # Of documents, more is known here than where the context was made, and without making them of their cards.
    answers.functions |= {
        "document address": address,
        "publication": publication,
        "record at": file,
        "neighbours": neighbours,
        ENTRY: entry,
        "list of articles": entries,
        "names of country": names,
        "names of articles": lambda: list(map(article_name, articles)),
        "related articles": related,
        "shown articles": lambda: [site.articles[card.id] for card in articles],
        "articles about": about,
        "newest articles": newest,
        "shown pages": lambda: [_document(site, card) for card in pages],
        "documents that moved": lambda: [_document(site, card) for card in moved],
        **surroundings_answers(site.settings, assets.addresses, is_preview=options.is_preview, has_feed=bool(articles)),
    }
    # The digest of so many documents is made of theirs.
    answers.shortcuts |= {
        "shown articles": lambda: digest_of([card.digest for card in articles]),
        "shown pages": lambda: digest_of([card.digest for card in pages]),
        "documents that moved": lambda: digest_of([card.digest for card in moved]),
        ENTRY: entry_digest,
        "list of articles": entries_digest,
        "names of articles": entries_digest,
    }
    return context


def publications_of(site: Site, cards: Iterable[Card], options: Options) -> dict[str, Publication | None]:
    """Return the publication of each document, by path; None for one that is simply published."""
    today = options.as_of.toordinal()
    return {
        card.path: None
        if not card.draft and card.day <= today and (card.expires is None or card.expires > today)
        else publication_of(_document(site, card), options)
        for card in cards
    }


def _document(site: Site, card: Card) -> Document:
    return (site.articles if card.kind == "article" else site.pages)[card.id]
