"""Remove the built site and the caches."""

from __future__ import annotations

import argparse

from explainer.commands.arguments import folders_of
from explainer.commands.usage import EXIT_DONE


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.clean import clean

    folders = folders_of(arguments)
    for path in clean(folders):
        if not arguments.quiet:
            print(f"removed {folders.shown(path)}/")
    return EXIT_DONE
