"""Run git, in a repository of our own that no setting of the project or of the user changes the bytes of."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

# Variables that would lead git to another repository, as they do within a hook.
_LEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_SETTINGS = ("core.hooksPath=/dev/null", "core.attributesFile=/dev/null", "gc.auto=0", "protocol.version=2")


class GitError(Exception):
    """Git refused. `told` is what it said, in its last lines."""

    def __init__(self, words: Sequence[str], told: str) -> None:
        super().__init__(f"git {words[0]}: {told}")
        self.told = told


class NoGit(Exception):
    """There is no git on this machine."""


class Git(Struct, frozen=True):
    """Git as it is run in one folder: a working folder, or a bare repository."""

    folder: Path

    def run(self, *words: str, text: str | None = None, variables: dict[str, str] | None = None) -> str:
        """Run a command of git and return what it prints, without the last line end. Raises GitError and NoGit."""
        if shutil.which("git") is None:
            raise NoGit
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        environment = {name: value for name, value in os.environ.items() if name not in _LEADING}
        ran = subprocess.run(
            ["git", *settings, *words],
            cwd=self.folder,
            input=(text or "").encode(),
            capture_output=True,
            env={**environment, "LC_ALL": "C", **(variables or {})},
        )
        if ran.returncode:
            told = ran.stderr.decode(errors="replace").strip().splitlines()
            raise GitError(
                words, " / ".join(line.strip() for line in told[-6:] if line.strip()) or "it gives no reason"
            )
        return ran.stdout.decode(errors="surrogateescape").removesuffix("\n")

    def asked(self, *words: str) -> str | None:
        """Return what a command prints, or None where it fails: for questions that may have no answer."""
        try:
            return self.run(*words)
        except GitError:
            return None
