"""What a template may print: text and numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

import markupsafe
from jinja2 import Undefined
from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup, escape

# What `escape` does to a text, without the Markup that it puts around: most of its time, and nobody looks at it here.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


class UnprintableValue(TemplateRuntimeError):
    """A template would print something that is no text: `fix` says what to write instead."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def printable(value: Any) -> Any:
    """Return a value that may be printed, unchanged; nothing, for an inline `if` without `else` that is false.

    Raises UnprintableValue for None, yes/no, lists, mappings, methods and everything else that would print as Python.
    """
    kind = type(value)
    if kind is str or kind is Markup or kind is int:
        return value
    if kind is Undefined:  # Only the inline `if` makes this kind; missing values have raised already.
        return ""
    if kind is float and isfinite(value):
        return value
    raise UnprintableValue(*_complaint(value))


def printed(value: Any) -> str:
    """Return the text that is printed for a value: escaped, unless it is safe HTML. Raises UnprintableValue."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return escape(printable(value))


def describe(value: Any) -> str:
    """Return what kind of data a value is, in words."""
    names = {type(None): "None", bool: "yes/no", dict: "a mapping", list: "a list", tuple: "a list"}
    if isinstance(value, str):
        return "text"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "a number"
    return names.get(type(value), f"a {type(value).__name__}")


def _complaint(value: Any) -> tuple[str, str]:
    if value is None:
        return 'this value is None, and would print the word "None"', "print it within {% if … %}, or give it a value"
    if isinstance(value, bool):
        return f'this value is yes/no, and would print the word "{value}"', "choose the words: {{ … if … else … }}"
    if isinstance(value, (dict, list, tuple)):
        fix = "print its parts: loop over it, or name one of its fields"
        return f"this value is {describe(value)}, and would print as Python", fix
    if isinstance(value, float):
        return f"this value is {value}, which is no figure", "have Python leave out what it cannot calculate"
    return f"this value is {describe(value)}, and would print as Python", "print text or numbers"
