"""Write the words of facts into articles and pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from explainer.commands.arguments import folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("--stale", action="store_true", help="rewrite words that no longer agree too")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="which files (default: all)")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.fill import UnknownFile, fill
    from explainer.reporting import print_problems

    try:
        result = fill(folders_of(arguments), options_of(arguments), stale=arguments.stale, files=arguments.files)
    except UnknownFile as error:
        message = f'"{error}" is no article and no page of this site'
        raise UsageError("U024", message, "name files of content/articles/ or content/pages/") from None
    if not arguments.quiet:
        print("\n".join(map(str, result.filled)) or "Nothing to fill in.")
    if result.problems:
        print_problems(result.problems, output=None, style=style_of(arguments))
    return EXIT_CONTENT if result.problems else EXIT_DONE
