"""Write problems as annotations of GitHub Actions, and as the summary of a job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from explainer.problems import Problem
from explainer.reporting.style import Style

MAX_ROWS = 500
"""How many problems a summary lists: GitHub refuses one of more than a megabyte."""

# https://docs.github.com/actions/reference/workflow-commands: the runner turns these back.
_IN_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTIES = (*_IN_DATA, (":", "%3A"), (",", "%2C"))
_SIGNS = "|*_`[]~\\#@!\"'"


def commands(problems: Iterable[Problem], style: Style) -> list[str]:
    """Return a workflow command for each problem, errors first: GitHub shows ten of a kind and drops the rest."""
    return [_annotation(problem, style) for problem in sorted(problems, key=lambda problem: problem.severity)]


def _annotation(problem: Problem, style: Style) -> str:
    place = problem.place
    properties = {"file": f"{style.prefix}{place.path}"}
    if place.line:
        properties |= {"line": str(place.line), "endLine": str(place.line)}
        properties |= {"col": str(place.column), "endColumn": str(place.column + max(1, place.length))}
    properties["title"] = problem.code
    written = ",".join(f"{name}={_escaped(value, _IN_PROPERTIES)}" for name, value in properties.items())
    text = _escaped(f"{problem.message}\nfix: {problem.fix}", _IN_DATA)
    return f"::{problem.severity} {written}::{text}"


def _escaped(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for sign, written in pairs:
        text = text.replace(sign, written)
    return text


def harmless(text: str) -> str:
    """Return a text in which no line is taken for a command by the runner, which reads all that is printed.

    An older form, `##[command]`, is obeyed anywhere in a line: an excerpt of an article could hold one.
    """
    lines = text.replace("##[", "# #[").split("\n")
    return "\n".join(f". {line}" if line.lstrip().startswith("::") else line for line in lines)


def write_summary(problems: Sequence[Problem], closing: str, style: Style) -> None:
    """Append all problems to the summary of the job, as a table; without a summary there is nothing to do."""
    if style.summary is None:
        return
    ordered = sorted(problems, key=lambda problem: problem.severity)
    rows = [_row(problem, style) for problem in ordered[:MAX_ROWS]]
    more = [f"\nAnd {len(ordered) - MAX_ROWS:,} more: see the log."] if len(ordered) > MAX_ROWS else []
    lines = [f"### {_cell(closing)}", "", "| where | what | fix |", "|---|---|---|", *rows, *more, ""]
    with open(style.summary, "a", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def _row(problem: Problem, style: Style) -> str:
    place, where = problem.place, _cell(str(problem.place))
    if style.blob is not None:
        line = f"#L{place.line}" if place.line else ""
        where = f"[{where}]({style.blob}/{quote(style.prefix + place.path)}{line})"
    what = f"{problem.severity} {problem.code}: {_cell(problem.message)}"
    return f"| {where} | {what} | {_cell(problem.fix)} |"


def _cell(text: str) -> str:
    """Return a text as it is, whatever GitHub's Markdown would make of its signs."""
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(
        f"&#{ord(sign)};" if sign in "|*_`[]~\\#@!\"'" else " " if sign in "\r\n" else sign for sign in written
    )
