"""Show facts: value, date, sources, and the pages that show them."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of, options_of
from explainer.commands.usage import EXIT_DONE, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    form = "COUNTRY, INDICATOR or COUNTRY.INDICATOR (default: all facts)"
    parser.add_argument("fact", nargs="?", metavar="ID", help=form)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.fact_listing import UnknownFact, list_facts

    try:
        lines = list_facts(folders_of(arguments), options_of(arguments), arguments.fact)
    except UnknownFact as error:
        raise UsageError("U032", str(error), error.fix) from None
    print("\n".join(lines))
    return EXIT_DONE
