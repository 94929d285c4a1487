"""Python-Markdown made faster makes the same trees as Python-Markdown as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest

from benchmarks.corpus import body
from benchmarks.dialects import DIALECTS
from explainer.problems import Report
from explainer.prose import engine, fast_markdown
from explainer.prose.converter import parse_body
from explainer.prose.markdown_source import MarkdownSource

ROOT = Path(__file__).resolve().parent.parent
FUZZED = 20_000
# Marks, the beginnings of blocks, and the signs that stand for links, code and lists of attributes.
PIECES = [
    *("# ", "## ", "#", "- ", "* ", "+ ", "1. ", "12. ", "> ", "    ", "  ", " ", "\t", "\n", "\n\n", "\n\n\n", "  \n"),
    *("*", "**", "***", "_", "__", "___", " * ", " _ ", "*a*", "**b**", "_c_", "__d__", "***e***", "a_b_c", "2*3"),
    *("[^1]: ", "[^1]", "[^a]: x\n    y", "term\n: def\n", ": ", "---", "***\n", "- - -", "===", "|", "a | b"),
    *("| a | b |\n|---|:-:|\n| 1 | 2 |\n", "|---|---|", "{: .x }", "{: #i .c }", "{", "}", "{.x}", "<", "&amp;", "`"),
    *("\ufdd00\ufdd1", "\ufdd21\ufdd1", "\ufdd31\ufdd1", "\ufdd21\ufdd1*w*\ufdd31\ufdd1", "\ufdd2", "\\", "[x](y)"),
    *("{: .x .\ufdd02\ufdd1 }", "word", "Word two", "the", "1991", "’", "“", "é", "Қала", "中", ".", ", ", "\u00a0"),
    *("\x02klzzwxh:0000\x03", "\x02"),
]

# Blocks that are made at once, and such as are nearly like them.
BLOCKS = [
    *("# a", "## b c ##", "###", "####### x", "# a\\#", "#b", "##\tx", "## x # y"),
    *("# *a* {: #i .\ufdd01\ufdd1 }", "## \ufdd04\ufdd1Words", "#", "# ", "###### x ######  ", "# |a|b", "- a"),
    *("* b", "+ c", "1. d", "12. e", "-  f  ", "- *g*", "- \ufdd21\ufdd1w\ufdd31\ufdd1 x", "- 1. a", "- - a"),
    *("- # h", "-", "- ", "1.", "1. ", "1) x", "    - n", "  - m", "   * o", "     q", "    text"),
    *("two lines\nof it", "\ufdd01\ufdd1 sign", "\ufdd21\ufdd1a\ufdd31\ufdd1", "- a\n- b", "1. a\n2. b\n- c"),
    *("- a\n  b", "- a\nlazy", "- a\n    - b\n- c", "- a | b\n- c | d", "|a|b|\n|-|-|\n|1|2|"),
    *("a|b\n-|:-:\n1|2|3\n4", "a|b\n:-|-:\n1\n\\||2", "|a|\n|-|\n|b|", "- ---", "- ***", "- _ _ _", "---"),
    *("* * *", "> q", "> - a", "> # b", "- > c", "term\n: def\n: - a", "    : x", ": y", "[^1]: n"),
    *("[^1]: - a\n- b", "[^x]: # h", "para", "Para 2", "é ü", "- é", "- Қ", "1991. year", "2. x\n", "\n- a"),
    *("- a\n# h", "# h\n- a", "# h\n## k", "- [^1]: n", "- a: b\n- c\n: d", "- x {: .c .\ufdd02\ufdd1 }\n- y"),
    *("{: .c .\ufdd02\ufdd1 }", "\ufdd02\ufdd1", "٣. x", "- ٣", "1. a\\\n2. b"),
]
BETWEEN = ["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n\n    ", "\n    "]


@pytest.fixture
def pair() -> tuple[object, object]:
    """The library's own object and the faster one, each used again and again, as in a build."""
    return engine.make_markdown(fast=False), engine.make_markdown(fast=True)


def tree_or_error(md: object, text: str) -> str:
    """Return a tree written down with all that is in it, or the name of the error there was."""
    try:
        return written(engine.tree_of(md, text))
    except RecursionError:
        return "too deep"


def written(element: Element) -> str:
    inside = "".join(map(written, element))
    return f"<{element.tag} {sorted(element.items())}>{element.text!r}{inside}</>{element.tail!r}"


def fuzzed_text(chance: random.Random, texts: list[str]) -> str:
    """Return pieces in any order, or a stretch of a real text with pieces put into it."""
    if chance.random() < 0.6:
        return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 24)))
    text = chance.choice(texts)
    start = chance.randrange(len(text) + 1)
    text = text[start : start + chance.randint(10, 300)]
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(PIECES) + text[at + chance.randint(0, 2) :]
    return text


def real_texts() -> Iterator[str]:
    """Yield the shipped content, documents of the project, README files of packages, articles of the benchmark."""
    for folder in (ROOT / "content", ROOT / "docs"):
        yield from (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md")))
    yield from (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("*.md")))
    packages = Path(markdown.__file__).parent.parent
    for path in sorted(packages.glob("*/METADATA")):
        yield path.read_text(encoding="utf-8", errors="replace").partition("\n\n")[2]
    yield from (body(number, 40, DIALECTS["hugo"]) for number in range(40))


def test_the_faster_object_is_in_use_with_the_version_that_is_pinned() -> None:
    assert fast_markdown.is_known()


def test_the_trees_of_real_texts_are_the_same(pair: tuple[object, object]) -> None:
    plain, fast = pair
    for text in real_texts():
        assert tree_or_error(fast, text) == tree_or_error(plain, text)


def test_the_trees_of_twenty_thousand_fuzzed_texts_are_the_same(pair: tuple[object, object]) -> None:
    plain, fast = pair
    texts = [text for text in real_texts() if text]
    for seed in range(FUZZED):
        text = fuzzed_text(random.Random(seed), texts)
        assert tree_or_error(fast, text) == tree_or_error(plain, text), repr(text)


def test_the_trees_of_blocks_in_any_order_are_the_same(pair: tuple[object, object]) -> None:
    plain, fast = pair
    for seed in range(FUZZED // 2):
        chance = random.Random(seed)
        text = "".join(chance.choice(BLOCKS) + chance.choice(BETWEEN) for _ in range(chance.randint(1, 7)))
        assert tree_or_error(fast, text) == tree_or_error(plain, text), repr(text)


def test_an_unknown_version_of_markdown_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    source = MarkdownSource("Some *words* and a list:\n\n- one\n- two\n", "content/articles/x.md")
    expected = written(parse_body(source, Report()).tree)
    monkeypatch.setattr(engine._local, "markdown", None, raising=False)
    monkeypatch.setattr(fast_markdown, "KNOWN_VERSIONS", frozenset())

    assert written(parse_body(source, Report()).tree) == expected
    assert type(engine._local.markdown.treeprocessors["inline"]) is markdown.treeprocessors.InlineProcessor


def test_text_without_a_mark_is_not_searched_for_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    md = engine.make_markdown(fast=True)
    original = markdown.treeprocessors.InlineProcessor._InlineProcessor__applyPattern

    def apply(self: object, pattern: object, data: str, *others: object) -> object:
        tried.append(data)
        return original(self, pattern, data, *others)

    monkeypatch.setattr(markdown.treeprocessors.InlineProcessor, "_InlineProcessor__applyPattern", apply)
    engine.tree_of(md, "Words of a paragraph.\n\nOther words with *a mark*.\n\nMore with ***two* marks**.")

    assert tried and all("**" in data or "klzzwxh" in data for data in tried)
