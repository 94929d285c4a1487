"""Text from an article can run nothing, wherever it stands."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import pytest
from selectolax.lexbor import LexborHTMLParser

from explainer.problems import Report
from explainer.prose.allowed import ELEMENTS, is_read_as_written, refused_in_html
from explainer.prose.converter import parse_body
from explainer.prose.destinations import refusal
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.safety import serialise, serialise_inside, serialise_parts

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<base href=//e.org/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//e.org/x.css>",
    "<style>*{background:url(//e.org/x)}</style>",
    "<style>@import '//e.org/x.css';</style>",
    "<p style=background:url(//e.org/x)>x</p>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<x onclick=alert(1)>x</x>",
    "<div id=x tabindex=1 onfocus=alert(1)></div>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "\\<script\\>alert(1)\\</script\\>",
    "`</code><script>alert(1)</script>`",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;&#97;vascript:alert&#40;1&#41;)",
    "[x](java&Tab;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](//e.org/)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![x](https://e.org/pixel.gif)",
    '![" onerror="alert(1)](x.png)',
    "<javascript:alert(1)>",
    '<https://e.org/"onmouseover=alert(1)>',
    "[x]: javascript:alert(1)",
    "x{: onclick=alert(1) }",
    'x{: style="background:url(//e.org)" }',
    "*x*{: href=javascript:alert(1) }",
    '{: .x" onclick="alert(1) }',
    '[x](https://e.org/ "\\" onclick=\\"alert(1)")',
    "\x02klzzwxh:0000\x03<script>alert(1)</script>",
    "\ufdd00\ufdd1<script>alert(1)</script>",
    "@[x](javascript:alert(1))",
    "<<script>alert(1)//<</script>",
    "<a@b.c onclick=alert(1)>",
    '<a@b"onclick=alert(1).c>',
]
PLACES = {
    "a paragraph": "Before {} after.",
    "a line of its own": "Before\n\n{}\n\nafter.",
    "a heading": "## Before {}",
    "an item": "- one\n- {}\n",
    "an item of an item": "- one\n\n    - {}\n",
    "a numbered item": "1. {}\n",
    "a quotation": "> Before {}\n",
    "a cell": "| a | b |\n|---|---|\n| {} | c |\n",
    "the head of a table": "| {} | b |\n|---|---|\n| a | c |\n",
    "a term": "{}\n: definition\n",
    "a definition": "term\n: {}\n",
    "a footnote": "See[^n].\n\n[^n]: Before {}\n",
    "the label of a footnote": "See[^{}].\n\n[^{}]: Text\n",
    "emphasis": "**Before {}**",
    "the words of a link": "[Before {}](https://e.org/)",
    "the target of a link": "[x]({})",
    "the bracketed target of a link": "[x](<{}>)",
    "the title of a link": '[x](https://e.org/ "{}")',
    "a link to another page": "[x](../countries/{}.yml)",
    "a link to a fact": "[x](fact:{})",
    "the words of an image": "![{}](../../static/images/x.png)",
    "the target of an image": "![x]({})",
    "the title of an image": '![x](x.png "{}")',
    "an address": "<https://e.org/{}>",
    "a reference": "[x][r]\n\n[r]: {}\n",
    "the title of a reference": '[x][r]\n\n[r]: https://e.org/ "{}"\n',
    "a label": "[x][{}]\n\n[{}]: https://e.org/\n",
    "a citation": "[@{}, p. 3]",
    "a code span": "``{}``",
    "a code block": "```\n{}\n```\n",
    "the language of a code block": "```{}\nx\n```\n",
    "a figure": "```timeline\n{}\n```\n",
    "indented code": "    {}\n",
    "a list of attributes": "Text\n{{: {} }}\n",
    "an id": "## Title {{#{}}}\n",
    "a class": "Text\n{{: .{} }}\n",
    "the reason of an exemption": 'Text\n{{: .exempt reason="{}" }}\n',
}


def convert(text: str) -> tuple[list[str], Report]:
    report = Report()
    parsed = parse_body(MarkdownSource(text, "content/articles/a.md"), report)
    html = [part for part in serialise_parts(parsed) if isinstance(part, str)]
    html += [serialise_inside(footnote.element, parsed) for footnote in parsed.footnotes.values()]
    return html, report


def executable(html: str) -> str | None:
    """Return what of a page could run or fetch something, by rules that share nothing with the generator's own."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}</body>")
    wanted = {
        "a",
        "p",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
    }
    wanted |= {"tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6", "br", "hr", "img", "span", "div"}
    for node in page.css("body *"):
        if node.tag not in wanted:
            return str(node.tag)
        for name, value in node.attributes.items():
            if name not in ("href", "rel", "title", "alt", "id", "class", "lang"):
                return f"{node.tag} {name}"
            if name == "href" and not (value or "").startswith(("https://e.org/", "mailto:", "#")):
                return f"{node.tag} {name}={value}"
    return None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_runs_wherever_it_stands(payload: str, place: str) -> None:
    html, report = convert(PLACES[place].replace("{}", payload).replace("{{", "{").replace("}}", "}"))

    assert [executable(part) for part in html if executable(part)] == []
    assert not any(problem.code == "M049" for problem in report.problems)
    assert all(problem.place.line >= 1 for problem in report.problems)


