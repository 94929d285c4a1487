"""Reading tells all faults of all files at once, each where it was written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from explainer.content import Content
from explainer.dates import BeforeDate, PartialDate
from explainer.models.fact import NumberRange
from explainer.problems import Report
from explainer.read import read_content
from tests.projects import ISLES, copy_isles, replace_text


def read(folder: Path) -> tuple[Content, list[str]]:
    report = Report()
    content = read_content(folder, "content", report)
    return content, [str(problem) for problem in report.problems]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_isles(tmp_path).content


def test_the_fixture_region_reads_without_a_problem() -> None:
    records, problems = read(ISLES / "content")
    assert problems == []
    assert list(records.countries) == ["alder", "birch", "cedar"]


def test_the_kind_of_an_indicator_decides_what_a_value_means() -> None:
    alder = read(ISLES / "content")[0].countries["alder"]
    values = {ref.id: fact.value for ref, fact in alder.facts.items()}
    assert values["population"] == Decimal("20592")
    assert str(values["area"]) == "310.5"
    assert isinstance(values["urban-share"], NumberRange)
    assert values["charter"] == PartialDate(1901, 5, 4)
    assert values["motto"] == "Wind and wool"
    motto = alder.fact("motto")
    assert motto is not None
    assert motto.as_of == BeforeDate(PartialDate(2009))


def test_a_fact_without_a_value_keeps_its_reason() -> None:
    area = read(ISLES / "content")[0].countries["birch"].fact("area")
    assert area is not None
    assert (area.value, area.reason) == (None, "The coast is being measured anew.")


# (file, old, new) → the first line of each problem, and its fix
MISTAKES = [
    (
        "countries/alder.yml",
        "summary: The",
        "sumary: The",
        'content/countries/alder.yml:6:1: error F004: unknown field "sumary"',
        'did you mean "summary"?',
    ),
    (
        "countries/alder.yml",
        "value: 20_592\n",
        "value: 20 592\n",
        'content/countries/alder.yml:12:12: error F008: "20 592" is not a number',
        "write 20_592 (or without the underscores)",
    ),
    (
        "countries/alder.yml",
        "value: 20_592\n",
        "value: many\n",
        'content/countries/alder.yml:12:12: error F008: "many" is not a number',
        "write digits, with a point for decimals; the unit stands in indicators.yml",
    ),
    (
        "countries/alder.yml",
        "    as_of: 2024\n",
        "    as_off: 2024\n",
        'content/countries/alder.yml:13:5: error F004: unknown field "as_off"',
        'did you mean "as_of"?',
    ),
    (
        "countries/alder.yml",
        "    as_of: 2024\n",
        "    as_of: 2024-02-30\n",
        'content/countries/alder.yml:13:12: error F007: there is no day "2024-02-30"',
        "2024-02 has days 01 to 29",
    ),
    (
        "countries/alder.yml",
        "    as_of: 2024\n",
        "    as_of: 3.12.1993\n",
        'content/countries/alder.yml:13:12: error F007: "3.12.1993" is not a date',
        "dates are YYYY-MM-DD: 1993-12-03 (if the day came first)",
    ),
    (
        "countries/alder.yml",
        "    as_of: 2024\n",
        "    as_of:\n",
        "content/countries/alder.yml:13:5: error F005: this has no value",
        "write the value",
    ),
    (
        "countries/alder.yml",
        "    sources: [almanac-2024]\n    alternatives",
        "    sources: almanac-2024\n    alternatives",
        'content/countries/alder.yml:14:14: error F002: "sources" should be a list',
        "write [almanac-2024]",
    ),
    (
        "countries/alder.yml",
        "    sources: [almanac-2024]\n    alternatives",
        "    sources: []\n    alternatives",
        'content/countries/alder.yml:14:5: error F003: "sources" needs at least 1',
        "add what is missing",
    ),
    (
        "countries/alder.yml",
        "    sources: [almanac-2024]\n    alternatives",
        "    alternatives",
        'content/countries/alder.yml:11:3: error F001: "sources" is missing',
        "add a line `sources: …`",
    ),
    (
        "countries/alder.yml",
        "  charter: {value: 1901-05-04",
        "  chartar: {value: 1901-05-04",
        'content/countries/alder.yml:23:3: error L001: there is no indicator "chartar"',
        'did you mean "charter"?',
    ),
    (
        "countries/alder.yml",
        'numeric: "901"',
        "numeric: 91",
        'content/countries/alder.yml:4:43: error F011: "91" is not an ISO code',
        'write three digits in quotes: "398"',
    ),
    (
        "countries/birch.yml",
        ", reason: The coast is being measured anew.",
        "",
        "content/countries/birch.yml:7:3: error F015: a fact without a value needs a reason",
        "add `reason: …` in one sentence",
    ),
    (
        "indicators.yml",
        "urban-share: {label: Urban share, group: people, kind: percent",
        "urban-share: {label: Urban share, group: people, kind: precent",
        'content/indicators.yml:15:56: error F006: "precent" is not one of the values of "kind"',
        'did you mean "percent"?',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told", "fix"), MISTAKES, ids=[row[3] for row in MISTAKES])
def test_a_mistake_is_told_once_where_it_stands(
    content: Path, file: str, old: str, new: str, told: str, fix: str
) -> None:
    replace_text(content / file, old, new)
    _, problems = read(content)
    assert len(problems) == 1
    lines = problems[0].split("\n")
    assert lines[0] == told
    assert lines[-1] == f"  fix: {fix}"


def test_all_mistakes_of_all_files_are_told_in_one_run(content: Path) -> None:
    replace_text(content / "countries" / "alder.yml", "summary: The", "sumary: The")
    replace_text(content / "countries" / "birch.yml", "name: Birch", "nam: Birch")
    replace_text(content / "sources" / "books.yml", "kind: news", "kind: newz")
    replace_text(content / "organisations" / "sound-council.yml", "counts_as: member", "counts_as: membr")
    (content / "notes.txt").write_text("x")
    _, problems = read(content)
    assert [problem.split(":")[0] for problem in problems] == [
        "content/sources/books.yml",
        "content/countries/alder.yml",
        "content/countries/birch.yml",
        "content/organisations/sound-council.yml",
        "content/notes.txt",
    ]


UNREAD = [
    ("countries/norway.yaml", "files in countries/ end in .yml: rename or remove it"),
    ("country/norway.yml", 'did you mean "countries/"?'),
    ("indicator.yml", 'did you mean "indicators.yml"?'),
    ("countries/north/norway.yml", "move it up into countries/, which has no folders inside"),
    ("articles/first.txt", "files in articles/ end in .md: rename or remove it"),
]


@pytest.mark.parametrize(("path", "fix"), UNREAD, ids=[row[0] for row in UNREAD])
def test_a_file_that_nothing_reads_is_told(content: Path, path: str, fix: str) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text("name: Norway\n")
    _, problems = read(content)
    assert problems == [f"content/{path}: error R020: nothing reads this file\n  fix: {fix}"]


def test_a_record_with_a_typo_still_counts_as_existing(content: Path) -> None:
    replace_text(content / "sources" / "books.yml", "kind: news", "kind: newz")
    records, problems = read(content)
    assert len(problems) == 1
    assert "gazette" in records.places["source"]
    assert "gazette" not in records.sources


def test_one_source_id_in_two_files_is_an_error_that_names_both(content: Path) -> None:
    (content / "sources" / "web.yml").write_text(
        "gazette: {publisher: A, title: B, accessed: 2025-01-01, kind: news}\n"
    )
    _, problems = read(content)
    first = "content/sources/books.yml on line 9"
    assert problems[0].startswith(
        f'content/sources/web.yml:1:1: error L009: source "gazette" stands in {first} already'
    )


def test_front_matter_has_the_line_numbers_of_its_file(content: Path) -> None:
    text = "---\ntitle: A\ndescription: B\ndate: 2024-01-01\nlastmod: 2024-02-01\ntags: [histroy]\n---\n\nText.\n"
    (content / "articles" / "first.md").write_text(text)
    records, problems = read(content)
    assert [problem.split("\n")[0] for problem in problems] == [
        'content/articles/first.md:5:1: error F004: unknown field "lastmod"'
    ]
    assert problems[0].endswith('  fix: we call it "updated"')
    (content / "articles" / "first.md").write_text(text.replace("lastmod: 2024-02-01\n", ""))
    records, problems = read(content)
    assert records.articles["first"].body_line == 7
    assert records.articles["first"].front.tags[0].place.line == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello.\n", "R030: this file has no front matter"),
        ("+++\ntitle = 'A'\n+++\n", "R031: the front matter is not YAML"),
        ("---\ntitle: A\n", "R032: the front matter is never closed"),
        ("---\n---\nText.\n", 'F001: "title" is missing'),
    ],
)
def test_a_markdown_file_without_good_front_matter_is_told(content: Path, text: str, told: str) -> None:
    (content / "articles" / "first.md").write_text(text)
    _, problems = read(content)
    assert told in problems[0]
