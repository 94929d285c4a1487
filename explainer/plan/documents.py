"""The pages that come from Markdown: articles, their index and topics, and the site's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from explainer.addresses import (
    ARTICLES,
    country_address,
    document_address,
    topic_address,
)
from explainer.answers import Answers
from explainer.content import Document
from explainer.formats import format_date
from explainer.page import Page
from explainer.plan import linked_data
from explainer.plan.citation import citation
from explainer.plan.frame import Frame
from explainer.plan.preview import preview_notice
from explainer.plan.reading_time import minutes_of
from explainer.plan.surroundings import surroundings_of
from explainer.prose.result import Prose
from explainer.record import Record
from explainer.site import Site


def document_page(frame: Frame, document: Document, body: Prose, digest: bytes) -> Page:
    """Return the page of an article, or of another document. `body` is its converted body, `digest` stands for it."""
    make = _article if document.kind == "article" else _page
    return make(frame, document, body, {"body": digest})


def page_again(answers: Answers, page: Page, body: Prose) -> Page:
    """Return a page that an earlier build planned, and kept without the parts whose digests are known.

    All that it asked then has the same answers now, and `body` is the same.
    """
    parts = {"site": surroundings_of(answers, page.address), "body": _body_view(body)}
    return replace(page, view={**page.view, **{name: parts[name] for name in page.known}})


def article_lists(frame: Frame) -> Iterator[Page]:
    """Yield the index of articles, and each topic that has articles."""
    topics = {topic: label for topic, label in frame.site.settings.topics.items() if _on(frame, topic)}
    if frame.articles_about():
        yield _index(frame, topics)
    for topic, label in topics.items():
        yield _topic(frame, topic, label)


def alias_pages(frame: Frame) -> Iterator[Page]:
    """Yield a page for each former address of a document, which leads on to where the document is."""
    former: list[Document] = frame.asker.ask("documents that moved")
    for document in former:
        target = document_address(document)
        for alias in document.front.aliases:
            view = {
                "language": frame.site.settings.language,
                "title": document.front.title,
                "target": target,
                "canonical": frame.absolute(target) if frame.base_url else None,
            }
            yield Page(alias, "pages/alias.html", view, document.path, document.front.title)


def article_cards(frame: Frame, articles: Iterable[str]) -> list[dict[str, Any]]:
    """Return what a list of articles shows of each; they are named by their ids."""
    return [frame.asker.ask("list entry of article", key) for key in articles]


def listed_articles(frame: Frame, *subject: str) -> list[dict[str, Any]]:
    """Return what a list of articles shows of all of them; with a subject, of those that name it."""
    found: list[dict[str, Any]] = frame.asker.ask("list of articles", *subject)
    return found


def known_list(frame: Frame, *subject: str) -> dict[str, bytes]:
    """Return the digest of what `listed_articles` returns, as that of a part of a page which is called `articles`."""
    return {"articles": frame.asker.digest("list of articles", *subject)}


def _on(frame: Frame, topic: str) -> tuple[str, ...]:
    return frame.articles_about("topic", topic)


def _index(frame: Frame, topics: Mapping[str, str]) -> Page:
    return frame.page(
        ARTICLES,
        "pages/articles.html",
        "content/articles",
        title="Articles",
        description="Explainers whose figures are checked against the fact sheets.",
        trail=[("/", frame.site.settings.title)],
        known=known_list(frame),
        articles=listed_articles(frame),
        topics=[{"label": label, "address": topic_address(topic)} for topic, label in topics.items()],
    )


def _topic(frame: Frame, topic: str, label: str) -> Page:
    return frame.page(
        topic_address(topic),
        "pages/articles.html",
        "content/site.yml",
        title=label,
        description=f"Explainers on the topic {label}.",
        trail=[("/", frame.site.settings.title), (ARTICLES, "Articles")],
        known=known_list(frame, "topic", topic),
        articles=listed_articles(frame, "topic", topic),
        topics=[],
    )


def _article(frame: Frame, article: Document, body: Prose, known: Mapping[str, bytes]) -> Page:
    site, front = frame.site, article.front
    address, topics = document_address(article), site.settings.topics
    before, after = frame.asker.ask("neighbours", article.id)
    return frame.page(
        address,
        "pages/article.html",
        article.path,
        title=front.title,
        description=front.description,
        trail=[("/", site.settings.title), (ARTICLES, "Articles")],
        kind="article",
        notice=preview_notice(frame, article),
        linked_data=[linked_data.article(site, address, front, frame.locator(address), body.sources)],
        cite=citation(
            frame,
            address,
            title=front.title,
            date=str(front.updated or front.date),
            words="Updated" if front.updated else "",
            authors=front.authors,
        ),
        article=_document_view(site, article)
        | {
            "key_points": list(front.key_points),
            "authors": list(front.authors),
            "minutes": minutes_of(body.words),
            "topics": [{"label": topics[tag.id], "address": topic_address(tag.id)} for tag in front.tags],
            "countries": [
                {"name": site.countries[ref.id].name, "address": country_address(site, ref.id)}
                for ref in front.countries
            ],
            "before": before and article_cards(frame, [before])[0],
            "after": after and article_cards(frame, [after])[0],
            "related": article_cards(frame, frame.asker.ask("related articles", article.id)),
        },
        known=known,
        body=_body_view(body),
    )


def _page(frame: Frame, document: Document, body: Prose, known: Mapping[str, bytes]) -> Page:
    return frame.page(
        document_address(document),
        "pages/page.html",
        document.path,
        title=document.front.title,
        description=document.front.description,
        trail=[("/", frame.site.settings.title)],
        notice=preview_notice(frame, document),
        article=_document_view(frame.site, document),
        known=known,
        body=_body_view(body),
    )


def _document_view(site: Site, document: Document) -> dict[str, Any]:
    front = document.front
    return {
        "title": front.title,
        "description": front.description,
        "date": _date(site, front, "date"),
        "updated": _date(site, front, "updated"),
        "reviewed": _date(site, front, "reviewed"),
    }


def _body_view(body: Prose) -> dict[str, Any]:
    return {
        "parts": list(body.parts),
        "contents": [row for row in body.contents if row["level"] == 2],
        "notes": body.notes,
        "terms": body.terms,
        "sources": body.sources,
    }


def _date(site: Site, front: Record, field: str) -> dict[str, str] | None:
    when = getattr(front, field)
    return when and {"text": format_date(when, site.settings.language), "iso": str(when)}
