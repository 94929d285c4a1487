"""YAML means what was typed, and what could mislead is refused where it stands."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from explainer import source_yaml
from explainer.problems import Report
from explainer.source_yaml import parse_yaml
from explainer.yaml_values import Mapping, Node, Sequence, Text


def read(text: str, *, first_line: int = 1) -> tuple[Node | None, list[str]]:
    report = Report()
    report.remember("f.yml", text)
    node = parse_yaml(text, "f.yml", report, first_line=first_line)
    return node, [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    "typed", ["NO", "yes", "012", "1:30", "1_000", "1e3", "0x1F", "~", "null", "2024-01-02", ".5", "=", "1.10", "Off"]
)
def test_a_scalar_stays_what_was_typed(typed: str) -> None:
    node, problems = read(f"key: {typed}\n")
    assert isinstance(node, Mapping)
    assert node["key"] == typed
    assert problems == []


def test_every_value_knows_its_line_and_column_in_characters() -> None:
    node, _ = read("қалқан: {ҳа: [ғоз, бек]}\n", first_line=5)
    assert isinstance(node, Mapping)
    inner = node["қалқан"]["ҳа"]
    assert isinstance(inner, Sequence)
    assert [(item.place.line, item.place.column, item.place.length) for item in inner] == [(5, 15, 3), (5, 20, 3)]
    assert node.key_places["қалқан"].column == 1


def test_a_quoted_null_is_a_text() -> None:
    node, _ = read('a: null\nb: "null"\n')
    assert isinstance(node, Mapping)
    assert [node[key].is_null for key in "ab"] == [True, False]


REFUSED = [
    ("a: 1\nb: 2\na: 3\n", "3:1", "R011", "on line 1 already"),
    ("a: &x 1\n", "1:4", "R013", 'anchor "&x"'),
    ("a: *x\n", "1:4", "R013", 'alias "*x"'),
    ("a: !!int 1\n", "1:4", "R014", 'tag "!!int"'),
    ("a: !x 1\n", "1:4", "R014", 'tag "!x"'),
    ("<<: {a: 1}\n", "1:1", "R013", "merge key"),
    ("? [a]\n: b\n", "1:3", "R017", "a key must be plain text"),
    ("{a: 1}: 2\n", "1:1", "R017", "a key must be plain text"),
    ("a: 1\n---\nb: 1\n", "2:1", "R012", "a second document"),
    ("%YAML 1.1\n---\na: 1\n", "1:1", "R018", "directive"),
    ("[" * 100_000, "1:21", "R015", "nested deeper than 20"),
    ("{a: " * 30_000, "1:81", "R015", "nested deeper than 20"),
    ("- " * 50_000, "1:41", "R015", "nested deeper than 20"),
    ("a: [1, 2\nb: 3\n", "1:4", "R010", "not closed"),
    ("a: {b: 1\nc: 2\n", "1:4", "R010", "not closed"),
    ("a: 'x\nb: 2\n", "1:4", "R010", "this quote is never closed"),
    ('a: "x\nb: 2\n', "1:4", "R010", "this quote is never closed"),
    ('a: 1\nb: "x\nc: "y"\n', "2:4", "R010", "this quote is never closed"),
    ('a: {b: [c, d: "1"}\n', "1:8", "R010", "this list is not closed"),
    ('a: {b: c, d: "1"]\n', "1:4", "R010", "this mapping is not closed"),
    ("a b\nc: d\n", "1:1", "R010", "no colon"),
    ("  a: b\nc: d\n", "2:1", "R010", "indentation"),
    ("a: x: y\n", "1:5", "R010", 'a second ": "'),
    ("a:\n\tb: 1\n", "2:1", "R010", "a tab"),
    ("a: 1\nb\nc: 2\n", "2:1", "R010", "no colon"),
    ("a: @x\n", "1:4", "R010", "cannot begin with"),
    ("a: `x`\n", "1:4", "R010", "cannot begin with"),
    ("a: %x\n", "1:4", "R010", "cannot begin with"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "R010", "indentation"),
    ("a: 'it's'\n", "1:8", "R010", "after the closing quote"),
    ('a: "x\\q"\n', "1:6", "R010", "escape"),
    ("a: - b\n", "1:4", "R010", "a list item"),
]


@pytest.mark.parametrize("loader", ["C", "pure Python"])
@pytest.mark.parametrize(("text", "place", "code", "words"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_what_could_mislead_is_refused_at_its_place(
    text: str, place: str, code: str, words: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "pure Python":
        monkeypatch.setattr(source_yaml, "_LOADER", yaml.SafeLoader)
    _, problems = read(text)
    assert len(problems) == 1
    first = problems[0].split("\n")[0]
    assert first.startswith(f"f.yml:{place}: error {code}: ")
    assert words in first


def test_two_duplicate_keys_are_both_reported_and_the_rest_is_read() -> None:
    node, problems = read("a: 1\na: 2\nb: 3\nb: 4\n")
    assert isinstance(node, Mapping)
    assert [problem.split(":")[1] for problem in problems] == ["2", "4"]
    assert list(node) == ["a", "b"]


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_crash(text: str) -> None:
    node, problems = read(text)
    assert node is None or isinstance(node, (Text, Mapping, Sequence))
    assert all(problem.startswith("f.yml:") for problem in problems)


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t", max_size=60))
def test_no_soup_of_marks_makes_the_reader_crash(text: str) -> None:
    read(text)
