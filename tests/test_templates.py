"""Templates are read as values, and checked without a page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explainer.codes import CODES
from explainer.problems import Problem, Report
from explainer.templates import check_templates, make_environment, read_templates
from explainer.templating.filters import FILTERS, TESTS

BASE = """\
<!doctype html>
<html lang="en">
{% block main %}{% endblock %}
</html>
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "templates"


def problems_of(folder: Path, files: dict[str, str]) -> list[Problem]:
    report = Report()
    check_templates(make_environment(write(folder, files), "templates"), report)
    assert all(problem.code in CODES for problem in report.problems)
    return sorted(report.problems, key=lambda problem: problem.sort_key)


def only_problem(folder: Path, files: dict[str, str]) -> str:
    problems = problems_of(folder, files)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return str(problems[0])


def test_templates_that_do_nothing_wrong_are_passed(tmp_path: Path) -> None:
    files = {
        "base.html": BASE,
        "components/facts.html": (
            '{% from "components/notes.html" import mark as note_mark %}\n'
            "{% set sign = '§' %}\n"
            "{% macro fact(value, level=2, caller=none) %}\n"
            '<h{{ level }} id="{{ value.id }}">{{ sign }} {{ value.text }}{{ note_mark(value.note) }}</h{{ level }}>\n'
            "<p class=\"{% if value.old %}old{% endif %}\" data-all='{{ value | tojson }}'>\n"
            "{% for name, part in value.parts | items %}{{ loop.index }} {{ name }} {{ later(part) }}{% endfor %}</p>\n"
            "{% endmacro %}\n"
            '{% macro later(part) %}<a href="{{ link(part.address) }}">{{ part.name }}</a>{% endmacro %}\n'
        ),
        "components/notes.html": "{% macro mark(note) %}<sup>{{ note }}</sup>{% endmacro %}\n",
        "page.html": (
            '{% extends "base.html" %}\n'
            '{% import "components/facts.html" as facts %}\n'
            "{# only a comment #}\n"
            "{% block main %}\n"
            '<script type="application/ld+json">{{ data | tojson }}</script>\n'
            "{% for value in values | selectattr('shown') %}{{ facts.fact(value) }}{% endfor %}\n"
            "{% block aside %}{% endblock %}\n"
            "{% endblock %}\n"
        ),
        "narrow.html": '{% extends "page.html" %}\n{% block aside %}{{ super() }}<p>x</p>{% endblock %}\n',
        "sitemap.xml": '<?xml version="1.0"?>\n<urlset><loc>{{ address }}</loc></urlset>\n',
    }
    assert problems_of(tmp_path, files) == []


def test_all_faults_of_all_templates_are_told_in_one_run(tmp_path: Path) -> None:
    files = {
        "a.html": "{{ x | uper }}\n{{ y | lenth }}\n",
        "b.html": "{% if x %}",
        "c.html": '{% include "nope.html" %}',
    }
    assert [
        f"{problem.place.path}:{problem.place.line} {problem.code}" for problem in problems_of(tmp_path, files)
    ] == [
        "templates/a.html:1 T005",
        "templates/a.html:2 T005",
        "templates/b.html:1 T001",
        "templates/c.html:1 T002",
    ]


def test_a_problem_shows_its_line_and_the_word_on_it(tmp_path: Path) -> None:
    assert only_problem(tmp_path, {"a.html": "<p>\n  <b>{{ name | uper }}</b>\n</p>\n"}) == (
        'templates/a.html:2:16: error T005: there is no filter "uper"\n'
        "    2 |   <b>{{ name | uper }}</b>\n"
        "      |                ^^^^\n"
        '  fix: did you mean "upper"?'
    )


SYNTAX = [
    ("<p>\n{% if x %}\n<b>{{ x }}</b>\n", '2:4: error T001: "if" is opened here and never closed', "{% endif %}"),
    ("{% for x in y %}\n{% if x %}{% endif %}\n", '1:4: error T001: "for" is opened here and never', "{% endfor %}"),
    ("{%- if x -%}\n{%- else -%}", '1:5: error T001: "if" is opened here', "{% endif %}"),
    ("{% if a b %}{% endif %}", '1:9: error T001: "b" stands where "%}" is expected', 'write "%}" before it'),
    ("{% block a %}{% set b %}x", '1:17: error T001: "set" is opened here', "{% endset %}"),
    ("{% set b = 1 %}{% macro m() %}", '1:19: error T001: "macro" is opened here', "{% endmacro %}"),
    ("{% fore x in y %}{% endfor %}", '1:4: error T001: there is no tag "fore"', 'did you mean "for"?'),
    ("{% if x %}\n{% endfor %}", '2:4: error T001: "endfor" cannot stand here', "close what is open, with {% elif %}"),
    ("{% endif %}", '1:4: error T001: "endif" cannot stand here', "remove it, or open what it closes"),
    ("{{ a b }}", '1:6: error T001: "b" stands where "}}" is expected', 'write "}}" before it'),
    ("<p>{{ a</p>\n", "1:1: error T001:", "mend the syntax"),
    ("{{ 'a }}", "1:1: error T001: unexpected char", "mend the syntax"),
    ("{# a\n", "1:1: error T001: missing end of comment tag", "mend the syntax"),
    ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "2:1: error T001: block 'a' defined twice", "mend"),
]


