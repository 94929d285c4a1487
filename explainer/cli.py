"""The command line: read the arguments, the environment and the clock, run one verb, print, and exit."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from explainer.config import Folders, Options, is_base_url
from explainer.problems import ContentError, did_you_mean

EXIT_DONE, EXIT_CONTENT, EXIT_USAGE, EXIT_OURS, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
MISSING_PACKAGE_FIX = "run: make site (or: python -m pip install -r requirements.txt)"


class UsageError(Exception):
    """The command line itself is at fault: code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class _Parser(argparse.ArgumentParser):
    """Answers a wrong command line in the form of all our messages."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError("U001", message, f"see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 content at fault, 2 usage, 3 our own fault, 130 interrupted."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        parsed = _parse(words)
        return int(parsed.run(parsed))
    except UsageError as error:
        _say(f"error {error.code}: {error.message}\n  fix: {error.fix}")
        return EXIT_USAGE
    except ContentError as error:
        from explainer.presentation import print_problems

        print_problems(error.problems, output=None)
        return EXIT_CONTENT
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "explainer":
            raise
        _say(f'error U002: the package "{error.name}" is missing\n  fix: {MISSING_PACKAGE_FIX}')
        return EXIT_USAGE
    except KeyboardInterrupt:
        _say("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except Exception:  # our own fault: the traceback is for us
        traceback.print_exc()
        _say("This is a fault of the generator, not of the content. Please report it with the lines above.")
        return EXIT_OURS


def _parse(words: list[str]) -> argparse.Namespace:
    verbs: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
        "build": ("build the site (this is what happens without a verb)", _build),
        "check": ("find every mistake and write nothing", _check),
        "serve": ("build, serve on this machine, and build again at each change", _serve),
        "fill": ("write the words of facts into articles and pages", _fill),
        "list": ("list articles and pages and their state", _list),
        "verify": ("compare a built site with its manifest", _verify),
        "clean": ("remove the built site and the cache", _clean),
    }
    common = _Parser(add_help=False)
    _add_common(common)
    parser = _Parser(
        prog="python build.py",
        description="Build a site of explainers whose figures all have a source and a date.",
    )
    subparsers = parser.add_subparsers(metavar="VERB", parser_class=_Parser)
    for verb, (help_text, run) in verbs.items():
        subparser = subparsers.add_parser(verb, help=help_text, description=help_text, parents=[common])
        subparser.set_defaults(run=run, verb=verb)
        if verb == "build":
            subparser.add_argument("--why", action="store_true", help="say of each page held back why")
        if verb == "fill":
            subparser.add_argument("--stale", action="store_true", help="rewrite words that no longer agree too")
            subparser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="which files (default: all)")
        if verb == "list":
            subparser.add_argument("--why", action="store_true", help="say why each is in its state")
        if verb == "serve":
            subparser.add_argument("-p", "--port", type=int, default=8000, help="port (default 8000)")
            subparser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
            subparser.add_argument("--open", action="store_true", help="open the site in the browser")
        if verb == "verify":
            subparser.add_argument("folder", nargs="?", help="the folder of the site (default: the output folder)")
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["build", *words]
    elif words[0] not in verbs and words[0] not in ("-h", "--help"):
        fix = did_you_mean(words[0], verbs, otherwise="see python build.py --help")
        raise UsageError("U007", f'there is no verb "{words[0]}"', fix)
    return parser.parse_args(words)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", metavar="URL", help="the address the site will have")
    for name in ("content", "templates", "static"):
        parser.add_argument(f"--{name}", metavar="DIR", type=Path, help=f"the folder of {name} (default: {name}/)")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="the folder of the site (default: site/)")
    parser.add_argument("-D", "--drafts", action="store_true", help="show drafts too; needs another output folder")
    parser.add_argument("--future", action="store_true", help="show scheduled pages too; needs another output folder")
    parser.add_argument("--as-of", metavar="DATE", help="build as on this day (default: SOURCE_DATE_EPOCH, else today)")
    parser.add_argument("-s", "--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("-q", "--quiet", action="store_true", help="print problems only")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the time of each stage")


def _build(arguments: argparse.Namespace) -> int:
    from explainer.build import build
    from explainer.presentation import print_problems, print_stages, print_summary

    folders, options = _folders(arguments), _options(arguments)
    if options.is_preview and folders.output == folders.root / "site":
        raise UsageError("U003", "a preview must not be built into site/", "add -o preview/ (or use: serve)")
    try:
        result = build(folders, options, strict=arguments.strict)
    except ContentError as error:
        print_problems(error.problems, output=folders.shown(folders.output))
        return EXIT_CONTENT
    if result.warnings:
        print_problems(result.warnings, output=None)
    if not arguments.quiet:
        print_summary(result, folders, why=arguments.why)
    if arguments.verbose:
        print_stages(result)
    return EXIT_DONE


def _check(arguments: argparse.Namespace) -> int:
    from explainer.build import check
    from explainer.presentation import print_problems

    folders = _folders(arguments)
    try:
        result = check(folders, _options(arguments), strict=arguments.strict)
    except ContentError as error:
        print_problems(error.problems, output=None)
        return EXIT_CONTENT
    if result.warnings:
        print_problems(result.warnings, output=None)
    if not arguments.quiet:
        print(f"No errors: {result.counts.words()}.")
    return EXIT_DONE


def _fill(arguments: argparse.Namespace) -> int:
    from explainer.fill import UnknownFile, fill
    from explainer.presentation import print_problems

    try:
        result = fill(_folders(arguments), _options(arguments), stale=arguments.stale, files=arguments.files)
    except UnknownFile as error:
        message = f'"{error}" is no article and no page of this site'
        raise UsageError("U024", message, "name files of content/articles/ or content/pages/") from None
    if not arguments.quiet:
        print("\n".join(map(str, result.filled)) or "Nothing to fill in.")
    if result.problems:
        print_problems(result.problems, output=None)
    return EXIT_CONTENT if result.problems else EXIT_DONE


def _list(arguments: argparse.Namespace) -> int:
    from explainer.listing import list_documents

    lines, problems = list_documents(_folders(arguments), _options(arguments), why=arguments.why)
    print("\n".join(lines))
    if problems:
        from explainer.presentation import print_problems

        print_problems(problems, output=None)
    return EXIT_CONTENT if any(problem.severity == "error" for problem in problems) else EXIT_DONE


def _serve(arguments: argparse.Namespace) -> int:
    from explainer.serve import CannotServe, serve

    if not 0 <= arguments.port <= 65535:
        raise UsageError("U004", f"there is no port {arguments.port}", "choose a port from 1024 to 65535")
    try:
        serve(
            _folders(arguments),
            _options(arguments),
            host=arguments.host,
            port=arguments.port,
            open_browser=arguments.open,
        )
    except CannotServe as error:
        raise UsageError(error.code, error.message, error.fix) from None
    return EXIT_DONE


def _verify(arguments: argparse.Namespace) -> int:
    from explainer.manifest import verify_manifest
    from explainer.presentation import print_problems

    folder = Path(arguments.folder) if arguments.folder else _folders(arguments).output
    problems = verify_manifest(folder)
    if problems:
        print_problems(problems, output=None)
        return EXIT_CONTENT
    if not arguments.quiet:
        print(f"{folder.resolve().name}/ is as its manifest says.")
    return EXIT_DONE


def _clean(arguments: argparse.Namespace) -> int:
    from explainer.clean import clean

    folders = _folders(arguments)
    for path in clean(folders):
        if not arguments.quiet:
            print(f"removed {folders.shown(path)}/")
    return EXIT_DONE


def _folders(arguments: argparse.Namespace) -> Folders:
    given = {name: getattr(arguments, name) for name in ("content", "templates", "static", "output")}
    return Folders.below(Path.cwd(), **given)


def _options(arguments: argparse.Namespace) -> Options:
    return Options(
        as_of=_as_of(arguments.as_of, os.environ),
        base_url=_base_url(arguments.base_url),
        fallback_base_url=_pages_url(os.environ),
        drafts=arguments.drafts,
        future=arguments.future,
    )


def _as_of(given: str | None, environment: Mapping[str, str]) -> date:
    """Return the day on which the site is built. The only place that reads the clock."""
    if given is not None:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise UsageError("U005", f'--as-of: "{given}" is not a day', "write YYYY-MM-DD") from None
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                "U005", f'SOURCE_DATE_EPOCH: "{epoch}" is not a time', "write seconds since 1970"
            ) from None
    return datetime.now(UTC).date()


def _base_url(given: str | None) -> str | None:
    if given and not is_base_url(given):
        raise UsageError("U006", f'--base-url: "{given}" is not a web address', "write https://host/path/")
    return given


def _pages_url(environment: Mapping[str, str]) -> str:
    """Return the address GitHub Pages gives a repository, when this runs in its Actions; else an empty text."""
    owner, _, name = environment.get("GITHUB_REPOSITORY", "").partition("/")
    if environment.get("GITHUB_ACTIONS") != "true" or not name:
        return ""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _speak_utf8() -> None:
    """Keep a console of another encoding from crashing on a name it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
