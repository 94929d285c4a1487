"""Begin a site: write content without records, which passes every check and builds as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec.structs import replace

from explainer.commands.arguments import folders_of, options_of
from explainer.commands.usage import EXIT_DONE, UsageError, writing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    help_text = "the folder of the new content, empty or not there yet (default: content/, or --content)"
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help=help_text)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.scaffold import Taken, new_site

    folders = folders_of(arguments)
    usual = folders.content
    if arguments.folder is not None:
        folders = replace(folders, content=Path.cwd() / arguments.folder)
    shown = folders.shown(folders.content)
    try:
        with writing(shown):
            written = new_site(folders, options_of(arguments).as_of)
    except Taken:
        raise UsageError(
            "U037", f"{shown} has files already", "name a folder that is empty, or not there yet"
        ) from None
    if not arguments.quiet:
        print("\n".join(f"wrote {folders.shown(path)}" for path in written))
        words = "" if folders.content == usual and arguments.content is None else f" --content {shown}"
        missing = [f"{folders.shown(one)}/" for one in (folders.templates, folders.static) if not one.is_dir()]
        if missing:
            print(f"Not here yet: {' and '.join(missing)}. Copy them from this generator,")
            print("or say where they are: --templates DIR --static DIR.")
        else:
            print(f"It builds as it is: python build.py{words}. Begin with {shown}/site.yml.")
    return EXIT_DONE
