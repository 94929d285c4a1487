"""Count what a site is made of, for the summary of a build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.config import Options
from explainer.page import Page
from explainer.publication import publication_of
from explainer.site import Site


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pages, articles, facts, events and sources a site has."""

    pages: int
    articles: int
    facts: int
    events: int
    sources: int

    def words(self) -> str:
        """Return the counts as one phrase: `8 pages, 0 articles, 75 facts, …`."""
        named = {
            "page": self.pages,
            "article": self.articles,
            "fact": self.facts,
            "event": self.events,
            "source": self.sources,
        }
        return ", ".join(f"{number:,} {name}{'' if number == 1 else 's'}" for name, number in named.items())


def count_site(site: Site, pages: Sequence[Page], options: Options) -> Counts:
    """Count the pages that were planned and the records they come from; articles are those this run shows."""
    entries = sum(
        len(organisation.milestones) + sum(map(len, organisation.parties.values()))
        for organisation in site.organisations.values()
    )
    return Counts(
        pages=sum(1 for page in pages if page.title is not None),
        articles=sum(publication_of(article, options).is_shown for article in site.articles.values()),
        facts=sum(len(country.facts) for country in site.countries.values()),
        events=len(site.events) + entries,
        sources=len(site.sources),
    )
