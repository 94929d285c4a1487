"""Split a Markdown file into the header between its lines of `---`, and its body."""

from __future__ import annotations

from msgspec import Struct

from explainer.problems import Place, Report


class SplitDocument(Struct, frozen=True):
    """The two parts of a Markdown file, and the lines of the file on which they begin."""

    header: str
    header_line: int
    body: str
    body_line: int


def split_front_matter(text: str, path: str, report: Report) -> SplitDocument | None:
    """Return the header and the body of a Markdown file, or None when the header is missing or never closed."""
    first = text.partition("\n")[0]
    if first.rstrip() != "---":
        if first.strip() in ("+++", "{"):
            report.add(
                Place(path, 1, 1, len(first)),
                "R031",
                "the front matter is not YAML",
                'write YAML between two lines of "---"',
            )
        else:
            report.add(
                Place(path, 1, 1),
                "R030",
                "this file has no front matter",
                'begin with a line of "---", then title, description and date, then a line of "---"',
            )
        return None
    start = text.find("\n---", len(first))
    while start >= 0:
        line, _, body = text[start + 1 :].partition("\n")
        if line.rstrip() == "---":
            return SplitDocument(text[len(first) + 1 : start], 2, body, text.count("\n", 0, start) + 3)
        start = text.find("\n---", start + 1)
    report.add(
        Place(path, 1, 1, 3), "R032", "the front matter is never closed", 'write a line of "---" after its last field'
    )
    return None
