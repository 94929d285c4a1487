"""YAML of the plainest form is read just as YAML of any form."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from explainer.plain_yaml import plain_mapping
from explainer.problems import Place, Report
from explainer.source_yaml import parse_yaml
from explainer.yaml_values import Mapping, Sequence, Text

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "title",
    "date",
    "tags",
    "draft",
    "key_points",
    "y",
    "no",
    "null",
    "Title",
    "a-b",
    "<<",
    "2",
    "",
    " x",
    "~",
    "é",
]
BETWEEN = [": ", ": ", ": ", ": ", ":", ":  ", " : ", ":\t"]
VALUES = [
    *("A title", "2001-05-14", "true", "null", "~", "", " ", "012", "1e3", "0x1f", ".5", "1_000", "yes", "=", "<", "a"),
    *('"A title"', '"a: b"', '"a # b"', '""', '" a "', '"a\\"b"', '"a\\n"', "'A title'", "'it''s'", "'a: b'", "''"),
    *("[a, b]", "[a]", "[a,b]", "[a, b, ]", "[ a, b ]", "[a b, c]", "[]", "[a, [b]]", "[1, 2]", "[a-b, c_d]", "[a:b]"),
    *("a: b", "a:b", "a :b", "a #b", "a#b", "a # b", "# a", "a ", " a", "a\tb", "https://e.org/x", "a, b", "a]", "a}"),
    *(
        "it's",
        'say "so"',
        "a & b",
        "a * b",
        "a | b",
        "a > b",
        "a!",
        "a?",
        "a%",
        "a@b",
        "a`b",
        "- a",
        "? a",
        "& a",
        "*a",
    ),
    *(
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "{a: b}",
        "{",
        "}",
        "a\\b",
        "Тоҷикистон",
        "“a” – b",
        "中文",
        "😀 a",
        "a 😀 b: c",
    ),
    *(
        "a\u00a0b",
        "\u00e9",
        "\u0661",
        "²",
        "_a",
        "a_",
        "a\u200bb",
        "e\u0301",
        "\u0301e",
        "---",
        "...",
        "a...",
        "a\u2028b",
    ),
]
LINES = [
    "",
    " ",
    "# a",
    "- a",
    "a",
    "---",
    "...",
    "%YAML 1.1",
    "  a: b",
    "? a",
    "title: >",
    "  more words",
    "- b: c",
    "\t",
]


def seen(node: Any) -> Any:
    """Return a node as plain data, with all that it knows of where it stood."""
    if isinstance(node, Text):
        return "text", str(node), node.plain, node.place
    if isinstance(node, Sequence):
        return "list", node.place, [seen(part) for part in node]
    assert isinstance(node, Mapping), node
    places = [(seen(key), place) for key, place in node.key_places.items()]
    return "mapping", node.place, places, [(seen(key), seen(value)) for key, value in node.items()]


def compare(text: str) -> bool:
    """Whether a text is read as plain; then it must be read as by the parser, which has nothing to tell of it."""
    found = plain_mapping(text, "a.md", 2)
    if found is None:
        return False
    report = Report()
    wanted = parse_yaml(text, "a.md", report, first_line=2)
    assert report.problems == []
    assert seen(found) == seen(wanted), repr(text)
    return True


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_read_as_plain_is_read_as_the_parser_reads_it(seed: int) -> None:
    chance = random.Random(seed)
    plain = 0
    for _ in range(500):
        lines = []
        for _ in range(chance.randint(1, 4)):
            line = chance.choice(KEYS[: chance.choice([5, 16])]) + chance.choice(BETWEEN) + chance.choice(VALUES)
            lines.append(line if chance.random() < 0.95 else chance.choice(LINES))
        plain += compare("\n".join(lines))
    assert plain > 20


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("between", sorted(set(BETWEEN)))
def test_each_value_is_read_alike(value: str, between: str) -> None:
    compare(f"title{between}{value}")
    compare(f"title{between}{value}\ndate: 2001")


def test_the_front_matter_of_the_benchmark_is_plain() -> None:
    assert compare(
        'title: "Article 1"\ndate: 2001-05-14\ntags: [culture, steppe, borders]\ndescription: "City, and state."'
    )


def test_what_ships_is_read_alike() -> None:
    for path in sorted((ROOT / "content").rglob("*.md")):
        compare(path.read_text(encoding="utf-8").split("---\n")[1].rstrip("\n"))


@pytest.mark.parametrize(
    "text", ["", "title: a\ntitle: b", "title: a\n\ndate: b", "\n".join(f"a{'b' * n}: c" for n in range(101))]
)
def test_a_key_that_stands_twice_and_lines_without_one_are_left_to_the_parser(text: str) -> None:
    assert plain_mapping(text, "a.md", 2) is None


def test_a_key_that_is_too_long_for_yaml_is_left_to_the_parser() -> None:
    assert plain_mapping(f"{'a' * 1100}: b", "a.md", 2) is None


def test_places_are_those_of_the_file() -> None:
    found = plain_mapping('title: "Words"\ntags: [a, bc]', "a.md", 2)
    assert found is not None
    assert found["title"].place == Place("a.md", 2, 8, 7)
    assert found.key_places["tags"] == Place("a.md", 3, 1, 4)
    assert [one.place for one in found["tags"]] == [Place("a.md", 3, 8), Place("a.md", 3, 11, 2)]
