"""The key of a page changes whenever its bytes could, and only then."""

from __future__ import annotations

import copy
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace

from explainer.making import pack_plan, unpack_plan
from explainer.page import Page
from explainer.page_key import page_key, template_digests
from explainer.templates import Templates, make_environment
from explainer.templating.references import ParsedTemplate
from explainer.writers import WRITERS

ROOT = Path(__file__).resolve().parent.parent


def key_of(view: Any, *, address: str = "/x/", template: str = "page.html", digest: str = "t", own: str = "g") -> str:
    return page_key(Page(address, template, view, "content/x.yml"), digest, own)


def same(one: Any, other: Any) -> bool:
    """Whether two values print the same in any template: of the same kinds, in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


atoms = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "1", "None", "True", "'", '"', "\\", "a', 'b", "Тоҷ", "\ud800", "\n"])
    | st.text(max_size=5)
    | st.text(max_size=5).map(Markup)
)
names = st.sampled_from(["a", "b", "a'", "1", ""]) | st.text(max_size=3)
data = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(names, inner, max_size=3)
    ),
    max_leaves=8,
)
views = st.dictionaries(names, data, max_size=4)


@given(views, views)
def test_two_views_have_one_key_if_and_only_if_they_are_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (key_of(one) == key_of(other)) is same(one, other)


@given(views)
def test_a_copy_of_a_view_has_its_key(view: dict[str, Any]) -> None:
    assert key_of(copy.deepcopy(view)) == key_of(view)


@given(views, data)
def test_changing_one_field_changes_the_key(view: dict[str, Any], value: Any) -> None:
    changed = {**view, "a": value}
    assert (key_of(changed) == key_of(view)) is same(changed, view)


@given(views)
def test_a_plan_is_unpacked_as_it_was_packed(view: dict[str, Any]) -> None:
    page = Page("/x/", "page.html", {**view, "body": {"a": Markup("b")}}, "s", None, {"body": b"digest"}, b"said")
    again = unpack_plan(pack_plan(page))
    assert same(again.view, {**view, "body": None})
    assert replace(again, view=page.view) == page


def test_values_that_python_calls_equal_have_different_keys() -> None:
    values: list[Any] = [
        1,
        True,
        1.0,
        "1",
        Markup("1"),
        [1],
        (1,),
        ["1"],
        {"1": 1},
        0,
        False,
        -0.0,
        0.0,
        None,
        "None",
        "",
        [],
        {},
    ]
    assert len({key_of({"value": value}) for value in values}) == len(values)


def test_the_order_of_a_mapping_shows_on_the_page_and_so_in_the_key() -> None:
    assert key_of({"a": 1, "b": 2}) != key_of({"b": 2, "a": 1})


def test_address_template_and_digests_are_part_of_the_key() -> None:
    keys = {
        key_of({}),
        key_of({}, address="/y/"),
        key_of({}, template="other.html"),
        key_of({}, digest="u"),
        key_of({}, own="h"),
        key_of({}, digest="g", own="t"),
    }
    assert len(keys) == 6


def test_texts_cannot_be_shifted_from_one_part_of_the_key_to_the_next() -> None:
    assert key_of({}, address="/x/', '", template="") != key_of({}, address="/x/", template="', '")


class Words(str):
    """Text that prints as it likes."""


IMPURE = [
    (
        {"facts": [{"value": Decimal("1.5")}]},
        r"/x/: view\['facts'\]\[0\]\['value'\] is a Decimal, which is not plain data",
    ),
    ({"day": date(2026, 1, 1)}, r"view\['day'\] is a date"),
    ({"names": {"b", "a"}}, r"view\['names'\] is a set"),
    ({"data": b"x"}, r"view\['data'\] is a bytes"),
    ({"a": {"b": {1: "c"}}}, r"view\['a'\]\['b'\] has the key 1, which is not text"),
    ({"a": ({"b": object()},)}, r"view\['a'\]\[0\]\['b'\] is a object"),
    ({"a": Words("x")}, r"view\['a'\] is a Words"),
    ({"a": (value for value in ())}, r"view\['a'\] is a generator"),
    ({"a": print}, r"view\['a'\] is a builtin_function_or_method"),
    (MappingProxyType({"a": 1}), "view is a mappingproxy"),
]


@pytest.mark.parametrize(("view", "said"), IMPURE)
def test_a_view_that_is_not_plain_data_is_refused_by_name(view: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        key_of(view)


def test_a_view_that_contains_itself_is_refused() -> None:
    view: dict[str, Any] = {}
    view["again"] = [view]
    with pytest.raises(TypeError, match="/x/: view contains itself"):
        key_of(view)


def test_keys_are_the_same_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from explainer.page import Page; from explainer.page_key import *; from markupsafe import Markup\n"
        "print(page_key(Page('/x/', 'page.html', {'b': [1, Markup('ю')], 'a': 'x'}, 's'), 't', 'g'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 64


def test_making_keys_needs_no_template_engine() -> None:
    code = "import sys, explainer.page_key; print({'jinja2', 'markupsafe', 'importlib.metadata'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


# Digests of templates.

TEMPLATES = {
    "base.html": "{% block main %}{% endblock %}",
    "page.html": "{% extends \"base.html\" %}{% from 'facts.html' import fact %}",
    "facts.html": '{% import "notes.html" as notes %}{% macro fact() %}{% endmacro %}',
    "notes.html": "{% macro note() %}{% endmacro %}",
    "alone.html": 'don\'t name "others.html"',
    "others.html": "{% include 'alone.html' %}",
}


def changed(name: str) -> set[str]:
    """Return the templates whose digest changes when one template changes."""
    before = template_digests(Templates(TEMPLATES, "templates"))
    after = template_digests(Templates({**TEMPLATES, name: TEMPLATES[name] + "\n"}, "templates"))
    return {template for template in TEMPLATES if before[template] != after[template]}


def test_a_template_is_digested_with_all_it_can_reach() -> None:
    assert changed("base.html") == {"base.html", "page.html"}
    assert changed("notes.html") == {"notes.html", "facts.html", "page.html"}
    assert changed("page.html") == {"page.html"}


def test_templates_that_name_each_other_are_digested_together() -> None:
    assert changed("alone.html") == changed("others.html") == {"alone.html", "others.html"}


def test_a_template_under_another_name_has_another_digest() -> None:
    digests = template_digests(Templates({"a.html": "x", "b.html": "x"}, "templates"))
    assert digests["a.html"] != digests["b.html"]


def test_without_templates_only_writers_are_there() -> None:
    assert template_digests(Templates({}, "templates")) == dict.fromkeys(WRITERS, "")


def test_what_digests_reach_is_never_less_than_what_the_sites_templates_refer_to() -> None:
    environment = make_environment(ROOT / "templates", "templates")
    sources = environment.templates.sources
    before = template_digests(environment.templates)
    assert sources
    for name, source in sources.items():
        after = template_digests(Templates({**sources, name: source + " "}, "templates"))
        users = [
            other
            for other, text in sources.items()
            for reference in ParsedTemplate(other, environment.parse(text)).references
            if reference.target == name
        ]
        for user in [*users, name]:
            assert before[user] != after[user]


def test_a_known_digest_stands_for_its_part_of_the_view() -> None:
    def key(text: str, digest: bytes, name: str = "body") -> str:
        page = Page("/x/", "page.html", {name: object(), "title": text}, "content/x.yml", None, {name: digest})
        return page_key(page, "t", "g")

    assert key("T", b"one") == key("T", b"one")
    assert len({key("T", b"one"), key("T", b"two"), key("U", b"one"), key("T", b"one", "text"), key_of({})}) == 5
