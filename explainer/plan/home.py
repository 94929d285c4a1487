"""The home page: the region in figures, and the organisation whose timeline it leads to."""

from __future__ import annotations

from explainer.addresses import HOME, source_article_address
from explainer.config import Options
from explainer.map_asset import ASSET as MAP
from explainer.map_asset import has_outlines
from explainer.page import Page
from explainer.plan.country import key_labels, key_rows
from explainer.plan.documents import known_list, listed_articles
from explainer.plan.frame import Frame
from explainer.views.events import all_events
from explainer.views.interval_chart import interval_chart
from explainer.views.map import Mark, map_view
from explainer.views.notes import SourceNotes
from explainer.views.standing import summary_of_organisation
from explainer.views.year_strip import year_strip


def home_page(frame: Frame, options: Options) -> Page:
    """Return the home page."""
    site, settings = frame.site, frame.site.settings
    notes = SourceNotes(site)
    organisation = settings.region.organisation
    has_map = bool(site.region) and has_outlines(site, site.region)
    return frame.page(
        HOME,
        "pages/home.html",
        "content/site.yml",
        title=settings.title,
        description=settings.description,
        welcome=(settings.welcome or settings.description).split("\n\n"),
        region=settings.region.name,
        labels=key_labels(site),
        map=map_view(site, {key: Mark() for key in site.region}, frame.assets[MAP]) if has_map else None,
        map_notes=notes.cite(site.map.sources) if site.map is not None and has_map else [],
        rows=key_rows(site, notes, options.as_of),
        organisation=summary_of_organisation(site, organisation.id) if organisation else None,
        known=known_list(frame),
        articles=listed_articles(frame),
        chart=interval_chart(site, organisation.id, countries=list(site.region)) if organisation else None,
        # The sources of events stand on the timeline, to which each entry leads.
        strip=year_strip(all_events(site, SourceNotes(site), options.as_of)),
        checked=[
            {"title": article.title, "summary": article.summary, "address": source_article_address(key)}
            for key, article in site.source_articles.items()
        ],
        sources=notes.view(),
    )
