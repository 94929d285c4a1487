"""What a verb raises when the command line itself is at fault; and the exit codes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_DONE, EXIT_CONTENT, EXIT_USAGE, EXIT_OURS, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


class UsageError(Exception):
    """The command line itself is at fault: code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@contextmanager
def writing(shown: str) -> Iterator[None]:
    """Say of a fault of the disk which files could not be written; `shown` is what messages call them."""
    try:
        yield
    except OSError as error:
        from explainer.source_files import reason

        message = f"{shown} cannot be written: {reason(error)}"
        raise UsageError("U036", message, "check that the folder exists and that you may write there") from None
