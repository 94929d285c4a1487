"""Write new content files with blanks to fill, and comments that say what belongs there."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Final

from explainer.config import Folders
from explainer.schema_files import schema_line

_STARTERS: Final = Path(__file__).with_name("starters")
# Where a record of each kind goes, below the folder of the content. Events share one file.
PLACES: Final = {
    "article": "articles/{id}.md",
    "country": "countries/{id}.yml",
    "organisation": "organisations/{id}.yml",
    "source": "sources/{id}.yml",
    "event": "events.yml",
}
_SHARED: Final = ("event",)


class Taken(Exception):
    """There is such a record already."""


def new_file(kind: str, identifier: str, folders: Folders, today: date) -> Path:
    """Write a record of a kind with blanks, and return its file. Raises Taken where there is one already."""
    path = folders.content / PLACES[kind].format(id=identifier)
    starter = (_STARTERS / f"{kind}{path.suffix}").read_text(encoding="utf-8")
    text = _filled(starter, id=identifier, today=today.isoformat())
    line = schema_line(path, folders.content, folders.root) if path.suffix == ".yml" else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind not in _SHARED:
        try:
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                file.write(line + text)
        except FileExistsError:
            raise Taken(path) from None
        return path
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if any(line.startswith(f"{identifier}:") for line in before.splitlines()):
        raise Taken(path)
    joined = before if not before or before.endswith("\n") else f"{before}\n"
    # Written beside the file and put in its place: an editor's work is never half a file.
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(joined + (text if before else line + text.lstrip("\n")), encoding="utf-8", newline="\n")
    os.replace(beside, path)
    return path


def new_site(folders: Folders, today: date) -> list[Path]:
    """Write the content of a site without records, and return its files. Raises Taken where the folder has some."""
    if folders.content.exists() and (not folders.content.is_dir() or any(folders.content.iterdir())):
        raise Taken(folders.content)
    starters = sorted(path for path in (_STARTERS / "site").rglob("*") if path.is_file())
    written = []
    for starter in starters:
        path = folders.content / starter.relative_to(_STARTERS / "site")
        text = starter.read_text(encoding="utf-8").replace("{today}", today.isoformat())
        line = schema_line(path, folders.content, folders.root) if path.suffix == ".yml" else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _filled(starter: str, **values: str) -> str:
    for name, value in values.items():
        starter = starter.replace(f"{{{name}}}", value)
    return starter.replace("{{", "{").replace("}}", "}")
