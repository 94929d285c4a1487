"""Write JSON Schemas of the content, by which an editor's editor checks and completes files as they are typed."""

from __future__ import annotations

import argparse
from pathlib import Path

from explainer.commands.arguments import folders_of
from explainer.commands.usage import EXIT_DONE, writing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where to (default: schemas/)")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.schema_files import FOLDER, write_schemas

    folders = folders_of(arguments)
    folder = Path.cwd() / (arguments.folder or FOLDER)
    with writing(folders.shown(folder)):
        written = write_schemas(folder)
    if not arguments.quiet:
        lines = [f"wrote {folders.shown(path)}" for path in written]
        print("\n".join(lines) or f"{folders.shown(folder)}/ is up to date")
    return EXIT_DONE
