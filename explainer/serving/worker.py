"""The builder's own process: it builds whenever it is asked to, and keeps between two builds what makes them quick.

A process and no thread, so that requests are answered at once also while a build computes, limits of time hold, and no
fault, not even of the interpreter, takes the server along.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from explainer.problems import ContentError
from explainer.serving.outcome import Outcome

if TYPE_CHECKING:
    from explainer.config import Folders, Options
    from explainer.result import BuildResult

    Build = Callable[[Folders, Options], BuildResult]


def main() -> None:
    """Answer each request on standard input, a pickled pair of folders and options, with an outcome.

    Ends with the input, so with the server, however that ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    requests = sys.stdin.buffer
    # What a package prints must not stand between the answers.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        answer_all(requests, answers)


def answer_all(requests: BinaryIO, answers: BinaryIO) -> None:
    """Build once for each request, until there are no more."""
    while True:
        try:
            folders, options = pickle.load(requests)  # noqa: S301 - the server's own words, through a pipe of its own
        except EOFError:
            return
        pickle.dump(attempt(build_site, folders, options), answers)
        answers.flush()
        # The collector does not count what a build froze for its workers and for speed: by itself it would look at that
        # never again, and the process would grow with every save. Nobody waits now.
        gc.collect()


def build_site(folders: Folders, options: Options) -> BuildResult:
    """Build the site with plain names of assets, so that a style sheet keeps its address when it changes."""
    from explainer.build import build

    return build(folders, options, fingerprint=False)


def attempt(build: Build, folders: Folders, options: Options) -> Outcome:
    """Build once and return what came of it, whatever that is."""
    start = time.perf_counter()
    try:
        result = build(folders, options)
    except ContentError as error:
        return Outcome(tuple(error.problems), seconds=time.perf_counter() - start)
    except ModuleNotFoundError as error:
        return Outcome(fault=traceback.format_exc(), missing_package=error.name or "")
    except (Exception, SystemExit):
        return Outcome(fault=traceback.format_exc())
    changed = frozenset(result.published.written) | frozenset(result.published.removed)
    return Outcome(tuple(result.warnings), changed, base_path_of(result.base_url), time.perf_counter() - start)


def base_path_of(base_url: str) -> str:
    """Return the path of a site's address, with a slash at both ends and not percent-encoded."""
    path = unquote(urlsplit(base_url).path).strip("/")
    return f"/{path}/" if path else "/"
