"""Turn yearly values into lines on one scale: a year without a value is a gap, and a line has its name at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from explainer.views.scales import Scale, percent, plain, round_scale

Years = Mapping[int, Decimal]

MARKERS = 6
"""How many shapes of markers the templates know."""

MOST_MARKED = 12
"""Up to how many values of a line each have a marker; a longer line has them at its ends and beside its gaps."""

LABEL_HEIGHT = 7.6
"""The least distance of two names at the ends of lines, in percent of the height of a plot."""

SMALL_LABEL_HEIGHT = 14.0
"""The same for a small plot."""

ROOM_FOR_MARKS = 8.0
"""How much of the plot's width the words of its scale have to themselves, in percent."""

LONG_NAME = 14
"""A name of more letters does not fit at the end of a line on a phone: there a legend shows it."""

_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


class Line(Struct, frozen=True):
    """One line: the country whose colour it has, if any, its name, its values, and the last one as short text."""

    country: str | None
    name: str
    years: Years
    last: str


class YearScale(Struct, frozen=True):
    """The years from `first` to `last`; a single year lies in the middle.

    `room` is what is left free before the first, in percent of the width.
    """

    first: int
    last: int
    room: float = ROOM_FOR_MARKS

    def at(self, year: int) -> float:
        """Return where a year lies, in percent of the width."""
        if self.first == self.last:
            return 50.0
        return self.room + (100 - self.room) * (year - self.first) / (self.last - self.first)

    def marks(self, most: int) -> list[int]:
        """Return at most `most` years at even distances, the first and the last among them as far as they are apart."""
        step = next(step for step in _YEAR_STEPS if (self.last - self.first) // step < most or step == _YEAR_STEPS[-1])
        inner = [year for year in range(self.first, self.last + 1) if year % step == 0]
        near = step * 0.6
        inner = [year for year in inner if year - self.first > near and self.last - year > near]
        return sorted({self.first, *inner, self.last})


def years_of(lines: Sequence[Line]) -> YearScale:
    """Return the scale of years that holds all values of some lines."""
    years = [year for line in lines for year in line.years]
    return YearScale(min(years), max(years))


def line_plot(
    lines: Sequence[Line], scale: Scale, years: YearScale, labels: Sequence[str], *, is_small: bool = False
) -> dict[str, Any]:
    """Return the view of a plot. Positions are in percent from the top left; paths are in a field of 100 by 100.

    `labels` are the words of the scale's marks. A small plot has fewer years on its axis, and numbers for names.
    """
    distance = SMALL_LABEL_HEIGHT if is_small else LABEL_HEIGHT
    drawn = [_line(number, line, scale, years) for number, line in enumerate(lines)]
    for line, y in zip(drawn, spread([line["end"] for line in drawn], distance), strict=True):
        line["label_y"] = percent(y)
        line["end_y"] = percent(line.pop("end"))
    return {
        "lines": drawn,
        "is_small": is_small,
        "has_long_names": not is_small and any(len(line.name) > LONG_NAME for line in lines),
        "marks": [
            {"y": percent(100 - scale.at(number)), "text": text, "is_zero": number == 0}
            for number, text in zip(scale.marks, labels, strict=True)
        ],
        "years": [
            {
                "x": percent(years.at(year)),
                "year": year,
                "anchor": _anchor(year, years),
                "is_minor": year not in (years.first, years.last),
            }
            for year in years.marks(3 if is_small else 6)
        ],
    }


def spark_path(values: Years) -> dict[str, Any]:
    """Return a small line without axes, on a scale of its own from zero: its path, where zero lies, where it ends.

    A value between two years without one has no line to lie on: it is a point.
    """
    years = YearScale(min(values), max(values), room=0)
    scale = round_scale(values.values())
    last = max(values)
    return {
        "zero": percent(100 - scale.at(Decimal(0))),
        "path": _path(values, scale, years),
        "points": [
            {"x": percent(years.at(year)), "y": percent(100 - scale.at(values[year]))}
            for year in values
            if year == last or _is_alone(year, values)
        ],
    }


def spread(wanted: Sequence[float], distance: float) -> list[float]:
    """Return positions from 0 to 100 near those wanted and in their order, each at least a distance from the next.

    Names that would lie on each other form a group around their middle.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    groups: list[tuple[float, list[int]]] = []
    for index in order:
        group = (wanted[index], [index])
        while groups and group[0] - _half(group[1], distance) < groups[-1][0] + _half(groups[-1][1], distance):
            before = groups.pop()
            members = before[1] + group[1]
            middle = (before[0] * len(before[1]) + group[0] * len(group[1])) / len(members)
            half = _half(members, distance)
            group = (min(max(middle, half - distance / 2), 100 - half + distance / 2), members)
        groups.append(group)
    placed = [0.0] * len(wanted)
    for middle, members in groups:
        for number, index in enumerate(members):
            placed[index] = middle + (number - (len(members) - 1) / 2) * distance
    return placed


def _half(members: list[int], distance: float) -> float:
    return len(members) * distance / 2


def _line(number: int, line: Line, scale: Scale, years: YearScale) -> dict[str, Any]:
    last = max(line.years)
    return {
        "country": line.country,
        "name": line.name,
        "last": line.last,
        "marker": number % MARKERS,
        "path": _path(line.years, scale, years),
        "points": [
            {"x": percent(years.at(year)), "y": percent(100 - scale.at(line.years[year]))}
            for year in _marked(line.years)
        ],
        "end": 100 - scale.at(line.years[last]),
    }


def _path(values: Years, scale: Scale, years: YearScale) -> str:
    """Return the path through values of consecutive years; it is lifted over each year that has none."""
    words = []
    for run in _runs(sorted(values)):
        points = [f"{plain(years.at(year))} {plain(100 - scale.at(values[year]))}" for year in run]
        if len(points) > 1:
            words.append("M" + "L".join(points))
    return "".join(words)


def _runs(years: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for year in years:
        if run and year != run[-1] + 1:
            yield run
            run = []
        run.append(year)
    if run:
        yield run


def _marked(values: Years) -> list[int]:
    years = sorted(values)
    if len(years) <= MOST_MARKED:
        return years
    ends = {year for run in _runs(years) for year in (run[0], run[-1])}
    return sorted(ends)


def _is_alone(year: int, values: Years) -> bool:
    return year - 1 not in values and year + 1 not in values


def _anchor(year: int, years: YearScale) -> str:
    if years.first == years.last:
        return "middle"
    return "start" if year == years.first else "end" if year == years.last else "middle"
