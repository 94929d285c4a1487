"""The examples of the table of codes, put into the fixture region as an editor would write them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from explainer.codes import Example

Side = Literal["wrong", "right"]

# An example shows what matters; what its file needs besides stands here, and is left out where it begins like a file.
_ARTICLE = "---\ntitle: An example\ndescription: A text for an example.\ndate: 2024-05-01\n---\n\n"
_COUNTRY = 'name: Dune\ncodes: {alpha2: XD, alpha3: XDU, numeric: "904"}\nsources: [gazette]\n'
_PIECE = "title: Piece\npublisher: Paper\nsource: gazette\ncopy_note: As printed.\nsummary: On the isles.\n"
_PAGE = '{{% extends "base.html" %}}\n{{% block main %}}\n<h1>Countries</h1>\n{}\n{{% endblock %}}\n'
_ARTICLE_STARTS, _PAGE_STARTS = ("---", "+++", "#\n"), ("{% extends", "{#")


def write_example(root: Path, example: Example, side: Side) -> None:
    """Write one side of an example, and what it needs in other files, into a copy of the fixture region.

    What stands in the file already is exchanged for the side that is asked for; a file that has neither is written.
    """
    assert example.file is not None
    for file, text in example.also.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        is_addition = path.exists() and path.suffix == ".yml"
        path.write_text((path.read_text("utf-8") if is_addition else "") + _whole(file, text), encoding="utf-8")
    path, wanted = root / example.file, getattr(example, side)
    if path.exists():
        text = path.read_text("utf-8")
        for stands in (example.right, example.wrong):
            if stands and text.count(stands.rstrip("\n")) == 1:
                path.write_text(text.replace(stands.rstrip("\n"), wanted.rstrip("\n")), encoding="utf-8")
                return
    if wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_whole(example.file, wanted), encoding="utf-8")


def _whole(file: str, text: str) -> str:
    end = "" if text.endswith("\n") else "\n"
    if file.startswith("content/articles/") and not text.startswith(_ARTICLE_STARTS):
        return f"{_ARTICLE}{text}{end}"
    if file == "content/countries/dune.yml":
        return f"{_COUNTRY}{text}{end}"
    if file.startswith("content/source-articles/"):
        return f"{_PIECE}{text}{end}"
    if file.startswith("templates/pages/") and not text.startswith(_PAGE_STARTS):
        return _PAGE.format(text)
    return f"{text}{end}"
