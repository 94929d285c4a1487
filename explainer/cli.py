"""The command line: read the words, run one verb, print what went wrong, and exit."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

from explainer.commands.arguments import add_common
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE, EXIT_INTERRUPTED, EXIT_OURS, EXIT_USAGE, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING_PACKAGE_FIX = "run: make site (or: python -m pip install -r requirements.txt)"
# Each verb is a module of explainer/commands: `run`, and `add_arguments` where it takes arguments of its own.
VERBS: Final = {
    "build": "build the site (this is what happens without a verb)",
    "check": "find every mistake and write nothing",
    "serve": "build, serve on this machine, and build again at each change",
    "fill": "write the words of facts into articles and pages",
    "list": "list articles and pages with their state, or stale facts",
    "verify": "compare a site, built or published, with its manifest",
    "new": "write a new content file with blanks to fill",
    "init": "begin a site: write content without records that builds as it is",
    "schema": "write JSON Schemas, by which an editor checks and completes content files",
    "facts": "show a fact: value, date, sources, and the pages that show it",
    "explain": "say what a code means and how to mend it",
    "deploy": "publish the built site onto a branch of a git remote",
    "clean": "remove the built site and the cache",
}


# Whoever says something to people or programs.
_SPEAKERS: Final = ("explainer.presentation", "explainer.reporting", "explainer.commands", "explainer.cli", "rich")


class _Help(argparse.HelpFormatter):
    """Asks for the width of the terminal without what argparse would import for that, once for each argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


@cache
def _columns() -> int:
    if (told := os.environ.get("COLUMNS", "")).isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80


class _Parser(argparse.ArgumentParser):
    """Answers a wrong command line in the form of all our messages."""

    def __init__(self, **named: Any) -> None:
        super().__init__(formatter_class=_Help, **named)

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
        _tell(error)
        return EXIT_USAGE
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "explainer":
            raise
        _tell(UsageError("U002", f'the package "{error.name}" is missing', MISSING_PACKAGE_FIX))
        return EXIT_USAGE
    except KeyboardInterrupt:
        _say("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except Exception as error:
        if isinstance(error, OSError) and _was_to_be_said(error):
            _tell_of_full_output(error)
            return EXIT_USAGE
        from explainer.problems import ContentError

        if isinstance(error, ContentError):
            from explainer.commands.arguments import style_of
            from explainer.reporting import print_problems

            print_problems(error.problems, output=None, style=style_of(parsed))
            return EXIT_CONTENT
        import traceback  # our own fault: it is for us

        traceback.print_exc()
        _say("This is a fault of the generator, not of the content. Please report it with the lines above.")
        return EXIT_OURS


def leave(code: int) -> NoReturn:
    """End the process at once, with all that it said told.

    Python would take apart what is in memory first, object by object: a tenth of the time of a short run, and nobody
    needs it. Where threads are left, it ends as usual.
    """
    threads = sys.modules.get("threading")
    if threads is not None and threads.active_count() > 1:
        sys.exit(code)
    for stream in _streams():
        try:
            stream.flush()
        except BrokenPipeError:  # who has closed the other end of a pipe has read enough
            pass
        except OSError as error:
            _tell_of_full_output(error)
            code = EXIT_USAGE
    os._exit(code)


def _streams() -> list[TextIO]:
    """Return standard output and standard error, as far as they were not closed by whoever began us."""
    return [stream for stream in (sys.stdout, sys.stderr) if stream is not None]


def _was_to_be_said(error: OSError) -> bool:
    """Whether a fault of the system arose while something was said: no other file has a part in it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else str(trace.tb_frame.f_globals.get("__name__"))
    return error.filename is None and where.startswith(_SPEAKERS)


def _tell_of_full_output(error: OSError) -> None:
    """Tell that the output takes no more, as far as it does."""
    told = f"what this command says cannot be written: {(error.strerror or type(error).__name__).lower()}"
    with contextlib.suppress(OSError):
        _tell(UsageError("U013", told, "make room where the output goes, or send it elsewhere"))
    for stream in _streams():  # what is left of it is not written at the end either
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parse(words: list[str]) -> argparse.Namespace:
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["build", *words]
    elif words[0] not in VERBS and words[0] not in ("-h", "--help"):
        from explainer.problems import did_you_mean

        fix = did_you_mean(words[0], VERBS, otherwise="see python build.py --help")
        raise UsageError("U007", f'there is no verb "{words[0]}"', fix)
    parser = _Parser(
        prog="python build.py",
        description="Build a site of explainers whose figures all have a source and a date.",
    )
    subparsers = parser.add_subparsers(metavar="VERB", parser_class=_Parser, prog=parser.prog)
    # Those that were not asked for are only named in the help.
    for verb, help_text in VERBS.items() if words[0] not in VERBS else [(words[0], VERBS[words[0]])]:
        subparser = subparsers.add_parser(verb, help=help_text, description=help_text, add_help=verb == words[0])
        if verb == words[0]:
            add_common(subparser)
            module = importlib.import_module(f"explainer.commands.{verb}")
            subparser.set_defaults(run=module.run, verb=verb)
            if hasattr(module, "add_arguments"):
                module.add_arguments(subparser)
    return parser.parse_args(words)


def _tell(error: UsageError) -> None:
    _say(f"error {error.code}: {error.message}\n  fix: {error.fix}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _speak_utf8() -> None:
    """Keep a console of another encoding from crashing on a name it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
