"""List articles and pages with the state of each, or the facts that are out of date."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE
from explainer.problems import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes; --drafts is taken by every verb, and means here: only those."""
    parser.add_argument("--scheduled", action="store_true", help="only those whose day has not come")
    parser.add_argument("--stale", action="store_true", help="the facts that are older than their indicator allows")
    parser.add_argument("--why", action="store_true", help="say why each is in its state")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.listing import list_documents, list_stale

    folders, options = folders_of(arguments), options_of(arguments)
    wanted = {"draft": arguments.drafts, "scheduled": arguments.scheduled}
    states = [state for state, is_wanted in wanted.items() if is_wanted]
    lines: list[str] = []
    problems: list[Problem] = []
    if states or not arguments.stale:
        lines, problems = list_documents(folders, options, why=arguments.why, states=states)  # type: ignore[arg-type]
    if arguments.stale:
        more, found = list_stale(folders, options, why=arguments.why)
        lines, problems = [*lines, *more], list(dict.fromkeys([*problems, *found]))
    print("\n".join(lines))
    if problems:
        from explainer.reporting import print_problems

        print_problems(problems, output=None, style=style_of(arguments))
    return EXIT_CONTENT if problems else EXIT_DONE
