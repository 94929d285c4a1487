"""In which form problems are told, and what that form needs to know of the machine."""

from __future__ import annotations

from typing import Literal, NamedTuple

Format = Literal["text", "json", "github"]


class Style(NamedTuple):
    """How problems are told. What follows `is_coloured` is for GitHub alone.

    `prefix` leads from the root of the repository to the project, and is empty or ends with a slash. `summary` is the
    file to which a job writes its summary, and `blob` the address below which GitHub shows the files of the commit.
    """

    format: Format = "text"
    is_coloured: bool = False
    prefix: str = ""
    summary: str | None = None
    blob: str | None = None

    @property
    def is_for_people(self) -> bool:
        """Whether what is printed to stdout is read by a person, not by a program."""
        return self.format != "json"


PLAIN = Style()
