"""Parse templates, and say in words what Jinja2 cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError

from explainer.problems import Problem, did_you_mean
from explainer.templates import Templates
from explainer.templating.environment import TemplateEnvironment
from explainer.templating.references import ParsedTemplate

_OPENING = ("autoescape", "block", "call", "filter", "for", "if", "macro", "raw", "set", "with")
_TAGS = (
    *_OPENING,
    *(f"end{tag}" for tag in _OPENING),
    *("elif", "else", "extends", "from", "import", "include", "print"),
)
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(.*?)'\.")
_LOOKED_FOR = re.compile(r"looking for(?: the following tags:)? (.*?)\.(?: |$)")
_EXPECTED = re.compile(r"expected token '(.*?)', got '(.*)'", re.DOTALL)


def parse(environment: TemplateEnvironment, name: str) -> ParsedTemplate | Problem:
    """Return a template's syntax tree, or the problem that keeps it from being parsed."""
    try:
        return ParsedTemplate(name, environment.parse(environment.templates.sources[name], name))
    except TemplateSyntaxError as error:
        return syntax_problem(environment, name, error)


def syntax_problem(environment: TemplateEnvironment, name: str, error: TemplateSyntaxError) -> Problem:
    """Return the problem of a template that Jinja2 cannot parse or compile, at the line to open."""
    templates = environment.templates
    told = (error.message or "this cannot be read").strip()
    if told.startswith("Unexpected end of template") and (opened := _unclosed(environment, name)):
        line, tag = opened
        place = templates.place(name, line, tag)
        return Problem(place, "T001", f'"{tag}" is opened here and never closed', f"close it with {{% end{tag} %}}")
    if match := _UNKNOWN_TAG.match(told):
        return _unknown_tag(templates, name, error.lineno, match[1], told)
    if match := _EXPECTED.fullmatch(told):
        wanted, got = (part.replace("end of print statement", "}}") for part in match.groups())
        wanted, got = (part.replace("end of statement block", "%}") for part in (wanted, got))
        message = f'"{got}" stands where "{wanted}" is expected'
        return Problem(templates.place(name, error.lineno, got), "T001", message, f'write "{wanted}" before it')
    message = told[0].lower() + told[1:].rstrip(".")
    return Problem(templates.place(name, error.lineno), "T001", message, "mend the syntax of this line")


def _unknown_tag(templates: Templates, name: str, line: int, tag: str, told: str) -> Problem:
    place = templates.place(name, line, tag)
    wanted = (
        [f"{{% {word} %}}" for word in re.findall(r"'(\w+)'", looked[1])]
        if (looked := _LOOKED_FOR.search(told))
        else []
    )
    if tag in _TAGS:
        fix = f"first close what is open, with {' or '.join(wanted)}" if wanted else "remove it, or open what it closes"
        return Problem(place, "T001", f'"{tag}" cannot stand here', fix)
    return Problem(place, "T001", f'there is no tag "{tag}"', did_you_mean(tag, _TAGS, otherwise="remove it"))


def _unclosed(environment: TemplateEnvironment, name: str) -> tuple[int, str] | None:
    """Return line and name of the innermost tag that is still open at the end of a template."""
    opened: list[tuple[int, str]] = []
    for line, words in _tags(environment, name):
        tag = words[0] if words else ""
        if tag.startswith("end") and opened:
            opened.pop()
        elif tag in _OPENING and not (tag == "set" and "=" in words):
            opened.append((line, tag))
    return opened[-1] if opened else None


def _tags(environment: TemplateEnvironment, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line and words of each statement of a template."""
    words: list[str] | None = None
    start = 1
    for line, kind, value in environment.lex(environment.templates.sources[name], name):
        if kind == "block_begin":
            words, start = [], line
        elif kind == "block_end" and words is not None:
            yield start, words
            words = None
        elif words is not None and kind != "whitespace":
            words.append(value)
