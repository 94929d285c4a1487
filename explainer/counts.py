"""Count what a site is made of, for the summary of a build."""

from __future__ import annotations

from explainer.result import Counts
from explainer.site import Site


def count_site(site: Site, *, pages: int, articles: int) -> Counts:
    """Return the counts of a site. `pages` are those that a reader can open, `articles` those that this run shows."""
    entries = sum(
        len(organisation.milestones) + sum(map(len, organisation.parties.values()))
        for organisation in site.organisations.values()
    )
    return Counts(
        pages=pages,
        articles=articles,
        facts=sum(len(country.facts) for country in site.countries.values()),
        events=len(site.events) + entries,
        sources=len(site.sources),
    )
