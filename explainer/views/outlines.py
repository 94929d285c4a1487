"""Measure the outlines of the map: how far they reach, and where a name stands on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

from msgspec import Struct

from explainer.projection import Point

_RING = re.compile(r"M([^l]+)l([^z]+)z")
_NUMBER = re.compile(r"-?\d+")


class Frame(Struct, frozen=True):
    """A part of the sheet, in its units: what one map shows."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        """The part as SVG writes it."""
        return " ".join(f"{number:.0f}" for number in (self.x, self.y, self.width, self.height))

    def at(self, point: Point) -> Point:
        """Return where a point of the sheet lies in this part, in percent of its width and of its height."""
        return 100 * (point[0] - self.x) / self.width, 100 * (point[1] - self.y) / self.height

    def holds(self, point: Point, *, margin: float) -> bool:
        """Whether a point of the sheet lies in this part, and not in its margin, given in percent."""
        return all(margin <= share <= 100 - margin for share in self.at(point))


def rings(outline: str) -> list[list[Point]]:
    """Return the corners of each ring of an outline, in units of the sheet."""
    found = []
    for start, steps in _RING.findall(outline):
        x, y, *_ = (float(number) for number in _NUMBER.findall(start))
        numbers = [float(number) for number in _NUMBER.findall(steps)]
        xs = accumulate(numbers[::2], initial=x)
        ys = accumulate(numbers[1::2], initial=y)
        found.append(list(zip(xs, ys, strict=True)))
    return found


def frame_around(outlines: Iterable[str], *, margin: float, least: float = 0.0, ratio: float | None = None) -> Frame:
    """Return the part of the sheet that holds some outlines with a margin, given as a share of their extent.

    It is at least as wide as `least`; with a `ratio` of width to height it is widened, or made higher, to that.
    """
    points = [point for outline in outlines for ring in rings(outline) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    centre = (min(xs) + width / 2, min(ys) + height / 2)
    extra = 2 * margin * max(width, height)
    width, height = max(width + extra, least), height + extra
    if ratio is not None:
        width, height = max(width, height * ratio), max(height, width / ratio)
    return Frame(centre[0] - width / 2, centre[1] - height / 2, width, height)


def middle_of(outline: str) -> Point:
    """Return the middle of the largest ring: the centre of its area."""
    ring = max(rings(outline), key=_area)
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    if not twice:
        return ring[0]
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    return x / (3 * twice), y / (3 * twice)


def _area(ring: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])))
