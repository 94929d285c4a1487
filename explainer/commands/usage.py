"""What a verb raises when the command line itself is at fault; and the exit codes."""

from __future__ import annotations

EXIT_DONE, EXIT_CONTENT, EXIT_USAGE, EXIT_OURS, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


class UsageError(Exception):
    """The command line itself is at fault: code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix
