"""Views and templates go in, bytes come out, and every mistake of a template is told where it stands."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateNotFound
from markupsafe import Markup, escape
from selectolax.lexbor import LexborHTMLParser

from explainer.codes import CODES
from explainer.page import Page, relative_link
from explainer.problems import Place, Report
from explainer.render import Fault, render, render_page, render_pages
from explainer.templates import Templates, check_templates, make_environment
from explainer.templating.environment import Origin, TemplateEnvironment, link, rendering
from explainer.templating.printing import printed


def environment_of(**templates: str) -> TemplateEnvironment:
    sources = {name.replace("__", "/") + ".html": text for name, text in templates.items()}
    return TemplateEnvironment(Templates(sources, "templates"))


def page_of(view: dict[str, Any], address: str = "/x/", template: str = "page.html") -> Page:
    return Page(address, template, view, f"content{address.rstrip('/')}.yml")


def rendered(template: str, /, **view: Any) -> str:
    data = render(environment_of(page=template), page_of(view))
    assert isinstance(data, bytes), data.problem
    return data.decode()


def fault(template: str, /, **view: Any) -> str:
    report = Report()
    assert render_page(environment_of(page=template), page_of(view), report) is None
    assert len(report.problems) == 1
    assert report.problems[0].code in CODES
    return str(report.problems[0])


def test_a_page_is_its_view_put_into_its_template(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "base.html").write_text('<html lang="en">{% block main %}{% endblock %}</html>\n', encoding="utf-8")
    (tmp_path / "components/facts.html").write_text(
        '{% macro fact(item) %}\n<a href="{{ link(item.address) }}">{{ item.text }}</a>\n{% endmacro %}\n',
        encoding="utf-8",
    )
    (tmp_path / "page.html").write_text(
        '{% extends "base.html" %}\n{% from "components/facts.html" import fact %}\n'
        "{% block main %}\n{% for item in items %}\n{{ fact(item) }}{% endfor %}\n{{ body }}\n{% endblock %}\n",
        encoding="utf-8",
    )
    view = {"items": [{"address": "/y/", "text": "Тоҷикистон & more"}], "body": Markup("<p>prose</p>")}
    environment, report = make_environment(tmp_path, "templates"), Report()
    check_templates(environment, report)
    data = render_page(environment, page_of(view), report)
    assert report.problems == []
    assert data is not None
    assert data.decode() == '<html lang="en"><a href="../y/">Тоҷикистон &amp; more</a>\n<p>prose</p>\n</html>\n'


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\r\n"])
def test_a_page_ends_with_one_line_end_and_has_no_carriage_return(end: str) -> None:
    assert rendered("<p>{{ text }}</p>{{ end }}", text="a\r\nb\rc", end=end) == "<p>a\nb\nc</p>\n"


def test_text_is_escaped_in_every_kind_of_template() -> None:
    for name in ("page.html", "feed.xml", "site.css", "robots.txt"):
        environment = TemplateEnvironment(Templates({name: "{{ text }}"}, "templates"))
        assert render(environment, page_of({"text": "<b>&'\""}, template=name)) == b"&lt;b&gt;&amp;&#39;&#34;\n"


def test_rendering_does_not_change_the_view() -> None:
    view = {"items": [{"a": 1}], "text": "x"}
    before = copy.deepcopy(view)
    environment = environment_of(page="{% set items = 2 %}{% set text = text ~ 'y' %}{{ text }}{{ items }}")
    assert render(environment, page_of(view)) == b"xy2\n"
    assert view == before


# What a template may not do with missing values.

MISSING = [
    ("{{ nope }}", "1:4", 'there is no "nope" here', "the view of this page has facts, text, yes"),
    ("{{ tex }}", "1:4", 'there is no "tex" here', 'did you mean "text"?'),
    ("{% if nope %}{% endif %}", "1:7", 'there is no "nope" here', ""),
    ("{% for x in nope %}{% endfor %}", "1:13", 'there is no "nope" here', ""),
    ("{% set x = nope %}", "1:12", 'there is no "nope" here', ""),
    ("{{ [1, nope] | length }}", "1:8", 'there is no "nope" here', ""),
    ("{{ {'a': nope}['b'] }}", "1:10", 'there is no "nope" here', ""),
    ("{{ 'x' if nope is none else 'y' }}", "1:11", 'there is no "nope" here', ""),
    ("{{ 'x' if nope == text }}", "1:11", 'there is no "nope" here', ""),
    ("{{ 'x' if text in [nope] }}", "1:20", 'there is no "nope" here', ""),
    ("{{ 'a' ~ nope }}", "1:10", 'there is no "nope" here', ""),
    ("{{ nope | upper }}", "1:4", 'there is no "nope" here', ""),
    ("{{ facts.captial }}", "1:10", 'facts has no "captial"', 'did you mean "capital"?'),
    ("{{ facts['captial'] }}", "1:11", 'facts has no "captial"', 'did you mean "capital"?'),
    ("{{ facts.places.zz }}", "1:17", 'facts.places is a list, which has no "zz"', "loop over it"),
    ("{{ facts.places[7] }}", "1:17", 'facts.places is a list, which has no "7"', "it has 2 parts, counted from 0"),
    (
        "{{ facts.capital.name }}",
        "1:18",
        'facts.capital is text, which has no "name"',
        "text and numbers have no fields",
    ),
    ("{{ none.name }}", "1:9", 'none is None, which has no "name"', "test it first: {% if none %}"),
    ("{{ facts.empty.name }}", "1:16", 'facts.empty is None, which has no "name"', "{% if facts.empty %}"),
    ("{{ text.upper() }}", "1:9", 'text is text, which has no "upper"', 'write "text | upper"'),
    ("{{ text.format(1) }}", "1:9", 'text is text, which has no "format"', "text and numbers have no fields"),
    ("{{ facts.items() }}", "1:10", 'facts has no "items"', 'for names and values, write "facts | items"'),
    ("{{ facts.items }}", "1:10", 'facts has no "items"', 'for names and values, write "facts | items"'),
    ("{{ facts['items'] }}", "1:11", 'facts has no "items"', 'for names and values, write "facts | items"'),
    ("{{ facts | attr('items') }}", "1:1", "no filter named 'attr'", ""),
    ("{{ [] | first }}", "1:1", "no first item, sequence was empty", "test first whether it is there"),
    ("{% for x in [1] %}{{ loop.nextitem }}{% endfor %}", "1:1", "there is no next item", ""),
    ("{% for x in [1] %}{{ loop.idx }}{% endfor %}", "1:27", 'loop is a LoopContext, which has no "idx"', '"index"?'),
    ("{{ [facts][0].captial }}", "1:15", '[facts][0] has no "captial"', 'did you mean "capital"?'),
    ("{{ [facts] | map(attribute='captial') | join }}", "1:29", 'has no "captial"', 'did you mean "capital"?'),
]


@pytest.mark.parametrize(("template", "where", "said", "fix"), MISSING)
def test_a_missing_value_is_told_wherever_it_is_asked_for(template: str, where: str, said: str, fix: str) -> None:
    facts = {"capital": "Astana", "places": ["a", "b"], "empty": None}
    problem = fault(template, facts=facts, text="words", yes=True)
    assert problem.startswith(f"templates/page.html:{where}: error T0")
    assert said in problem.split("\n")[0]
    assert fix in problem.split("  fix: ")[1]


def test_a_field_called_like_a_method_is_the_field() -> None:
    view = {
        "facts": {"items": "the items", "keys": "the keys", "values": 3, "get": "g", "update": "u", "__class__": "c"}
    }
    template = (
        "{{ facts.items }} {{ facts.keys }} {{ facts.values }} {{ facts.get }} {{ facts.update }} {{ facts.__class__ }}"
    )
    assert rendered(template, **view) == "the items the keys 3 g u c\n"


UNPRINTABLE = [
    ("{{ none }}", 'this value is None, and would print the word "None"', "within {% if … %}"),
    ("{{ facts.empty }}", "this value is None", ""),
    ("{{ 'a' ~ facts.empty }}", "this value is None", ""),
    ("{{ [1, facts.empty] | join(', ') }}", "this value is None", ""),
    ("{{ [facts] | join(', ', attribute='empty') }}", "this value is None", ""),
    ("{{ facts.empty | upper }}", "this value is None", ""),
    ("{{ facts.empty | replace('a', 'b') }}", "this value is None", ""),
    ("{{ facts.empty | string }}", "this value is None", ""),
    ("{{ [facts.empty] | map('upper') | join }}", "this value is None", ""),
    ("{% filter upper %}{{ facts.empty }}{% endfilter %}", "this value is None", ""),
    ("{% set x %}{{ facts.empty }}{% endset %}", "this value is None", ""),
    ("{{ yes }}", 'this value is yes/no, and would print the word "True"', "choose the words: {{ … if … else … }}"),
    ("{{ text == 'x' }}", 'yes/no, and would print the word "False"', ""),
    ("{{ facts }}", "this value is a mapping, and would print as Python", "name one of its fields"),
    ("{{ facts.places }}", "this value is a list, and would print as Python", "loop over it"),
    ("{{ [1, 2] }}", "this value is a list", ""),
    ("{{ link }}", "this value is a function, and would print as Python", "print text or numbers"),
    ("{% macro m() %}{% endmacro %}{{ m }}", "this value is a Macro", ""),
    ("{{ loop_of }}", "this value is nan, which is no figure", "have Python leave out"),
    ("{{ '%s' % facts.empty }}", '"%" cannot fill words into a text here', 'join texts with "~"'),
    ("{{ link(text) }}", "link() got 'words', which is no address of the site", "begins with one slash"),
    ("{{ link('//example.org/') }}", "link() got '//example.org/'", ""),
    ("{{ link(none) }}", "link() got None", ""),
]


@pytest.mark.parametrize(("template", "said", "fix"), UNPRINTABLE)
def test_what_is_no_text_is_never_printed(template: str, said: str, fix: str) -> None:
    facts = {"places": ["a"], "empty": None}
    problem = fault(template, facts=facts, text="words", yes=True, loop_of=float("nan"))
    assert problem.startswith("templates/page.html:1:1: error T019: ")
    assert said in problem.split("\n")[0]
    assert fix in problem.split("  fix: ")[1]


def test_text_and_numbers_are_printed() -> None:
    template = (
        "{{ text }} {{ 'on' if yes }}{{ 'off' if not yes }} {{ number }} {{ 7 % 4 }} {{ 1.5 }} {{ text ~ 1 ~ html }}"
    )
    view = {"text": "<a>", "yes": True, "number": -12, "html": Markup("<b></b>")}
    assert rendered(template, **view) == "&lt;a&gt; on -12 3 1.5 &lt;a&gt;1<b></b>\n"


IMPOSSIBLE = [
    ("{{ text + 1 }}", "this cannot be done: can only concatenate str", "see which kinds of data meet on this line"),
    ("{{ text() }}", "this calls data as if it were a macro", "delete the parentheses"),
    ("{{ facts() }}", "this calls data as if it were a macro", "delete the parentheses"),
    ("{% for x in number %}{% endfor %}", "this loops over what is no list", "if only an empty one"),
    ("{% for a, b in [1] %}{% endfor %}", "this cannot be done: cannot unpack non-iterable int object", ""),
    ("{{ 1 / 0 }}", "this cannot be done: division by zero", ""),
    ("{% macro m(a) %}{% endmacro %}{{ m(b=1, a=2) }}", "macro 'm' takes no keyword argument 'b'", ""),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "this calls itself without end", "give it a condition"),
    ("{{ range(10000000) | length }}", "this cannot be done: range too big", ""),
]


@pytest.mark.parametrize(("template", "said", "fix"), IMPOSSIBLE)
def test_what_cannot_be_done_is_told_without_a_traceback(template: str, said: str, fix: str) -> None:
    problem = fault(template, text="words", facts={}, number=3)
    assert problem.startswith("templates/page.html:1:1: error T020: ")
    assert said in problem.split("\n")[0]
    assert fix in problem.split("  fix: ")[1]


def test_a_character_that_no_file_can_hold_is_told() -> None:
    assert "templates/page.html: error T020: the page has the character U+D800" in fault("{{ text }}", text="a\ud800")


def test_a_fault_in_a_macro_names_its_line_and_that_of_its_caller() -> None:
    environment = environment_of(
        facts="{% macro fact(value) %}\n<b>\n{{ value.txt }}</b>\n{% endmacro %}\n",
        base="<main>\n{% block main %}{% endblock %}\n</main>\n",
        page='{% extends "base.html" %}\n{% from "facts.html" import fact %}\n'
        "{% block main %}\n<p>\n{{ fact(value) }}\n</p>\n{% endblock %}\n",
    )
    report = Report()
    assert render_page(environment, page_of({"value": {"text": "x"}}), report) is None
    assert str(report.problems[0]) == (
        'templates/facts.html:3:10: error T018: value has no "txt", called from templates/page.html:5 '
        "(rendering /x/ from content/x.yml)\n"
        "    3 | {{ value.txt }}</b>\n"
        "      |          ^^^\n"
        '  fix: did you mean "text"?'
    )


def test_a_forgotten_argument_is_told_at_the_call() -> None:
    environment = environment_of(
        facts="{% macro fact(value, level) %}<b>{{ value }}{{ level }}</b>{% endmacro %}",
        page='{% from "facts.html" import fact %}\n<p>{{ fact("x") }}</p>\n',
    )
    report = Report()
    assert render_page(environment, page_of({}), report) is None
    assert 'templates/page.html:2:1: error T018: a macro is called here without its argument "level"' in str(
        report.problems[0]
    )


def test_a_macro_that_wants_the_view_is_told_to_take_an_argument() -> None:
    environment = environment_of(
        facts="{% macro fact() %}{{ title }}{% endmacro %}", page='{% from "facts.html" import fact %}{{ fact() }}'
    )
    report = Report()
    assert render_page(environment, page_of({"title": "x"}), report) is None
    assert report.problems[0].fix == "give it to the macro as an argument: a template that is imported sees no view"


def test_all_pages_go_on_rendering_and_a_common_fault_is_told_once() -> None:
    environment = environment_of(page="<p>{{ title }}</p>\n{{ nope }}\n", good="{{ title }}", other="{{ title.x }}")
    pages = [page_of({"title": "t"}, f"/{number}/") for number in range(100)]
    pages += [page_of({"title": "t"}, "/good/", "good.html"), page_of({"title": "t"}, "/other/", "other.html")]
    report = Report()
    assert render_pages(environment, pages, report) == {"good/index.html": b"t\n"}
    assert [f"{problem.place}: {problem.message}" for problem in report.errors] == [
        'templates/other.html:1:10: title is text, which has no "x" (rendering /other/ from content/other.yml)',
        'templates/page.html:2:4: there is no "nope" here (rendering /0/ from content/0.yml and 99 more pages)',
    ]


def test_a_fault_can_come_back_from_another_process() -> None:
    fault = render(environment_of(page="{{ nope }}"), page_of({"function": print}))
    assert isinstance(fault, Fault)
    assert pickle.loads(pickle.dumps(fault)) == fault


def test_a_missing_template_is_told_where_it_was_chosen() -> None:
    environment, report = environment_of(pages__country="x"), Report()
    page = page_of({}, template="pages/contry.html")
    assert render_page(environment, page, report) is None
    assert render_page(environment, page, report, place=Place("content/x.yml", 4, 11, 17)) is None
    assert [str(problem.place) for problem in report.problems] == ["content/x.yml", "content/x.yml:4:11"]
    assert {problem.message for problem in report.problems} == {
        'there is no template "pages/contry.html" (rendering /x/ from content/x.yml)'
    }
    assert {problem.fix for problem in report.problems} == {'did you mean "pages/country.html"?'}


def test_a_template_that_cannot_be_parsed_is_told_once_however_many_pages_need_it() -> None:
    environment, report = environment_of(page='{% include "part.html" %}', part="{% if x %}"), Report()
    check_templates(environment, report)
    render_pages(environment, [page_of({}, "/a/"), page_of({}, "/b/")], report)
    assert [str(problem.place) for problem in report.problems] == ["templates/part.html:1:4"]


# The sandbox: a template may reach nothing but its view.

ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ link.__globals__ }}",
    "{{ link.__globals__.__builtins__.open('/etc/passwd').read() }}",
    "{{ self._TemplateReference__context.environment }}",
    "{{ self.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "{{ range.__init__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__.os.system('id') }}",
    "{% macro m() %}{% endmacro %}{{ m._environment.loader }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% for x in [1] %}{{ loop._iterable.__class__ }}{% endfor %}",
    "{{ '{0.__class__.__mro__}'.format(1) }}",
    "{{ '%s' % text.__class__ }}",
    "{{ text | attr('__class__') }}",
    "{{ [text] | map(attribute='__class__.__mro__') | list | length }}",
    "{{ [text] | groupby('__class__') | length }}",
    "{{ items.append(1) }}",
    "{{ facts.update({'a': 1}) }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% set ns = namespace() %}{{ ns.__class__ }}",
    "{{ ().__getattribute__('x') }}",
    "{% import 'page.html' as p %}{{ p.__loader__ }}{{ p._body_stream }}",
    "{{ open('/etc/passwd') }}",
    "{{ dict.__class__ }}",
    "{% set x = text | tojson %}{{ x.unescape() }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_sandbox_renders_nothing(attack: str) -> None:
    view = {"text": "words", "items": [1], "facts": {"b": 2}}
    before = copy.deepcopy(view)
    report = Report()
    assert render_page(environment_of(page=attack), page_of(view), report) is None
    assert len(report.problems) == 1
    assert report.problems[0].place.path == "templates/page.html"
    assert view == before


def test_a_template_outside_the_folder_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    environment = make_environment(tmp_path / "templates", "templates")
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "./../secret.txt", "..\\secret.txt"):
        with pytest.raises(TemplateNotFound):
            environment.get_template(name)


# Places where text may be written.

EVERY_PLACE = """\
<p title="{{ text }}" data-json='{{ text | tojson }}'>{{ text }}</p><!-- {{ text }} --><textarea>{{ text }}</textarea>
<a href="?{{ text | urlencode }}">x</a><script type="application/ld+json">{"a": {{ text | tojson }}}</script><i></i>
"""
marks = st.sampled_from(["<", ">", "&", '"', "'", "`", "\\", "{{ 7*7 }}", "{% raw %}", "ж", "a", " ", "\n", "\u2028"])
tags = st.sampled_from(
    ["<script>", "</script>", "</p>", "</textarea>", "<img src=x onerror=f()>", "<!--", "-->", "--!>"]
)
hostile = st.lists(marks | tags | st.sampled_from(["&quot;", " onload=f() ", "]]>"]), max_size=8).map("".join)


@given(hostile | st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_no_text_gets_out_of_the_place_it_was_written_in(text: str) -> None:
    environment, report = environment_of(page=EVERY_PLACE), Report()
    check_templates(environment, report)
    data = render_page(environment, page_of({"text": text}), report)
    assert report.problems == [] and data is not None
    tree = LexborHTMLParser(data)
    assert [node.tag for node in tree.css("body *")] == ["p", "textarea", "a", "script", "i"]
    paragraph, link, script = tree.css_first("p"), tree.css_first("a"), tree.css_first("script")
    assert paragraph is not None and link is not None and script is not None
    assert paragraph.text() == text
    assert paragraph.attributes["title"] == text
    assert json.loads(paragraph.attributes["data-json"] or "") == text
    assert unquote((link.attributes["href"] or "").removeprefix("?")) == text
    assert json.loads(script.text()) == {"a": text}


# Links.


def test_links_are_relative_to_the_page_also_within_macros_that_are_imported_once() -> None:
    environment = environment_of(
        macros='{% macro to(address) %}<a href="{{ link(address) }}">x</a>{% endmacro %}',
        page='{% from "macros.html" import to %}{{ to("/countries/x/#population") }}{{ to("/") }}',
    )
    addresses = ["/", "/countries/x/", "/countries/y/", "/a/b/c/", "/feed.xml"]
    files = render_pages(environment, [page_of({}, address) for address in addresses], Report())
    assert [data.decode().replace("<a href=", "").replace(">x</a>", " ").strip() for data in files.values()] == [
        '"countries/x/#population" "./"',
        '"#population" "../../"',
        '"../x/#population" "../../"',
        '"../../../countries/x/#population" "../../../"',
        '"countries/x/#population" "./"',
    ]


def test_pages_rendered_in_many_threads_link_from_their_own_address() -> None:
    environment = environment_of(page="{% for n in numbers %}{{ link('/goal/') }} {% endfor %}")
    pages = [page_of({"numbers": list(range(50))}, "/" + "x/" * depth) for depth in range(1, 9)] * 20
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda page: render(environment, page), pages))
    expected = [(("../" * page.address.count("x") + "goal/ ") * 50 + "\n").encode() for page in pages]
    assert results == expected


def test_a_view_may_set_the_base_of_links_for_a_page_that_is_shown_at_any_address() -> None:
    template = '{{ link("/") }} {{ link("/a/#b") }}'
    assert rendered(template, link_base="/repo/") == "/repo/ /repo/a/#b\n"
    assert rendered(template, link_base="/") == "/ /a/#b\n"
    assert rendered(template, link_base=None) == "../ ../a/#b\n"


def test_link_outside_of_rendering_is_our_own_mistake() -> None:
    with pytest.raises(LookupError):
        environment_of(page="{{ link('/') }}").get_template("page.html").render()


segments = st.lists(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), max_size=4)
addresses = st.builds(
    lambda folders, file: "/" + "".join(f"{folder}/" for folder in folders) + file,
    segments,
    st.sampled_from(["", "", "feed.xml", "404.html"]),
)


@given(addresses, addresses, st.sampled_from(["", "#population", "#x-1"]))
def test_a_relative_link_leads_where_it_should(origin: str, target: str, fragment: str) -> None:
    link = relative_link(origin, target + fragment)
    for base in ("https://example.org", "https://example.org/some/repo", "http://127.0.0.1:8000"):
        assert urljoin(base + origin, link) == base + target + fragment
    assert link and not link.startswith("/")


def test_an_error_of_our_own_is_not_blamed_on_a_template() -> None:
    class Broken(Mapping[str, Any]):
        def __getitem__(self, name: str) -> Any:
            raise KeyError(name)

        def __iter__(self) -> Iterator[str]:
            raise RuntimeError("ours")

        def __len__(self) -> int:
            return 1

    with pytest.raises(RuntimeError, match="ours"):
        render(environment_of(page="x"), Page("/x/", "page.html", Broken(), "content/x.yml"))


@given(st.text() | st.sampled_from(["&<>'\"", "&amp;", "", "Тоҷ", "\ud800"]) | st.text("&<>'\"a"))
def test_text_is_printed_as_markupsafe_escapes_it(text: str) -> None:
    assert printed(text) == escape(text)
    assert printed(Markup(text)) == text


@given(st.sampled_from(["/", "/x.xml", "/a/", "/a/b/", "/a/b/c/", "/a/b.html", "/ab/", "/c/d/"]))
def test_every_link_is_the_relative_one(origin: str) -> None:
    token = rendering.set(Origin.of(origin, None))
    for target in (
        "/",
        "/a/",
        "/a",
        "/a/b/",
        "/a/b/x.png",
        "/ab/",
        "/ab/c/",
        "/c/",
        "/#p",
        "/a/#p",
        "/a/b/#p",
        "/c/d/#p",
    ):
        assert link(target) == relative_link(origin, target), target
    rendering.reset(token)
