"""All checks of templates that need no page, in one list."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import TemplateSyntaxError

from explainer.problems import Problem
from explainer.templating.blocks import check_blocks
from explainer.templating.contexts import check_contexts
from explainer.templating.environment import TemplateEnvironment
from explainer.templating.names import check_names
from explainer.templating.references import ParsedTemplate, check_references
from explainer.templating.syntax import parse, syntax_problem


@lru_cache(maxsize=2)
def check(environment: TemplateEnvironment) -> tuple[Problem, ...]:
    """Return the problems of all templates of an environment. Compiles those that have none."""
    templates = environment.templates
    problems: list[Problem] = []
    parsed: dict[str, ParsedTemplate] = {}
    for name in sorted(templates.sources):
        outcome = parse(environment, name)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            parsed[name] = outcome
            problems += check_contexts(name, environment)
    problems += check_references(parsed, templates)
    problems += check_names(parsed, environment)
    problems += check_blocks(parsed, templates)
    flawed = {problem.place.path for problem in problems}
    for name in parsed:
        if templates.path(name) not in flawed:
            problems += _compile(name, environment)
    return tuple(problems)


def _compile(name: str, environment: TemplateEnvironment) -> list[Problem]:
    """Find what only the compiler notices: two blocks of one name, for instance."""
    try:
        environment.get_template(name)
    except TemplateSyntaxError as error:
        return [syntax_problem(environment, name, error)]
    return []
