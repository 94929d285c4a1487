"""Whether what a child template writes reaches the page: Jinja2 drops the rest without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2.nodes import (
    Assign,
    AssignBlock,
    Block,
    Call,
    Extends,
    FromImport,
    Import,
    Macro,
    Name,
    Node,
    Output,
    TemplateData,
)

from explainer.problems import Problem, did_you_mean
from explainer.templates import Templates
from explainer.templating.references import ParsedTemplate, ParsedTemplates, ancestors

_MAY_STAND_OUTSIDE = (Assign, AssignBlock, Block, Extends, FromImport, Import, Macro)


def check_blocks(parsed: ParsedTemplates, templates: Templates) -> Iterator[Problem]:
    """Yield a problem for each part of a child template that no page can show."""
    for name, template in parsed.items():
        extends = template.nodes(Extends)
        at_times = [node for node in extends if not any(node is part for part in template.tree.body)]
        if at_times:
            place = templates.place(name, at_times[0].lineno, "extends")
            yield Problem(place, "T003", "a template extends another always or never", "write it once, at the top")
        elif extends:
            yield from _check_outside(template, templates)
            chain = [name, *ancestors(name, parsed)]
            if all(ancestor in parsed for ancestor in chain):
                yield from _check_lost_blocks([parsed[part] for part in chain], templates)


def _check_outside(template: ParsedTemplate, templates: Templates) -> Iterator[Problem]:
    for node in template.tree.body:
        line = _first_line(node)
        if line is not None:
            message = "this stands outside the blocks of a template that extends another, where nothing shows it"
            yield Problem(templates.place(template.name, line), "T012", message, "move it into a {% block … %}")


def _first_line(node: Node) -> int | None:
    """Return the line on which a top-level part of a child template begins to write, or None when it writes nothing."""
    if isinstance(node, _MAY_STAND_OUTSIDE):
        return None
    if not isinstance(node, Output):
        return node.lineno
    for part in node.nodes:
        if not isinstance(part, TemplateData):
            return part.lineno
        if part.data.strip():
            blank = part.data[: len(part.data) - len(part.data.lstrip())]
            return part.lineno + blank.count("\n")
    return None


def _check_lost_blocks(chain: list[ParsedTemplate], templates: Templates) -> Iterator[Problem]:
    """Yield a problem for each block of the first template of a chain of extends that no template further on shows."""
    shown = _shown_blocks(chain)
    own = list(_blocks(chain[0].tree.body))
    for block in own:
        if block.name not in shown:
            known = shown - {other.name for other in own}
            message = f'no template that this one extends has a block "{block.name}", so nothing shows it'
            fix = did_you_mean(
                block.name, sorted(known), otherwise=f"blocks to fill: {', '.join(sorted(shown)) or 'none'}"
            )
            yield Problem(templates.place(chain[0].name, block.lineno, block.name), "T011", message, fix)


def _shown_blocks(chain: list[ParsedTemplate]) -> set[str]:
    """Return the blocks that show when the first template of a chain is rendered: its last one says where."""
    definitions: dict[str, list[Block]] = {}
    for template in chain:
        for block in template.nodes(Block):
            definitions.setdefault(block.name, []).append(block)
    shown: set[str] = set()
    waiting = [block.name for block in _blocks(chain[-1].tree.body)]
    for block_name in waiting:
        if block_name in shown:
            continue
        shown.add(block_name)
        for block in definitions[block_name]:
            waiting += [inner.name for inner in _blocks(block.body)]
            if not any(isinstance(call.node, Name) and call.node.name == "super" for call in block.find_all(Call)):
                break  # The definitions further on are replaced by this one.
    return shown


def _blocks(nodes: Iterable[Node]) -> Iterator[Block]:
    """Yield the blocks in a part of a template, but not the blocks within these."""
    for node in nodes:
        if isinstance(node, Block):
            yield node
        else:
            yield from _blocks(node.iter_child_nodes())
