"""Markdown becomes a tree in which every link knows its place, and no mistake in it is silent."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from explainer.codes import CODES
from explainer.problems import Problem, Report
from explainer.prose.converter import ParsedBody, parse_body
from explainer.prose.headings import MAX_ID_LENGTH, slug
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.safety import serialise, serialise_inside, serialise_parts

PATH = "content/articles/a.md"


def parse(text: str, *, first_line: int = 1, language: str = "en") -> tuple[ParsedBody, list[Problem]]:
    report = Report()
    report.remember(PATH, "\n" * (first_line - 1) + text)
    parsed = parse_body(MarkdownSource(text, PATH, first_line), report, language=language)
    return parsed, sorted(report.problems, key=lambda problem: problem.sort_key)


def html_of(text: str, *, language: str = "en") -> str:
    parsed, problems = parse(text, language=language)
    assert problems == []
    return re.sub(r">\n+<", "><", serialise(parsed).strip())


def problems_of(text: str) -> list[tuple[int, int, str]]:
    return [(problem.place.line, problem.place.column, problem.code) for problem in parse(text)[1]]


def marked(text: str) -> str:
    """Return what the only problem of a text points at."""
    _, problems = parse(text)
    assert len(problems) == 1, [str(problem) for problem in problems]
    place = problems[0].place
    return text.split("\n")[place.line - 1][place.column - 1 : place.column - 1 + place.length]


# What comes out


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* **c** ***d*** _e_", "<p>A <em>b</em> <strong>c</strong> <strong><em>d</em></strong> <em>e</em></p>"),
        ("snake_case_word and 2 * 3 * 4", "<p>snake_case_word and 2 * 3 * 4</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("a `b <c> & *d*` e", "<p>a <code>b &lt;c&gt; &amp; *d*</code> e</p>"),
        ("``a ` b``", "<p><code>a ` b</code></p>"),
        ("a \\*b\\* \\[c\\] \\` \\\\ \\< \\{", "<p>a *b* [c] ` \\ &lt; {</p>"),
        ("AT&T &amp; &lt;x&gt; &copy; &#233; &nbsp;", "<p>AT&amp;T &amp; &lt;x&gt; © é \u00a0</p>"),
        ("a < b > c", "<p>a &lt; b &gt; c</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n\n    b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("Term\n: meaning", "<dl><dt>Term</dt><dd>meaning</dd></dl>"),
        ("```\n<a> *b*\n```", "<pre><code>&lt;a&gt; *b*\n</code></pre>"),
        ("~~~yaml\na: b\n\nc: d\n~~~", '<pre><code class="language-yaml">a: b\n\nc: d\n</code></pre>'),
        ("````\n```\n````", "<pre><code>```\n</code></pre>"),
        ("- a\n\n    ```\n    x\n      y\n    ```", "<ul><li><p>a</p><pre><code>x\n  y\n</code></pre></li></ul>"),
        ("a\n{: .note #x-1 }", '<p class="note" id="x-1">a</p>'),
        ("*a*{: .note } b", '<p><em class="note">a</em> b</p>'),
        (
            "*қаз*{: .lang-kk } *oʻz*{: .lang-uz-latn-uz }",
            '<p><em lang="kk">қаз</em> <em lang="uz-Latn-UZ">oʻz</em></p>',
        ),
        ("`{: .x }` and {braces}", "<p><code>{: .x }</code> and {braces}</p>"),
        ("1\\. a", "<p>1. a</p>"),
        ("\\# a", "<p># a</p>"),
        ("a\r\nb\r\n\r\nc\r\n", "<p>a\nb</p><p>c</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_table_keeps_its_alignment_as_classes_and_code_with_bars_in_one_cell() -> None:
    html = html_of("| a | b | c |\n|:--|:-:|--:|\n| `x|y` | p \\| q | `s\\|t` |")
    assert html == (
        '<table><thead><tr><th class="align-left">a</th><th class="align-center">b</th>'
        '<th class="align-right">c</th></tr></thead><tbody><tr><td class="align-left"><code>x|y</code></td>'
        '<td class="align-center">p | q</td><td class="align-right"><code>s|t</code></td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "\"a\" 'b' don't", "“a” ‘b’ don’t"),
        ("en", "He said \"she said 'no'\".", "He said “she said ‘no’”."),
        ("en", '("a") --- b -- c...', "(“a”) — b – c…"),
        ("en", "the '90s, the writers' union", "the ’90s, the writers’ union"),
        ("en", '*"a"* "*b*" "[c](../c.md)"', "“a” “b” “c”"),
        ("en", '\\"a\\" &quot;b&quot;', '"a" "b"'),
        ("en", "a ---- b", "a ---- b"),
        ("ru", '"а"', "«а»"),
        ("de", '"a"', "„a“"),
        ("ka", '"a" -- b', '"a" -- b'),
    ],
)
def test_quotation_marks_and_dashes_are_set_as_the_language_prints_them(
    language: str, typed: str, printed: str
) -> None:
    parsed, _ = parse(typed, language=language)
    assert "".join(parsed.tree.itertext()).strip() == printed


def test_code_is_not_set_in_type() -> None:
    assert html_of('`"a" -- b...`') == "<p><code>&quot;a&quot; -- b...</code></p>".replace("&quot;", '"')


def test_figure_blocks_cut_the_body_and_say_where_their_yaml_begins() -> None:
    parsed, problems = parse("One.\n\n```timeline\na: 1\n\nb: 2\n```\n\nTwo.\n", first_line=10)
    parts = serialise_parts(parsed)

    assert problems == []
    assert [str(part).strip() for part in parts[::2]] == ["<p>One.</p>", "<p>Two.</p>"]
    block = parsed.blocks[0]
    assert parts[1] is block
    assert (block.name, block.text, block.first_line, block.place.line) == ("timeline", "a: 1\n\nb: 2\n", 13, 12)


def test_contents_have_levels_ids_and_words() -> None:
    parsed, _ = parse("## One *two*\n\n### Three `x`\n\n## One two\n")
    assert [(heading.level, heading.id, heading.title) for heading in parsed.headings] == [
        (2, "one-two", "One two"),
        (3, "three-x", "Three x"),
        (2, "one-two-2", "One two"),
    ]


@pytest.mark.parametrize(
    ("title", "identifier"),
    [
        ("Қазақстан Республикасы", "qazaqstan-respublikasy"),
        ("Ҷумҳурии Тоҷикистон", "jumhurii-tojikiston"),
        ("Türkmenistanyň ýeri", "turkmenistanyn-yeri"),
        ("Oʻzbekiston Respublikasi", "ozbekiston-respublikasi"),
        ("Ўзбекистон", "uzbekiston"),
        ("Кыргыз Республикасы", "kyrgyz-respublikasy"),
        ("What's new? It’s 1991–2024!", "whats-new-its-1991-2024"),
        ("Notes", "section-notes"),
        ("Note 1", "note-1"),
        ("…", "section"),
    ],
)
def test_headings_of_any_script_get_readable_ascii_ids(title: str, identifier: str) -> None:
    parsed, _ = parse(f"## {title}\n")
    assert parsed.headings[0].id in (identifier, f"section-{identifier}")


@given(st.text(max_size=200))
def test_every_id_is_short_ascii_whatever_the_title(title: str) -> None:
    identifier = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier)
    assert len(identifier) <= MAX_ID_LENGTH


def test_an_explicit_id_wins_and_no_other_heading_takes_it() -> None:
    parsed, problems = parse("## One\n\n## Two {#one}\n\n## Three {: #three-3 .wide }\n")
    assert problems == []
    assert [(heading.id, heading.title) for heading in parsed.headings] == [
        ("one-2", "One"),
        ("one", "Two"),
        ("three-3", "Three"),
    ]


def test_words_are_counted_and_code_blocks_are_not() -> None:
    parsed, _ = parse("## One two\n\nThree *four* [five six](../a.md) [@x].\n\n```\nseven eight\n```\n")
    assert parsed.words == 6


# Places


def test_a_link_knows_the_places_of_its_words_and_its_target() -> None:
    text = "One.\n\nTwo `[a](b)` [20.6 *million*](fact:a.b) three.\n"
    parsed, _ = parse(text, first_line=5)
    (mark,) = parsed.marks

    assert (mark.kind, mark.target, mark.is_plain) == ("link", "fact:a.b", True)
    assert text[mark.text_span.offset : mark.text_span.end] == "20.6 *million*"
    assert text[mark.target_span.offset : mark.target_span.end] == "fact:a.b"
    assert str(parsed.source.place_of(mark.target_span)) == f"{PATH}:7:31"


def test_every_mark_of_the_tree_leads_to_its_own_place() -> None:
    text = (
        (
            "`[no](no)` [one](../1.md) ![two](2.png) [@three, p. 3; @b] [four][r] [^five] <https://six.org/> [r]\n\n"
            "```\n[no](no)\n```\n\n| [sev|en](../7.md) | b |\n|---|---|\n| [eight](../8.md) | [@nine] |\n\n"
            "- [ten](../10.md)\n\n    [eleven](<../11 11.md>)\n\n> [twel\n> ve](../12.md)\n\n"
            "[r]: ../r.md 'title'\n\n[^five]: [thirteen](../13.md)\n"
        )
        .replace("sev|en", "sev\\|en")
        .replace("11 11", "1111")
    )
    parsed, problems = parse(text)
    assert problems == []
    seen = []
    for root in parsed.roots():
        for element in root.iter():
            if (mark := parsed.mark_of(element)) is not None:
                seen.append(mark)
                written = text[mark.target_span.offset : mark.target_span.end]
                assert written == mark.target
                if mark.kind == "link":
                    words = text[mark.text_span.offset : mark.text_span.end]
                    shown = "".join(element.itertext())
                    assert shown.replace("\n", "") == words.replace("\\|", "|").replace("\n> ", "")
    assert sorted(mark.number for mark in seen) == list(range(14))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["`[a](b)`", "[w](../x.md)", "*e*", "\n\n", "```\n[a](b)\n```", "[@c]", "\\[d\\]", " x "]),
        max_size=20,
    )
)
def test_the_marks_of_any_text_are_those_outside_code_in_order(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    parsed, _ = parse(text)
    found = [text[mark.span.offset : mark.span.end] for mark in parsed.marks]
    assert found == [part for part in parts if part in ("[w](../x.md)", "[@c]")]


def test_footnotes_are_kept_apart_with_their_blocks_and_marks() -> None:
    parsed, problems = parse("a[^x] b[^y] c[^x]\n\n[^y]: Second [@s].\n\n[^x]: First **a**.\n\n    - item\n")
    assert problems == []
    assert list(parsed.footnotes) == ["x", "y"]
    inside = serialise_inside(parsed.footnotes["x"].element, parsed)
    assert re.sub(r">\n+<", "><", inside.strip()) == "<p>First <strong>a</strong>.</p><ul><li>item</li></ul>"
    assert "First" not in "".join(parsed.tree.itertext())
    assert str(parsed.footnotes["y"].place) == f"{PATH}:3:1"


def test_the_masked_text_has_the_length_and_lines_of_the_text() -> None:
    text = "a `b\nc` d\n\n~~~\ne\n~~~\nf"
    source = MarkdownSource(text, PATH)
    assert source.masked == "a   \n   d\n\n   \n \n   \nf"
    assert [match.start() for match in source.occurrences("[a-f]")] == [0, 8, 21]


@settings(max_examples=300, deadline=None)
@given(st.text("`~\\ \n>-a*1.[](){}|", max_size=200))
def test_masking_never_moves_a_character(text: str) -> None:
    source = MarkdownSource(text, PATH)
    assert len(source.masked) == len(source.text) == len(text)
    assert all(a == b or a == " " for a, b in zip(source.masked, source.text, strict=True))
    assert source.masked.count("\n") == text.count("\n")


# Mistakes: what is wrong, and where


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a <b>c</b>", "M010", "<b>"),
        ("a <!-- b --> c", "M010", "<!-- b -->"),
        ("<div\nclass=x>", "M010", "<div"),
        ("a <script>x", "M010", "<script>"),
        ("a &copyy; b", "M011", "&copyy;"),
        ("a &#x202e; b", "M011", "&#x202e;"),
        ("a\n{: .b onclick=c }", "M012", "onclick=c"),
        ("a\n{: #B }", "M012", "#B"),
        ("a\n{: }", "M012", "{: }"),
        ("a {: .b } c", "M013", "{: .b }"),
        ("a\n{: .exempt }", "M014", "{: .exempt }"),
        ('a\n{: .b reason="c" }', "M014", '{: .b reason="c" }'),
        ("# a", "M015", "# a"),
        ("### a", "M016", "### a"),
        ("## a\n\n#### b", "M016", "#### b"),
        ("##a", "M017", "##a"),
        (" ## a", "M017", " ## a"),
        ("a\n---", "M017", "---"),
        ("a\n===", "M017", "==="),
        ("- ## a", "M017", "a"),
        ("> ## a", "M017", "> ## a"),
        ("##", "M018", "##"),
        ("## a {#c}\n\n## b {#c}", "M019", "{#c}"),
        ("## a {#sources}", "M020", "{#sources}"),
        ("a [b c", "M021", "["),
        ("a] b", "M021", "]"),
        ("a [b] c", "M022", "[b]"),
        ("[a] (../b.md)", "M023", "] ("),
        ("[a](../b.md", "M023", "[a]("),
        ("[a](b c)", "M023", "[a]("),
        ("[a]()", "M024", "[a]()"),
        ("[](../a.md)", "M024", "[](../a.md)"),
        ("[a](javascript:b)", "M026", "javascript:b"),
        ("[a](&#106;avascript:b)", "M026", "&#106;avascript:b"),
        ("[a](#b)", "M027", "#b"),
        ("![](../a.png)", "M028", "![](../a.png)"),
        ("![a](https://e.org/b.png)", "M029", "https://e.org/b.png"),
        ("[a][b]", "M030", "b"),
        ("[a][]", "M030", "a"),
        ("[a]\n\n[a]: ../b.md\n[a]: ../c.md", "M031", "a"),
        ("a\n\n[b]: ../c.md", "M032", "b"),
        ("a[^b]", "M033", "^b"[1:]),
        ("a[^b]\n\n[^b]: c\n\n[^b]: d", "M034", "b"),
        ("a\n\n[^b]: c", "M035", "b"),
        ("a\n\n[^b]: c [^b]", "M035", "b"),
        ("[^b]: The text follows\nwith its mark [^b].", "M035", "b"),
        ("a[^b]\n\n[^b]:", "M036", "["),
        ("[@a](../b.md)", "M037", "[@a]("),
        ("[@a]: b", "M037", "[@a]:"),
        ("[a b][@c]", "M037", "[@c]"),
        ("| a | b |\n|---|---|\n| c |", "M038", "| c |"),
        ("| a | b |\n|---|---|\n| c | d | e |", "M038", "| c | d | e |"),
        ("| a | b |\n|---|\n| c | d |", "M038", "|---|"),
        ("| a | b |\n| c | d |", "M039", "| a | b |"),
        ("a\n| b | c |\n|---|---|", "M039", "|---|---|"),
        ("```\na", "M004", "```"),
        ("a\n\n~~~~ yaml\nb\n~~~", "M004", "~~~~ yaml"),
        ("```python hl_lines=1\na\n```", "M005", "python hl_lines=1"),
        ("```timelin\na\n```", "M005", "timelin"),
        ("> ```\n> a\n> ```", "M006", "> ```"),
        ("- a\n\n    ```timeline\n    b: c\n    ```", "M006", "```timeline"),
        ("a\n\n    b", "M007", "b"),
        ("- a\n\n            b", "M007", "b"),
        ("a\n- b", "M008", "- b"),
        ("a\n1. b", "M008", "1. b"),
        ("1) a", "M008", "1) a"),
        ("- a\n  - b", "M009", "  "),
        ("1. a\n\n   b", "M009", "   "),
        ("a **b", "M043", "**"),
        ("a *b* c*", "M043", "*"),
        ("a _b", "M043", "_"),
    ],
)
def test_a_mistake_is_reported_once_where_it_stands(text: str, code: str, at: str) -> None:
    _, problems = parse(text)
    assert [problem.code for problem in problems] == [code], [str(problem) for problem in problems]
    assert marked(text) == at
    assert problems[0].fix
    assert code in CODES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[^a]: b [^c]\n\n[^c]: d [^a]", [("M035", 1), ("M035", 3)]),
        ("x [^a]\n\n[^a]: b [^c]\n\n[^c]: d [^a]", []),
        ("[^a]: b [^c]\n\n[^c]: d\n\nx [^a]", []),
        ("[^a]: b\n\n    c [^d]\n\n[^d]: e\n\nx [^a]", []),
        ("x\n\n[^1]: A note [^1].\n\n[^1]: Another note.", [("M034", 5), ("M035", 3)]),
    ],
)
def test_a_note_is_told_to_which_no_way_leads_from_the_text(text: str, told: list[tuple[str, int]]) -> None:
    _, problems = parse(text)
    assert sorted((problem.code, problem.place.line) for problem in problems) == told


def test_a_year_that_begins_a_line_is_told_as_what_it_reads_like() -> None:
    _, (problem,) = parse("It ended in\n2023. Then nothing.")
    assert (problem.code, problem.fix.split(":")[0]) == ("M008", 'move "2023." to the line before')


def test_columns_count_characters_and_lines_count_from_that_of_the_file() -> None:
    _, problems = parse("Қазақстан 🇰🇿 [b]\r\n", first_line=12)
    assert str(problems[0]).startswith(f"{PATH}:12:14: error M022:")


def test_what_stands_in_code_is_never_reported() -> None:
    text = "`<b> [a] [^x] {: y } **` \n\n```\n<b> [a] [^x] # a\n    currently 20 million\n```\n"
    assert problems_of(text) == []


def test_all_mistakes_of_a_text_are_reported_together() -> None:
    text = "# a\n\n<b> [c] [d](javascript:e) [^f]\n\n![](x.png)\n\n```\nopen"
    assert [code for _, _, code in problems_of(text)] == ["M015", "M010", "M022", "M026", "M033", "M028", "M004"]


def test_a_link_that_is_an_error_already_is_left_to_nobody() -> None:
    parsed, _ = parse("[a](javascript:b) ![c](https://e.org/d.png)")
    assert [parsed.mark_of(element) for element in parsed.tree.iter()] == [None] * 4


def test_an_empty_link_to_a_fact_is_left_to_those_who_know_the_fact() -> None:
    parsed, problems = parse("[](fact:a.b)")
    assert problems == []
    assert [mark.target for mark in parsed.marks] == ["fact:a.b"]


@pytest.mark.parametrize(
    "text",
    [
        "!the words](../../static/images/x.png)",
        "![the words(../../static/images/x.png)",
        "![the words]../../static/images/x.png)",
        "![the words](../../static/images/x.png",
        "![the words] (../../static/images/x.png)",
        "!(the words)[../../static/images/x.png]",
        "[words](../countries/x.yml two.",
        "[words(../countries/x.yml) two.",
        "words](../countries/x.yml) two.",
        "[words]../countries/x.yml) two.",
        "One^note] two.\n\n[^note]: Words.",
        "One[note] two.\n\n[^note]: Words.",
        "One[^note two.\n\n[^note]: Words.",
        "One[^noe] two.\n\n[^note]: Words.",
        "One[^note] two.\n\n^note]: Words.",
        "One[^note] two.\n\n[note]: Words.",
        "One[^note] two.\n\n[^note: Words.",
        "One[^note] two.\n\n[^note] Words.",
        "One[^note] two.\n\n[^not]: Words.",
        "One [words][rf] two.\n\n[ref]: ../countries/x.yml",
        "One [words][ref two.\n\n[ref]: ../countries/x.yml",
        "One [words][ref] two.\n\n[ref] ../countries/x.yml",
        "One *word** two.",
        "One **word* two.",
        "One word** two.",
        "``\na: b\n```\n\nText.",
        "```\na: b\n``\n\nText.",
    ],
)
def test_one_letter_that_is_missing_is_a_located_error(text: str) -> None:
    errors = [problem for problem in parse(text)[1] if problem.severity == "error"]
    assert errors
    assert all(problem.place.line and problem.place.column and problem.fix for problem in errors)


def test_the_tree_is_the_same_each_time() -> None:
    text = "## A {#b}\n\n[c](../d.md) *e* [@f]\n\n- g\n\n| h | i |\n|---|---|\n| j | k |\n"
    assert len({serialise(parse(text)[0]) for _ in range(5)}) == 1


def test_the_deepest_text_within_limits_is_converted() -> None:
    text = "".join(f"{'    ' * depth}- a\n" for depth in range(8)) + "\n\n" + "> " * 6 + "b\n"
    assert problems_of(text) == []
    assert LexborHTMLParser(html_of(text)).css("li li li li li li li li")


def test_emphasis_that_is_nested_without_end_is_an_error_and_no_traceback() -> None:
    text = "Fine.\n\n" + "*a **b " * 70 + "c** d* " * 70
    assert problems_of(text) == [(3, 1, "M003")]


def test_an_article_of_600_words_is_converted_in_a_few_milliseconds() -> None:
    paragraph = (
        'Words [20.6 million](fact:a.b) and *more* words, "quoted" [@source, p. 3], of [a page](../x.yml) here. ' * 4
    )
    text = "\n\n".join(f"## Heading {number}\n\n{paragraph}\n\n- one\n- two" for number in range(9))
    parse(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.1  # 10 ms on a quiet machine; this only sees a change of another order


def _seconds(text: str) -> float:
    started = time.perf_counter()
    parsed, _ = parse(text)
    serialise_parts(parsed)
    return time.perf_counter() - started
