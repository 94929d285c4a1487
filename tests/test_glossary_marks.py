"""The first use of a glossary term on a page leads to its definition."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from explainer.prose.glossary import Finder, ways_of
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


class OnePattern:
    """Terms as they were found before: by one pattern of all ways to write them, in every stretch of text."""

    def __init__(self, glossary: Mapping[str, Any]) -> None:
        self.used: list[str] = []
        self.owners: dict[str, tuple[str, str]] = {}
        for key, record in glossary.items():
            for way in (record.term, *record.aliases):
                self.owners.setdefault(way.casefold(), (key, way))
        ways = sorted((way for _, way in self.owners.values()), key=len, reverse=True)
        inner = "|".join(r"\s+".join(map(re.escape, way.split())) for way in ways)
        self.pattern = re.compile(rf"(?<![\w-])(?:{inner})(?![\w-])", re.IGNORECASE)

    def split(self, text: str) -> list[str]:
        """Return the text before the first new term, then each term with the text behind it."""
        parts, start = [], 0
        for match in self.pattern.finditer(text):
            key, way = self.owners.get(" ".join(match[0].split()).casefold(), ("", ""))
            if not key or key in self.used or not self.is_written_so(" ".join(match[0].split()), " ".join(way.split())):
                continue
            self.used.append(key)
            parts += [text[start : match.start()], f"{key}:{match[0]}"]
            start = match.end()
        return [*parts, text[start:]]

    @staticmethod
    def is_written_so(text: str, way: str) -> bool:
        return text[1:] == way[1:] if way[1:] != way[1:].lower() else text[1:].lower() == way[1:].lower()


WORDS = [
    "free",
    "Free",
    "trade",
    "Trade",
    "TRADE",
    "area",
    "WHO",
    "who",
    "re-export",
    "export",
    "co-",
    "%",
    "é",
    "É",
    "a",
]
ODD = [
    "\u212aing",
    "king",
    "King",
    "\u017fea",
    "sea",
    "Straße",
    "STRASSE",
    "\u0130s",
    "is",
    "Қала",
    "қала",
    "σας",
    "ΣΑΣ",
]
GAPS = [" ", " ", " ", " ", "\n", "  ", "-", ", ", ". ", ""]


@pytest.mark.parametrize("seed", range(10))
def test_terms_are_found_as_one_pattern_of_all_would_find_them(seed: int) -> None:
    chance = random.Random(seed)
    marked = 0
    for _ in range(300):
        words = WORDS if chance.random() < 0.7 else WORDS + ODD

        def phrase(most: int, gaps: list[str], words: list[str] = words) -> str:
            count = chance.randint(1, most)
            return "".join(chance.choice(words) + chance.choice(gaps) for _ in range(count - 1)) + chance.choice(words)

        glossary: dict[str, Any] = {
            f"t{number}": SimpleNamespace(
                term=phrase(3, [" ", "  ", "-"]), aliases=[phrase(2, [" "]) for _ in range(chance.randint(0, 2))]
            )
            for number in range(chance.randint(1, 6))
        }
        texts = [phrase(20, GAPS) for _ in range(4)]
        owners: dict[str, Any] = {}
        for way in ways_of(glossary):
            owners.setdefault(way.folded, way)
        finder, before = Finder(SimpleNamespace(), owners, "\n".join(texts)), OnePattern(glossary)  # type: ignore[arg-type]
        for text in texts:
            start, links = finder.split(text)
            parts = [start or ""]
            for link in links:
                parts += [f"{link.attrib['href'].removeprefix('#term-')}:{link.text}", link.tail or ""]
            assert parts == before.split(text), (glossary, texts)
            marked += len(links)
        assert finder.used == before.used
    assert marked > 100
