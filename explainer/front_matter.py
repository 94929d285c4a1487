"""Split a Markdown file into the header between its lines of `---`, and its body."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.problems import Place, Report


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """The two parts of a Markdown file, and the lines of the file on which they begin."""

    header: str
    header_line: int
    body: str
    body_line: int


def split_front_matter(text: str, path: str, report: Report) -> SplitDocument | None:
    """Return the header and the body of a Markdown file, or None when the header is missing or never closed."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        if lines[0].strip() in ("+++", "{"):
            report.add(
                Place(path, 1, 1, len(lines[0])),
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
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            header, body = "\n".join(lines[1:index]), "\n".join(lines[index + 1 :])
            return SplitDocument(header, 2, body, index + 2)
    report.add(
        Place(path, 1, 1, 3), "R032", "the front matter is never closed", 'write a line of "---" after its last field'
    )
    return None
