"""Compare a site, built or published, with its manifest."""

from __future__ import annotations

import argparse
from pathlib import Path

from explainer.commands.arguments import folders_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument(
        "folder", nargs="?", help="the folder of the site, or its web address (default: the output folder)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.manifest import verify_manifest
    from explainer.reporting import print_problems
    from explainer.web import is_web_address

    if arguments.folder and is_web_address(arguments.folder):
        return _verify_published(arguments)
    folder = Path(arguments.folder) if arguments.folder else folders_of(arguments).output
    problems = verify_manifest(folder)
    if problems:
        print_problems(problems, output=None, style=style_of(arguments))
        return EXIT_CONTENT
    if not arguments.quiet:
        print(f"{folder.resolve().name}/ is as its manifest says.")
    return EXIT_DONE


def _verify_published(arguments: argparse.Namespace) -> int:
    from explainer.reporting import print_problems
    from explainer.verify_published import verify_published

    problems = verify_published(arguments.folder)
    if problems:
        print_problems(problems, output=None, style=style_of(arguments))
    elif not arguments.quiet:
        print(f"{arguments.folder} is as its manifest says.")
    return EXIT_CONTENT if any(problem.severity == "error" for problem in problems) else EXIT_DONE
