"""A text whose elements stand where they may is read by a browser just as it was written."""

from __future__ import annotations

import random
from xml.etree.ElementTree import Element, SubElement

import pytest
from selectolax.lexbor import LexborNode

from explainer.html_parser import parse_fragment
from explainer.problems import Report
from explainer.prose import safety
from explainer.prose.allowed import BLOCKS, ELEMENTS, VOID, refused_in_html
from explainer.prose.converter import parse_body
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.nesting import ANY, FLOW, Setting
from explainer.prose.safety import serialise, serialise_inside

Tree = tuple[str, dict[str, str], list["Tree | str"]]
TEXTS = [
    *("a", " ", "\n", "\n\n", "\t", "a b\n", "\u00a0", "\x0c", "\u2028", "\x1c", "\u0130"),
    *("<b>", "</p>", "&amp;", "&", '"', "'", "<!-- x", "-->", "<", ">", "]]>", "</div>", "<table>", "\ufffd"),
    *("\r", "a\r\nb", "\0", "a\0b"),
]
ATTRIBUTES = [
    ("class", "x y"),
    ("id", 'a"b'),
    ("lang", "<'&>"),
    ("title", "\n\t\r "),
    ("dir", ""),
    ("href", "../x/?a=b&amp;c"),
    ("src", "x.png"),
    ("data-mark", "3"),
]


def grow(parent: Element, chance: random.Random, setting: Setting, depth: int, loose: float) -> None:
    """Put elements and texts into an element; with `loose` chance such as may not stand there."""
    if chance.random() < 0.5:
        parent.text = chance.choice(TEXTS)
    for _ in range(chance.randint(0, 4 if depth else 0)):
        wanted = ANY if chance.random() < loose else setting
        tag = chance.choice(sorted(wanted))
        found = dict(chance.sample(ATTRIBUTES, chance.choice([0, 0, 1, 2])))
        allowed = {"class", "id", "lang", "dir", "data-mark", *ELEMENTS[tag]}
        child = SubElement(parent, tag, {name: value for name, value in found.items() if name in allowed})
        within = wanted[tag].setting
        if within is not None:
            grow(child, chance, within, depth - 1, loose)
            if wanted[tag].strict and chance.random() < 0.9:
                child.text = chance.choice([None, "\n", " \t"])
        if chance.random() < (0.05 if parent.tag in ("table", "thead", "tbody", "tr") else 0.4):
            child.tail = chance.choice(TEXTS)


def written(element: Element) -> Tree:
    """Return an element as plain data, with the line feed that is written behind each block."""
    parts: list[Tree | str] = [element.text or ""]
    for child in element:
        parts += [written(child), "\n" if child.tag in BLOCKS else "", child.tail or ""]
    attributes = {name: value for name, value in element.attrib.items() if name != "data-mark"}
    return element.tag, attributes, joined(parts)


def read(node: LexborNode) -> Tree:
    """Return an element as a browser reads it as plain data."""
    parts: list[Tree | str] = []
    for child in node.iter(include_text=True):
        parts.append((child.text_content or "") if child.tag == "-text" else read(child))
    return node.tag or "", {name: value or "" for name, value in node.attributes.items()}, joined(parts)


def joined(parts: list[Tree | str]) -> list[Tree | str]:
    """Return the parts without empty texts, and with texts side by side as one."""
    found: list[Tree | str] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return found


def certain_html(root: Element) -> str | None:
    """Return an element as HTML where it goes out without being read as a browser does; None where it is read."""
    run = safety._Run()
    run.add(root)
    html = "".join(run.pieces)
    return html if run.is_certain and "\r" not in html and "\0" not in html else None


@pytest.mark.parametrize("seed", range(12))
def test_what_stands_where_it_may_is_read_as_it_was_written(seed: int) -> None:
    chance = random.Random(seed)
    certain = 0
    for _ in range(400):
        root = Element("div")
        grow(root, chance, FLOW, 5, chance.choice([0, 0, 0.02, 0.2]))
        html = certain_html(root)
        if html is None:
            continue
        certain += 1
        tree = parse_fragment(html)
        assert tree.root is not None
        assert read(tree.root) == ("div", {}, joined([written(root), "\n"]))
        assert refused_in_html(html) is None
        report = Report()
        inside = serialise_inside(root, parse_body(MarkdownSource("Text", "a.md"), report))
        assert inside.strip("\n") in html
        assert report.problems == []
    assert certain > 50


@pytest.mark.parametrize(
    "path",
    [
        "p p", "p ul", "a a", "a em a", "p em div", "h2 h3", "h2 p", "em p", "table p", "table tr", "thead td",
        "tr tr", "div li", "div dt", "div td", "ul p", "dl li", "span table", "li tr", "pre p", "caption tr",
    ],
)  # fmt: skip
def test_elements_that_a_browser_would_move_or_close_are_read_first(path: str) -> None:
    root = Element("div")
    at = root
    for tag in path.split():
        at = SubElement(at, tag)
    assert certain_html(root) is None


@pytest.mark.parametrize("text", ["a", "\u00a0", "\x0b", "\x1c", "\u2003"])
@pytest.mark.parametrize("path", ["table", "table tbody", "table tbody tr"])
@pytest.mark.parametrize("behind", [False, True])
def test_text_that_a_browser_would_move_in_front_of_a_table_is_read_first(text: str, path: str, behind: bool) -> None:
    root = Element("div")
    at = root
    for tag in path.split():
        at = SubElement(at, tag)
    if behind:
        SubElement(at, {"table": "tbody", "tbody": "tr", "tr": "td"}[at.tag]).tail = text
    else:
        at.text = text
    assert certain_html(root) is None


def test_a_line_feed_at_the_beginning_of_code_is_kept() -> None:
    parsed = parse_body(MarkdownSource("Text", "a.md"), Report())
    SubElement(parsed.tree, "pre").text = "\n\nx"
    html = serialise(parsed)
    assert read(parse_fragment(html).css("pre")[0]) == ("pre", {}, ["\n\nx"])
    assert "<pre>\n\n\nx</pre>" in html


def test_only_elements_that_may_go_out_stand_anywhere() -> None:
    settings, waiting = [FLOW], [FLOW]
    while waiting:
        for inner in waiting.pop().values():
            if inner.setting is not None and not any(inner.setting is one for one in settings):
                settings.append(inner.setting)
                waiting.append(inner.setting)
    assert set().union(*settings) == set(ELEMENTS) == set(ANY)
    assert all((inner.setting is None) == (tag in VOID) for setting in settings for tag, inner in setting.items())
