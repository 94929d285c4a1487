"""Find every mistake, and write nothing."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of, options_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE
from explainer.problems import ContentError


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.build import check
    from explainer.presentation import print_problems

    folders = folders_of(arguments)
    try:
        result = check(folders, options_of(arguments), strict=arguments.strict)
    except ContentError as error:
        print_problems(error.problems, output=None)
        return EXIT_CONTENT
    if result.warnings:
        print_problems(result.warnings, output=None)
    if not arguments.quiet:
        print(f"No errors: {result.counts.words()}.")
    return EXIT_DONE
