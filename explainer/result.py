"""What a build says of itself when it is done: plain values that cost nothing to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from explainer.problems import Problem

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


class PublishResult(NamedTuple):
    """What a publish did: the files it wrote and took away, as sorted relative paths, and how many it left alone."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class BuildResult(NamedTuple):
    """What a build did. Stage times are in seconds.

    `base_url` is where the site will be, empty where nobody said. `why` says of each page that was rendered, by its
    address, why it was. `notes` are lines about the cache.
    """

    warnings: Sequence[Problem]
    counts: Counts
    held_back: Sequence[HeldBack]
    stages: Mapping[str, float]
    published: PublishResult
    base_url: str = ""
    why: Mapping[str, str] = {}
    notes: Sequence[str] = ()
