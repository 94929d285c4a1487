"""The table of all codes: what each problem means, how it is mended, and an example of it.

One file of YAML for each letter. A code is never used twice, and never for something else later. R reading and YAML,
F fields, L ids and links, D domain, M Markdown, T templates, H finished HTML, P publishing, U usage.
Only `explain`, the documents and the tests read the table: a build has its messages from where they are raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from msgspec import Struct, field

LETTERS: Final = {
    "R": "Reading files and YAML",
    "F": "Fields of records and front matter",
    "L": "Ids and links",
    "D": "Rules of the domain",
    "M": "Markdown",
    "T": "Templates",
    "H": "Finished HTML",
    "P": "Publishing",
    "U": "Usage of the command line",
}
_PAGE: Final = "templates/pages/countries.html"
_USUAL_FILES: Final = {"M": "content/articles/example.md", "T": _PAGE, "H": _PAGE}


class Example(Struct, frozen=True):
    """What a mistake looks like, and the same without it.

    `file` is the path of the file in which both stand, or None for commands. `right` is empty where nothing should
    stand there. `also` holds what other files need for the example: text by path.
    """

    file: str | None
    wrong: str
    right: str
    also: Mapping[str, str] = field(default_factory=dict)


class Code(Struct, frozen=True):
    """One kind of problem: its cause and the way to mend it, each in a sentence or two."""

    name: str
    cause: str
    fix: str
    example: Example | None

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.cause}", f"fix: {self.fix}"]
        if self.example is not None:
            where = f" in {self.example.file}" if self.example.file else ""
            lines += [
                "",
                f"For example{',' if where else ''}{where} instead of",
                "",
                *_indented(self.example.wrong),
                "",
            ]
            right = ["write", "", *_indented(self.example.right)]
            lines += right if self.example.right else ["write nothing: delete it."]
        return "\n".join(lines)


@cache
def read_codes(letter: str) -> Mapping[str, Code]:
    """Return the codes of one letter, by name, in order."""
    path = Path(__file__).with_name(f"{letter}.yml")
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes text only
    return {name: _code(name, entry) for name, entry in entries.items()}


def _code(name: str, entry: Mapping[str, Any]) -> Code:
    example = None
    if "wrong" in entry:
        file = entry.get("file", _USUAL_FILES.get(name[0]))
        example = Example(file, entry["wrong"], entry["right"], entry.get("also", {}))
    return Code(name, entry["cause"], entry["fix"], example)


def _indented(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.rstrip("\n").split("\n")]


CODES: Final[Mapping[str, Code]] = {name: code for letter in LETTERS for name, code in read_codes(letter).items()}
"""All codes by name, in the order of the letters above."""

RETIRED: Final = {"D065": "L011", "M080": "M005"}
"""Codes that are no longer given, and those that took their place. They are never used again."""
