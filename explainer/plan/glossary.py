"""The page of all terms that the site explains."""

from __future__ import annotations

from explainer.addresses import GLOSSARY
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.views.notes import SourceNotes


def glossary_page(frame: Frame) -> Page:
    """Return the glossary, its terms in alphabetical order."""
    site, notes = frame.site, SourceNotes(frame.site)
    terms = sorted(site.glossary.items(), key=lambda item: item[1].term.casefold())
    return frame.page(
        GLOSSARY,
        "pages/glossary.html",
        "content/glossary.yml",
        title="Glossary",
        description=f"{len(terms)} terms that this site uses, each in a sentence or two.",
        trail=[("/", site.settings.title)],
        terms=[
            {
                "id": key,
                "term": term.term,
                "definition": term.definition,
                "aliases": list(term.aliases),
                "notes": notes.cite(term.sources),
            }
            for key, term in terms
        ],
        sources=notes.view(),
    )
