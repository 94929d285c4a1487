"""The Atom feed of the newest articles."""

from __future__ import annotations

from explainer.addresses import FEED, article_address
from explainer.config import Options
from explainer.page import Page
from explainer.plan.documents import shown_articles
from explainer.plan.frame import Frame

NEWEST = 20


def feed_page(frame: Frame, options: Options) -> Page:
    """Return the feed, newest article first. Its dates are days, told as midnight in UTC."""
    site = frame.site
    articles = sorted(
        shown_articles(site, options),
        key=lambda article: (article.front.updated or article.front.date).earliest,
        reverse=True,
    )[:NEWEST]
    entries = [
        {
            "title": article.front.title,
            "summary": article.front.description,
            "url": frame.absolute(article_address(site, article.id)),
            "published": f"{article.front.date}T00:00:00Z",
            "updated": f"{article.front.updated or article.front.date}T00:00:00Z",
            "authors": list(article.front.authors) or [site.settings.title],
        }
        for article in articles
    ]
    view = {
        "title": site.settings.title,
        "subtitle": site.settings.description,
        "language": site.settings.language,
        "home": frame.absolute("/"),
        "address": frame.absolute(FEED),
        "updated": max((str(entry["updated"]) for entry in entries), default="1970-01-01T00:00:00Z"),
        "rights": site.settings.licence.name,
        "entries": entries,
    }
    return Page(FEED, "feed.xml", view, "content/articles")
