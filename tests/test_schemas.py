"""Schemas say of a file what our reader says: whoever writes with an editor that knows them is told while typing."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.config import Folders
from explainer.dates import DateError, PartialDate
from explainer.problems import Report
from explainer.read import read_content
from explainer.schema_files import FOLDER, schema_line, schema_texts, schemas
from tests.projects import ISLES, ROOT, copy_isles, replace_text
from tests.schema_cases import EVERY_FIELD, FILES, mistakes_in, reader_says, schema_name, schema_says, yaml_of

REAL = ROOT / "content"

# One mistake for each rule that a schema can express: the file, what stands there, what is written instead.
MISTAKES = [
    ("site.yml", "title: The Southern Isles", "titel: The Southern Isles"),
    ("site.yml", "language: en", "language: English"),
    ("site.yml", "https://south.example/", "south.example"),
    ("site.yml", "https://south.example/", "https://south.example/?page=1"),
    ("site.yml", "search: false", "search: no"),
    ("site.yml", "[elder, fir]", "elder"),
    ("site.yml", "{land: Land}", "[land]"),
    ("site.yml", "{land: Land}", "{Land: Land}"),
    ("site.yml", "/old/name/", "old/name"),
    ("site.yml", "licence: {name: CC0 1.0, ", "licence: {"),
    ("units.yml", "one: person, ", ""),
    ("units.yml", "people: {", "People: {"),
    ("indicators.yml", "kind: number", "kind: amount"),
    ("indicators.yml", "  unit: people\n", ""),
    ("indicators.yml", "currency: USD, ", ""),
    ("indicators.yml", "kind: percent", "kind: percent, unit: people"),
    ("indicators.yml", "decimals: 0", "decimals: 7"),
    ("indicators.yml", "decimals: 0", "decimals: 1.5"),
    ("indicators.yml", "2 years", "two years"),
    ("indicators.yml", "2 years", "0 years"),
    ("indicators.yml", "9_000_000", "9_00"),
    ("indicators.yml", "lower-first", "lowest-first"),
    ("events.yml", "2003-11/2003-12", "November 2003"),
    ("events.yml", "2003-11/2003-12", "before 2003"),
    ("events.yml", "2004-01-10", "2004-01"),
    ("events.yml", "two-sources", "two sources"),
    ("events.yml", "took-place", "happened"),
    ("events.yml", "  planned: true\n", ""),
    ("events.yml", "  planned: true", "  planned: false"),
    ("events.yml", "  sources: [gazette]\n", "  sources: []\n"),
    ("events.yml", "countries: [elder]", "countries: elder"),
    ("events.yml", "great-meeting:", "great_meeting:"),
    ("derived.yml", "of: [elder.population, fir.population]", "of: [elder.population]"),
    ("derived.yml", "kind: sum", "kind: ratio"),
    ("derived.yml", "kind: sum", "kind: total"),
    ("glossary.yml", "definition:", "meaning:"),
    ("map.yml", "width: 400", "width: 400.5"),
    ("map.yml", "M1 2l3 4z", "M1 2l3"),
    ("map.yml", "lambert-azimuthal-equal-area", "mercator"),
    ("sources/books.yml", "https://archive.example/almanac", "archive.example"),
    ("sources/books.yml", "kind: primary", "kind: first"),
    ("sources/books.yml", "accessed: 2025-01-10", "accessed: 2025-13"),
    ("sources/books.yml", "accessed: 2025-01-10", "accessed: 25"),
    ("sources/books.yml", "title: Almanac", "title:"),
    ("sources/books.yml", "en-GB", "en_GB"),
    ("countries/elder.yml", "alpha2: XE", "alpha2: xe"),
    ("countries/elder.yml", "alpha3: XEL", "alpha3: XE"),
    ("countries/elder.yml", '"901"', '"9O1"'),
    ("countries/elder.yml", "#1f6f9f", "1f6f9f"),
    ("countries/elder.yml", "script: Cyrl", "script: Cyrillic"),
    ("countries/elder.yml", "slug: elder-isle", "slug: Elder Isle"),
    ("countries/elder.yml", "sources: [almanac]\nneighbours", "sources: []\nneighbours"),
    ("countries/elder.yml", "    as_of: 2024-01/2024-06\n", ""),
    ("countries/elder.yml", "as_of: 2024-01/2024-06", "as_of: 2024-1"),
    ("countries/elder.yml", "before 2009", "earlier than 2009"),
    ("countries/elder.yml", "as_of_kind: edition", "as_of_kind: printed"),
    ("countries/elder.yml", "status: disputed", "status: doubtful"),
    ("countries/elder.yml", ", reason: It was not counted.", ""),
    ("countries/elder.yml", "rank: 2, ", ""),
    ("countries/elder.yml", "rank: 2", "rank: second"),
    ("countries/elder.yml", "until: 2030-01-01", "until: 2030-02-30"),
    ("countries/elder.yml", "until: 2030-01-01", "until: 2030"),
    ("countries/elder.yml", "low: 5.5, ", ""),
    ("countries/elder.yml", "latitude: 58.1, ", ""),
    ("countries/elder.yml", "latitude: 58.1", "latitude: 91"),
    ("countries/elder.yml", "office: Warden, ", ""),
    ("countries/elder.yml", "2022: 20_001", "22: 20_001"),
    ("countries/elder.yml", "2022: 20_001", "2022: 20,001 people"),
    ("countries/elder.yml", "facts:\n  population:", "facts:\n  Population:"),
    ("countries/elder.yml", "values: {2022: 20_001, 2023: 20_300.5}", "values: {}"),
    ("organisations/league.yml", "founded: 1990-05\n", ""),
    ("organisations/league.yml", "known_to: 2024-12-31", "known_to: 2024"),
    ("organisations/league.yml", "counts_as: member", "counts_as: yes"),
    ("organisations/league.yml", "drawn: solid", "drawn: red"),
    ("organisations/league.yml", "may_follow: [start]", "may_follow: []"),
    ("organisations/league.yml", "statuses:\n  member:", "statuses:\n  members:"),
    ("organisations/league.yml", ", never: Never in", ""),
    ("organisations/league.yml", "https://league.example", "league.example"),
    ("organisations/league.yml", "id: own-view", "id: own view"),
    ("source-articles/piece.yml", "kind: fact", "kind: rumour"),
    ("source-articles/piece.yml", "verdict: confirmed", "verdict: true"),
    ("source-articles/piece.yml", "    speaker: author\n", ""),
    ("articles/text.md", "title: A text\n", ""),
    ("articles/text.md", "date: 2024-05-01", "date: 1 May 2024"),
    ("articles/text.md", "date: 2024-05-01", "date: 2024-05"),
    ("articles/text.md", "expires: 2031-01-01", "expires: 2031-02-29"),
    ("articles/text.md", "draft: false", "draft: later"),
    ("articles/text.md", "/old/text/", "/old/text"),
    ("articles/text.md", "order: 3", "order: third"),
    ("articles/text.md", "tags: [history]", "keywords: [history]"),
]
# What looks unusual and is right.
RIGHT = [
    ("site.yml", "https://south.example/", '""'),
    ("site.yml", "search: false", 'search: "false"'),
    ("sources/books.yml", "title: Almanac", "title: 1984"),
    ("sources/books.yml", "title: Almanac", "title: NO"),
    ("sources/books.yml", "accessed: 2025-01-10", "accessed: 2024-02-29"),
    ("indicators.yml", "2 years", "1 day"),
    ("indicators.yml", "9_000_000", '"9_000_000.50"'),
    ("countries/elder.yml", '"901"', "901"),
    ("countries/elder.yml", '"901"', "031"),
    ("countries/elder.yml", "as_of: 2024-01/2024-06", "as_of: before 2024-03-05"),
    ("countries/elder.yml", "value: null", "value: ~"),
    ("countries/elder.yml", "latitude: 58.1, longitude: -6.2, ", ""),
    ("articles/text.md", "date: 2024-05-01", 'date: "2024-05-01"'),
    ("articles/text.md", "order: 3", "order: 3.0"),
]


def changed(file: str, old: str, new: str) -> str:
    text = (EVERY_FIELD / file).read_text("utf-8")
    assert text.count(old) >= 1, f"{file} has no {old!r}"
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("file", "old", "new"), MISTAKES)
def test_a_mistake_is_one_to_the_schema_and_to_the_reader(file: str, old: str, new: str) -> None:
    wrong = yaml_of(file, changed(file, old, new))
    assert schema_says(file, wrong)
    assert reader_says(file, wrong)


@pytest.mark.parametrize(("file", "old", "new"), RIGHT)
def test_what_is_unusual_and_right_is_right_to_both(file: str, old: str, new: str) -> None:
    right = yaml_of(file, changed(file, old, new))
    assert schema_says(file, right) == []
    assert reader_says(file, right) == []


def test_the_reader_of_these_tests_is_that_of_a_build(tmp_path: Path) -> None:
    content = copy_isles(tmp_path).content
    replace_text(content / "countries/cedar.yml", "alpha2: XC", "alpha2: xc")
    replace_text(content / "units.yml", "one: person, ", "")
    report = Report()
    read_content(content, "content", report)
    for file in ("countries/cedar.yml", "units.yml"):
        wrong = (content / file).read_text("utf-8")
        built = [problem.message for problem in report.problems if problem.place.path == f"content/{file}"]
        assert [problem.message for problem in reader_says(file, wrong)] == built != []


def can_differ(file: str, steps: tuple[str | int, ...], what: str) -> str | None:
    """Say which of the two alone refuses a change, where a schema cannot know better."""
    if what.endswith(" true"):
        return "schema"  # The reader takes the word for a text; to offer it wherever one writes would not help.
    if steps[:1] == ("facts",) and "value" in steps:
        return "reader"  # The shape of a value is that of its indicator, which stands in another file.
    if file == "site.yml" and steps in (("base_url",), ("repository",)) and what.endswith("null"):
        return "reader"  # Nothing and null are one to a schema; here nothing may stand, and null may not.
    if steps == ("codes", "numeric"):
        return "reader"  # 031 without quotes comes as 31: a schema cannot ask for three digits.
    return None


@pytest.mark.parametrize("file", FILES)
def test_whatever_is_changed_in_a_file_the_schema_and_the_reader_say_the_same(file: str) -> None:
    text = yaml_of(file, (EVERY_FIELD / file).read_text("utf-8"))
    assert schema_says(file, text) == [] and reader_says(file, text) == []
    differing = []
    for steps, what, wrong in mistakes_in(text):
        by_schema, by_reader = bool(schema_says(file, wrong)), bool(reader_says(file, wrong))
        if by_schema != by_reader and can_differ(file, steps, what) != ("schema" if by_schema else "reader"):
            differing.append(f"{steps} {what}: {'only the schema' if by_schema else 'only the reader'} refuses it")
    assert differing == []


@pytest.mark.parametrize("name", schemas())
def test_the_file_that_these_tests_change_has_every_field_of_its_schema(name: str) -> None:
    [file] = [file for file in FILES if schema_name(file) == name]
    known = set(re.findall(r"[a-z0-9_]+", yaml_of(file, (EVERY_FIELD / file).read_text("utf-8"))))
    fields = {
        field
        for node in nodes(schemas()[name])
        if isinstance(node.get("properties"), dict)
        for field in node["properties"]
    }
    assert fields - known == set()


def nodes(node: object) -> list[dict[str, object]]:
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return ([node] if isinstance(node, dict) else []) + [found for value in inner for found in nodes(value)]


def test_a_date_has_the_days_of_the_calendar() -> None:
    first = [date(year, 1, 1) for year in (1000, 1900, 1999, 2000, 2024, 2100, 2999)]
    days = [str(day + timedelta(number)) for day in first for number in range(365)]
    wrong = ["2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-00", "2024-13", "2024-12-32"]
    wrong += ["0999-01-01", "3000-01-01", "2024-1-01", "24-01-01", "2024-01-01 ", "2024-01-00"]
    pattern = re.compile(schemas()["sources"]["definitions"]["Source"]["properties"]["accessed"]["pattern"])
    for text in [*days, *wrong, "2000-02-29", "2400-02-29", "2024", "2024-02"]:
        try:
            is_date = bool(PartialDate.parse(text))
        except DateError:
            is_date = False
        assert bool(pattern.search(text)) == is_date, text


@pytest.mark.parametrize("folder", [REAL, ISLES / "content"], ids=["real", "isles"])
def test_every_file_of_the_content_is_right_by_its_schema(folder: Path) -> None:
    for path in [*sorted(folder.rglob("*.yml")), *sorted(folder.rglob("*.md"))]:
        file = path.relative_to(folder).as_posix()
        assert schema_says(file, yaml_of(file, path.read_text("utf-8"))) == [], file


def test_every_sheet_of_the_content_names_its_schema_in_its_first_line() -> None:
    for path in sorted(REAL.rglob("*.yml")):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert f"{first}\n" == schema_line(path, REAL, ROOT), path
        assert (path.parent / first.partition("=")[2]).resolve().is_file(), path


def test_the_schemas_are_as_the_models_are() -> None:
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert kept == schema_texts(), "schemas/ is out of date: make docs"


def test_a_schema_tells_what_a_field_is_for() -> None:
    country = schemas()["countries"]
    assert country["properties"]["aliases"]["description"] == "Other names and spellings readers may look for."
    event = schemas()["organisations"]["definitions"]["PartyEntry"]
    assert event["properties"]["disputed"]["description"] == "Why the date or the event is in dispute."


def test_the_verb_writes_what_is_missing_or_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote schemas/{name}" for name in schema_texts()]
    (tmp_path / "schemas/units.json").write_text("{}", encoding="utf-8")
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == "wrote schemas/units.json\n"
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == "schemas/ is up to date\n"
    assert main(["schema", "elsewhere"]) == 0
    assert json.loads((tmp_path / "elsewhere/countries.json").read_text("utf-8")) == schemas()["countries"]


@pytest.mark.parametrize(
    ("kind", "file", "line"),
    [
        ("country", "countries/dune.yml", "# yaml-language-server: $schema=../../schemas/countries.json"),
        ("source", "sources/dune.yml", "# yaml-language-server: $schema=../../schemas/sources.json"),
        ("event", "events.yml", "# yaml-language-server: $schema=../schemas/events.json"),
    ],
)
def test_a_new_file_names_its_schema(
    kind: str, file: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: Folders = copy_isles(tmp_path)
    (folders.content / "events.yml").unlink()
    monkeypatch.chdir(tmp_path)
    assert main(["new", kind, "dune", "-q"]) == 0
    assert (folders.content / file).read_text("utf-8").split("\n", 1)[0] == line