@pytest.mark.parametrize(
    "payload", [payload for payload in PAYLOADS if payload.startswith("<") and payload[1] not in "j"]
)
def test_raw_html_is_an_error_and_not_only_made_harmless(payload: str) -> None:
    _, report = convert(f"Before {payload} after.")
    assert {"M010", "M026"} & {problem.code for problem in report.errors}


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\u200bscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:x",
        "ftp://e.org/x",
        "tel:123",
        "view-source:https://e.org",
        "//e.org",
        "\\\\e.org",
        "/\\e.org",
        "https:e.org",
        "https://",
        "https:///x",
        "http://[x",
        "https://user:word@e.org/",
        "https://e.org/a b",
        "mailto:nobody",
        "mailto:a@b",
    ],
)
def test_a_link_may_not_lead_there(target: str) -> None:
    assert refusal(target) is not None


@pytest.mark.parametrize(
    "target",
    [
        "https://e.org",
        "HTTP://E.org/?a=b&c=d#e",
        "https://e.org/a@b",
        "https://e.org/wiki/Жер_(ғаламшар)",
        "mailto:a@e.org?subject=x",
        "fact:a.b@2020",
        "../countries/x.yml#y",
        "#id",
        "x.md",
    ],
)
def test_a_link_may_lead_there(target: str) -> None:
    assert refusal(target) is None


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "svg", "form", "h1", "button", "template", "x"])
def test_an_element_that_got_into_the_tree_stops_the_text(tag: str) -> None:
    assert tag not in ELEMENTS
    report = Report()
    parsed = parse_body(MarkdownSource("Text", "a.md"), report)
    SubElement(parsed.tree[0], tag)

    assert serialise(parsed) == ""
    assert [problem.code for problem in report.errors] == ["M049"]


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("p", "onclick", "alert(1)"),
        ("p", "style", "color: red"),
        ("a", "href", "javascript:alert(1)"),
        ("a", "href", "\tjavascript:alert(1)"),
        ("a", "href", "https://e.org/"),
        ("a", "href", "//e.org/"),
        ("a", "target", "_blank"),
        ("img", "src", "https://e.org/x.png"),
        ("img", "src", "/x.png"),
        ("img", "src", "data:image/png,x"),
        ("img", "srcset", "x.png 2x"),
        ("img", "onerror", "alert(1)"),
    ],
)
def test_an_attribute_that_got_into_the_tree_stops_the_text(tag: str, name: str, value: str) -> None:
    report = Report()
    parsed = parse_body(MarkdownSource("Text", "a.md"), report)
    SubElement(parsed.tree[0], tag, {name: value})

    assert serialise(parsed) == ""
    assert [problem.code for problem in report.errors] == ["M049"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>y</p>",
        "<!-- x -->",
        "</div><p>x</p>",
        "<body class=x>",
        "<a href=https://e.org>x</a>",
        "<svg></svg>",
        "<p>x</p><template><b>y</b></template>",
    ],
)
def test_finished_html_is_checked_as_a_browser_reads_it(html: str) -> None:
    assert refused_in_html(html) is not None


def test_finished_html_that_is_harmless_is_let_out() -> None:
    assert (
        refused_in_html('<p class="x">a <a href="../b/">c</a></p><h2 id="d">e</h2>\n<img src="f.png" alt="g">') is None
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="x">a <a href="../b/">c</a> &amp; d\u00a0e</p>\n<h2 id="d">e</h2>\n<img alt="g" src="f.png">', True),
        ("<table>\n<tbody>\n<tr>\n<td>1 &lt; 2</td>\n</tr>\n</tbody>\n</table>", True),
        ("<p>a<p>b</p></p>", False),
        ('<a href="x">a <a href="y">b</a></a>', False),
        ("<table><p>x</p></table>", False),
        ("<p>x</p></div><p>y</p>", False),
        ("<p>x<!-- y --></p><b", False),
        ("<p>x</p><body class=x>", False),
    ],
)
def test_what_a_browser_reads_as_other_elements_than_were_written_is_found_out(html: str, expected: bool) -> None:
    assert is_read_as_written(html) is expected


def test_html_that_a_browser_reads_in_another_way_is_looked_at_element_by_element() -> None:
    report = Report()
    parsed = parse_body(MarkdownSource("Text", "a.md"), report)
    parsed.tree[0].append(Element("p"))  # closes the paragraph around it

    assert serialise(parsed) == "<p>Text<p></p>\n</p>\n"
    assert not report.problems


def test_attributes_cannot_break_out_of_their_quotes() -> None:
    report = Report()
    parsed = parse_body(MarkdownSource("Text", "a.md"), report)
    parsed.tree[0].append(Element("img", {"alt": "\" onerror='alert(1)' <b>&amp;\n\t"}))

    html = serialise(parsed)
    found = LexborHTMLParser(html).css_first("img")
    assert found is not None
    assert dict(found.attributes) == {"alt": "\" onerror='alert(1)' <b>&amp;\n\t"}


def test_links_to_other_sites_do_not_tell_where_the_reader_comes_from() -> None:
    html, report = convert("[a](https://e.org/) <https://e.org/x> [b][r]\n\n[r]: HTTPS://e.org/y\n")
    links = LexborHTMLParser(html[0]).css("a")

    assert [link.attributes["rel"] for link in links] == ["noopener noreferrer"] * 3
    assert report.problems == []
