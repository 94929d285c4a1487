"""Figure blocks are drawn from the fact sheets, and errors point into the block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explainer.answers import Answers, Asker
from explainer.assets import collect_assets
from explainer.inspect import inspect_files
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.plan.surroundings import surroundings_answers
from explainer.problems import Report
from explainer.prose import Prose
from explainer.render import render_pages
from explainer.templates import check_templates, make_environment
from tests.prose_pages import article, convert, new_project, read_site, told, write_article

TEMPLATE = """\
{% extends "base.html" %}
{% from "components/blocks.html" import body %}
{% from "components/prose_notes.html" import prose_end %}

{% block main %}
<article>
<h1>Tides</h1>
{{ body(parts) }}
{{ prose_end(notes, terms, sources) }}
</article>
{% endblock %}
"""
ALL = """\
Alder has [20,592 people](fact:alder.population).[@gazette, p. 2] So it is.[^x] See the Sound Treaty.

```compare
title: Alder has twice the people of Birch
indicators: [population]
note: As counted.
```

```timeline
title: Birch left the Council
organisation: sound-council
from: 1995
to: 2012
```

[^x]: A note.
"""


def block(root: Path, name: str, text: str) -> Prose:
    return article(root, f"Text.\n\n```{name}\n{text}```\n")


def view(prose: Prose) -> dict[str, Any]:
    assert told(prose) == [], "\n".join(map(str, prose.problems))
    (part,) = [part for part in prose.parts if isinstance(part, dict)]
    found: dict[str, Any] = part["view"]
    return found


def test_a_comparison_shows_the_region_with_values_dates_and_notes(tmp_path: Path) -> None:
    prose = block(tmp_path, "compare", "title: Alder has more\nindicators: [population]\n")
    table = view(prose)
    assert (table["title"], table["labels"]) == ("Alder has more", ["Population"])
    assert [(row["name"], row["facts"][0]["value"]["text"]) for row in table["rows"]] == [
        ("Alder", "20,592"),
        ("Birch", "9,870"),
    ]
    assert [row["facts"][0]["notes"][0]["number"] for row in table["rows"]] == [1, 2]
    assert [note["key"] for note in prose.notes] == ["alder.population", "birch.population"]
    assert prose.figures == ["alder.population", "birch.population"]


def test_a_fact_in_a_block_shares_the_note_of_the_text(tmp_path: Path) -> None:
    body = "[9,870](fact:birch.population)\n\n```compare\ntitle: T\nindicators: [population]\n```\n"
    prose = article(tmp_path, body)
    assert [(note["key"], len(note["marks"])) for note in prose.notes] == [
        ("birch.population", 2),
        ("alder.population", 1),
    ]


def test_what_cannot_be_compared_needs_a_reason_which_is_printed(tmp_path: Path) -> None:
    text = "title: Alder makes more\nindicators: [product]\n"
    prose = block(tmp_path / "a", "compare", text)
    assert told(prose) == [("M082", 5, 14, 7)]
    assert "2015: birch; 2023: alder" in prose.problems[0].message
    mended = block(tmp_path / "b", "compare", text + "mixed: No newer figure of Birch was found.\n")
    assert view(mended)["mixed"] == "No newer figure of Birch was found."


def test_indicators_that_are_not_defined_alike_need_a_reason_too(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    sheet = folders.content / "countries/birch.yml"
    with sheet.open("a") as file:
        file.write("  motto: {value: Salt, as_of: before 2009, sources: [almanac-2024]}\n")
    write_article(folders, "```compare\ntitle: T\nindicators: [motto]\n```\n")
    assert told(convert(folders)) == [("M082", 3, 14, 5)]


def test_a_country_without_a_value_shows_as_no_data(tmp_path: Path) -> None:
    rows = view(block(tmp_path, "compare", "title: T\nindicators: [area, languages]\n"))
    assert rows["rows"][1]["facts"][0]["value"] == {"shape": "none"}
    assert rows["rows"][1]["facts"][1] is None


def test_a_timeline_shows_bars_and_the_same_in_words(tmp_path: Path) -> None:
    prose = block(tmp_path, "timeline", "title: T\norganisation: sound-council\ncountries: [birch]\n")
    chart = view(prose)
    assert [row["name"] for row in chart["chart"]["rows"]] == ["Birch"]
    assert [period["label"] for period in chart["parties"][0]["periods"]] == ["Signed", "Member", "Former member"]
    assert prose.notes[0]["kind"] == "citation"


def test_standings_show_each_country_in_each_organisation(tmp_path: Path) -> None:
    prose = block(tmp_path, "standings", "title: T\norganisations: [sound-council]\n")
    (row,) = view(prose)["matrix"]["rows"]
    assert [cell["country"] for cell in row["cells"]] == ["Alder", "Birch"]
    assert [cell["standing"]["label"] for cell in row["cells"]] == ["Member", "Former member"]
    assert prose.notes[0]["kind"] == "citation"


def test_standings_can_be_of_other_countries_than_the_region(tmp_path: Path) -> None:
    text = "title: T\norganisations: [sound-council]\ncountries: [cedar]\n"
    (row,) = view(block(tmp_path, "standings", text))["matrix"]["rows"]
    assert [(cell["country"], cell["standing"]["label"]) for cell in row["cells"]] == [("Cedar", "Never took part")]


def test_a_timeline_can_be_cut_to_some_years(tmp_path: Path) -> None:
    text = "title: T\norganisation: sound-council\ncountries: [birch]\nfrom: 2009\nto: 2011\n"
    chart = view(block(tmp_path, "timeline", text))["chart"]
    segments = [(round(float(part["x"].rstrip("%"))), part["label"]) for part in chart["rows"][0]["segments"]]
    # The exit came in the middle of the three years.
    assert segments == [(0, "Member"), (50, "Former member")]
    assert [tick["year"] for tick in chart["ticks"]] == [2010]
    # What is drawn empty has no bar, and so no place in the legend.
    assert [entry["label"] for entry in chart["legend"]] == ["Member"]


@pytest.mark.parametrize(
    ("name", "text", "expected", "fix"),
    [
        ("timelin", "title: T\n", ("M005", 3, 4, 7), 'did you mean "timeline"?'),
        ("map", "title: T\n", ("M088", 4, 1, 1), "add content/map.yml"),
        ("compare", "", ("M081", 3, 1, 10), "write its fields"),
        ("compare", "title: T\nindicaters: [population]\n", ("F004", 5, 1, 10), 'did you mean "indicators"?'),
        ("compare", "title: T\nindicators: [populaton]\n", ("M083", 5, 14, 9), 'did you mean "population"?'),
        (
            "compare",
            "title: T\nindicators: [population, population]\n",
            ("L011", 5, 26, 10),
            "delete one of the two",
        ),
        ("compare", "title: T\nindicators: [population\n", ("R010", 5, 13, 1), 'close it with "]"'),
        ("compare", "title: T\nindicators: [warden]\n", ("M084", 5, 14, 6), "take the indicator out"),
        ("compare", "indicators: [population]\n", ("F001", 3, 1, 10), "title"),
        (
            "compare",
            "title: T\ncountries: [alder, birsh]\nindicators: [population]\n",
            ("M083", 5, 20, 5),
            'did you mean "birch"?',
        ),
        ("timeline", "title: T\norganisation: sound-counsil\n", ("M083", 5, 15, 13), 'did you mean "sound-council"?'),
        (
            "timeline",
            "title: T\norganisation: sound-council\nfrom: 2030\n",
            ("M085", 6, 7, 4),
            "is known from 1990 to 2024-12-31",
        ),
        ("timeline", "title: T\norganisation: sound-council\nform: 2000\n", ("F004", 6, 1, 4), 'did you mean "from"?'),
    ],
)
def test_an_error_points_into_the_block(
    tmp_path: Path, name: str, text: str, expected: tuple[str, int, int, int], fix: str
) -> None:
    prose = block(tmp_path, name, text)
    found = told(prose)
    assert found == [expected], "\n".join(map(str, prose.problems))
    assert fix in str(prose.problems[-1])


def test_a_country_that_is_no_party_has_no_line_in_a_timeline(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    (folders.content / "countries/dogwood.yml").write_text(
        'name: Dogwood\ncodes: {alpha2: XD, alpha3: XDO, numeric: "904"}\nsources: [gazette]\n'
    )
    write_article(folders, "```timeline\ntitle: T\norganisation: sound-council\ncountries: [dogwood]\n```\n")
    assert told(convert(folders)) == [("M084", 4, 13, 7)]


def test_the_page_of_a_text_with_everything_passes_inspection(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, ALL)
    (folders.templates / "pages/prose.html").write_text(TEMPLATE)
    prose, site, report = convert(folders), read_site(folders), Report()
    assert told(prose) == []
    assets = collect_assets(folders.static, "static", site, report)
    around = surroundings_answers(site.settings, assets.addresses, is_preview=False, has_feed=False)
    asker = Asker(Answers(functions=around))
    page: Page = Frame(site, "https://isles.example/", assets.addresses, asker=asker).page(
        "/articles/tides/",
        "pages/prose.html",
        "content/articles/tides.md",
        title="Tides",
        description="A text.",
        parts=prose.parts,
        notes=prose.notes,
        terms=prose.terms,
        sources=prose.sources,
    )
    environment = make_environment(folders.templates, "templates")
    check_templates(environment, report)
    files = {**render_pages(environment, [page], report), **assets.files}
    assert report.errors == [], "\n".join(map(str, report.errors))
    inspect_files(files, [page], report, base_path="/", base_url="https://isles.example/", language="en")
    # Only pages that this test does not build are missing; every id, heading and way back is right.
    assert {problem.code for problem in report.errors} <= {"H001"}, "\n".join(map(str, report.errors))
    html = files["articles/tides/index.html"].decode()
    assert "Birch left the Council" in html and "As counted." in html and "p. 2" in html
