"""Write what is made from the program itself: docs/errors.md from the table of codes, schemas/ from the models."""

from __future__ import annotations

from pathlib import Path

from explainer.codes import CODES, LETTERS, Code
from explainer.schema_files import FOLDER, write_schemas

ROOT = Path(__file__).resolve().parent.parent
_FENCES = {"yml": "yaml", "md": "markdown", "html": "html", "xml": "xml", "css": "css", None: "sh"}

_HEAD = """\
# Errors and warnings

Every problem has a code, and a code is never used for something else later. `python build.py explain F004` prints what
stands here. The examples are of an invented region; each of them is tried by a test. This file is made from
`explainer/codes/` by `make docs`.
"""


def errors_document() -> str:
    """Return docs/errors.md: every code with its cause, its fix and an example."""
    parts = [_HEAD]
    for letter, title in LETTERS.items():
        parts.append(f"## {letter}: {title}\n")
        parts += [_entry(code) for name, code in CODES.items() if name.startswith(letter)]
    return "\n".join(parts)


def _entry(code: Code) -> str:
    lines = [f"### {code.name}", "", f"{_text(code.cause)} {_text(code.fix)}", ""]
    if (example := code.example) is not None:
        where = f" in `{example.file}`" if example.file else ""
        lines += [f"Wrong{where}:", "", *_block(example.wrong, example.file), ""]
        right = ["Right:", "", *_block(example.right, example.file)] if example.right else ["Right: delete it."]
        lines += [*right, ""]
    return "\n".join(lines)


def _text(sentence: str) -> str:
    """Return a sentence in which nothing outside code is taken for HTML by a reader of Markdown."""
    parts = sentence.split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def _block(text: str, file: str | None) -> list[str]:
    suffix = file.rsplit(".", 1)[-1] if file else None
    fence = "````" if "```" in text else "```"
    return [f"{fence}{_FENCES.get(suffix, '')}", *text.rstrip("\n").split("\n"), fence]


DOCUMENTS = {"docs/errors.md": errors_document}


def main() -> None:
    """Write every document that is out of date, and say so."""
    for name, make in DOCUMENTS.items():
        path, text = ROOT / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    for path in write_schemas(ROOT / FOLDER):
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
