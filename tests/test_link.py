"""Every reference leads somewhere, or is told where it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.build import check
from explainer.link import link_site, references
from explainer.problems import ContentError, Report
from explainer.read import read_content
from explainer.site import Site, Use
from tests.projects import OPTIONS, copy_isles, line_of, replace_text


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_isles(tmp_path).content


def link(folder: Path) -> tuple[Site | None, list[str]]:
    report = Report()
    site = link_site(read_content(folder, "content", report), report)
    return site, [str(problem) for problem in report.problems]


# (file, old, new) → the first line, and the fix
MISSING = [
    (
        "countries/alder.yml",
        "sources: [almanac-2024]\nneighbours",
        "sources: [almanak-2024]\nneighbours",
        'content/countries/alder.yml:8:11: error L002: there is no source "almanak-2024"',
        'did you mean "almanac-2024"?',
    ),
    (
        "countries/alder.yml",
        "neighbours: [birch]",
        "neighbours: [atlantis]",
        'content/countries/alder.yml:9:14: error L003: there is no country "atlantis"',
        "add its file to countries/",
    ),
    (
        "site.yml",
        "organisation: sound-council",
        "organisation: sound-counsil",
        f"content/site.yml:{line_of('site.yml', 'organisation:')}:17: "
        'error L004: there is no organisation "sound-counsil"',
        'did you mean "sound-council"?',
    ),
    (
        "indicators.yml",
        "unit: people",
        "unit: peopel",
        'content/indicators.yml:5:9: error L005: there is no unit "peopel"',
        'did you mean "people"?',
    ),
    (
        "indicators.yml",
        "group: people\n",
        "group: peoples\n",
        'content/indicators.yml:3:10: error L006: there is no group "peoples"',
        'did you mean "people"?',
    ),
    (
        "events.yml",
        "kind: summit",
        "kind: sumit",
        'content/events.yml:4:9: error L006: there is no event kind "sumit"',
        'did you mean "summit"?',
    ),
    (
        "organisations/sound-council.yml",
        "drawn: solid, may_follow: [signed]",
        "drawn: solid, may_follow: [singed]",
        'content/organisations/sound-council.yml:11:108: error L007: Council has no status "singed"',
        'did you mean "signed"?',
    ),
    (
        "site.yml",
        "key_indicators: [population, area]",
        "key_indicators: [population, aera]",
        f'content/site.yml:{line_of("site.yml", "key_indicators:")}:30: error L001: there is no indicator "aera"',
        'did you mean "area"?',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told", "fix"), MISSING, ids=[row[3] for row in MISSING])
def test_a_reference_that_leads_nowhere_is_told_where_it_was_written(
    content: Path, file: str, old: str, new: str, told: str, fix: str
) -> None:
    replace_text(content / file, old, new)
    _, problems = link(content)
    assert [problem.split("\n")[0] for problem in problems] == [told]
    assert problems[0].endswith(f"fix: {fix}")


def test_a_typo_in_a_record_makes_no_second_complaint_about_references_to_it(content: Path) -> None:
    replace_text(content / "sources/books.yml", "kind: primary", "kind: prime")
    _, problems = link(content)
    assert len(problems) == 1


def test_a_file_that_cannot_be_read_makes_no_complaints_about_its_records(content: Path) -> None:
    replace_text(content / "sources/books.yml", "publisher: Isles Office of Figures", 'publisher: "Isles')
    _, problems = link(content)
    assert len(problems) == 1
    assert "this quote is never closed" in problems[0]


def test_without_settings_there_is_no_site_but_references_are_checked_all_the_same(content: Path) -> None:
    replace_text(content / "site.yml", "title: The Northern Isles", "titel: The Northern Isles")
    replace_text(content / "countries/alder.yml", "neighbours: [birch]", "neighbours: [brich]")
    site, problems = link(content)
    assert site is None
    assert ["F004" in problems[0], "L003" in problems[1]] == [True, True]


def test_each_source_knows_every_place_that_leans_on_it(content: Path) -> None:
    site, _ = link(content)
    assert site is not None
    uses = site.uses["gazette"]
    assert Use("country", "cedar", None) in uses
    assert Use("country", "alder", "population") in uses
    assert Use("organisation", "sound-council", "first-meeting") in uses
    assert Use("organisation", "sound-council", "alder-1991-03") in uses
    assert Use("event", "great-storm", None) in uses


def test_references_are_found_in_every_depth_of_a_record(content: Path) -> None:
    site, _ = link(content)
    assert site is not None
    found = {(ref.kind, ref.id) for ref in references(site.countries["alder"])}
    assert {("source", "gazette"), ("indicator", "population"), ("country", "birch")} <= found


TWICE = [
    (
        "countries/alder.yml",
        "sources: [almanac-2024]\nneighbours",
        "sources: [almanac-2024, almanac-2024]\nneighbours",
        'content/countries/alder.yml:8:25: error L011: this list names the source "almanac-2024" twice',
    ),
    (
        "countries/alder.yml",
        "neighbours: [birch]",
        "neighbours: [birch, birch]",
        'content/countries/alder.yml:9:21: error L011: this list names the country "birch" twice',
    ),
    (
        "organisations/sound-council.yml",
        "sources: [gazette], verification: one-source}\n  birch",
        "sources: [gazette, gazette], verification: one-source}\n  birch",
        'content/organisations/sound-council.yml:16:100: error L011: this list names the source "gazette" twice',
    ),
    (
        "site.yml",
        "key_indicators: [population, area]",
        "key_indicators: [population, area, population]",
        f"content/site.yml:{line_of('site.yml', 'key_indicators:')}:36: "
        'error L011: this list names the indicator "population" twice',
    ),
    (
        "articles/founding.md",
        "tags: [history]",
        "tags: [history, history]",
        'content/articles/founding.md:5:17: error L011: this list names the topic "history" twice',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), TWICE)
def test_a_list_that_names_a_record_twice_is_told_at_the_second(
    content: Path, file: str, old: str, new: str, expected: str
) -> None:
    replace_text(content / file, old, new)
    _, problems = link(content)
    assert [problem.splitlines()[0] for problem in problems] == [expected]


def test_a_fact_with_a_repeated_source_is_told_in_the_fact_and_in_its_alternatives(content: Path) -> None:
    sheet = content / "countries/birch.yml"
    replace_text(sheet, "as_of: 2015, sources: [almanac-2024]", "as_of: 2015, sources: [almanac-2024, almanac-2024]")
    _, problems = link(content)
    assert ["L011" in problem for problem in problems] == [True]


@pytest.mark.parametrize("name", ["indicators.yml", "units.yml"])
def test_a_missing_vocabulary_is_told_once_however_many_records_need_it(tmp_path: Path, name: str) -> None:
    folders = copy_isles(tmp_path)
    (folders.content / name).unlink()
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert [(str(problem.place), problem.code) for problem in caught.value.problems if problem.severity == "error"] == [
        (f"content/{name}", "R021")
    ]


def test_a_vocabulary_that_nothing_needs_may_be_missing(content: Path) -> None:
    (content / "events.yml").unlink()
    assert link(content)[1] == []


def test_prose_that_alone_needs_a_missing_vocabulary_is_told(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    (folders.content / "indicators.yml").unlink()
    for sheet in (folders.content / "countries").iterdir():
        sheet.write_text(sheet.read_text().partition("\nfacts:")[0] + "\n")
    settings = folders.content / "site.yml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(True) if "key_indicators" not in line))
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert {problem.code for problem in caught.value.problems if problem.severity == "error"} == {"M051", "M083"}


def test_the_references_of_a_record_at_fault_are_told_in_the_same_run(content: Path) -> None:
    replace_text(content / "countries/alder.yml", "value: 20_592\n", "value: many\n")
    replace_text(content / "countries/alder.yml", "neighbours: [birch]", "neighbours: [brich]")
    replace_text(content / "articles/founding.md", "date: 2024-05-01", "date: 2024-05-32")
    replace_text(content / "articles/founding.md", "tags: [history]", "tags: [histori]")
    _, problems = link(content)
    codes = [problem.split(": ")[1] for problem in problems]
    assert sorted(codes) == ["error F007", "error F008", "error L003", "error L006"]
