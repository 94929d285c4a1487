"""List articles and pages with the state of each."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("--why", action="store_true", help="say why each is in its state")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.listing import list_documents

    lines, problems = list_documents(folders_of(arguments), options_of(arguments), why=arguments.why)
    print("\n".join(lines))
    if problems:
        from explainer.reporting import print_problems

        print_problems(problems, output=None, style=style_of(arguments))
    return EXIT_CONTENT if any(problem.severity == "error" for problem in problems) else EXIT_DONE
