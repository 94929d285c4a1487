"""Write the schemas of all kinds of content files, and the line by which an editor's editor finds the one of a file."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Final

from explainer.document_files import MARKDOWN_FOLDERS
from explainer.json_schema import Schema, schema_of
from explainer.models.article import FrontMatter
from explainer.models.map import MapDrawing
from explainer.models.settings import SiteSettings
from explainer.read import FOLDERS, MAP, VOCABULARIES

FOLDER: Final = "schemas"
FRONT_MATTER: Final = "front-matter"
_SEVERAL_IN_A_FILE: Final = "sources"


@cache
def schemas() -> dict[str, Schema]:
    """Return the schema of each kind of file by its name: the stem of the file, or the folder of files of one kind."""
    made = {
        "site": schema_of(SiteSettings, title="content/site.yml", keyed=False),
        Path(MAP).stem: schema_of(MapDrawing, title=f"content/{MAP}", keyed=False),
        FRONT_MATTER: schema_of(FrontMatter, title="The front matter of articles and pages", keyed=False),
    }
    for name, (_, model, _) in VOCABULARIES.items():
        made[Path(name).stem] = schema_of(model, title=f"content/{name}", keyed=True)
    for name, (_, model, _) in FOLDERS.items():
        if name not in MARKDOWN_FOLDERS:
            made[name] = schema_of(model, title=f"A file of content/{name}", keyed=name == _SEVERAL_IN_A_FILE)
    return made


def schema_texts() -> dict[str, str]:
    """Return the files of the folder of schemas: their names and texts."""
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas().items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas that are missing or out of date, and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


def schema_line(file: Path, content: Path, root: Path) -> str:
    """Return the first line of a YAML file of the content, which names its schema relative to the file.

    The language server of YAML, and so VS Code, checks and completes the file by that schema while it is written.
    """
    parts = file.relative_to(content).parts
    name = parts[0] if len(parts) > 1 else file.stem
    schema = os.path.relpath(root / FOLDER / f"{name}.json", file.parent)
    return f"# yaml-language-server: $schema={Path(schema).as_posix()}\n"
