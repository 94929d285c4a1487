"""The filters and tests that templates have: those of Jinja2 that hide no mistake and give the same on each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from jinja2 import filters as jinja_filters
from jinja2 import pass_eval_context
from jinja2 import tests as jinja_tests
from jinja2.nodes import EvalContext

from explainer.templating.printing import printable

_JINJA_FILTERS: dict[str, Callable[..., Any]] = dict(jinja_filters.FILTERS)

WITHHELD_FILTERS = {
    "attr": "name the field: {{ value.field }} or {{ value[name] }}",
    "center": "lay text out with a style sheet",
    "d": "every view and every argument has all its fields, if only as None: test with {% if … %}",
    "default": "every view and every argument has all its fields, if only as None: test with {% if … %}",
    "filesizeformat": "have Python write the figure",
    "float": "have Python give a number: this filter turns what is none into 0",
    "forceescape": "delete it: text is always escaped",
    "format": "have Python write the text",
    "int": "have Python give a number: this filter turns what is none into 0",
    "pprint": "print its parts: loop over it, or name one of its fields",
    "random": "pages must be the same each time they are built",
    "safe": "delete it: HTML is made by the prose stage, which marks it; all other text is escaped",
    "striptags": "have Python give the text",
    "urlize": "write the link: <a href=…>",
    "wordwrap": "lay text out with a style sheet",
    "xmlattr": "write the attributes out",
}
"""Filters of Jinja2 that templates do not have, and what to do instead."""

WITHHELD_TESTS = {
    "callable": "data cannot be called",
    "defined": 'a name is always given, if only as None: write "is none", or "in" for a field of a mapping',
    "escaped": "all text is escaped unless the prose stage made it",
    "filter": "filters are always there, or an error",
    "sameas": 'compare with "=="',
    "test": "tests are always there, or an error",
    "undefined": 'a name is always given, if only as None: write "is none", or "in" for a field of a mapping',
}
"""Tests of Jinja2 that templates do not have, and what to do instead."""

# Filters that turn what they get into text: None would become the word "None".
_OF_TEXT = {"capitalize", "e", "escape", "indent", "lower", "replace", "string", "title", "trim", "truncate", "upper"}
_OF_TEXT |= {"urlencode", "wordcount"}


def _of_text(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses what may not be printed. Its first argument may be a context that Jinja2 passes."""
    position = 1 if hasattr(plain, "jinja_pass_arg") else 0

    @wraps(plain)  # keeps the mark by which Jinja2 knows what to pass
    def checked(*arguments: Any, **named: Any) -> Any:
        printable(arguments[position])
        return plain(*arguments, **named)

    return checked


@pass_eval_context
def _join(context: EvalContext, parts: Iterable[Any], separator: str = "", attribute: str | None = None) -> Any:
    if attribute is not None:
        parts = map(jinja_filters.make_attrgetter(context.environment, attribute), parts)
    return _JINJA_FILTERS["join"](context, [printable(part) for part in parts], separator)


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: plain for name, plain in _JINJA_FILTERS.items() if name not in WITHHELD_FILTERS},
    **{name: _of_text(_JINJA_FILTERS[name]) for name in _OF_TEXT},
    "join": _join,
}

_JINJA_TESTS: Mapping[str, Any] = jinja_tests.TESTS
TESTS: dict[str, Callable[..., Any]] = {name: test for name, test in _JINJA_TESTS.items() if name not in WITHHELD_TESTS}
