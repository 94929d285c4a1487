"""What a build says of itself when it is done: plain values that cost nothing to import."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["draft", "scheduled", "published", "expired"]


class HeldBack(NamedTuple):
    """A document that a run does not show: the path of its file, its state, and why."""

    path: str
    state: State
    reason: str


class Counts(NamedTuple):
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
