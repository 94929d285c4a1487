"""Small changes to a project, as an editor makes them by mistake."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.projects import replace_text

Change = Callable[[Path], None]
"""What is done to a project, whose root it is given."""

ALDER, BIRCH, CEDAR = "countries/alder.yml", "countries/birch.yml", "countries/cedar.yml"
COUNCIL, BOOKS, EVENTS, SITE = "organisations/sound-council.yml", "sources/books.yml", "events.yml", "site.yml"
UNITS, INDICATORS, FOUNDING, ABOUT = "units.yml", "indicators.yml", "articles/founding.md", "pages/about.md"
GLOSSARY, DERIVED, LETTER = "glossary.yml", "derived.yml", "source-articles/letter.yml"

# Kinds of records that the fixture region has none of.
OTHER_FILES = {
    GLOSSARY: """\
ratification:
  term: Ratification
  definition: The act by which a state binds itself to a treaty.
  aliases: [ratified]
  sources: [gazette]
""",
    DERIVED: """\
both-isles:
  label: People of both isles
  kind: sum
  of: [alder.population, birch.population]
""",
    LETTER: """\
title: A letter from the sound
publisher: The Sound Gazette
source: gazette
copy_note: The whole text was read.
summary: What does the letter get right?
claims:
  c1: {text: Two isles signed., speaker: author, kind: fact, verdict: confirmed, sources: [almanac-2024]}
  c2: {text: The treaty is wise., speaker: author, kind: opinion, countries: [alder], defects: [d1]}
defects:
  d1: {title: No date, text: The letter does not say when it was written.}
""",
}

COUNTRY = 'name: Dune\ncodes: {alpha2: XD, alpha3: XDU, numeric: "904"}\nsources: [gazette]\n'
ARTICLE = "---\ntitle: A\ndescription: B.\ndate: 2024-01-01\n{}---\n\n{}\n"


def swap(file: str, old: str, new: str) -> Change:
    """Return the change of one stretch of a content file."""
    return lambda root: replace_text(root / "content" / file, old, new)


def template(file: str, old: str, new: str) -> Change:
    """Return the change of one stretch of a template."""
    return lambda root: replace_text(root / "templates" / file, old, new)


def write(file: str, data: bytes | str) -> Change:
    """Return the writing of a whole content file."""
    return put(f"content/{file}", data)


def put(file: str, data: bytes | str) -> Change:
    """Return the writing of a whole file of the project."""

    def change(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return change


def append(file: str, text: str) -> Change:
    """Return the writing of more lines below a content file."""

    def change(root: Path) -> None:
        path = root / "content" / file
        path.write_bytes(path.read_bytes() + text.encode())

    return change


def remove(path: str) -> Change:
    """Return the removal of a file or folder of the project."""

    def change(root: Path) -> None:
        if (root / path).is_dir():
            shutil.rmtree(root / path)
        else:
            (root / path).unlink()

    return change


def recode(file: str, encoding: str) -> Change:
    """Return the saving of a content file in another encoding."""

    def change(root: Path) -> None:
        path = root / "content" / file
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    return change


def link(path: str, target: str) -> Change:
    """Return the making of a symbolic link."""
    return lambda root: (root / path).symlink_to(target)


def pipe(path: str) -> Change:
    """Return the making of a named pipe, which a careless reader waits for without end."""
    return lambda root: os.mkfifo(root / path)


def folder(path: str) -> Change:
    """Return the making of an empty folder."""
    return lambda root: (root / path).mkdir()


def both(*changes: Change) -> Change:
    """Return several changes as one."""

    def change(root: Path) -> None:
        for each in changes:
            each(root)

    return change
