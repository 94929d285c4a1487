"""Find the articles that share the topics and countries of an article, by an index made once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

MOST = 3
"""How many related articles a page names."""
_NEAR = 4
"""How many articles of a subject are looked at before an article, and as many behind it.

With it, what an article costs does not grow with the number of articles on its subjects.
"""
_WEIGHT: Final = 1 << 40
"""What a subject of one article counts; one of many counts a part of it. Whole numbers are added alike in any order."""


class RelatedArticles:
    """The subjects of all articles. `subjects` maps the id of each article, in reading order, to words, one for each.

    The articles on a subject are found when they are first asked for: a build that makes one article anew asks for
    those of a few subjects.
    """

    def __init__(self, subjects: Mapping[str, str]) -> None:
        self._ids = list(subjects)
        self._places = {key: place for place, key in enumerate(self._ids)}
        self._subjects = subjects
        self._about: dict[str, Sequence[int]] = {}

    def about(self, subject: str) -> Sequence[int]:
        """Return the places in reading order of the articles on a subject."""
        found = self._about.get(subject)
        if found is None:
            # Whether a text stands in another is told much quicker than its words are.
            texts = enumerate(self._subjects.values())
            found = self._about[subject] = [
                place for place, text in texts if subject in text and subject in text.split()
            ]
        return found

    def of(self, key: str) -> tuple[str, ...]:
        """Return the ids of the articles that share most with an article, at most `MOST`; a rare subject counts more.

        Those right before and behind it are left out: the page leads to them anyway. Raises KeyError.
        """
        place = self._places[key]
        scores: dict[int, int] = {}
        for subject in self._subjects[key].split():
            about = self.about(subject)
            here, weight = bisect_left(about, place), _WEIGHT // len(about)
            for other in about[max(0, here - _NEAR) : here + _NEAR + 1]:
                scores[other] = scores.get(other, 0) + weight
        for near in (place - 1, place, place + 1):
            scores.pop(near, None)
        best = sorted([(-score, abs(other - place), other) for other, score in scores.items()])
        return tuple(self._ids[other] for _, _, other in best[:MOST])