@pytest.mark.parametrize(("template", "said", "fix"), SYNTAX)
def test_a_mistake_of_syntax_is_told_at_its_line(tmp_path: Path, template: str, said: str, fix: str) -> None:
    problem = only_problem(tmp_path, {"a.html": template})
    assert f"templates/a.html:{said}" in problem
    assert fix in problem.split("  fix: ")[1]


NAMES = [
    ('{% include "facs.html" %}', '1:13: error T002: there is no template "facs.html"', 'did you mean "facts.html"?'),
    (
        '{% include "zz" ignore missing %}',
        '1:13: error T002: there is no template "zz"',
        "names are paths below templates/",
    ),
    ('{% include "../facts.html" %}', 'error T002: there is no template "../facts.html"', 'did you mean "facts.html"?'),
    ("{% include name %}", "1:1: error T003: what this template includes is not one plain name", "write the name out"),
    ('{% include "facts" ~ ".html" %}', "error T003:", "write the name out"),
    ('{% include ["facts.html", "a.html"] %}', "error T003:", "write the name out"),
    ('{% include "fa" "cts.html" %}', "error T003:", "write the name out"),
    ('{% extends "a.html" if x else "facts.html" %}', "error T003: what this template extends", "write the name out"),
    ('{% if x %}{% extends "base.html" %}{% endif %}', "error T003: a template extends another always", "at the top"),
    (
        '{% include "page.html" %}',
        "error T004: this template includes itself: page.html → page.html",
        "a third template",
    ),
    (
        '{% import "circle.html" as c %}',
        "error T004: this template imports itself: page.html → circle.html → page.html",
        "",
    ),
    ("{{ x | uper }}", '1:8: error T005: there is no filter "uper"', 'did you mean "upper"?'),
    ("{{ x | map('uper') | join }}", '1:13: error T005: there is no filter "uper"', 'did you mean "upper"?'),
    ("{{ x | default('') }}", '1:8: error T005: there is no filter "default"', "if only as None"),
    ("{{ x | random }}", 'error T005: there is no filter "random"', "the same each time"),
    ("{% if x is od %}{% endif %}", '1:12: error T006: there is no test "od"', 'did you mean "odd"?'),
    ("{{ x | select('od') | list }}", 'error T006: there is no test "od"', 'did you mean "odd"?'),
    ("{{ x | selectattr('y', 'defind') | list }}", 'error T006: there is no test "defind"', "tests are"),
    ("{% if x is defined %}{% endif %}", '1:12: error T006: there is no test "defined"', 'write "is none"'),
    ("{{ x | safe }}", '1:8: error T007: "safe" would let text be read as HTML', "delete it"),
    ("{% filter safe %}x{% endfilter %}", 'error T007: "safe"', "delete it"),
    ("{% autoescape false %}{{ x }}{% endautoescape %}", "1:4: error T007: escaping cannot be switched", "delete"),
    ('{% from "facts.html" import fct %}', '1:29: error T008: "facts.html" has no macro "fct"', 'did you mean "fact"?'),
    ('{% import "facts.html" as f %}{{ f.fct(1) }}', '1:36: error T008: "facts.html" has no macro "fct"', "fact"),
    ('{% from "base.html" import x %}', 'error T008: "base.html" has no macro "x"', "it has no macros"),
    (
        '{% from "facts.html" import fact with context %}',
        "error T009: macros may not see what the page",
        "as arguments",
    ),
]


@pytest.mark.parametrize(("template", "said", "fix"), NAMES)
def test_a_name_that_leads_nowhere_is_told_at_its_line(tmp_path: Path, template: str, said: str, fix: str) -> None:
    files = {
        "base.html": BASE,
        "facts.html": "{% macro fact(value) %}{{ value }}{% endmacro %}",
        "circle.html": "",
        "page.html": template,
    }
    if "circle" in template:
        files["circle.html"] = '{% include "page.html" %}'
    problems = [problem for problem in problems_of(tmp_path, files) if problem.place.path == "templates/page.html"]
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert said in str(problems[0])
    assert fix in problems[0].fix


