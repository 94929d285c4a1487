"""No body hangs a build: each ends in good time, with a page or with an error that says where."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.problems import Report
from explainer.prose import engine
from explainer.prose.converter import ParsedBody, parse_body
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.safety import serialise_parts
from explainer.prose.time_limit import TooSlow, time_limit

SIZE = 4 * 8_192
"""Four times the size at which the families were found to hang Python-Markdown."""
SECONDS = 3.0


def repeated(part: str, size: int = SIZE) -> str:
    return part * (size // len(part))


def nested(opening: str, closing: str = "", size: int = SIZE) -> str:
    count = size // max(1, len(opening + closing))
    return opening * count + "x" + closing * count


FAMILIES: dict[str, str] = {
    "emphasis of two kinds": repeated("_a __b ", 4 * 3_400),
    "emphasis of two kinds, four times again": repeated("_a __b "),
    "opening brackets": "[" * SIZE,
    "footnotes": "".join(f"[^{n}]: note {n}\n" for n in range(4 * 4_000)),
    "footnotes with references": "".join(f"x[^{n}]\n\n[^{n}]: note {n}\n\n" for n in range(4 * 4_000)),
    "one footnote very often": repeated("x[^a] ") + "\n\n[^a]: note",
    "equal headings": "## Heading\n\n" * 4 * 4_000,
    "equal headings within limits": "## Heading\n\n" * 499,
    "different headings": "".join(f"## Heading {n}\n\n" for n in range(4 * 4_000)),
    **{f"only {sign!r}": sign * SIZE for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
    **{f"{sign!r} with spaces": repeated(f"{sign} ") for sign in "*_`[]<>&{}|#:-+^~!\\\"'"},
    **{f"{sign!r} with letters": repeated(f"{sign}a") for sign in "*_`[]<>&{}|#:-+^~!\\\"'"},
    **{f"{sign!r} in lines": repeated(f"{sign}\n") for sign in "*_`[]<>&{}|#:-+^~!\\\"'="},
    **{f"{sign!r} in paragraphs": repeated(f"{sign} a\n\n") for sign in "*_`[]<>&{}|#:-+^~!\\\"'="},
    "emphasis in emphasis": nested("*a **b "),
    "closed emphasis in emphasis": nested("*a **b ", " c** d*"),
    "emphasis at odds": repeated("**a *b** c* "),
    "triple emphasis": repeated("***a** b* "),
    "underscores in words": repeated("a_b__c_"),
    "strong in paragraphs": repeated("**a** *b* ***c***\n\n"),
    "brackets in brackets": nested("[", "]"),
    "links in links": nested("[a](b"),
    "closed links in links": nested("[", "](b)"),
    "links": repeated("[a](../b.md) "),
    "open links": repeated("[a]("),
    "links with open titles": repeated('[a](b "'),
    "links with open angles": repeated("[a](<b"),
    "brackets in targets": "[a](" + "(" * SIZE,
    "reference links": repeated("[a][b] "),
    "references": "".join(f"[r{n}]: http://e.org/{n}\n" for n in range(4 * 2_000)),
    "references with spaces": "[a]:" + " " * SIZE + "b",
    "images": repeated("![a](b.png) "),
    "images in images": nested("![", "](a.png)"),
    "open images": repeated("![a]("),
    "citations": repeated("[@a; @b, p. 3] "),
    "open citations": repeated("[@a; "),
    "addresses": repeated("<https://e.org/> "),
    "open addresses": repeated("<https://e.org/"),
    "mail": repeated("<a@b.c> "),
    "nearly mail": repeated("a@") + ">",
    "bare addresses": repeated("https://e.org/"),
    "tags": repeated("<b>"),
    "tags in tags": nested("<b>", "</b>"),
    "open tags": repeated("<a b='"),
    "open comments": repeated("<!-- "),
    "open declarations": repeated("<!["),
    "instructions": repeated("<? "),
    "attributes of tags": "<a" + repeated(" b=c"),
    "backticks of all lengths": " ".join("`" * n for n in range(1, 255)),
    "code spans": repeated("`a` "),
    "escaped backticks": repeated("\\`a` "),
    "fences": repeated("```\n"),
    "fences of two kinds": repeated("```\n~~~\n"),
    "growing fences": "\n".join("`" * n for n in range(3, 256)),
    "fences with info": repeated("```a b c\n"),
    "fences in lists": repeated("- a\n\n    ```\n    x\n    ```\n\n"),
    "quotations in quotations": "> " * (SIZE // 2) + "a",
    "growing quotations": "\n".join("> " * n + "a" for n in range(180)),
    "growing lists": "\n".join("    " * n + "- a" for n in range(128)),
    "lists by one space": "\n".join(" " * n + "- a" for n in range(255)),
    "lists in one line": "- " * (SIZE // 2) + "a",
    "numbered lists in one line": "1. " * (SIZE // 3) + "a",
    "lists": repeated("- a\n"),
    "loose lists": repeated("- a\n\n"),
    "lists in lists": repeated("- a\n    - b\n"),
    "lists with paragraphs": repeated("- a\n\n    b\n\n"),
    "lists in quotations": repeated("> - a\n> > b\n"),
    "deep and back": repeated("- a\n    - b\n        - c\n\n            d\n"),
    "numbers without end": "1" * SIZE + ". a",
    "definitions": repeated("a\n: b\n"),
    "loose definitions": repeated("a\n\n: b\n\n"),
    "colons": ": " * (SIZE // 2) + "a",
    "one wide row": "|".join("a" * (SIZE // 4)) + "\n" + "|".join("-" * (SIZE // 4)),
    "rows": "| a | b |\n|---|---|\n" + repeated("| c | d |\n"),
    "rows without cells": "| a |\n|---|\n" + "|\n" * SIZE,
    "rows of code": "| a | b |\n|---|---|\n" + repeated("| `c` | `` d |\n"),
    "tables": repeated("| a | b |\n|---|---|\n| c | d |\n\n"),
    "lines of dashes": repeated("---|---\n"),
    "rules": repeated("---\n\n"),
    "nearly rules": "- " * (SIZE // 2) + "a",
    "underlined headings": repeated("a\n---\n\n"),
    "closing marks of a heading": "## a " + "#" * SIZE + "b",
    "entities": repeated("&amp;"),
    "open entities": repeated("&amp"),
    "numbered entities": repeated("&#38;"),
    "unknown entities": repeated("&nonsense;"),
    "escapes": repeated("\\*"),
    "line breaks": repeated("a  \n"),
    "backslashes at line ends": repeated("a\\\n"),
    "lists of attributes": repeated("{: .a } "),
    "lists of attributes in lines": repeated("a\n{: .a }\n\n"),
    "open lists of attributes": repeated("{: "),
    "words of attributes": "a\n{: " + repeated(".a ") + "}",
    "values of attributes": "a\n{: " + repeated('a="b" ') + "}",
    "headings with attributes": repeated("## a {: .b }\n\n"),
    "quotation marks": repeated("\"a 'b "),
    "dashes": repeated("a--b---c "),
    "points": repeated("a... "),
    "words of time": repeated("currently now "),
    "nearly words of time": repeated("in  recent  "),
    "numbers": repeated("20 million, "),
    "nearly numbers": repeated("1,1.1 "),
    "numbers and commas": repeated("1,") + "x",
    "dates": repeated("12 March 2024 "),
    "spaces": " " * SIZE + "a",
    "spaces between": repeated("a" + " " * 500),
    "tabs": "\t" * SIZE + "a",
    "empty lines": "\n" * SIZE + "a",
    "spaces in lines": repeated(" \n"),
    "one long word": "a" * SIZE,
    "one long line": repeated("a b "),
    "one long paragraph": repeated("a b\n"),
    "paragraphs": repeated("a\n\n"),
    "carriage returns": repeated("a\r\n"),
    "lone carriage returns": repeated("a\r"),
    "signs of our own": repeated("\ufdd00\ufdd1\ufdd21\ufdd1"),
    "signs of Markdown's": repeated("\x02klzzwxh:0000\x03"),
    "combining marks": "a" + "\u0301" * SIZE,
    "a million letters": "a b c d e\n" * 100_000,
}


def convert(text: str) -> tuple[ParsedBody, Report]:
    report = Report()
    parsed = parse_body(MarkdownSource(text, "content/articles/a.md", 10), report)
    serialise_parts(parsed)
    return parsed, report


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_text_ends_within_three_seconds_with_a_page_or_a_located_error(family: str) -> None:
    started = time.perf_counter()
    parsed, report = convert(FAMILIES[family])
    taken = time.perf_counter() - started

    assert taken <= SECONDS
    assert not any(problem.code == "M049" for problem in report.problems)
    assert parsed.sound or report.errors
    lines = FAMILIES[family].count("\n") + 1
    assert all(10 <= problem.place.line < 10 + lines and problem.place.column > 0 for problem in report.problems)


@given(
    st.text("*_`[](){}<>|!@#^&:;~\\\"'-+=.,/ \n\tabc1я", max_size=300),
)
@settings(max_examples=600, deadline=None)
def test_no_text_makes_the_conversion_fail_or_its_output_unsafe(text: str) -> None:
    _, report = convert(text)
    assert not any(problem.code in ("M002", "M049") for problem in report.problems)


@given(
    st.lists(
        st.sampled_from(
            [
                "[^a]",
                "[^a]:",
                "[@x]",
                "![",
                "](",
                ")",
                "[b][c]",
                "[c]:",
                "{:",
                ".x",
                "}",
                "#",
                "-",
                "1.",
                ">",
                "```",
                "~~~",
                "|",
                "---",
                ":",
                "*",
                "**",
                "_",
                "`",
                "\\",
                "<",
                "&amp;",
                "\n",
                "\n\n",
                "    ",
                " ",
                "a",
            ]
        ),
        max_size=60,
    )
)
@settings(max_examples=600, deadline=None)
def test_no_arrangement_of_marks_makes_the_conversion_fail(parts: list[str]) -> None:
    _, report = convert("".join(parts))
    assert not any(problem.code in ("M002", "M049") for problem in report.problems)


def test_a_text_beyond_a_limit_is_refused_at_the_line_that_breaks_it() -> None:
    text = "Fine.\n\n" + "a *b* " * 400
    parsed, report = convert(text)

    assert not parsed.sound
    assert [(p.place.line, p.code) for p in report.errors] == [(12, "M001")]
    assert "marks of emphasis" in report.errors[0].message


def test_a_long_article_with_many_links_is_within_the_limits() -> None:
    paragraph = "Words [20.6 million](fact:a.b) and *more* words [@source, p. 3] of [a page](../countries/a.yml). " * 6
    text = "\n\n".join(f"## Heading {n}\n\n{paragraph}\n\n{paragraph}" for n in range(100))
    parsed, report = convert(text)

    assert parsed.sound
    assert report.errors == []
    assert len(parsed.marks) == 3 * 6 * 2 * 100


def test_nothing_of_a_page_leaks_into_the_next() -> None:
    convert("a[^n] [r]\n\n[^n]: A secret.\n\n[r]: http://e.org\n\n## Heading {#id}\n")
    parsed, report = convert("b[^n]\n\n## Heading\n")

    assert [problem.code for problem in report.errors] == ["M033"]
    assert [heading.id for heading in parsed.headings] == ["heading"]
    assert not parsed.footnotes


def test_a_page_that_was_stopped_half_way_does_not_spoil_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a[^n]\n\n[^n]: note\n"
    whole, _ = convert(text)
    monkeypatch.setattr("explainer.prose.converter.MAX_SECONDS", 0.001)
    slow = "\n\n".join(["word *word* [a](../b.md)[^n]"] * 2_000) + "\n\n[^n]: secret\n"
    stopped, report = convert(slow)
    monkeypatch.undo()
    again, _ = convert(text)

    assert not stopped.sound
    assert [problem.code for problem in report.errors] == ["M002"]
    assert serialise_parts(again) == serialise_parts(whole)
    assert list(again.footnotes) == ["n"]


def test_the_time_limit_holds_in_the_main_thread() -> None:
    with pytest.raises(TooSlow), time_limit(0.05):
        spin()


def test_the_time_limit_holds_in_another_thread() -> None:
    caught: list[BaseException] = []

    def work() -> None:
        try:
            with time_limit(0.02):
                spin()
        except TooSlow as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert len(caught) == 1


def test_work_within_the_time_limit_is_left_alone_afterwards() -> None:
    with time_limit(0.05):
        pass
    ending = time.process_time() + 0.2
    while time.process_time() < ending:
        pass


def test_each_thread_has_a_converter_of_its_own() -> None:
    results: list[str] = []

    def work(number: int) -> None:
        for _ in range(20):
            results.append("".join(engine.markdown_tree(f"thread {number} *a*").itertext()))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(results)) == [f"thread {number} a" for number in range(4)]


def spin() -> None:
    ending = time.process_time() + 10
    while time.process_time() < ending:
        pass
