"""Write a new content file with blanks to fill."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of, options_of
from explainer.commands.usage import EXIT_DONE, UsageError, writing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("kind", metavar="KIND", help="article, country, organisation, source or event")
    parser.add_argument("id", metavar="ID", help="its id: lower-case words joined by hyphens")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.problems import did_you_mean
    from explainer.refs import is_id, suggest_id
    from explainer.scaffold import PLACES, Taken, new_file

    if arguments.kind not in PLACES:
        fix = did_you_mean(arguments.kind, PLACES, otherwise=f"kinds are {', '.join(PLACES)}")
        raise UsageError("U033", f'there is no kind "{arguments.kind}"', fix)
    if not is_id(arguments.id):
        guess = suggest_id(arguments.id)
        rule = "lower-case letters and digits in words joined by hyphens, at most 60 characters"
        raise UsageError("U034", f'"{arguments.id}" is not an id', f'write "{guess}": {rule}' if guess else rule)
    folders = folders_of(arguments)
    try:
        with writing(folders.shown(folders.content)):
            path = new_file(arguments.kind, arguments.id, folders, options_of(arguments).as_of)
    except Taken as error:
        message = f'{folders.shown(error.args[0])} has a record "{arguments.id}" already'
        raise UsageError("U035", message, "edit that one, or choose another id") from None
    shown = folders.shown(path)
    if not arguments.quiet:
        print(f"wrote {shown}: fill the blanks, then run python build.py check {shown}")
    return EXIT_DONE