def test_a_template_of_macros_may_only_use_what_it_is_given(tmp_path: Path) -> None:
    files = {
        "page.html": '{% from "facts.html" import fact %}{{ fact(1) }}',
        "facts.html": (
            "{% macro fact(value) %}\n{% if value %}\n"
            "<p>{{ valeu.text }}{{ site.title }}</p>\n"
            "{% endif %}\n{% endmacro %}"
        ),
    }
    assert [str(problem).replace("\n", " ") for problem in problems_of(tmp_path, files)] == [
        'templates/facts.html:3:7: error T010: nothing gives "valeu" to this template'
        "     3 | <p>{{ valeu.text }}{{ site.title }}</p>       |       ^^^^^"
        '   fix: did you mean "value"?',
        'templates/facts.html:3:23: error T010: nothing gives "site" to this template'
        "     3 | <p>{{ valeu.text }}{{ site.title }}</p>       |                       ^^^^"
        "   fix: give it as an argument: a template that is imported sees no view",
    ]


def test_a_link_made_while_a_template_is_imported_is_refused_since_it_would_serve_all_pages(tmp_path: Path) -> None:
    files = {
        "page.html": '{% from "facts.html" import fact %}{{ fact() }}',
        "facts.html": '{% set home = link("/") %}\n{% macro fact() %}<a href="{{ home }}">x</a>{% endmacro %}',
    }
    problem = only_problem(tmp_path, files)
    assert "templates/facts.html:1:15: error T016: link() is called while this template is imported" in problem
    assert "fix: call it within the macro" in problem


def test_a_misspelt_block_is_told_instead_of_lost(tmp_path: Path) -> None:
    files = {
        "base.html": BASE,
        "page.html": '{% extends "base.html" %}\n{% block mian %}<h1>Title</h1>{% endblock %}\n',
    }
    problem = only_problem(tmp_path, files)
    assert 'templates/page.html:2:10: error T011: no template that this one extends has a block "mian"' in problem
    assert 'fix: did you mean "main"?' in problem


def test_a_block_that_a_template_between_has_replaced_is_told(tmp_path: Path) -> None:
    files = {
        "base.html": "{% block main %}{% block title %}{% endblock %}{% endblock %}",
        "between.html": '{% extends "base.html" %}{% block main %}<p>no title any more</p>{% endblock %}',
        "page.html": '{% extends "between.html" %}{% block title %}Title{% endblock %}',
    }
    assert 'page.html:1:38: error T011: no template that this one extends has a block "title"' in only_problem(
        tmp_path, files
    )


def test_a_block_shows_when_the_template_between_calls_super(tmp_path: Path) -> None:
    files = {
        "base.html": "{% block main %}{% block title %}{% endblock %}{% endblock %}",
        "between.html": '{% extends "base.html" %}{% block main %}<p>{{ super() }}</p>{% endblock %}',
        "page.html": '{% extends "between.html" %}{% block title %}Title{% endblock %}',
    }
    assert problems_of(tmp_path, files) == []


@pytest.mark.parametrize(
    ("outside", "line"),
    [
        ("\n\n<p>lost</p>\n", 3),
        ("\n{{ title }}\n", 2),
        ("\n{% if x %}{% endif %}\n", 2),
        ("{% for x in y %}{{ x }}{% endfor %}", 1),
        ('\n{% include "part.html" %}', 2),
    ],
)
def test_output_outside_the_blocks_of_a_child_is_told_instead_of_dropped(
    tmp_path: Path, outside: str, line: int
) -> None:
    files = {"base.html": BASE, "part.html": "<p>x</p>", "page.html": '{% extends "base.html" %}' + outside}
    problem = only_problem(tmp_path, files)
    assert f"templates/page.html:{line}:" in problem
    assert "error T012: this stands outside the blocks of a template that extends another" in problem


PLACES = [
    ("<a href={{ x }}>y</a>", "1:9: error T013: this value of an attribute is not in quotes", 'write href="{{ … }}"'),
    ("<a href = {{ x }}>y</a>", "1:11: error T013: this value of an attribute", 'write href="{{ … }}"'),
    ("<a href=/x/{{ x }}>y</a>", "1:12: error T013: this value of an attribute", 'write href="{{ … }}"'),
    ("<p {{ x }}>y</p>", "1:4: error T013: the name of an attribute cannot be a value", "write the attribute out"),
    ('<p class="a"{{ x }}>y</p>', "1:13: error T013: the name of an attribute", "write the attribute out"),
    ('<p data-{{ x }}="a">y</p>', "1:9: error T013: the name of an attribute", "write the attribute out"),
    ("<{{ x }}>y</p>", "1:2: error T013: the name of an element cannot be a value", "write the element out"),
    ("<p{{ x }}>y</p>", "1:3: error T013: the name of an element cannot be a value", "write the element out"),
    (
        '<p style="color: {{ x }}">y</p>',
        "1:4: error T014: the site's policy refuses style attributes",
        "give it a class",
    ),
    ('<p onclick="{{ x }}">y</p>', "1:4: error T014: the site's policy refuses script in attributes", "listen"),
    (
        "<p>\n<style>\np { color: red }</style>",
        "2:2: error T014: the site's policy refuses style elements",
        "style sheet",
    ),
    ("<script>\n\n  f()\n</script>", "3:3: error T014: the site's policy refuses script within a page", "script file"),
    ("<script>{{ x }}</script>", "1:9: error T014: a value stands within script", "data- attribute"),
    (
        "<SCRIPT type=module>{{ x | tojson }}</SCRIPT>",
        "1:21: error T014: a value stands within script",
        "data- attribute",
    ),
    (
        '<script type="application/ld+json">{"a": {{ x }} }</script>',
        "1:42: error T014: a value stands within a block of data as it is",
        "write {{ … | tojson }}",
    ),
    ('<p data-x="{{ x | tojson }}">y</p>', '1:12: error T015: "tojson" writes double quotes', "in single quotes"),
]


