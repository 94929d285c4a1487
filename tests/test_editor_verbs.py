"""The verbs that help an editor: new, facts, list, init."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.scaffold import PLACES
from tests.projects import ROOT, copy_isles, tree

ON = ("--as-of", "2025-06-01")
# What an editor writes into the blanks of each kind, in their order.
FILLINGS = {
    "article": ["The first winter", "How it was."],
    "country": ["Dune", "XD", "XDU", '"904"', "gazette"],
    "organisation": ["League of Dunes", "League", "It keeps the dunes.", "1999-04", "gazette"],
    "source": ["Harbour Office", "Guide", "https://harbour.example/guide", "2024", "reference"],
    "event": ["2003-12", "The harbours open again", "summit", "gazette"],
}


def is_blank(line: str, following: list[str]) -> bool:
    """Whether a line waits for a value: it ends in a colon or a hyphen, and nothing deeper follows."""
    if not re.fullmatch(r" *([a-z0-9_-]+:|-)", line):
        return False
    after = next((other for other in following if not other.lstrip().startswith("#")), "")
    return not after or len(after) - len(after.lstrip()) <= len(line) - len(line.lstrip())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_isles(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", PLACES)
def test_a_new_file_passes_once_its_blanks_are_filled_and_each_blank_is_told_before(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(project)
    assert main(["new", kind, "dune", *ON]) == 0
    path = project / "content" / PLACES[kind].format(id="dune")
    said = capsys.readouterr().out
    assert f"wrote content/{PLACES[kind].format(id='dune')}: fill the blanks" in said
    text = path.read_text("utf-8")
    # Kinds that are written into a file of others leave those as they were.
    old = before.get(path.relative_to(project).as_posix(), b"").decode()
    assert text.startswith(old)

    assert main(["check", *ON]) == 1
    told = capsys.readouterr().err
    new = text[len(old) :]
    lines = new.splitlines()
    blanks = [number for number, line in enumerate(lines) if is_blank(line, lines[number + 1 :])]
    assert len(blanks) == len(FILLINGS[kind])
    assert told.count(" error F005: this has no value") == len(blanks), told

    for number, value in zip(blanks, FILLINGS[kind], strict=True):
        lines[number] += f" {value}"
    filled = "\n".join(lines) + "\n"
    if kind == "article":
        filled = filled.replace("draft: true\n", "")
    if kind == "organisation":
        entry = "{date: 2001, title: Joins, kind: status, status: member, sources: [gazette], verification: one-source}"
        left = "{date: 2005, title: Leaves, kind: status, status: former, sources: [gazette], verification: one-source}"
        filled = filled.replace("parties: {}", f"parties:\n  birch:\n    - {entry}\n    - {left}")
    path.write_text(old + filled, encoding="utf-8")
    assert main(["check", *ON]) == 0, capsys.readouterr().err
    assert "content/articles/dune" not in capsys.readouterr().err


def test_new_never_writes_over_a_record(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(project)
    assert main(["new", "country", "alder"]) == 2
    assert main(["new", "event", "great-storm"]) == 2
    assert main(["new", "article", "../escape"]) == 2
    assert tree(project) == before
    assert "U035" in capsys.readouterr().err


def test_facts_shows_value_date_sources_and_every_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/derived.yml").write_text(
        "both: {label: Both, kind: sum, of: [alder.population, birch.population]}\n"
    )
    (project / "content/pages/numbers.md").write_text(
        "---\ntitle: Numbers\ndescription: D.\ndate: 2024-05-01\n---\n\nBoth have [30,462 people](fact:derived.both).\n"
    )
    assert main(["facts", "alder.population", *ON]) == 0
    said = capsys.readouterr().out
    for line in (
        "alder.population: Population, Alder",
        "  written:  content/countries/alder.yml:12:5",
        "  value:    20,592 people",
        "  as of:    2024",
        "  source:   almanac-2024: Isles Office of Figures, Almanac 2024, read on 2025-01-10",
        "  rank 2:   20,100 people, as of 2023: A newspaper estimate.",
        "  by year:  2022, 2023, 2024",
        "  shown:    /countries/alder/#population",
        "  shown:    /articles/founding/",
        "  shown:    /numbers/",
    ):
        assert f"{line}\n" in said, said
    assert "/about/" not in said and said.count("/articles/founding/") == 1
    assert "/sources/" not in said


def test_facts_lists_those_of_a_country_or_an_indicator(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "birch"]) == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "birch.population",
        "birch.area",
        "birch.product",
    ]
    assert main(["facts", "population"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["facts", "alder.populaton"]) == 2
    assert 'did you mean "alder.population"?' in capsys.readouterr().err


def test_list_shows_only_the_states_that_are_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, extra in (("one", "draft: true\n"), ("two", "")):
        text = f"---\ntitle: {name}\ndescription: D.\ndate: 2031-05-01\n{extra}---\n\nText.\n"
        (project / f"content/articles/{name}.md").write_text(text)
    assert main(["list", "--drafts", *ON]) == 0
    assert capsys.readouterr().out == "draft      content/articles/one.md  one\n"
    assert main(["list", "--scheduled", "--why", *ON]) == 0
    assert capsys.readouterr().out == (
        "scheduled  content/articles/two.md  two\n           its date is 2031-05-01, after 2025-06-01\n"
    )
    assert main(["list", "--drafts", "--scheduled", *ON]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_list_stale_shows_the_facts_that_are_out_of_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--stale", *ON]) == 0
    assert capsys.readouterr().out == ("stale      content/countries/birch.yml:8:39  birch.product, as of 2015\n")
    assert main(["list", "--stale", "--why", *ON]) == 0
    assert "not waived" in capsys.readouterr().out


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with templates and without content."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_site_that_was_begun_builds_as_it_is_and_takes_records(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *ON]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "It builds as it is: python build.py. Begin with content/site.yml."
    written = [line.removeprefix("wrote ") for line in said[:-1]]
    assert sorted(written) == sorted(f"content/{name}" for name in tree(empty / "content"))
    for name in written:
        if name.endswith(".yml"):
            assert (empty / name).read_text("utf-8").startswith("# yaml-language-server: $schema=../schemas/")

    assert main(["build", *ON]) == 0
    assert " error " not in capsys.readouterr().err
    assert "A new site" in (empty / "site/index.html").read_text("utf-8")

    source = "office: {publisher: Office, title: Figures, accessed: 2025-01-10, kind: primary}\n"
    (empty / "content/sources").mkdir()
    (empty / "content/sources/office.yml").write_text(source, encoding="utf-8")
    assert main(["new", "country", "dune", *ON]) == 0
    sheet = empty / "content/countries/dune.yml"
    text = sheet.read_text("utf-8")
    for blank, value in (
        ("\nname:", "Dune"),
        ("  alpha2:", "XD"),
        ("  alpha3:", "XDU"),
        ("  numeric:", '"904"'),
        ("\n  -\n", "office"),
        ("\nfacts:", "\n  population: {value: 9_870, as_of: 2024, sources: [office]}\nseries:"),
    ):
        text = text.replace(blank, f"{blank.rstrip()} {value}" + blank[len(blank.rstrip()) :], 1)
    sheet.write_text(text, encoding="utf-8")
    settings = empty / "content/site.yml"
    settings.write_text(settings.read_text("utf-8").replace("countries: []", "countries: [dune]"), encoding="utf-8")
    assert main(["build", *ON]) == 0, capsys.readouterr().err
    assert "9,870" in (empty / "site/countries/dune/index.html").read_text("utf-8")


def test_a_site_may_be_begun_in_a_folder_of_its_own_and_never_over_another(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(project)
    assert main(["init"]) == 2
    assert "error U037: content has files already" in capsys.readouterr().err
    assert tree(project) == before
    assert main(["init", "other/region", *ON]) == 0
    assert "python build.py --content other/region." in capsys.readouterr().out
    line = "# yaml-language-server: $schema=../../schemas/site.json\n"
    assert (project / "other/region/site.yml").read_text("utf-8").startswith(line)
    assert main(["check", "--content", "other/region", *ON]) == 0


def test_init_where_there_are_no_templates_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", *ON]) == 0
    told = capsys.readouterr().out
    assert "Not here yet: templates/ and static/. Copy them from this generator" in told
    assert "It builds as it is" not in told
