"""Words that grow old, and numbers from nowhere, are found where they stand."""

from __future__ import annotations

import random

import pytest

from explainer.problems import Report
from explainer.prose.converter import parse_body
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.numbers import _numbers as numbers_of
from explainer.prose.numbers import words_to_look_for
from explainer.prose.time_words import load_time_words
from explainer.prose.vocabulary import Vocabulary


def found(text: str, code: str, *, language: str = "en") -> list[str]:
    """Return the stretches of a text at which problems of a code point."""
    report = Report()
    parse_body(MarkdownSource(text, "a.md"), report, language=language)
    lines = text.split("\n")
    places = [problem.place for problem in sorted(report.problems, key=lambda p: p.sort_key) if problem.code == code]
    return [lines[place.line - 1][place.column - 1 :][: place.length] for place in places]


@pytest.mark.parametrize(
    "words",
    [
        *("currently", "recently", "lately", "today", "nowadays", "presently", "now", "yesterday", "tomorrow"),
        *("at present", "at the moment", "these days", "so far", "to date", "until now", "up to now", "right now"),
        *("this year", "last month", "next week", "this decade", "the past year", "in recent years", "last century"),
        *("years ago", "decades ago", "a century ago"),
    ],
)
def test_a_word_that_will_mean_another_time_is_an_error(words: str) -> None:
    report = Report()
    parse_body(MarkdownSource(f"It is {words} so.", "a.md", 7), report)
    (problem,) = report.errors
    assert (problem.code, problem.place.line, problem.severity) == ("M040", 7, "error")
    assert problem.place.column == 7 + len(words) - len(found(f"It is {words} so.", "M040")[0])
    assert "as of" in problem.fix


@pytest.mark.parametrize(
    "text",
    [
        "He said: “It is now so.”",
        'He said: "It is now so."',
        "Er sagte: «now» und „today“.",
        "> It is now so.",
        "It is `now` so.",
        "```\nnow\n```",
        "In [The economy today](https://e.org/today) one reads more.",
        "A [page](../articles/now.md) of *Central News Today* and Asia Today.",
        "A known nowhere-land, a todaying, a now-known thing, knowing.",
        "The year this yearbook began; last of the yearlings.",
        "It is a fact in so far as somebody saw it.",
    ],
)
def test_quotations_names_titles_of_sources_and_code_may_say_it(text: str) -> None:
    assert found(text, "M040") == []


def test_a_sentence_may_not_begin_with_such_a_word_either() -> None:
    text = "Now it is so. Today too.\n\n- Currently\n\n## Recently\n\n| Nowadays | a |\n|---|---|\n| b | Today |"
    assert found(text, "M040") == ["Now", "Today", "Currently", "Recently", "Nowadays", "Today"]


def test_such_words_are_found_over_the_end_of_a_line() -> None:
    assert found("It is so this\nyear, and at\n  present.", "M040") == ["this", "at"]


def test_the_words_of_a_page_link_are_prose() -> None:
    assert found("See [the state today](../articles/a.md).", "M040") == ["today"]


def test_a_language_without_a_table_has_no_such_words() -> None:
    assert load_time_words("xx") is None
    assert load_time_words("../en") is None
    assert found("It is now so.", "M040", language="xx") == []


def test_a_tag_with_a_country_uses_the_table_of_its_language() -> None:
    assert load_time_words("en-GB") is load_time_words("en-US") or load_time_words("en-GB") is not None
    assert found("It is now so.", "M040", language="en-GB") == ["now"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It has 20 million people.", ["20 million"]),
        ("It has 20,592,571 people.", ["20,592,571"]),
        ("It grew by 4.8 %.", ["4.8 %"]),
        ("It grew by 5% and 5 per cent.", ["5%", "5 per cent"]),
        ("It cost $5 and US$ 3 and €4.", ["$5", "US$ 3", "€4"]),
        ("It cost 5bn and USD 7 and 3 dollars.", ["5bn", "USD 7", "3 dollars"]),
        ("Two million live there, and ten per cent left.", ["Two million", "ten per cent"]),
        ("Between 55 and 60 of them.", ["55", "60"]),
        ("It rose to 12.5.", ["12.5"]),
        ("About 1800km of pipe, 300 trains.", ["300"]),
        ("| a | 250 |\n|---|---|\n| b | 350 |", ["250", "350"]),
        ("- 45 states", ["45"]),
    ],
)
def test_a_number_without_a_source_is_a_warning(text: str, numbers: list[str]) -> None:
    report = Report()
    parse_body(MarkdownSource(text, "a.md"), report)
    assert found(text, "M041") == numbers
    assert {problem.severity for problem in report.problems} == {"warning"}


