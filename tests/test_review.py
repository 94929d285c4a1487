"""Careless edits end in one located complaint each, never in a traceback, a silent loss or a wrong figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.asked import is_base_url
from explainer.build import build, check
from explainer.clean import clean
from explainer.config import Folders
from explainer.models.country import NativeName
from explainer.problems import ContentError
from tests.projects import OPTIONS, copy_isles, line_of, replace_text


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return copy_isles(tmp_path)


def errors_of(folders: Folders) -> list[str]:
    try:
        check(folders, OPTIONS)
    except ContentError as error:
        return [str(problem).split("\n")[0] for problem in error.problems if problem.severity == "error"]
    return []


# (file, old, new) → the one error
MISTAKES = [
    (
        "site.yml",
        "language: en",
        "language: zz",
        f"content/site.yml:{line_of('site.yml', 'language:')}:11: "
        'error M057: there are no words for figures in the language "zz"',
    ),
    (
        "site.yml",
        "https://isles.example/",
        "https://isles.example/#top",
        f"content/site.yml:{line_of('site.yml', 'base_url:')}:11: "
        'error F011: "https://isles.example/#top" is not the address of a site',
    ),
    (
        "site.yml",
        "https://isles.example/",
        "http://[::1",
        f'content/site.yml:{line_of("site.yml", "base_url:")}:11: error F011: "http://[::1" is not a web address',
    ),
    (
        "indicators.yml",
        "decimals: 1\n",
        "decimals: 30\n",
        "content/indicators.yml:23:13: error F008: 30 is no number of decimals",
    ),
    (
        "countries/alder.yml",
        "310.5",
        "3" * 40,
        "content/countries/alder.yml:17:17: error F008: this number has more than 20 digits",
    ),
    (
        "countries/cedar.yml",
        "name: Cedar",
        "name: null",
        "content/countries/cedar.yml:1:7: error F005: this has no value",
    ),
    (
        "countries/birch.yml",
        "population: {value: 9_870, as_of: 2024, sources: [almanac-2024]}",
        "population: 9870",
        'content/countries/birch.yml:6:15: error F002: "population" should be a mapping of fields',
    ),
    (
        "sources/books.yml",
        "almanac-2024:",
        "Almanac-2024:",
        'content/sources/books.yml:1:1: error F010: the key "Almanac-2024" is not an id',
    ),
    (
        "site.yml",
        "land: Land",
        "Land: Land",
        f'content/site.yml:{line_of("site.yml", "fact_groups:")}:15: error F010: "Land" is not an id',
    ),
    (
        "site.yml",
        "title: The Northern Isles\n",
        "",
        'content/site.yml:1:1: error F001: "title" is missing',
    ),
    (
        "site.yml",
        "fact_groups:",
        "fact_gruops:",
        f'content/site.yml:{line_of("site.yml", "fact_groups:")}:1: error F004: unknown field "fact_gruops"',
    ),
    (
        "organisations/sound-council.yml",
        "may_follow: [signed]",
        "may_follow: [sigend]",
        'content/organisations/sound-council.yml:11:108: error L007: Council has no status "sigend"',
    ),
    (
        "events.yml",
        "  countries: [alder, birch]\n",
        "  countries: [alder, birch]\ngreat-storm: {date: 2001}\n",
        'content/events.yml:8:1: error R011: duplicate key "great-storm": it stands on line 1 already',
    ),
    (
        "countries/alder.yml",
        "summary: The largest",
        "summary: The\u2028largest",
        "content/countries/alder.yml:6:13: error R007: character U+2028 is not allowed: a line end that most editors do"
        " not show",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "error"), MISTAKES)
def test_a_careless_edit_is_told_once_where_it_was_written(
    folders: Folders, file: str, old: str, new: str, error: str
) -> None:
    replace_text(folders.content / file, old, new)
    assert errors_of(folders) == [error]


def test_a_file_whose_name_is_no_id_is_told_once_and_not_at_every_reference_to_it(folders: Folders) -> None:
    (folders.content / "countries/cedar.yml").rename(folders.content / "countries/Cedar.yml")
    assert errors_of(folders) == ['content/countries/Cedar.yml: error F010: the file name "Cedar" is not an id']


def test_a_settings_file_that_is_a_list_hides_no_vocabulary_from_the_other_files(folders: Folders) -> None:
    (folders.content / "site.yml").write_text("- title\n", encoding="utf-8")
    assert errors_of(folders) == [
        "content/site.yml:1:1: error F002: this should be a mapping of fields, but it is a list"
    ]


def test_two_timelines_may_stand_in_one_article(folders: Folders) -> None:
    article = folders.content / "articles/founding.md"
    block = "\n```timeline\ntitle: The same once more\norganisation: sound-council\n```\n"
    article.write_text(article.read_text(encoding="utf-8") + block, encoding="utf-8")
    assert errors_of(folders) == []


def test_an_amount_below_one_is_not_rounded_to_no_millions(folders: Folders) -> None:
    replace_text(folders.content / "indicators.yml", "  scale: million\n  decimals: 1\n", "  scale: million\n")
    replace_text(folders.content / "countries/alder.yml", "288_400_000", "400_000")
    build(folders, OPTIONS)
    page = (folders.output / "countries/alder/index.html").read_text(encoding="utf-8")
    assert '<data class="figure" value="400000">US$400,000</data>' in page


def test_a_link_to_the_home_page_is_marked_as_here_on_the_home_page_only(folders: Folders) -> None:
    replace_text(
        folders.content / "site.yml",
        "navigation:\n",
        "navigation:\n  - {title: Home, page: /}\n",
    )
    build(folders, OPTIONS)
    marks = {
        path: re.findall(r'aria-current="(\w+)">([^<]+)</a>', (folders.output / path).read_text(encoding="utf-8"))
        for path in ("index.html", "sources/index.html", "countries/alder/index.html")
    }
    assert marks == {
        "index.html": [("page", "Home")],
        "sources/index.html": [("page", "Sources")],
        "countries/alder/index.html": [("true", "Countries")],
    }


@pytest.mark.parametrize(
    ("lang", "script", "tag"),
    [("kk", "Cyrl", "kk-Cyrl"), ("uz-Latn", "Latn", "uz-Latn"), ("ru-RU", "Cyrl", "ru-Cyrl-RU")],
)
def test_a_native_name_has_a_language_tag_with_one_script_before_the_region(lang: str, script: str, tag: str) -> None:
    assert NativeName(lang=lang, script=script, name="X").tag == tag


@pytest.mark.parametrize("address", ["http://[::1", "https://", "https://a.example/?q", "https://a.example/#b", "a.b"])
def test_what_is_no_address_of_a_site_is_refused_without_a_fault_of_ours(address: str) -> None:
    assert not is_base_url(address)


def test_clean_leaves_in_the_cache_what_other_programs_keep_there(folders: Folders) -> None:
    build(folders, OPTIONS)
    (folders.cache / "other").mkdir()
    (folders.cache / "other/kept").write_text("theirs", encoding="utf-8")
    assert list(clean(folders)) == [folders.output, folders.cache]
    assert [path.relative_to(folders.cache).as_posix() for path in folders.cache.rglob("*")] == ["other", "other/kept"]
    assert list(clean(folders)) == []


def test_clean_refuses_an_output_that_is_a_file(folders: Folders) -> None:
    folders.output.write_text("a letter", encoding="utf-8")
    with pytest.raises(ContentError, match="P020"):
        list(clean(folders))
    assert folders.output.read_text(encoding="utf-8") == "a letter"
