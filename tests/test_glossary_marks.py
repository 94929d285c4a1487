"""The first use of a glossary term on a page leads to its definition."""

from __future__ import annotations

from pathlib import Path

from explainer.rules.glossary import check_names_of_terms
from tests.prose_pages import article, new_project, read_site, told


def html(root: Path, body: str) -> str:
    return str(article(root, body).html)


def test_the_first_use_is_marked_and_the_second_is_not(tmp_path: Path) -> None:
    prose = article(tmp_path, "The Treaty of the Sound. Again the Treaty of the Sound.\n")
    link = '<a class="term" href="#term-treaty-of-the-sound" id="term-treaty-of-the-sound-use">Treaty of the Sound</a>'
    assert str(prose.html).count('class="term"') == 1
    assert f"<p>The {link}. Again the Treaty of the Sound.</p>" in str(prose.html)
    assert prose.terms == [
        {
            "id": "term-treaty-of-the-sound",
            "term": "Treaty of the Sound",
            "definition": "The treaty that made the Council.",
            "mark": "term-treaty-of-the-sound-use",
            "address": "/glossary/#treaty-of-the-sound",
        }
    ]


def test_an_alias_is_a_use_of_its_term(tmp_path: Path) -> None:
    text = html(tmp_path, "The Sound Treaty and the Treaty of the Sound.\n")
    assert ">Sound Treaty</a> and the Treaty of the Sound." in text


def test_terms_are_marked_in_order_of_reading(tmp_path: Path) -> None:
    body = "On *ferry days*, before **the Sound Treaty**, and on ferry days\n\n- a CR\n"
    prose = article(tmp_path, body)
    assert [term["term"] for term in prose.terms] == ["Ferry day", "Treaty of the Sound", "CR"]
    assert "on ferry days</p>" in str(prose.html)


def test_headings_links_code_and_figures_are_passed_over(tmp_path: Path) -> None:
    body = (
        "## Ferry days\n\n[ferry days](../countries/alder.yml) and `ferry days`\n\n```text\nferry days\n```\n\n"
        "[Wind and wool](fact:alder.motto) on ferry days.\n"
    )
    text = html(tmp_path, body)
    assert text.count('class="term"') == 1
    assert 'on <a class="term" href="#term-ferry-day" id="term-ferry-day-use">ferry days</a>.' in text


def test_only_whole_words_count(tmp_path: Path) -> None:
    assert 'class="term"' not in html(tmp_path, "A no-ferry day, ferry dayz, CRs, a CR-like thing.\n")


def test_a_capital_inside_a_name_counts_and_one_at_its_beginning_does_not(tmp_path: Path) -> None:
    assert 'class="term"' not in html(tmp_path / "a", "The cr and the treaty of the sound.\n")
    assert ">Ferry days</a>" in html(tmp_path / "b", "Ferry days are here.\n")


def test_a_term_may_be_broken_over_two_lines(tmp_path: Path) -> None:
    assert ">Treaty\nof the Sound</a>" in html(tmp_path, "The Treaty\nof the Sound.\n")


def test_a_term_that_the_author_linked_is_not_marked_again(tmp_path: Path) -> None:
    prose = article(tmp_path, "Of [ferry days](../glossary.yml#ferry-day) and ferry days.\n")
    assert (told(prose), prose.terms) == ([], [])
    assert '<a href="../../glossary/#ferry-day">ferry days</a> and ferry days.' in str(prose.html)


def test_a_link_to_a_term_is_worded_as_the_term_or_an_alias(tmp_path: Path) -> None:
    prose = article(tmp_path, "Of [fery days](../glossary.yml#ferry-day).\n")
    assert told(prose) == [("M078", 1, 5, 9)]
    assert prose.problems[0].fix == 'did you mean "ferry days"?'


def test_all_terms_are_gone_when_there_is_no_glossary(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    (folders.content / "glossary.yml").unlink()
    assert read_site(folders).glossary == {}


def test_one_word_cannot_belong_to_two_terms(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    with (folders.content / "glossary.yml").open("a") as file:
        file.write("sound-act:\n  term: Sound Act\n  definition: An act.\n  aliases: [sound treaty]\n")
    problems = list(check_names_of_terms(read_site(folders)))
    assert [(problem.code, problem.place.line) for problem in problems] == [("D110", 15)]
    assert '"treaty-of-the-sound" already (content/glossary.yml:1:1)' in problems[0].message
