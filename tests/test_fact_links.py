"""Words that link to facts are checked against them, and become figures with notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.link import link_site
from explainer.problems import Report
from explainer.prose import convert_document, make_context
from explainer.read import read_content
from tests.projects import OPTIONS, line_of, replace_text
from tests.prose_pages import article, context_of, convert, new_project, told, write_article


def html(root: Path, body: str) -> str:
    prose = article(root, body)
    assert told(prose) == []
    return str(prose.html)


def test_a_figure_leads_to_its_fact_and_has_a_note(tmp_path: Path) -> None:
    prose = article(tmp_path, "On Alder live [20,592 people](fact:alder.population).\n")
    link = '<a class="figure" data-fact="alder.population" href="../../countries/alder/#population">20,592 people</a>'
    assert link + '<sup class="note-mark"><a href="#prose-note-1" id="note-mark-1-1">' in str(prose.html)
    note = prose.notes[0]
    assert (note["label"], note["value"], note["key"]) == ("Alder: Population", "20,592 people", "alder.population")
    assert [as_of["text"] for as_of in note["as_of"]] == ["2024"]
    assert note["has_alternatives"] is True
    assert [source["title"] for source in note["sources"]] == ["Isles Office of Figures: Almanac 2024"]
    assert prose.figures == ["alder.population"]


def test_what_another_source_says_is_a_figure_with_a_note_of_its_own(tmp_path: Path) -> None:
    prose = article(
        tmp_path, "A newspaper says [20,100](fact:alder.population~2), not [20,592](fact:alder.population).\n"
    )
    assert told(prose) == []
    other, fact = prose.notes
    assert (other["label"], other["value"]) == ("Alder: Population, by another source", "20,100 people")
    assert (other["note"], other["has_alternatives"]) == ("A newspaper estimate.", True)
    assert [as_of["text"] for as_of in other["as_of"]] == ["2023"]
    assert other["sources"] != fact["sources"]
    assert 'href="../../countries/alder/#population"' in str(prose.html)
    wrong = article(tmp_path / "wrong", "A newspaper says [20,592](fact:alder.population~2).\n")
    assert [problem.code for problem in wrong.problems] == ["M053"]


def test_a_fact_used_again_keeps_its_number_and_gets_a_way_back_more(tmp_path: Path) -> None:
    body = "[20,592](fact:alder.population), [9,870](fact:birch.population), [20,592](fact:alder.population)\n"
    notes = article(tmp_path, body).notes
    assert [(note["number"], note["marks"]) for note in notes] == [
        (1, ["note-mark-1-1", "note-mark-1-2"]),
        (2, ["note-mark-2-1"]),
    ]


@pytest.mark.parametrize(
    ("link", "key", "value", "label"),
    [
        ("[20,001](fact:alder.population@2022)", "alder.population@2022", "20,001 people", "Alder: Population"),
        ("[310.5 km²](fact:alder.area)", "alder.area", "310.5 km²", "Alder: Area"),
        ("[Quay](fact:alder.harbour)", "alder.harbour", "Quay", "Alder: Main harbour"),
        ("[between 55% and 60%](fact:alder.urban-share)", "alder.urban-share", "55% to 60%", "Alder: Urban share"),
        ("[US$288 million](fact:alder.product)", "alder.product", "US$288,400,000", "Alder: Product"),
        ("[4 May 1901](fact:alder.charter)", "alder.charter", "4 May 1901", "Alder: Charter day"),
        ("[wind and wool](fact:alder.motto)", "alder.motto", "Wind and wool", "Alder: Motto"),
        (
            "[two](fact:sound-council.members@1995-01-01)",
            "sound-council.members@1995-01-01",
            "2",
            "Council: number of members",
        ),
        (
            "[between one and two](fact:sound-council.members@2010)",
            "sound-council.members@2010",
            "between 1 and 2",
            "Council: number of members",
        ),
        (
            "[one](fact:sound-council.former@2015)",
            "sound-council.former@2015",
            "1",
            "Council: number of states with the status “Former member”",
        ),
        (
            "[more than twice](fact:alder.population/birch.population)",
            "alder.population/birch.population",
            "2.09 times",
            "Alder: Population, divided by Birch: Population",
        ),
        ("[30,462](fact:derived.all-people)", "derived.all-people", "30,462 people", "People of the isles"),
        (
            "[two thirds](fact:derived.alder-share)",
            "derived.alder-share",
            "67.6%",
            "Part of the people that lives on Alder",
        ),
    ],
)
def test_every_kind_of_fact_can_be_worded(tmp_path: Path, link: str, key: str, value: str, label: str) -> None:
    prose = article(tmp_path, f"There is {link}.\n")
    assert told(prose) == []
    assert [(note["key"], note["value"], note["label"]) for note in prose.notes] == [(key, value, label)]


def test_a_figure_of_a_series_leads_to_the_series(tmp_path: Path) -> None:
    assert '/countries/alder/#population-by-year"' in html(tmp_path, "[20,001](fact:alder.population@2022)\n")


def test_a_computed_figure_leads_to_its_note(tmp_path: Path) -> None:
    assert 'data-fact="derived.all-people" href="#prose-note-1"' in html(
        tmp_path, "[30,462](fact:derived.all-people)\n"
    )


@pytest.mark.parametrize(
    ("body", "code", "column", "length", "fix"),
    [
        ("A [20,593](fact:alder.population)", "M053", 4, 6, 'write "20,592"'),
        ("A [20,592](fact:Alder.population)", "M050", 17, 1, 'did you mean "alder"?'),
        ("A [20,592](fact:aldr.population)", "M051", 17, 4, 'did you mean "alder"?'),
        ("A [20,592](fact:alder.populaton)", "M051", 23, 9, 'did you mean "population"?'),
        ("A [20,592](fact:alder.population@2020)", "M051", 34, 4, "the nearest years are: 2022, 2023, 2024"),
        ("A [20,100](fact:alder.population~3)", "M051", 34, 1, "there are: ~2"),
        ("A [310](fact:alder.area~2)", "M051", 25, 1, 'write "fact:alder.area", the fact itself'),
        ("A [310](fact:alder.area@2024)", "M051", 25, 4, 'write "fact:alder.area", the fact itself'),
        ("A [two](fact:sound-council.members)", "M050", 14, 21, 'write "fact:sound-council.members@YYYY-MM-DD"'),
        ("A [two](fact:sound-council.membres@1995)", "M051", 28, 7, 'did you mean "members"?'),
        ("A [two](fact:sound-council.members@2025)", "M051", 36, 4, "count on a day up to 2024-12-31"),
        ("A [x](fact:derived.all-peple)", "M051", 20, 9, 'did you mean "all-people"?'),
        ("A [x](fact:birch.area)", "M052", 18, 4, "leave the figure out"),
        ("A [x](fact:alder.languages)", "M052", 18, 9, "link to it: ../countries/alder.yml#languages"),
        ("A [twice](fact:alder.population/birch.popultion)", "M051", 39, 9, 'did you mean "population"?'),
        ("A [twice](fact:alder.population/alder.area)", "M054", 11, 32, "name the ratio in content/derived.yml"),
        ("A [twice](fact:alder.population@2022/birch.population)", "M054", 11, 43, "name the ratio"),
        ("A [](fact:alder.population) b", "M055", 3, 25, 'run: python build.py fill (it writes "20,592 people")'),
    ],
)
def test_a_reference_that_is_wrong_is_told_at_the_letters_that_are(
    tmp_path: Path, body: str, code: str, column: int, length: int, fix: str
) -> None:
    prose = article(tmp_path, f"First line.\n\n{body}\n")
    assert told(prose) == [(code, 3, column, length)], "\n".join(map(str, prose.problems))
    assert fix in prose.problems[0].fix


def test_a_link_without_words_is_filled_in_within_a_table(tmp_path: Path) -> None:
    text = html(tmp_path, "| isle | people |\n|---|---|\n| Alder | [](fact:alder.population) |\n")
    assert ">20,592 people</a>" in text


def test_a_country_with_an_error_makes_no_second_complaint(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "On Birch live [9,870](fact:birch.population).\n")
    context = context_of(folders)
    sick = dict(context.site.countries)
    del sick["birch"]
    context.site = replace(context.site, countries=sick)
    assert told(convert_document(context.site.articles["tides"], context)) == []


def test_a_fact_changed_by_its_last_digit_breaks_exactly_the_words_that_no_longer_hold(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    body = (
        "Alder has [20,592 people](fact:alder.population), [about 20,600](fact:alder.population),\n"
        "[20.6 thousand](fact:alder.population), [20,592](fact:alder.population@2024) and\n"
        "[twice](fact:alder.population/birch.population) those of Birch, [30,462](fact:derived.all-people) in all.\n"
    )
    write_article(folders, body)
    assert told(convert(folders)) == []
    replace_text(folders.content / "countries/alder.yml", "value: 20_592", "value: 20_593")
    assert told(convert(folders)) == [("M053", 1, 12, 13), ("M053", 3, 66, 6)]


def test_the_words_may_be_emphasised_and_broken_over_lines(tmp_path: Path) -> None:
    assert "<strong>" in html(tmp_path, "Alder has [**20,592\npeople**](fact:alder.population).\n")


def test_a_language_without_words_for_figures_is_told_in_the_settings(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    replace_text(folders.content / "site.yml", "language: en", "language: da")
    write_article(folders, "Text.\n")
    errors = [problem for problem in convert(folders).problems if problem.code == "M057"]
    assert [str(problem.place) for problem in errors] == [f"content/site.yml:{line_of('site.yml', 'language:')}:11"]


def test_a_record_that_leads_nowhere_is_reported_once_and_no_text_that_uses_it_falls_over(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    compare = "```compare\ntitle: T\nindicators: [population]\n```\n"
    timeline = "```timeline\ntitle: T\norganisation: sound-council\n```\n"
    figures = "[20,592 people](fact:alder.population), [two](fact:sound-council.members@1995-01-01)"
    write_article(folders, f"{figures}\n\n{compare}\n{timeline}")
    breaks = [
        ("countries/birch.yml", "name: Birch", "nam: Birch"),
        (
            "countries/alder.yml",
            "value: 20_592\n    as_of: 2024\n    sources: [almanac-2024]",
            "value: 20_592\n    as_of: 2024\n    sources: [almanac]",
        ),
        ("indicators.yml", "unit: people", "unit: persons"),
        (
            "organisations/sound-council.yml",
            "title: Leaves the Council, kind: status, status: former",
            "title: Leaves the Council, kind: status, status: gone",
        ),
    ]
    for number, (path, right, wrong) in enumerate(breaks):
        replace_text(folders.content / path, right, wrong)
        report = Report()
        site = link_site(read_content(folders.content, "content", report), report)
        assert site is not None and len(report.errors) == 1, number
        context = make_context(site, OPTIONS)
        assert [code for code, *_ in told(convert_document(site.articles["tides"], context))] == [], path
        replace_text(folders.content / path, wrong, right)
