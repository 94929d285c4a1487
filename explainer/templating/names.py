"""Whether the filters, tests, macros and variables that templates name are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import (
    Assign,
    AssignBlock,
    Call,
    Const,
    EvalContextModifier,
    Filter,
    FromImport,
    Getattr,
    If,
    Import,
    Macro,
    Name,
    Node,
    Test,
)

from explainer.problems import Problem, did_you_mean
from explainer.templates import Templates
from explainer.templating.environment import TemplateEnvironment
from explainer.templating.filters import FILTERS, TESTS, WITHHELD_FILTERS, WITHHELD_TESTS
from explainer.templating.references import ParsedTemplate, ParsedTemplates

# Filters that take the name of a test, and where; "map" takes the name of a filter first.
_TAKES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
_NAMES_ONLY = "give it as an argument: a template that is imported sees no view"


def check_names(parsed: ParsedTemplates, environment: TemplateEnvironment) -> Iterator[Problem]:
    """Yield a problem for each filter, test, macro or variable that is not there, in any template."""
    templates = environment.templates
    for name, template in parsed.items():
        yield from _check_filters(name, template, templates)
        yield from _check_imports(name, template, parsed, templates)
    for name in sorted(_imported(parsed)):
        yield from _check_component(name, parsed[name], environment)


def _check_filters(name: str, template: ParsedTemplate, templates: Templates) -> Iterator[Problem]:
    for line, filter_name in _filters(template):
        place = templates.place(name, line, filter_name)
        if filter_name == "safe":
            yield Problem(place, "T007", '"safe" would let text be read as HTML', WITHHELD_FILTERS["safe"])
        elif filter_name not in FILTERS:
            fix = WITHHELD_FILTERS.get(filter_name) or did_you_mean(
                filter_name, FILTERS, otherwise=f"filters are {_list(FILTERS)}"
            )
            yield Problem(place, "T005", f'there is no filter "{filter_name}"', fix)
    for line, test_name in _tests(template):
        if test_name not in TESTS:
            fix = WITHHELD_TESTS.get(test_name) or did_you_mean(test_name, TESTS, otherwise=f"tests are {_list(TESTS)}")
            yield Problem(templates.place(name, line, test_name), "T006", f'there is no test "{test_name}"', fix)
    for node in template.nodes(EvalContextModifier):
        place = templates.place(name, node.lineno, "autoescape")
        yield Problem(place, "T007", "escaping cannot be switched", "delete {% autoescape %}: text is always escaped")


def _filters(template: ParsedTemplate) -> Iterator[tuple[int, str]]:
    for node in template.nodes(Filter):
        yield node.lineno, node.name
        if node.name == "map" and node.args and isinstance(node.args[0], Const):
            yield node.lineno, str(node.args[0].value)


def _tests(template: ParsedTemplate) -> Iterator[tuple[int, str]]:
    for test in template.nodes(Test):
        yield test.lineno, test.name
    for node in template.nodes(Filter):
        position = _TAKES_TEST.get(node.name)
        if position is not None and len(node.args) > position and isinstance(argument := node.args[position], Const):
            yield node.lineno, str(argument.value)


def _check_imports(
    name: str, template: ParsedTemplate, parsed: ParsedTemplates, templates: Templates
) -> Iterator[Problem]:
    """Yield a problem for each name taken from a template that does not have it."""
    for line, target, wanted in _taken(template):
        if target in parsed and wanted not in (there := exports(parsed[target])):
            message = f'"{target}" has no macro "{wanted}"'
            fix = did_you_mean(wanted, there, otherwise=f"it has {_list(there)}" if there else "it has no macros")
            yield Problem(templates.place(name, line, wanted), "T008", message, fix)


def _taken(template: ParsedTemplate) -> Iterator[tuple[int, str, str]]:
    modules: dict[str, str] = {}
    for reference in template.references:
        if reference.target is None:
            continue
        if isinstance(reference.node, FromImport):
            for wanted in reference.node.names:
                yield reference.node.lineno, reference.target, wanted if isinstance(wanted, str) else wanted[0]
        elif isinstance(reference.node, Import):
            modules[reference.node.target] = reference.target
    for node in template.nodes(Getattr):
        if isinstance(node.node, Name) and node.node.name in modules:
            yield node.lineno, modules[node.node.name], node.attr


def exports(template: ParsedTemplate) -> list[str]:
    """Return the names that other templates may import: top-level macros and values without a leading underscore."""
    names: list[str] = []
    waiting: list[Node] = list(template.tree.body)
    for node in waiting:
        if isinstance(node, Macro):
            names.append(node.name)
        elif isinstance(node, (Assign, AssignBlock)):
            names += [target.name for target in [node.target, *node.target.find_all(Name)] if isinstance(target, Name)]
        elif isinstance(node, If):
            waiting += [*node.body, *node.elif_, *node.else_]
    return sorted({found for found in names if not found.startswith("_")})


def _imported(parsed: ParsedTemplates) -> set[str]:
    return {
        reference.target
        for template in parsed.values()
        for reference in template.references
        if isinstance(reference.node, (Import, FromImport)) and reference.target and reference.target in parsed
    }


def _check_component(name: str, template: ParsedTemplate, environment: TemplateEnvironment) -> Iterator[Problem]:
    """Yield a problem for each variable of an imported template that nothing gives it, and for links made too early."""
    templates = environment.templates
    try:
        unknown = find_undeclared_variables(template.tree)
    except TemplateSyntaxError:  # Told already: an unknown filter, for one.
        unknown = set()
    declared = {node.name for node in template.nodes(Name) if node.ctx != "load"} | set(exports(template)) | {"link"}
    for variable in sorted(unknown):
        lines = sorted(node.lineno for node in template.nodes(Name) if node.name == variable and node.ctx == "load")
        place = templates.place(name, lines[0] if lines else 0, variable)
        fix = did_you_mean(variable, declared - {variable}, otherwise=_NAMES_ONLY)
        yield Problem(place, "T010", f'nothing gives "{variable}" to this template', fix)
    for node in _outside_macros(template.tree):
        if isinstance(node, Call) and isinstance(node.node, Name) and node.node.name == "link":
            message = "link() is called while this template is imported, which happens once for all pages"
            yield Problem(templates.place(name, node.lineno, "link"), "T016", message, "call it within the macro")


def _outside_macros(node: Node) -> Iterator[Node]:
    for child in node.iter_child_nodes():
        if not isinstance(child, Macro):
            yield child
            yield from _outside_macros(child)


def _list(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(name for name in names if name[0].isalpha())