@pytest.mark.parametrize(("template", "said", "fix"), PLACES)
def test_a_value_may_only_stand_where_escaping_protects_it(tmp_path: Path, template: str, said: str, fix: str) -> None:
    problem = only_problem(tmp_path, {"a.html": template})
    assert f"templates/a.html:{said}" in problem
    assert fix in problem.split("  fix: ")[1]


@pytest.mark.parametrize(
    "template",
    [
        '<a{% if x %} href="{{ x }}"{% endif %} class="a{% if y %} {{ y }}{% endif %}">{{ x }}</a>',
        "<p data-x='{{ x | tojson }}' hidden>{{ x }}</p>",
        "<!-- <p {{ x }} --> <p>a < {{ x }}</p>",
        '<script src="{{ x }}" defer></script><p>{{ x }}</p>',
        '<br/><img src="a" alt=""/>{{ x }}',
        "<p title='a > b' data-a=b>{{ x }}</p>",
        "{% macro a() %}<p class={% endmacro %}{% macro b(x) %}{{ x }}{% endmacro %}",
        '{% raw %}<p class="{{ x }}">{% endraw %}{{ x }}',
    ],
)
def test_a_value_may_stand_in_text_and_in_quotes(tmp_path: Path, template: str) -> None:
    assert problems_of(tmp_path, {"a.html": template}) == []


def test_only_markup_has_places_where_values_are_dangerous(tmp_path: Path) -> None:
    assert problems_of(tmp_path, {"robots.txt": "Sitemap: <a href={{ x }}>", "a.css": "a { --b: {{ x }}; }"}) == []


def test_the_nth_value_of_a_line_is_pointed_at(tmp_path: Path) -> None:
    assert "a.html:1:25: error T013" in only_problem(
        tmp_path, {"a.html": '<a href="{{ a }}" class={{ b }} id="{{ c }}">x</a>'}
    )


def test_a_symbolic_link_among_the_templates_is_refused_and_told_once(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    folder = write(tmp_path, {"page.html": '{% include "linked.html" %}'})
    os.symlink(tmp_path / "secret.html", folder / "linked.html")
    assert "templates/linked.html: error R002: this is a symbolic link" in only_problem(tmp_path, {})


def test_a_template_that_is_not_utf8_is_told_once(tmp_path: Path) -> None:
    folder = write(tmp_path, {"page.html": '{% include "old.html" %}'})
    (folder / "old.html").write_bytes("Привет".encode("cp1251"))
    assert "templates/old.html:1:1: error R006" in only_problem(tmp_path, {})


def test_files_that_editors_leave_behind_are_no_templates(tmp_path: Path) -> None:
    folder = write(tmp_path, {"page.html": "x", ".page.html.swp": "{% if", "page.html~": "{% if", "a/b.html": "y"})
    assert sorted(read_templates(folder, "templates").sources) == ["a/b.html", "page.html"]


def test_what_was_read_stays_when_the_disk_changes(tmp_path: Path) -> None:
    folder = write(tmp_path, {"page.html": "first"})
    environment = make_environment(folder, "templates")
    write(tmp_path, {"page.html": "second"})
    assert environment.get_template("page.html").render() == "first"


def test_an_upgrade_of_jinja_brings_no_filter_or_test_unseen() -> None:
    assert " ".join(sorted(FILTERS)) == (
        "abs batch capitalize count dictsort e escape first groupby indent items join last length list lower map max "
        "min reject rejectattr replace reverse round select selectattr slice sort string sum title tojson trim "
        "truncate unique upper urlencode wordcount"
    )
    assert " ".join(sorted(name for name in TESTS if name.isalpha())) == (
        "boolean divisibleby eq equalto even false float ge greaterthan gt in integer iterable le lessthan lower lt "
        "mapping ne none number odd sequence string true upper"
    )
