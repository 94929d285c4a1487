"""List the Markdown files of a site with their state, or the facts that are out of date."""

from __future__ import annotations

from collections.abc import Collection

from explainer.config import Folders, Options
from explainer.freshness import is_stale
from explainer.link import link_site
from explainer.problems import Problem, Report
from explainer.publication import publication_of
from explainer.read import read_content
from explainer.result import State


def list_documents(
    folders: Folders, options: Options, *, why: bool, states: Collection[State] = ()
) -> tuple[list[str], list[Problem]]:
    """Return a line for each article and page, its state first, and the problems met while reading them.

    `states` are those that are asked for; none means all.
    """
    report = Report()
    content = read_content(folders.content, folders.shown(folders.content), report)
    documents = sorted([*content.articles.values(), *content.pages.values()], key=lambda document: document.path)
    lines = []
    for document in documents:
        publication = publication_of(document, options)
        if states and publication.state not in states:
            continue
        line = f"{publication.state:<10} {document.path}  {document.front.title}"
        lines.append(f"{line}\n           {publication.reason}" if why else line)
    kinds = " or ".join(states)
    nothing = f"Nothing is {kinds}." if states else "There are no articles or pages."
    return lines or [nothing], report.errors


def list_stale(folders: Folders, options: Options, *, why: bool) -> tuple[list[str], list[Problem]]:
    """Return a line for each fact that is older than its indicator allows, and the problems met while reading."""
    report = Report()
    site = link_site(read_content(folders.content, folders.shown(folders.content), report), report)
    lines = []
    for name, country in site.countries.items() if site is not None else ():
        for ref, fact in country.facts.items():
            age = site.indicators[ref.id].max_age if site is not None and ref.id in site.indicators else None
            if not is_stale(fact.as_of, age, options.as_of):
                continue
            line = f"stale      {fact.place_of('as_of')}  {name}.{ref.id}, as of {fact.as_of}"
            waived = f"waived until {fact.waive.until}: {fact.waive.reason}" if fact.waive else "not waived"
            lines.append(f"{line}\n           its indicator allows {age} days; {waived}" if why else line)
    return lines or ["No fact is out of date."], report.errors
