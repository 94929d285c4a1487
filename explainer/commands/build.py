"""Build the site into its folder."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext

from explainer.commands.arguments import asked_by, folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE, UsageError
from explainer.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("--why", action="store_true", help="say why pages were rendered, or held back")
    parser.add_argument("--jobs", type=int, metavar="N", help="how many processes (default: one for each processor)")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.build import build_asked
    from explainer.presentation import print_stages, print_summary

    asked, style = asked_by(arguments), style_of(arguments)
    if (arguments.drafts or arguments.future) and asked.shown_output == "site":
        raise UsageError("U003", "a preview must not be built into site/", "add -o preview/ (or use: serve)")
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UsageError("U008", f"{arguments.jobs} processes cannot build", "write a number from 1")
    # A pipe, a file and a machine are told the outcome alone.
    is_watched = style.is_for_people and sys.stderr is not None and sys.stderr.isatty() and not arguments.quiet
    try:
        with Progress() if is_watched else nullcontext() as progress:
            result = build_asked(
                asked,
                lambda: (folders_of(arguments), options_of(arguments)),
                strict=arguments.strict,
                jobs=arguments.jobs,
                listener=progress,
            )
    except Exception as error:
        from explainer.problems import ContentError
        from explainer.reporting import print_problems

        if not isinstance(error, ContentError):
            raise
        print_problems(error.problems, output=asked.shown_output, style=style)
        return EXIT_CONTENT
    if result.warnings or not style.is_for_people:  # without warnings, only what a program reads says so
        from explainer.reporting import print_problems

        print_problems(result.warnings, output=None, style=style)
    if not arguments.quiet and style.is_for_people:
        print_summary(result, asked.shown_output, why=arguments.why)
    if arguments.verbose and style.is_for_people:
        print_stages(result)
    return EXIT_DONE
