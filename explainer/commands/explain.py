"""Say what a code means, how to mend what it stands for, and what it looks like."""

from __future__ import annotations

import argparse

from explainer.commands.usage import EXIT_DONE, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("codes", nargs="*", metavar="CODE", help="such as F004 (default: all, one line each)")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.codes import CODES, RETIRED
    from explainer.problems import did_you_mean

    if not arguments.codes:
        print("\n".join(f"{code.name}  {code.cause}" for code in CODES.values()))
        return EXIT_DONE
    names = [RETIRED.get(word.upper(), word.upper()) for word in arguments.codes]
    for name, word in zip(names, arguments.codes, strict=True):
        if name not in CODES:
            fix = did_you_mean(name, CODES, otherwise="python build.py explain lists all codes")
            raise UsageError("U030", f'there is no code "{word}"', fix)
    print("\n\n".join(str(CODES[name]) for name in names))
    return EXIT_DONE
