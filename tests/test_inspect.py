"""The finished site is inspected: what no reader, browser or server should have to find out."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Mapping

import pytest

from explainer.codes import CODES
from explainer.inspect import inspect_files, inspect_readings
from explainer.inspection.reading import PageReading, read_page
from explainer.page import Page
from explainer.problems import Report

HEAD = """\
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>A title</title>
<meta name="description" content="What it is about.">
"""


def html(body: str = "", *, head: str = HEAD, lang: str = ' lang="en"', top: str = "<h1>A title</h1>") -> bytes:
    return f"<!doctype html>\n<html{lang}>\n<head>\n{head}</head>\n<body>\n{top}\n{body}\n</body>\n</html>\n".encode()


def site(pages: Mapping[str, bytes], others: Mapping[str, bytes] | None = None) -> tuple[dict[str, bytes], list[Page]]:
    """Return files and pages of a site, from addresses and their HTML, and from the paths of other files."""
    planned = [Page(address, "page.html", {}, f"content{address.rstrip('/') or '/home'}.yml") for address in pages]
    return {page.path: pages[page.address] for page in planned} | dict(others or {}), planned


def problems_of(pages: Mapping[str, bytes], others: Mapping[str, bytes] | None = None, **where: str) -> list[str]:
    report = Report()
    inspect_files(*site(pages, others), report, **{"language": "en", **where})
    assert all(problem.code in CODES for problem in report.problems)
    return [str(problem) for problem in sorted(report.problems, key=lambda problem: problem.sort_key)]


def problems_in(body: str, **parts: str) -> list[str]:
    """Return the problems of a site of one page, with the style sheet, script and image that it may use."""
    others = {"assets/a.css": b"", "assets/a.js": b"", "assets/a.png": b""}
    return problems_of({"/": b"" + html(), "/x/": html(body, **parts)}, others)


def only_problem(body: str, **parts: str) -> str:
    problems = problems_in(body, **parts)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_whole_page_has_no_problems() -> None:
    body = """\
