"""Whether values are written only where escaping makes them harmless."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from explainer.problems import Place, Problem
from explainer.templating.environment import TemplateEnvironment
from explainer.templating.markup import MarkupPosition

_MARKUP_NAMES = (".html", ".htm", ".xml", ".svg", ".xhtml")


class _Expression(Struct):
    """One `{{ … }}`: its line, which of that line's it is, and the words in it."""

    line: int
    index: int
    words: list[str] = field(default_factory=list)

    @property
    def ends_as_json(self) -> bool:
        """Whether the filter applied last is `tojson`."""
        bars = [position for position, word in enumerate(self.words) if word == "|"]
        return bool(bars) and self.words[bars[-1] + 1 :][:1] == ["tojson"]


def check_contexts(name: str, environment: TemplateEnvironment) -> Iterator[Problem]:
    """Yield a problem for each value in a template at a place where it could become code, and for code written there.

    Autoescape protects text and quoted attributes; nothing else. The site's content security policy refuses inline
    script and style. Templates of other kinds than HTML and XML have no such places.
    """
    if not name.endswith(_MARKUP_NAMES):
        return
    for item in _walk(name, environment):
        if isinstance(item, Problem):
            yield item
            continue
        expression, markup = item
        complaint = _complaint(expression, markup)
        if complaint:
            yield Problem(_place(name, expression, environment), *complaint)


def _walk(name: str, environment: TemplateEnvironment) -> Iterator[Problem | tuple[_Expression, MarkupPosition]]:
    """Yield each value of a template with the markup before it, and each flaw of the markup itself."""
    markup = MarkupPosition()
    expression: _Expression | None = None
    last_line, index = 0, 0
    statement: list[str] | None = None
    for line, kind, value in environment.lex(environment.templates.sources[name], name):
        if kind == "data":
            for flaw in markup.feed(value):
                flaw_line = line + value.count("\n", 0, flaw.offset)
                place = environment.templates.place(name, flaw_line, flaw.words)
                yield Problem(place, "T014", flaw.message, flaw.fix)
        elif kind == "variable_begin":
            index = index + 1 if line == last_line else 0
            last_line = line
            expression = _Expression(line, index)
        elif kind == "variable_end" and expression is not None:
            yield expression, markup
            markup.feed_value()
            expression = None
        elif kind == "block_begin":
            statement = []
        elif kind == "block_end":
            if statement and statement[0] == "macro":
                markup = MarkupPosition()
            statement = None
        elif kind != "whitespace":
            (expression.words if expression else statement if statement is not None else []).append(value)


def _complaint(expression: _Expression, markup: MarkupPosition) -> tuple[str, str, str] | None:
    """Return code, message and fix for a value that stands where it may not, or None."""
    where = markup.where
    if where in ("before value", "unquoted"):
        return "T013", "this value of an attribute is not in quotes", f'write {markup.attribute}="{{{{ … }}}}"'
    if where in ("tag", "attribute name"):
        fix = "write the attribute out, within {% if … %} where it is not always there"
        return "T013", "the name of an attribute cannot be a value", fix
    if where == "tag start" or (where == "tag name" and markup.tag != "h"):
        fix = "write the element out, within {% if … %} (only the level of a heading may be a value)"
        return "T013", "the name of an element cannot be a value", fix
    if where == "code" and markup.tag == "script" and not markup.is_data_block:
        return "T014", "a value stands within script", "put it into a data- attribute, and have a script file read it"
    if where == "code" and markup.is_data_block and not expression.ends_as_json:
        return "T014", "a value stands within a block of data as it is", "write {{ … | tojson }}"
    if where == "double" and expression.ends_as_json:
        fix = f"write {markup.attribute}='{{{{ … | tojson }}}}', in single quotes"
        return "T015", '"tojson" writes double quotes, which end this attribute', fix
    return None


def _place(name: str, expression: _Expression, environment: TemplateEnvironment) -> Place:
    """Return the place of a value: Jinja2 keeps its line, and it is the nth of that line."""
    text = environment.templates.sources[name].split("\n")[expression.line - 1]
    parts = text.split("{{")
    before = parts[: expression.index + 1]
    if len(parts) <= expression.index + 1:
        return environment.templates.place(name, expression.line)
    column = len("{{".join(before)) + 1
    end = text.find("}}", column)
    path = environment.templates.path(name)
    return Place(path, expression.line, column, (end + 2 if end > 0 else len(text)) - column + 1)
