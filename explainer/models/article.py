"""The front matter of articles and pages."""

from __future__ import annotations

from explainer.models.fields import AliasAddress, CountryRef, FullDate, Id, Line, TopicRef, WholeNumber, YesNo
from explainer.record import Record

# What other generators call our fields, so that a habit is answered with our word.
FOREIGN_FIELDS = {
    "lastmod": "updated",
    "modified": "updated",
    "last_modified_at": "updated",
    "last_updated": "updated",
    "publishdate": "date",
    "published": "date",
    "pubdate": "date",
    "created": "date",
    "expirydate": "expires",
    "unpublishdate": "expires",
    "author": "authors",
    "category": "tags",
    "categories": "tags",
    "keywords": "tags",
    "topics": "tags",
    "summary": "description",
    "subtitle": "description",
    "excerpt": "description",
    "weight": "order",
    "permalink": "slug",
    "url": "slug",
    "redirect_from": "aliases",
    "headline": "title",
    "status": "draft",
}


class FrontMatter(Record, frozen=True, kw_only=True):
    """What stands between the two lines of `---` at the top of a Markdown file."""

    title: Line
    description: Line
    date: FullDate
    updated: FullDate | None = None
    reviewed: FullDate | None = None
    review_by: FullDate | None = None
    expires: FullDate | None = None
    draft: YesNo = False
    slug: Id | None = None
    aliases: tuple[AliasAddress, ...] = ()
    """Former addresses, such as `/old/name/`: each leads to the page."""
    tags: tuple[TopicRef, ...] = ()
    countries: tuple[CountryRef, ...] = ()
    authors: tuple[Line, ...] = ()
    order: WholeNumber | None = None
    key_points: tuple[Line, ...] = ()
