"""Maps share one file of outlines, show what the records say, and say it again as a list."""

from __future__ import annotations

from math import cos, radians
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from explainer.map_asset import map_svg
from explainer.problems import Report
from explainer.projection import Projection
from explainer.read import read_content
from explainer.views.outlines import frame_around, middle_of, rings
from tests.projects import OPTIONS, ROOT
from tests.prose_pages import convert, new_project, read_site, told, write_article

MAP = """\
width: 400
height: 300
projection: {kind: lambert-azimuthal-equal-area, longitude: -6, latitude: 58, scale: 20000, x: 100, y: 100}
simplify: {region: 1, countries: 2, land: 3}
sources: [almanac-2024]
note: The isles as the almanac draws them.
outlines:
  alder: M10 10l100 0 0 100-100 0z
  birch: M210 10l100 0 0 100-100 0z
land: M0 250l400 0 0 50-400 0z
"""


def project(root: Path, text: str = MAP) -> Folders:
    folders = new_project(root)
    (folders.content / "map.yml").write_text(text)
    return folders


def drawn(root: Path, block: str) -> dict[str, Any]:
    folders = project(root)
    write_article(folders, f"Text.\n\n```map\n{block}```\n")
    prose = convert(folders)
    assert told(prose) == [], "\n".join(map(str, prose.problems))
    (part,) = [part for part in prose.parts if isinstance(part, dict)]
    found: dict[str, Any] = part["view"]
    return found


def test_a_map_shows_the_region_with_names_and_as_a_list(tmp_path: Path) -> None:
    view = drawn(tmp_path, "title: T\n")
    assert [row["name"] for row in view["map"]["rows"]] == ["Alder", "Birch"]
    assert [(name["text"], name["is_minor"]) for name in view["map"]["names"]] == [("Alder", False), ("Birch", False)]
    # The outlines reach from 10 to 310, with a margin of 4 per cent of 300 on each side.
    assert view["map"]["view_box"] == "-2 -2 324 124"


def test_a_map_of_an_organisation_says_who_stood_where_on_a_day(tmp_path: Path) -> None:
    view = drawn(tmp_path, "title: T\norganisation: sound-council\ndate: 2005-01-01\n")
    assert [(row["name"], row["words"]) for row in view["map"]["rows"]] == [("Alder", "Member"), ("Birch", "Member")]
    later = drawn(tmp_path / "later", "title: T\norganisation: sound-council\n")
    assert later["map"]["rows"][1]["words"] == "Former member"


def test_a_map_of_an_indicator_shows_values_and_their_notes(tmp_path: Path) -> None:
    view = drawn(tmp_path, "title: T\nindicator: population\n")
    assert [name["value"] for name in view["map"]["names"]] == ["20,592", "9,870"]
    assert [row["facts"][0]["notes"][0]["number"] for row in view["about"]["rows"]] == [1, 2]


@pytest.mark.parametrize(
    ("block", "expected", "words"),
    [
        ("countries: [cedar]\n", ("M088", 5, 13, 5), '"cedar" is not on the map'),
        ("indicator: product\n", ("M082", 5, 12, 7), "different years"),
        ("date: 2005\n", ("M086", 5, 7, 4), "only a map of an organisation has a date"),
        ("organisation: sound-council\ndate: 2030\n", ("M085", 6, 7, 4), "ends on 2024-12-31"),
        ("organisation: sound-council\nindicator: population\n", ("M086", 6, 12, 10), "not both"),
        ("indicator: populaton\n", ("M083", 5, 12, 9), 'did you mean "population"?'),
    ],
)
def test_what_cannot_be_drawn_is_told_where_it_was_written(
    tmp_path: Path, block: str, expected: tuple[str, int, int, int], words: str
) -> None:
    folders = project(tmp_path)
    write_article(folders, f"Text.\n\n```map\ntitle: T\n{block}```\n")
    prose = convert(folders)
    assert told(prose) == [expected], "\n".join(map(str, prose.problems))
    assert words in "\n".join(map(str, prose.problems))


def test_an_outline_that_is_none_is_told_at_its_place(tmp_path: Path) -> None:
    folders = project(tmp_path, MAP.replace("M10 10l100", "M10 10L100"))
    report = Report()
    read_content(folders.content, "content", report)
    assert [(str(one.place), one.code) for one in report.errors] == [("content/map.yml:8:10", "F011")]


def test_pages_refer_to_one_file_of_outlines(tmp_path: Path) -> None:
    files = check(project(tmp_path), OPTIONS).files
    (outlines,) = [path for path in files if path.startswith("assets/map.")]
    page = LexborHTMLParser(files["countries/alder/index.html"].decode())
    used = {str(node.attributes["href"]) for node in page.css(".locator use")}
    assert used == {f"../../{outlines}#{name}" for name in ("land", "outline-alder", "outline-birch")}
    home = LexborHTMLParser(files["index.html"].decode())
    assert [str(node.attributes["href"]) for node in home.css("#map .map-list a")] == [
        "countries/alder/",
        "countries/birch/",
    ]


def test_a_map_that_lacks_a_country_of_the_region_is_not_shown_and_not_cited(tmp_path: Path) -> None:
    text = "\n".join(line for line in MAP.splitlines() if "birch" not in line)
    page = LexborHTMLParser(check(project(tmp_path, text), OPTIONS).files["index.html"].decode())
    assert page.css_first("#map") is None


def test_the_main_place_of_a_country_is_marked_where_it_lies(tmp_path: Path) -> None:
    folders = project(tmp_path)
    settings = folders.content / "site.yml"
    text = settings.read_text()
    assert "key_indicators:" in text
    settings.write_text(text.replace("key_indicators: [", "key_indicators: [harbour, "))
    page = LexborHTMLParser(check(folders, OPTIONS).files["countries/alder/index.html"].decode())
    assert page.css_first(".locator .map-place") is not None
    assert "Quay" in page.css_first(".locator figcaption").text()  # type: ignore[union-attr]


def test_the_shipped_outlines_are_small_and_hold_every_country() -> None:
    site = read_site(Folders.below(ROOT))
    text = map_svg(site)
    assert text is not None and len(text.encode()) <= 40 << 10
    assert all(f'id="outline-{country}"' in text for country in site.countries)


def test_a_projection_keeps_areas_in_proportion() -> None:
    projection = Projection(80, 55, 1000, 0, 0)

    def area(longitude: float, latitude: float) -> float:
        corners = [(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1)]
        points = [projection.place(longitude + x, latitude + y) for x, y in corners]
        around = zip(points, points[1:] + points[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in around)) / 2

    shares = [
        area(longitude, latitude) / cos(radians(latitude + 0.05))
        for longitude, latitude in [(80, 55), (25, 40), (170, 65)]
    ]
    assert max(shares) / min(shares) < 1.0005
    assert projection.place(80, 55) == pytest.approx((0, 0))


def test_outlines_are_measured_by_their_largest_ring() -> None:
    outline = "M10 10l100 0 0 100-100 0zM900 900l3 0 0 3z"
    assert [len(ring) for ring in rings(outline)] == [4, 3]
    assert middle_of(outline) == pytest.approx((60, 60))
    frame = frame_around([outline.split("z")[0] + "z"], margin=0, ratio=2)
    assert (frame.width, frame.height) == (200, 100)
