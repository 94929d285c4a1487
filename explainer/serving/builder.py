"""Have the site built by a process of its own, which is started anew when it should ever end."""

from __future__ import annotations

import contextlib
import pickle
import signal
import subprocess
import sys
from pathlib import Path

from explainer.config import Folders, Options
from explainer.serving.outcome import Outcome

_ROOT = Path(__file__).resolve().parent.parent.parent
_CODE = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from explainer.serving.worker import main; main()"
# -P: the folder in which the server was started must not lend the builder its modules.
_COMMAND = (sys.executable, "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-c", _CODE)


class Stopped(Exception):
    """The builder was stopped, before or while it was to build."""


class Builder:
    """Builds one project. One thread calls `build`; `stop` may come from another."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._is_stopped = False
        self._process = self._start()

    def build(self, options: Options) -> Outcome:
        """Build once and return what came of it; a builder that dies of it is a fault of ours, and is replaced.

        Raises Stopped.
        """
        if self._process.poll() is not None and not self._is_stopped:
            self._process = self._start()
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            pickle.dump((self._folders, options), process.stdin)
            process.stdin.flush()
            outcome = pickle.load(process.stdout)  # noqa: S301 - our own process's words, through a pipe of its own
            assert isinstance(outcome, Outcome)
            return outcome
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            process.kill()
            if self._is_stopped:
                raise Stopped from None
            return Outcome(fault=f"The builder ended while it was building: {_how(process.wait())}.\n")

    def stop(self) -> None:
        """End the builder at once, also in the middle of a build: publishing survives that."""
        self._is_stopped = True
        self._process.kill()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: a Ctrl-C in the terminal reaches the server alone, which ends the builder then.
        return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def _how(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"by signal {signal.Signals(-code).name}"
    return f"with exit code {code}"
