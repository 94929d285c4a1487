"""Check that each word of the glossary belongs to one term."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import Problem
from explainer.site import Site


def check_names_of_terms(site: Site) -> Iterator[Problem]:
    """No two terms have one name or alias, case aside: a reader of the word could not be told which is meant."""
    owners: dict[str, str] = {}
    for key, record in site.glossary.items():
        for field, way in [("term", record.term), *(("aliases", alias) for alias in record.aliases)]:
            owner = owners.setdefault(way.casefold(), key)
            if owner != key:
                message = f'"{way}" is a name of "{owner}" already ({site.place_of("glossary term", owner)})'
                yield Problem(record.place_of(field), "D110", message, "take it out of one of the two")
