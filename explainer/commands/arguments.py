"""The arguments that every verb takes, and what they ask for."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from explainer.asked import Asked, asked_for, folders_below
from explainer.commands.usage import UsageError
from explainer.reporting.style import Format, Style

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from explainer.config import Folders, Options

_FOLDERS = ("content", "templates", "static", "output")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that every verb takes."""
    parser.add_argument("--base-url", metavar="URL", help="the address the site will have")
    for name in ("content", "templates", "static"):
        parser.add_argument(f"--{name}", metavar="DIR", help=f"the folder of {name} (default: {name}/)")
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder of the site (default: site/)")
    parser.add_argument("-D", "--drafts", action="store_true", help="show drafts too; needs another output folder")
    parser.add_argument("--future", action="store_true", help="show scheduled pages too; needs another output folder")
    parser.add_argument("--as-of", metavar="DATE", help="build as on this day (default: SOURCE_DATE_EPOCH, else today)")
    parser.add_argument("-s", "--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how problems are told: text to stderr (default), json to stdout, annotations of GitHub Actions",
    )
    parser.add_argument("--no-color", action="store_true", help="no colour on a terminal (NO_COLOR does the same)")
    parser.add_argument("-q", "--quiet", action="store_true", help="print problems only")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the time of each stage")


def asked_by(arguments: argparse.Namespace) -> Asked:
    """Return as plain data what a build is asked for. Raises UsageError. See `options_of`."""
    root = os.getcwd()
    folders = folders_below(root, {name: getattr(arguments, name) for name in _FOLDERS})
    address, fallback, drafts, future = _options_of(arguments)
    return asked_for(root, folders, (address, fallback, drafts, future, True), _as_of(arguments.as_of, os.environ))


def folders_of(arguments: argparse.Namespace) -> Folders:
    """Return the folders that the arguments name, below the folder where the command was given."""
    from pathlib import Path

    from explainer.config import Folders

    return Folders.below(Path.cwd(), **{name: getattr(arguments, name) for name in _FOLDERS})


def options_of(arguments: argparse.Namespace) -> Options:
    """Return what the run was asked for. Raises UsageError. Only here are the clock and the environment read."""
    from datetime import date

    from explainer.config import Options

    return Options(date.fromisoformat(_as_of(arguments.as_of, os.environ)), *_options_of(arguments))


def _options_of(arguments: argparse.Namespace) -> tuple[str | None, str, bool, bool]:
    return _base_url(arguments.base_url), _pages_url(os.environ), arguments.drafts, arguments.future


def style_of(arguments: argparse.Namespace) -> Style:
    """Return how the problems of the run are to be told."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()  # None where whoever began us has closed it
    return _style(arguments.format, os.environ, no_color=arguments.no_color, is_terminal=is_terminal)


def _style(form: Format, environment: Mapping[str, str], *, no_color: bool, is_terminal: bool) -> Style:
    if form == "github":
        return _github_style(environment)
    # https://no-color.org: set to anything but an empty text.
    refused = no_color or environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return Style(form, is_coloured=is_terminal and not refused)


def _github_style(environment: Mapping[str, str]) -> Style:
    from pathlib import Path

    project = Path.cwd()
    workspace, prefix = environment.get("GITHUB_WORKSPACE"), ""
    if workspace and project.is_relative_to(workspace) and project != Path(workspace):
        prefix = f"{project.relative_to(workspace).as_posix()}/"
    server, repository, commit = (environment.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    blob = f"{server}/{repository}/blob/{commit}" if server and repository and commit else None
    return Style("github", prefix=prefix, summary=environment.get("GITHUB_STEP_SUMMARY") or None, blob=blob)


def editor_url_of(environment: Mapping[str, str]) -> str:
    """Return the pattern of links that open a file in the editor. Raises UsageError."""
    from explainer.serving.editor_links import pattern_of

    try:
        return pattern_of(environment.get("EDITOR_URL"))
    except ValueError as error:
        fix = "write for example vscode://file{path}:{line}:{column}, or leave it empty for no links"
        raise UsageError("U050", f"EDITOR_URL: {error}", fix) from None


def _as_of(given: str | None, environment: Mapping[str, str]) -> str:
    """Return the day on which the site is built, as YYYY-MM-DD. The only place that reads the clock."""
    if given is not None:
        from datetime import date

        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            raise UsageError("U005", f'--as-of: "{given}" is not a day', "write YYYY-MM-DD") from None
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(int(epoch) if epoch else None))
    except (ValueError, OverflowError, OSError):
        raise UsageError("U005", f'SOURCE_DATE_EPOCH: "{epoch}" is not a time', "write seconds since 1970") from None


def _base_url(given: str | None) -> str | None:
    if not given:
        return given
    from explainer.asked import is_base_url

    if not is_base_url(given):
        raise UsageError("U006", f'--base-url: "{given}" is not a web address', "write https://host/path/")
    return given


def _pages_url(environment: Mapping[str, str]) -> str:
    """Return the address GitHub Pages gives a repository, when this runs in its Actions; else an empty text."""
    owner, _, name = environment.get("GITHUB_REPOSITORY", "").partition("/")
    if environment.get("GITHUB_ACTIONS") != "true" or not name:
        return ""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
