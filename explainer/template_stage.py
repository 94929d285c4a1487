"""Read, check and compile the templates of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from explainer.changes import Before, changed_templates
from explainer.config import Folders
from explainer.page_key import template_digests
from explainer.problems import Problem, Report
from explainer.templates import check_templates, make_environment

if TYPE_CHECKING:
    from explainer.templating.environment import TemplateEnvironment


class ReadyTemplates(NamedTuple):
    """What renders, the digest of all that each template reaches, and the problems of templates as plain data."""

    environment: TemplateEnvironment
    digests: dict[str, str]
    problems: list[Any]


def ready_templates(folders: Folders, before: Before, report: Report) -> ReadyTemplates:
    """Return the templates, ready to render, and report their problems; `before` is told which ones changed.

    Where none changed, none is checked or compiled again.
    """
    environment = make_environment(folders.templates, folders.shown(folders.templates))
    environment.compiled.know(before.compiled())
    digests = template_digests(environment.templates)
    before.templates = changed_templates(digests, before.state.templates)
    if not before.templates and before.pack is not None:
        report.extend(map(Problem.from_tuple, before.state.template_problems))
        return ReadyTemplates(environment, digests, before.state.template_problems)
    told = len(report.problems)
    check_templates(environment, report)
    return ReadyTemplates(environment, digests, [problem.as_tuple() for problem in report.problems[told:]])
