"""Turn the sheet of outlines into maps: which part is shown, which countries stand out, and where their names are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from explainer.addresses import country_address
from explainer.map_asset import has_outlines, outlines_of
from explainer.models.fact import GeographicPlace
from explainer.site import Site
from explainer.views.outlines import Frame, frame_around, middle_of
from explainer.views.scales import percent

MOST_NAMES = 7
"""Up to how many countries a map names in full; on a map of more, codes stand for the names."""

_NARROW, _WIDE = 290.0, 620.0
"""The widths in pixels for which names are kept apart: that of a map on a phone, and that of one in a text."""

_LINE = 17.0
_LETTER = 8.0


class Mark(Struct, frozen=True):
    """How a country stands out: the words of a list below the map, how it is drawn, and a second line of its name."""

    drawn: str = "solid"
    words: str | None = None
    value: str | None = None


def map_view(
    site: Site, marks: Mapping[str, Mark], asset: str, *, frame: Sequence[str] = (), named: bool = True
) -> dict[str, Any]:
    """Return a map on which some countries stand out. `asset` is the address of the outlines.

    The part that is shown holds the countries of `frame`, else those that stand out. Other countries of the site and
    all other land are drawn without colour.
    """
    outlines = outlines_of(site)
    shown = frame_around([outlines[key] for key in (frame or marks)], margin=0.04)
    names = {key: middle_of(outlines[key]) for key in marks}
    visible = [key for key in marks if shown.holds(names[key], margin=3)]
    return _sheet(site, asset, shown, outlines) | {
        "marked": [
            {"id": key, "name": site.countries[key].name, "drawn": mark.drawn, "address": country_address(site, key)}
            for key, mark in marks.items()
        ],
        "names": _names(site, {key: names[key] for key in visible}, marks, shown) if named else [],
        "uses_codes": len(visible) > MOST_NAMES,
        "rows": [
            {
                "id": key,
                "name": site.countries[key].name,
                "code": site.countries[key].codes.alpha2,
                "address": country_address(site, key),
                "words": mark.words,
                "drawn": mark.drawn,
            }
            for key, mark in marks.items()
        ],
    }


def locator_view(site: Site, country: str, asset: str) -> dict[str, Any] | None:
    """Return a small map that shows where a country lies, with its capital where a place is known; None without map."""
    if not has_outlines(site, [country]):
        return None
    outlines = outlines_of(site)
    in_region = country in site.region and has_outlines(site, site.region)
    if in_region:
        shown = frame_around([outlines[key] for key in site.region], margin=0.03)
    else:
        assert site.map is not None
        shown = frame_around([outlines[country]], margin=0.35, least=site.map.width / 4, ratio=4 / 3)
    return _sheet(site, asset, shown, outlines) | {
        "marked": [{"id": country, "name": site.countries[country].name, "drawn": "solid", "address": None}],
        "names": [],
        "uses_codes": False,
        "rows": [],
        "place": _main_place(site, country, shown),
        "name": site.countries[country].name,
        "where": site.settings.region.name if in_region else None,
    }


def _sheet(site: Site, asset: str, shown: Frame, outlines: Mapping[str, str]) -> dict[str, Any]:
    assert site.map is not None
    return {
        "asset": asset,
        "view_box": shown.view_box,
        "has_land": site.map.land is not None,
        "countries": list(outlines),
        "note": site.map.note,
    }


def _names(
    site: Site, middles: Mapping[str, tuple[float, float]], marks: Mapping[str, Mark], shown: Frame
) -> list[dict[str, Any]]:
    """Return the names that find room, in the order of the marks: on a wide map, and fewer of them on a narrow one."""
    codes = len(middles) > MOST_NAMES
    taken: dict[float, list[tuple[float, float, float, float]]] = {_NARROW: [], _WIDE: []}
    found = []
    for key, middle in middles.items():
        country = site.countries[key]
        text, value = country.codes.alpha2 if codes else country.name, marks[key].value
        x, y = shown.at(middle)
        room = {}
        for width, boxes in taken.items():
            letters = max(len(text), len(value or ""))
            lines = 2 if value else 1
            left = x * width / 100 - letters * _LETTER / 2
            top = y * width / 100 * shown.height / shown.width - _LINE / 2
            box = (left, top, left + letters * _LETTER, top + lines * _LINE)
            room[width] = not any(_overlap(box, other) for other in boxes)
            if room[width]:
                boxes.append(box)
        if room[_WIDE]:
            name = {"id": key, "text": text, "value": value, "x": percent(x), "y": percent(y)}
            found.append(name | {"is_minor": not room[_NARROW]})
    return found


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _main_place(site: Site, country: str, shown: Frame) -> dict[str, Any] | None:
    """Return the first place among the key facts that has a position: a dot and its name."""
    assert site.map is not None
    for ref in site.settings.key_indicators:
        fact = site.countries[country].fact(ref.id)
        place = None if fact is None else fact.value
        if isinstance(place, GeographicPlace) and place.latitude is not None and place.longitude is not None:
            x, y = shown.at(site.map.projection.projection().place(float(place.longitude), float(place.latitude)))
            return {"name": place.name, "x": percent(x), "y": percent(y), "anchor": "end" if x > 60 else "start"}
    return None
