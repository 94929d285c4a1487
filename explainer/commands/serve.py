"""Build, serve the site on this machine, and build again at each change."""

from __future__ import annotations

import argparse
import os

from explainer.commands.arguments import editor_url_of, folders_of, options_of, style_of
from explainer.commands.usage import EXIT_DONE, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("-p", "--port", type=int, default=8000, help="port (default 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--open", action="store_true", help="open the site in the browser")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.serve import CannotServe, serve

    if not 0 <= arguments.port <= 65535:
        raise UsageError("U004", f"there is no port {arguments.port}", "choose a port from 1024 to 65535")
    try:
        serve(
            folders_of(arguments),
            lambda: options_of(arguments),
            host=arguments.host,
            port=arguments.port,
            open_browser=arguments.open,
            editor_url=editor_url_of(os.environ),
            style=style_of(arguments),
        )
    except CannotServe as error:
        raise UsageError(error.code, error.message, error.fix) from None
    return EXIT_DONE
