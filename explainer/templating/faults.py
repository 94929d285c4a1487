"""Say in words what went wrong while a page was rendered, at the line of the template to open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.utils import missing
from msgspec import Struct

from explainer.page import Page
from explainer.problems import Place, Problem, did_you_mean
from explainer.templating.environment import MissingValue, TemplateEnvironment
from explainer.templating.filters import FILTERS
from explainer.templating.printing import UnprintableValue, describe
from explainer.templating.syntax import syntax_problem

_NOT_PROVIDED = re.compile(r"parameter '(.*)' was not provided")
_WAYS_TO_MAPPING = ("items", "keys", "values", "get")


class _Frame(Struct, frozen=True):
    """A line of a template that was being run. A macro's own lines are `in_macro`."""

    name: str
    line: int
    in_macro: bool


def problem_of(error: Exception, environment: TemplateEnvironment, page: Page) -> Problem | None:
    """Return the problem behind an error of rendering, or None when no template had a part in it: then it is ours."""
    templates = environment.templates
    if isinstance(error, TemplateSyntaxError):
        return syntax_problem(environment, error.name or page.template, error)
    if isinstance(error, UnicodeEncodeError):
        message = f"the page has the character U+{ord(error.object[error.start]):04X}, which no file can hold"
        return Problem(Place(templates.path(page.template)), "T020", message, "write the character itself, as UTF-8")
    frames = list(_frames(error, environment))
    if not frames:
        return None
    if isinstance(error, MissingValue) and _NOT_PROVIDED.match(error.told or "") and len(frames) > 1:
        frames.pop()  # The macro is right: its caller forgot something.
        fix = "give it, or give the macro a value to fall back on"
        place = templates.place(frames[-1].name, frames[-1].line)
        return Problem(place, "T018", f'a macro is called here without its argument "{error.name}"', fix)
    frame = frames[-1]
    line = templates.sources[frame.name].split("\n")[frame.line - 1]
    code, message, fix, words = _explain(error, line, frame, page)
    if frame.in_macro and len(frames) > 1:
        message += f", called from {templates.path(frames[-2].name)}:{frames[-2].line}"
    return Problem(templates.place(frame.name, frame.line, words), code, message, fix)


def _frames(error: Exception, environment: TemplateEnvironment) -> Iterator[_Frame]:
    """Yield the template lines in the traceback of an error, outermost first; Jinja2 has put them in there."""
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        name = environment.templates.name(code.co_filename)
        if name is not None:
            yield _Frame(name, traceback.tb_lineno, code.co_name == "template")
        traceback = traceback.tb_next


def _explain(error: Exception, line: str, frame: _Frame, page: Page) -> tuple[str, str, str, str]:
    """Return code, message, fix, and the words of the line that are concerned."""
    if isinstance(error, MissingValue):
        return "T018", *_missing(error, line, frame, page), str(error.name or "")
    if isinstance(error, UnprintableValue):
        return "T019", str(error), error.fix, ""
    if isinstance(error, RecursionError):
        return "T020", "this calls itself without end", "give it a condition under which it stops", ""
    told = str(error) or type(error).__name__
    if "object is not callable" in told:
        return "T020", "this calls data as if it were a macro", "delete the parentheses", ""
    if "object is not iterable" in told:
        return "T020", f"this loops over what is no list: {told}", "give it a list, if only an empty one", ""
    return "T020", f"this cannot be done: {told[0].lower()}{told[1:]}", "see which kinds of data meet on this line", ""


def _missing(error: MissingValue, line: str, frame: _Frame, page: Page) -> tuple[str, str]:
    name, holder = error.name, error.holder
    if error.told:
        told = error.told.rstrip(".")
        return told[0].lower() + told[1:], "test first whether it is there, with {% if … %}"
    if holder is missing:
        message = f'there is no "{name}" here'
        if frame.in_macro and frame.name != page.template:
            return message, "give it to the macro as an argument: a template that is imported sees no view"
        return message, did_you_mean(name, page.view, otherwise=f"the view of this page has {_list(page.view)}")
    owner = _owner(line, name)
    if isinstance(holder, Mapping):
        message = f'{owner or "this mapping"} has no "{name}"'
        if name in _WAYS_TO_MAPPING:
            return (
                message,
                f'for names and values, write "{owner or "…"} | items"; for one value, "{owner or "…"}[name]"',
            )
        keys = [key for key in holder if isinstance(key, str)]
        return message, did_you_mean(str(name), keys, otherwise=f"it has {_list(keys)}")
    message = f'{owner or "this"} is {describe(holder)}, which has no "{name}"'
    if holder is None:
        return message, f"test it first: {{% if {owner or '…'} %}}"
    if isinstance(name, str) and name in FILTERS:
        return message, f'write "{owner or "…"} | {name}"'
    return message, _attributes_fix(name, holder)


def _attributes_fix(name: Any, holder: Any) -> str:
    if isinstance(holder, (list, tuple)):
        return f"it has {len(holder)} parts, counted from 0" if isinstance(name, int) else "loop over it"
    public = [attribute for attribute in dir(type(holder)) if not attribute.startswith("_")]
    if isinstance(holder, (str, int, float)):
        return "text and numbers have no fields: have Python give what the page needs"
    return did_you_mean(str(name), public, otherwise=f"it has {_list(public)}")


def _owner(line: str, name: Any) -> str | None:
    """Return what stands before `.name` or `["name"]` on a line, where that can be seen."""
    word = re.escape(str(name))
    match = re.search(rf"([\w.\[\]'\"]*[\w\]])(?:\.{word}\b|\[\s*[\"']?{word}[\"']?\s*\])", line)
    return match[1] if match else None


def _list(names: Iterable[str]) -> str:
    known = sorted(names)
    return ", ".join([*known[:20], *(["…"] if len(known) > 20 else [])]) or "nothing"
