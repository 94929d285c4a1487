"""Say that a program the project needs is not there, and which command gets it."""

from __future__ import annotations

import sys
from collections.abc import Callable


class MissingTool(Exception):
    """A program is not on this machine and could not be installed. `fix` says what to run."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix

    def __str__(self) -> str:
        return f"error: {self.message}\n  fix: {self.fix}"


def exit_code(command: Callable[[], None]) -> int:
    """Run a command of this folder; return 0, or 1 after having said on stderr what is missing."""
    try:
        command()
    except MissingTool as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def announce(text: str) -> None:
    """Tell what takes time now, before it starts."""
    print(text, file=sys.stderr, flush=True)