<link rel="canonical" href="https://example.org/x/">
<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js" defer></script>
<script type="application/ld+json">{"name": "Қазақстан", "url": "https://example.org/x/"}</script>
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><a href="#facts">Facts</a> <a href="#top">Up</a></nav>
<h2 id="facts">Facts</h2><h3>One</h3><h3>Two</h3><h2>More</h2>
<p>By π and ½ — “quoted” café, naïve, Türkmenistan, Oʻzbekiston.</p>
<p><span lang="kk">Қазақстан</span>, <b lang="tg-Cyrl">Тоҷикистон <i>ва</i> дигар</b></p>
<a href="https://example.com/a" rel="noreferrer noopener">out</a> <a href="mailto:a@example.org">mail</a>
<a href="tel:+1">call</a> <a href="../">home</a> <a href="../?q=x#y">search</a> <a href="./">here</a> <a href="">x</a>
<a href="../%61ssets/a.png">encoded</a>
<a href="../assets/a.png"><img src="../assets/a.png" alt="A map" width="10" height="20" srcset="../assets/a.png 2x"></a>
<a href="../" aria-label="Home"></a> <button><svg aria-label="Close"><use href="#shape"/></svg></button>
<svg viewBox="0 0 1 1"><title>Shape</title><path id="shape" d=""/></svg>
<label for="field">Word</label><input id="field" aria-describedby="facts contents"><output for="field facts"></output>
<form action="../"><button>Go</button></form><img src="data:image/png;base64,AAAA" alt="" width="1" height="1">
"""
    others = {"assets/a.css": b"", "assets/a.js": b"", "assets/a.png": b""}
    assert problems_of({"/": html('<p id="y">y</p>'), "/x/": html(body)}, others, base_url="https://example.org/") == []


# Links.


def test_a_link_to_a_page_that_is_not_there_stands_at_the_content_of_its_page() -> None:
    pages = {
        "/countries/x/": html('<a href="../kazakstan/">K</a>'),
        "/countries/kazakhstan/": html(),
        "/other/kazakhstan-2/": html(),
    }
    assert problems_of(pages) == [
        'content/countries/x.yml: error H001: /countries/x/ links to "../kazakstan/", and there is no such page\n'
        '  fix: did you mean "/countries/kazakhstan/"?'
    ]


LINKS = [
    ('<a href="nowhere/">x</a>', 'H001: /x/ links to "nowhere/", and there is no such page', "nothing of this site"),
    (
        '<a href="../assets/b.png">x</a>',
        'H001: /x/ links to "../assets/b.png", and there is no such file',
        "/assets/a.",
    ),
    ('<script src="../assets/b.js"></script>', 'H001: /x/ links to "../assets/b.js"', ""),
    ('<img src="b.png" alt="" width="1" height="1">', 'H001: /x/ links to "b.png"', ""),
    (
        '<img src="../assets/a.png" srcset="../assets/a.png 1x, ../assets/c.png 2x" alt="" width="1" height="1">',
        'H001: /x/ links to "../assets/c.png"',
        "",
    ),
    ('<meta http-equiv="refresh" content="0; url=../gone/">', 'H001: /x/ links to "../gone/"', ""),
    ('<form action="../find/"></form>', 'H001: /x/ links to "../find/"', ""),
    ('<svg><use xlink:href="../assets/b.svg#a"/></svg>', 'H001: /x/ links to "../assets/b.svg#a"', ""),
    ("<template><a href='../gone/'>x</a></template>", 'H001: /x/ links to "../gone/"', ""),
    ("<noscript><a href='../gone/'>x</a></noscript>", 'H001: /x/ links to "../gone/"', ""),
    ('<a href="../x">x</a>', 'H001: /x/ links to "../x", which is a folder', "put a slash at the end"),
    ('<a href="../../y/">x</a>', 'H001: /x/ links to "../../y/", which leads out of the site', "a page of the site"),
    ('<a href="../x/../../y/">x</a>', 'H001: /x/ links to "../x/../../y/"', ""),
    (
        '<a href="#fact">x</a><p id="facts">',
        'H002: /x/ links to "#fact", and /x/ has nothing with the id "fact"',
        '"facts"?',
    ),
    (
        '<a href="../#gone">x</a>',
        'H002: /x/ links to "../#gone", and / has nothing with the id "gone"',
        "link to / without",
    ),
    ('<a href="/x/">x</a>', 'H003: /x/ links to "/x/" from the root of the server', "relative and works in any folder"),
    ('<link rel="icon" href="/assets/a.png">', 'H003: /x/ links to "/assets/a.png" from the root', ""),
]


@pytest.mark.parametrize(("body", "said", "fix"), LINKS)
def test_a_link_that_leads_nowhere_is_told(body: str, said: str, fix: str) -> None:
    problem = only_problem(body)
    assert problem.startswith(f"content/x.yml: error {said}")
    assert fix in problem.split("  fix: ")[1]


@pytest.mark.parametrize(
    "link",
    ["#a%20b".replace("%20", "-"), "#%D0%B0", "#а", "#top", "#:~:text=word", "#a-b:~:text=word", "?q=1#a-b", "./#a-b"],
)
def test_fragments_are_compared_as_browsers_do(link: str) -> None:
    assert problems_in(f'<p id="a-b"></p><p id="а"></p><a href="{link}">x</a>', lang=' lang="ru"') == []


def test_a_link_to_the_sites_own_address_is_told() -> None:
    link = '<a href="{}" rel="noopener noreferrer">x</a>'
    bad = ["https://example.org/repo", "http://example.org/repo/", "https://example.org/repo/x/#a"]
    good = ["https://example.org/repository/", "https://example.org/", "https://example.com/repo/"]
    body = "".join(link.format(address) for address in [*bad, *good])
    problems = problems_of({"/x/": html(body)}, base_path="/repo/", base_url="https://example.org/repo/")
    assert [problem.split("\n")[0].split(": ", 2)[2] for problem in problems] == [
        f'/x/ links to its own site as "{address}"' for address in sorted(bad)
    ]


def test_the_whole_addresses_that_a_page_gives_for_itself_lead_to_published_files() -> None:
    head = (
        HEAD
        + '<link rel="canonical" href="https://example.org/repo/y/"><meta property="og:url" content="https://example.org/repo/x/">'
        + '<meta property="og:image" content="https://example.org/repo/assets/cards/x.png">'
        + '<link rel="alternate" type="application/atom+xml" href="../feed.xml">'
        + '<link rel="alternate" hreflang="ru" href="https://example.com/ru/">'
    )
    problems = problems_of(
        {"/x/": html(head=head), "/feed.xml": b"<feed/>"}, base_path="/repo/", base_url="https://example.org/repo/"
    )
    assert [problem.split("\n")[0] for problem in problems] == [
        'content/x.yml: error H001: /x/ gives its address as "https://example.org/repo/assets/cards/x.png", '
        "and nothing is there",
        'content/x.yml: error H001: /x/ gives its address as "https://example.org/repo/y/", and nothing is there',
    ]


def test_404_links_from_the_sites_path_since_a_server_shows_it_at_any_address() -> None:
    body = '<a href="/repo/">a</a><a href="/repo/x/#b">b</a><a href="#c">c</a><a href="?q=x">d</a><p id="c"></p>'
    others = {"/": html(), "/x/": html('<p id="b"></p>')}
    assert problems_of({"/404.html": html(body), **others}, base_path="/repo/") == []
    wrong = '<a href="x/">a</a><a href="/x/">b</a><a href="/repo/y/">c</a>'
    assert [
        problem.split("\n")[0] for problem in problems_of({"/404.html": html(wrong), **others}, base_path="/repo/")
    ] == [
        'content/404.html.yml: error H001: /404.html links to "/repo/y/", and there is no such page',
        'content/404.html.yml: error H023: /404.html links to "/x/", which is relative to an unknown address',
        'content/404.html.yml: error H023: /404.html links to "x/", which is relative to an unknown address',
    ]


# What a page may run, fetch and tell.

SAFETY = [
    ('<a href="javascript:f()">x</a>', 'H014: /x/ has <a href="javascript:f()">, a link that may not be followed'),
    ('<a href=" JaVa\tScript:f()">x</a>', 'H014: /x/ has <a href="JaVaScript:f()">'),
    ('<a href="java&#10;script&colon;f()">x</a>', 'H014: /x/ has <a href="javascript:f()">'),
    ('<a href="data:text/html,x">x</a>', 'H014: /x/ has <a href="data:text/html,x">'),
    ('<a href="vbscript:x">x</a>', "H014"),
    ('<a href="file:///etc/passwd">x</a>', "H014"),
    ('<a href="//example.com/">x</a>', 'H014: /x/ has <a href="//example.com/">'),
    ('<a href="\\\\example.com/">x</a>', "H014"),
    ('<a href="/\\example.com/">x</a>', "H014"),
    ('<svg><a xlink:href="javascript:f()">x</a></svg>', "H014"),
    ('<template><a href="javascript:f()">x</a></template>', "H014"),
    ('<a href="https://example.com/">x</a>', 'H016: /x/ has <a href="https://example.com/"> without rel'),
    ('<a href="https://example.com/" rel="noopener">x</a>', "H016"),
    ('<area href="https://example.com/" alt="x">', "H016"),
    ('<img src="https://example.com/a.png" alt="" width="1" height="1">', "H024: /x/ has <img src="),
    (
        '<img src="../assets/a.png" srcset="https://example.com/a.png 2x" alt="" width="1" height="1">',
        "H024: /x/ has <img srcset=",
    ),
    ('<link rel="stylesheet" href="https://example.com/a.css">', "H024"),
    ('<link rel="preconnect" href="https://example.com/">', "H024"),
    ('<link rel="alternate stylesheet" href="//example.com/a.css">', "H024"),
    ('<script src="https://example.com/a.js"></script>', "H024"),
    ('<iframe src="javascript:f()"></iframe>', "H024"),
    ('<object data="data:text/html,x"></object>', "H024"),
    ('<form action="https://example.com/"></form>', "H024"),
    ('<a href="../" ping="https://example.com/">x</a>', "H024"),
    ('<p style="color: red">x</p>', "H013: /x/ has the attribute style on <p>"),
    ('<p onclick="f()">x</p>', "H013: /x/ has the attribute onclick on <p>"),
    ("<svg/onload=f()></svg>", "H013: /x/ has the attribute onload on <svg>"),
    ('<iframe srcdoc="<p>"></iframe>', "H013: /x/ has the attribute srcdoc on <iframe>"),
    ("<style>p { color: red }</style>", "H013: /x/ has a style element"),
    ("<svg><style>p { color: red }</style></svg>", "H013: /x/ has a style element"),
    ("<script>f()</script>", "H013: /x/ has script within the page"),
    ('<script type="module">f()</script>', "H013: /x/ has script within the page"),
    ("<svg><script>f()</script></svg>", "H013: /x/ has script within the page"),
    ('<base href="../">', "H013: /x/ has a base element"),
    ('<script type="application/ld+json">{"a": }</script>', "H025: /x/ has a block of data that is not JSON"),
]


@pytest.mark.parametrize(("body", "said"), SAFETY)
def test_a_page_runs_fetches_and_tells_nothing_it_should_not(body: str, said: str) -> None:
    assert only_problem(body).startswith(f"content/x.yml: error {said}")


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace('<meta charset="utf-8">\n', ""),
        HEAD.replace("utf-8", "windows-1251"),
        HEAD.replace("Content-Security-Policy", "X-Policy"),
        HEAD.replace("default-src 'self'", ""),
        HEAD.replace('<meta charset="utf-8">\n', '<meta charset="utf-8"><script src="../assets/a.js"></script>'),
    ],
)
def test_the_policy_stands_before_all_it_must_rule_over(head: str) -> None:
    assert "error H015: /x/ does not begin its head with charset and content" in only_problem("", head=head)


# Whether a page is whole.

WHOLE = [
    ('<p id="a"></p><p id="a"></p><p id="a"></p>', 'H005: /x/ has the id "a" 3 times'),
    ('<p id="a b"></p>', 'H005: /x/ has the id "a b"'),
    ('<p id=""></p>', 'H005: /x/ has the id ""'),
    ('<img src="../assets/a.png" width="1" height="1">', 'H006: /x/ has the image "../assets/a.png" without alt'),
    (
        '<img src="../assets/a.png" alt="x" width="1">',
        'H007: /x/ has the image "../assets/a.png" without width and height',
    ),
    ('<img src="../assets/a.png" alt="x" width="50%" height="1">', "H007"),
    ("<h1>Another</h1>", "H008: /x/ has 2 h1"),
    ("<h3>Too deep</h3>", 'H009: /x/ has "Too deep" as h3 after h1'),
    ("<h2>a</h2><h4>b</h4><h3>c</h3>", 'H009: /x/ has "b" as h4 after h2'),
    ('<p aria-labelledby="a">x</p>', 'H017: /x/ has aria-labelledby="a" on <p>, and no element with this id'),
    ('<label for="a">x</label>', 'H017: /x/ has for="a" on <label>'),
    ('<p id="a" aria-describedby="a b">x</p>', 'H017: /x/ has aria-describedby="b"'),
    ('<a href="../"> </a>', 'H018: /x/ has a link to "../" without words'),
    ('<a href="../"><img src="../assets/a.png" alt="" width="1" height="1"></a>', 'H018: /x/ has a link to "../"'),
    ("<button><svg></svg></button>", "H018: /x/ has a button without words"),
    ("<details><summary></summary></details>", "H018: /x/ has a summary without words"),
]


@pytest.mark.parametrize(("body", "said"), WHOLE)
def test_what_a_page_lacks_is_told(body: str, said: str) -> None:
    assert only_problem(body).startswith(f"content/x.yml: error {said}")


def test_a_page_has_a_h1_and_begins_with_it() -> None:
    assert "H008: /x/ has no h1" in only_problem("", top="")
    assert 'H009: /x/ has "Contents" as h2 as the first heading' in only_problem("<h1>a</h1>", top="<h2>Contents</h2>")


def test_a_page_says_its_language_title_and_description() -> None:
    assert "H010: /x/ does not say its language" in only_problem("", lang="")
    assert "H010: /x/ does not say its language" in only_problem("", lang=' lang=" "')
    assert "H011: /x/ has no title" in only_problem("", head=HEAD.replace("<title>A title</title>", ""))
    assert "H011: /x/ has an empty title" in only_problem("", head=HEAD.replace("A title", " \n"))
    assert "H011: /x/ has several titles" in only_problem("", head=HEAD + "<title>b</title>")
    assert "H012: /x/ has no description" in only_problem("", head=HEAD.replace("What it is about.", " "))
    assert "H012: /x/ has no description" in only_problem("", head=HEAD.replace('name="description"', 'name="author"'))


def test_a_page_that_only_sends_the_reader_on_needs_no_heading_and_no_description() -> None:
    head = HEAD.replace('name="description" content="What it is about."', 'http-equiv="refresh" content="0; url=../"')
    assert problems_in('<a href="../">It has moved</a>', head=head, top="") == []


def test_a_large_page_is_warned_of() -> None:
    problems = problems_in("<p>word</p>" * 50_000)
    assert [problem.split(";")[0] for problem in problems] == ["content/x.yml: warning H020: /x/ has 550,262 bytes"]


# The language of words in other scripts.

FOREIGN = [
    ("<p>Қазақстан</p>", "Қазақстан"),
    ("<p>in <b>(Тоҷикистон, ҷумҳурӣ)</b></p>", 'Тоҷикистон, ҷумҳурӣ"'),
    ('<p lang="en">Кыргызстан</p>', "Кыргызстан"),
    ('<p lang="">Кыргызстан</p>', "Кыргызстан"),
    ('<p lang="kk">Қазақстан</p><p>Қазақстан</p>', "Қазақстан"),
    ('<p lang="kk">Қаз<i lang="tg">Тоҷ</i></p><p>Тоҷ</p>', "Тоҷ"),
    ("<p>ایران</p>", "ایران"),
    ("<p>საქართველო</p>", "საქართველო"),
    ("<p>Հայաստան</p>", "Հայաստան"),
    ("<p>Ελλάδα</p>", "Ελλάδα"),
    ("<p>中国</p>", "中国"),
    ('<script type="application/ld+json">{"a": "Тоҷ"}</script><p>Тоҷ</p>', "Тоҷ"),
]


@pytest.mark.parametrize(("body", "words"), FOREIGN)
def test_words_in_another_script_without_a_language_are_told(body: str, words: str) -> None:
    assert f'error H019: /x/ has "{words}' in only_problem(body)


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ('<p lang="kk">Қаз<i lang="tg">Тоҷ</i></p>', "en"),
        ('<p lang="uz-Cyrl">Ўзбекистон</p>', "en"),
        ("<p>Қазақстан</p>", "kk"),
        ("<p>Россия</p>", "ru-RU"),
        ("<p>Ўзбекистон</p>", "uz-Cyrl"),
        ("<p>angles α and β, 5 µm, Ω</p>", "en"),
        ("<p>日本のことば</p>", "ja"),
        ('<script type="application/ld+json">{"a": "Тоҷ"}</script><p>text</p>', "en"),
        ('<script type="application/ld+json">{"a": "Тоҷ"}</script><p lang="tg">Тоҷ</p>', "en"),
    ],
)
def test_words_whose_language_is_known_are_passed(body: str, language: str) -> None:
    assert problems_in(body, lang=f' lang="{language}"') == []


# Other files.


def test_a_style_sheet_names_only_files_of_the_site() -> None:
    sheet = b"""\
