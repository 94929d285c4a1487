"""Citations become numbered notes with ways back, and the page lists each source once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.prose.citations import read_citations
from tests.prose_pages import article, told


def test_a_citation_becomes_the_mark_of_a_note(tmp_path: Path) -> None:
    prose = article(tmp_path, "So it is said.[@gazette; @almanac-2024, p. 3]\n")
    assert 'said.<sup class="note-mark"><a href="#prose-note-1" id="note-mark-1-1">' in str(prose.html)
    assert [(source["title"], source["locator"]) for source in prose.notes[0]["sources"]] == [
        ("The Sound Gazette: Treaty of the Sound signed", None),
        ("Isles Office of Figures: Almanac 2024", "p. 3"),
    ]


def test_the_same_citation_reuses_its_number_and_another_page_makes_a_new_note(tmp_path: Path) -> None:
    notes = article(tmp_path, "A.[@gazette, p. 1] B.[@gazette, p. 1] C.[@gazette, p. 2]\n").notes
    assert [(note["number"], len(note["marks"])) for note in notes] == [(1, 2), (2, 1)]


def test_facts_citations_and_footnotes_are_numbered_together_in_order_of_use(tmp_path: Path) -> None:
    body = "A [20,592](fact:alder.population) b.[^x] C.[@gazette]\n\n[^x]: Said in a note.[@gazette, p. 7]\n"
    prose = article(tmp_path, body)
    assert [note["kind"] for note in prose.notes] == ["fact", "footnote", "citation", "citation"]
    assert str(prose.notes[1]["html"]).startswith("<p>Said in a note.<sup")
    assert prose.notes[3]["sources"][0]["locator"] == "p. 7"


def test_the_list_of_sources_has_each_once_with_ways_back_to_the_notes(tmp_path: Path) -> None:
    prose = article(tmp_path, "A.[@gazette, p. 1] B.[@almanac-2024] C.[@gazette, p. 2]\n")
    assert [(source["source"], source["marks"]) for source in prose.sources] == [
        ("gazette", ["note-1-1", "note-1-2"]),
        ("almanac-2024", ["note-2-1"]),
    ]
    ids = [source["id"] for note in prose.notes for source in note["sources"]]
    assert sorted(ids) == sorted(mark for source in prose.sources for mark in source["marks"])


@pytest.mark.parametrize(
    ("body", "code", "column", "length", "fix"),
    [
        ("A.[@gazete]", "M061", 4, 7, 'did you mean "gazette"?'),
        ("A.[@gazette; @almanac-2042, p. 3]", "M061", 14, 13, 'did you mean "almanac-2024"?'),
        ("A.[@gazette; almanac-2024]", "M060", 14, 12, "@source-id"),
        ("A.[@gazette;]", "M060", 13, 1, "@source-id"),
        ("A.[@gazette p. 3]", "M060", 4, 13, 'write "@gazette, …"'),
        ("A.[@gazette; @gazette]", "M062", 14, 8, "delete one of the two"),
        ("A [b [@gazette] c](../countries/alder.yml)", "M063", 6, 10, "put it behind the link"),
        ("A [b](@gazette)", "M063", 7, 8, 'write "[@gazette]" behind the words'),
    ],
)
def test_a_citation_that_is_wrong_is_told_where_it_stands(
    tmp_path: Path, body: str, code: str, column: int, length: int, fix: str
) -> None:
    prose = article(tmp_path, f"First line.\n\n{body}\n")
    assert told(prose) == [(code, 3, column, length)], "\n".join(map(str, prose.problems))
    assert fix in prose.problems[0].fix


@pytest.mark.parametrize(
    "body", ["[@gazette]: as said\n", "See [it][@gazette].\n", "See [@gazette](https://x.example/).\n"]
)
def test_forms_that_markdown_reads_as_something_else_are_errors(tmp_path: Path, body: str) -> None:
    assert len(told(article(tmp_path, body))) == 1


def test_what_stands_in_code_is_no_citation(tmp_path: Path) -> None:
    prose = article(tmp_path, "Write `[@nowhere]` so.\n\n```text\n[@nowhere]\n```\n")
    assert (told(prose), prose.notes) == ([], [])


@given(st.text(alphabet="@;, ab1-\n", max_size=40))
def test_any_text_is_read_and_every_offset_lies_in_it(target: str) -> None:
    for citation in read_citations(target):
        assert 0 <= citation.offset <= len(target)
        if citation.has_mark:
            assert target[citation.offset] == "@"
            assert target[citation.offset + 1 :].startswith(citation.source)
