"""Find every mistake, and write nothing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from explainer.commands.arguments import folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE, UsageError
from explainer.config import Folders
from explainer.problems import ContentError, Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="tell only what is wrong in these files")
    help_text = "a manifest.json, a site's folder or its web address: what was published there must not be gone"
    parser.add_argument("--against", metavar="MANIFEST", help=help_text)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.build import check
    from explainer.presentation import print_held_back
    from explainer.published import keep_addresses
    from explainer.reporting import count_words, print_problems

    folders, style = folders_of(arguments), style_of(arguments)
    files = _shown(folders, arguments.files)
    try:
        result = check(folders, options_of(arguments), strict=arguments.strict)
        if arguments.against:
            keep_addresses(arguments.against, result, folders, options_of(arguments))
        problems, failed, closing = result.warnings, False, f"No errors: {result.counts.words()}."
        held_back = [item for item in result.held_back if not files or item.path in files]
    except ContentError as error:
        problems, failed, closing = error.problems, True, ""
        held_back = []
    told = [problem for problem in problems if not files or problem.place.path in files]
    print_problems(told, output=None, style=style)
    if files:
        failed = failed and _is_failure(told, strict=arguments.strict)
        others = [problem for problem in problems if problem not in told]
        closing = f"No errors in {', '.join(files)}." + (f" Elsewhere: {count_words(others, None)}" if others else "")
    if not failed and not arguments.quiet and style.is_for_people:
        print(closing)
        print_held_back(held_back)
    return EXIT_CONTENT if failed else EXIT_DONE


def _is_failure(problems: Sequence[Problem], *, strict: bool) -> bool:
    return any(strict or problem.severity == "error" for problem in problems)


def _shown(folders: Folders, files: Sequence[Path]) -> list[str]:
    """Return files as messages call them. Raises UsageError for one that no check reads."""
    for file in files:
        path = Path(os.path.abspath(file))
        if not any(path.is_relative_to(source) for source in folders.sources) or not path.is_file():
            message = f'"{file}" is no file of the content, the templates or the static files'
            raise UsageError("U031", message, "name files below content/, templates/ or static/")
    return [folders.shown(Path(os.path.abspath(file))) for file in files]