@import "more.css"; @import url('gone.css');
/* url(commented.png) */
@font-face { src: url("fonts/a.woff2") format("woff2"), url( ../icon.svg#a ); }
a { background: url(data:image/png;base64,AAAA); mask: url(#b); cursor: url("") }
b { background: url(b.png) } c { background: url(/icon.svg) } d { background: url(https://example.com/a.png) }
"""
    others = {"assets/a.css": sheet, "assets/more.css": b"", "assets/fonts/a.woff2": b"", "icon.svg": b"<svg/>"}
    assert [problem.split("\n")[0] for problem in problems_of({"/": html()}, others)] == [
        'assets/a.css: error H021: assets/a.css names "/icon.svg", and there is no such file',
        'assets/a.css: error H021: assets/a.css names "b.png", and there is no such file',
        'assets/a.css: error H021: assets/a.css names "gone.css", and there is no such file',
        'assets/a.css: error H024: assets/a.css names "https://example.com/a.png", which is not on the site',
    ]


def test_xml_files_are_well_formed() -> None:
    files = {"/sitemap.xml": b"<?xml version='1.0'?>\n<urlset><url></urlset>", "/feed.xml": b"<feed>&amp;</feed>"}
    assert problems_of(files, {"assets/a.svg": b"<svg><path></svg>"}) == [
        "assets/a.svg: error H022: assets/a.svg is not well-formed XML: mismatched tag: line 1, column 13\n"
        "  fix: mend the template that writes it",
        "content/sitemap.xml.yml: error H022: /sitemap.xml is not well-formed XML: mismatched tag: line 2, column 15\n"
        "  fix: mend the template that writes it",
    ]


# How problems are told.


def test_a_problem_of_many_pages_is_told_once_with_their_number() -> None:
    pages = {f"/{number:03}/": html('<a href="../a/">A</a><img src="../0/" alt="">') for number in range(100)}
    pages |= {"/own/": html("<h3>own</h3>"), "/0/": html()}
    assert [problem.split("\n")[0] for problem in problems_of(pages)] == [
        'content/000.yml: error H001: /000/ links to "../a/", and there is no such page (99 more pages have the same)',
        'content/000.yml: error H007: /000/ has the image "../0/" without width and height '
        "(99 more pages have the same)",
        'content/own.yml: error H009: /own/ has "own" as h3 after h1',
    ]


def test_a_link_that_is_written_differently_in_each_folder_is_one_problem() -> None:
    depths = ["/", "/a/", "/a/b/", "/a/b/c/"]
    pages = {address: html(f'<a href="{"../" * (address.count("/") - 1)}gone/">x</a>') for address in depths}
    assert len(problems_of(pages)) == 1


def test_a_problem_of_a_few_pages_is_told_at_each() -> None:
    pages = {f"/{number}/": html('<a href="../gone/">x</a>') for number in range(3)}
    assert [problem.split(":")[0] for problem in problems_of(pages)] == [
        "content/0.yml",
        "content/1.yml",
        "content/2.yml",
    ]


def test_a_page_that_comes_from_no_content_is_told_by_its_path() -> None:
    assert problems_of({}, {"old/index.html": html(top="")})[0].startswith(
        "old/index.html: error H008: old/index.html has no h1"
    )


# Readings that are kept.


def test_a_known_reading_takes_the_place_of_parsing_and_gives_the_same_problems() -> None:
    pages = {
        "/": html('<a href="x/#gone">x</a><h4>x</h4>'),
        "/x/": html('<p id="a" id="b"></p><a href="javascript:x">x</a>'),
    }
    files, planned = site(pages)
    first, second = Report(), Report()
    readings = inspect_files(files, planned, first, language="en")
    inspect_readings(dict.fromkeys(files, b""), readings, files, planned, second)
    assert first.problems == second.problems
    assert len(first.problems) == 3


def test_a_changed_page_is_checked_against_the_readings_of_all_others() -> None:
    files, planned = site({"/": html('<a href="x/#a">x</a>'), "/x/": html('<p id="a"></p>')})
    readings = inspect_files(files, planned, Report(), language="en")
    changed = {**files, "x/index.html": html('<p id="b"></p>')}
    report = Report()
    readings["x/index.html"] = read_page(changed["x/index.html"], "en")
    inspect_readings(changed, readings, ["index.html"], planned, report)
    assert [str(problem.message) for problem in report.problems] == [
        '/ links to "x/#a", and /x/ has nothing with the id "a"'
    ]


def test_a_reading_is_plain_data() -> None:
    reading = read_page(html('<p id="a"></p><a href="b/">b</a><h4>x</h4>'), "en")
    assert pickle.loads(pickle.dumps(reading)) == reading
    ids, links, absolute, published, findings = marshal.loads(
        marshal.dumps((*reading[:4], tuple(tuple(finding) for finding in reading.findings)))
    )
    assert PageReading(ids, links, absolute, published, findings) == reading


@pytest.mark.parametrize("data", [b"", b"<", b"\xff\xfe\x00", b"<html", b"<p" * 1000, b"<div>" * 20_000])
def test_what_is_hardly_html_is_told_and_breaks_nothing(data: bytes) -> None:
    assert any("error H008: /x/ has no h1" in problem for problem in problems_of({"/x/": data}))
