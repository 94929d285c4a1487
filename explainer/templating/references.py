"""Which templates a template names, and whether they are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from jinja2.nodes import Const, Extends, FromImport, Import, Include, Node, Template
from msgspec import Struct

from explainer.problems import Problem, did_you_mean
from explainer.templates import Templates

NodeType = TypeVar("NodeType", bound=Node)
ReferenceNode = Extends | Include | Import | FromImport
_VERBS = {Extends: "extends", Include: "includes", Import: "imports", FromImport: "imports"}


class Reference(Struct, frozen=True):
    """One template names another. `target` is None when the name is not one plain text."""

    node: ReferenceNode
    target: str | None

    @property
    def verb(self) -> str:
        """What it does with the other."""
        return _VERBS[type(self.node)]


class ParsedTemplate:
    """A template's syntax tree, walked once."""

    def __init__(self, name: str, tree: Template) -> None:
        self.name, self.tree = name, tree
        self._nodes = _nodes_below(tree)
        found = [node for node in self._nodes if isinstance(node, ReferenceNode)]
        self.references = [Reference(node, _plain_text(node.template)) for node in found]

    def nodes(self, kind: type[NodeType]) -> list[NodeType]:
        """Return the nodes of a kind, in no particular order."""
        return [node for node in self._nodes if isinstance(node, kind)]


def _nodes_below(tree: Node) -> list[Node]:
    """Return all nodes of a tree but its root, each before those in it: ten times faster than Jinja2's generators."""
    found: list[Node] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        below: list[Node] = []
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, Node):
                below.append(value)
            elif isinstance(value, list):
                below += [one for one in value if isinstance(one, Node)]
        waiting += reversed(below)
    return found[1:]


def _plain_text(name: Node) -> str | None:
    return name.value if isinstance(name, Const) and isinstance(name.value, str) else None


ParsedTemplates = Mapping[str, ParsedTemplate]


def check_references(parsed: ParsedTemplates, templates: Templates) -> Iterator[Problem]:
    """Yield a problem for each reference that is dynamic, leads nowhere, or leads back to where it came from."""
    for name, template in parsed.items():
        for reference in template.references:
            problem = _problem(name, reference, parsed, templates)
            if problem:
                yield problem


def _problem(name: str, reference: Reference, parsed: ParsedTemplates, templates: Templates) -> Problem | None:
    target, node = reference.target, reference.node
    place = templates.place(name, node.lineno, target or "")
    # A page is rendered anew when a template changes whose name stands in its templates: so it must stand there.
    if target is None or not re.search(rf"([\"']){re.escape(target)}\1", templates.sources[name]):
        message = f"what this template {reference.verb} is not one plain name in quotes"
        return Problem(place, "T003", message, "write the name out, and choose with {% if … %}")
    if target not in templates.sources:
        if any(problem.place.path == templates.path(target) for problem in templates.problems):
            return None  # It is there and cannot be read, which is told already.
        otherwise = f"names are paths below {templates.shown_as}/, with forward slashes"
        fix = did_you_mean(target, templates.sources, otherwise=otherwise)
        return Problem(place, "T002", f'there is no template "{target}"', fix)
    if circle := _way(target, name, parsed):
        message = f"this template {reference.verb} itself: {' → '.join([name, *circle])}"
        return Problem(place, "T004", message, "move what both need to a third template")
    if isinstance(node, (Import, FromImport)) and node.with_context:
        fix = 'delete "with context", and give the macro what it needs as arguments'
        return Problem(place, "T009", "macros may not see what the page sees", fix)
    return None


def _way(start: str, goal: str, parsed: ParsedTemplates) -> list[str] | None:
    """Return the templates on the shortest way from one to another by references, both included."""
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == goal:
            return way
        if way[-1] not in parsed:
            continue
        for reference in parsed[way[-1]].references:
            if reference.target and reference.target not in seen:
                seen.add(reference.target)
                ways.append([*way, reference.target])
    return None


def ancestors(name: str, parsed: ParsedTemplates) -> list[str]:
    """Return the templates that a template extends, nearest first; a missing one ends the list, as a circle does."""
    chain = [name]
    while (template := parsed.get(chain[-1])) is not None:
        extends = [reference.target for reference in template.references if isinstance(reference.node, Extends)]
        if not extends or extends[0] is None or extends[0] in chain:
            break
        chain.append(extends[0])
    return chain[1:]