@pytest.mark.parametrize(
    "text",
    [
        "It has 20 million people [@source].",
        "It has 20 million people.[^n]\n\n[^n]: Words.",
        "It has [20 million](fact:a.b) people.",
        "In 1991, in the 1990s, from 1991–2024, on 8 December 1991 and December 21, 1991.",
        "On 2024-03-31, 2024-03, at 10:30 GMT.",
        "From 8–21 December 1991.",
        "It has 5 members and nine regions, three times.",
        "Article 25, No. 12, page 350, Resolution 1244, chapters 12.",
        "The G20, COVID-19, the Su-27, A320neo and IPv6.",
        "The 21st century, the 19th state.",
        "## The 15 states\n\nWords.",
        "`250` and\n\n```\n250 million\n```",
        "In [300 words](https://e.org/300) one reads more.",
        "12. The twelfth\n13. The next",
        'It has 20 million people.\n{: .exempt reason="an example" }',
        '| a | 250 |\n|---|---|\n| b | 350 | {: .exempt reason="an example" }'.replace(" | {", " {"),
        "| a | b |\n|---|---|\n| 250 | c |\n| d | [@source] |",
    ],
)
def test_a_number_with_a_source_a_date_and_a_name_need_none(text: str) -> None:
    assert found(text, "M041") == []


def test_a_source_counts_for_its_own_paragraph_and_item_only() -> None:
    text = "It has 20 million [@a].\n\nIt has 30 million.\n\n- 40 states [@b]\n- 50 states"
    assert found(text, "M041") == ["30 million", "50"]


def test_an_exemption_counts_for_its_own_block_and_never_goes_out() -> None:
    text = 'It has 20 million.\n{: .exempt reason="an example" }\n\nIt has 30 million.'
    report = Report()
    parsed = parse_body(MarkdownSource(text, "a.md"), report)
    assert found(text, "M041") == ["30 million"]
    assert [element.attrib for element in parsed.tree] == [{}, {}]
    assert "exempt" not in "".join(parsed.tree.itertext())


def test_an_exemption_under_a_table_counts_for_all_its_rows() -> None:
    text = '| a | 250 |\n|---|---|\n| b | 350 |\n{: .exempt reason="an example" }\n\nIt has 450.'
    report = Report()
    parsed = parse_body(MarkdownSource(text, "a.md"), report)
    assert found(text, "M041") == ["450"]
    assert report.errors == []
    assert len(list(parsed.tree.iter("tr"))) == 2


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://e.org/a_b, or not.", ["https://e.org/a_b"]),
        ("See <https://e.org/> and [a](https://e.org/) and `https://e.org/`.", []),
    ],
)
def test_an_address_that_is_no_link_is_a_warning(text: str, addresses: list[str]) -> None:
    assert found(text, "M042") == addresses


GAPS = [" ", " ", " ", "\n", "  ", "-", ", ", ". ", "_", "\u00a0", ""]
MORE = [
    "two",
    "twelve",
    "$",
    "%",
    "rivers",
    "As",
    "SO",
    "s\u017fo",
    "\u0130n",
    "\u212a",
    "é",
    "3",
    "million-",
    "_now",
    "x",
]


@pytest.mark.parametrize("seed", range(8))
def test_a_text_is_searched_where_it_has_what_is_looked_for(seed: int) -> None:
    chance = random.Random(seed)
    known = words_to_look_for("en")
    words, numbers = load_time_words("en"), numbers_of("en")
    assert words is not None
    phrases = [*sorted(known), *words.relative, *(" ".join(pair) for pair in words.unless_before), *MORE]
    timely = spelt = 0
    for _ in range(2000):
        text = "".join(chance.choice(phrases) + chance.choice(GAPS) for _ in range(chance.randint(1, 7)))
        if chance.random() < 0.2:
            text += chance.choice(["two", "Ten", "three"]) + chance.choice(GAPS) + chance.choice(sorted(numbers.behind))
        vocabulary = Vocabulary(text, known)
        if words.expression.search(text):
            timely += 1
            assert words.may_be_in(vocabulary), text
        if any(match["after"] and not match["number"][0].isdigit() for match in numbers.candidate.finditer(text)):
            spelt += 1
            assert numbers.may_be_in(text, vocabulary), text
            assert numbers.may_be_behind(text), text
    assert timely > 100
    assert spelt > 20


def test_words_of_a_phrase_apart_are_no_phrase() -> None:
    words = load_time_words("en")
    assert words is not None
    for text in ("To the date of the treaty.", "So that it went far.", "These are days."):
        assert not words.may_be_in(Vocabulary(text, words_to_look_for("en"))), text
