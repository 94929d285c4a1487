"""Say in our own words what a YAML parser stumbled over, and point at the cause rather than at the end."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct


class SyntaxFault(Struct, frozen=True):
    """What is wrong with a YAML text. `index` counts lines from 0, `column` characters from 1."""

    index: int
    column: int
    message: str
    fix: str
    length: int = 1


def explain_syntax(error: yaml.MarkedYAMLError, lines: list[str]) -> SyntaxFault:
    """Return the fault behind an error of the parser; `lines` are those of the text it read."""
    told = f"{error.context or ''} / {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    assert mark is not None
    line = lines[mark.line] if mark.line < len(lines) else ""
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        column = indentation.index("\t") + 1
        return SyntaxFault(mark.line, column, "a tab stands in the indentation", "indent with spaces")
    # A bracket behind a quote closes something: it may be the wrong one, but the quote is right.
    if re.search(r"['\"]\s*$", line[: mark.column]) and line[mark.column : mark.column + 1].strip("]} "):
        if (opening := _unclosed_quote_above(mark.line, line[: mark.column].rstrip()[-1], lines)) is not None:
            return SyntaxFault(*opening, "this quote is never closed", "close it")
        fix = "double a quote inside quotes, or use the other kind"
        return SyntaxFault(mark.line, mark.column + 1, "text goes on after the closing quote", fix)
    if "mapping values are not allowed" in told and re.fullmatch(r"[\w-]+", line[: mark.column]):
        # The colon is in its place: what stands in the line above was taken for the beginning of the key.
        above = mark.line - 1
        if above >= 0 and re.fullmatch(r"[\w-]+ [^:#]*", lines[above]):
            return SyntaxFault(
                above, 1, "this line has no colon after its key", 'write "key: value"', len(lines[above])
            )
    for pattern, message, fix, is_at_opening in _SYNTAX:
        if re.search(pattern, told):
            if is_at_opening and error.context_mark is not None:
                mark = error.context_mark
            elif "escape" in pattern and (backslash := line.rfind("\\", 0, mark.column + 1)) >= 0:
                return SyntaxFault(mark.line, backslash + 1, message, fix, 2)
            return SyntaxFault(mark.line, mark.column + 1, message, fix)
    unfinished = _unfinished_line_above(mark.line, lines)
    if unfinished is not None:
        length = len(lines[unfinished])
        return SyntaxFault(unfinished, 1, "this line has no colon after its key", 'write "key: value"', length)
    message = f"this is not YAML: {error.problem or error.context}"
    return SyntaxFault(mark.line, mark.column + 1, message, "check indentation and quotes here and just above")


def _unclosed_quote_above(number: int, quote: str, lines: list[str]) -> tuple[int, int] | None:
    """Return line (from 0) and column of a value above that begins with a quote and does not end with one."""
    for index in range(number):
        match = re.search(rf"(?:[:,\[{{]|^\s*-)\s+({quote})", lines[index])
        if match and lines[index].count(quote) % 2:
            return index, match.start(1) + 1
    return None


def _unfinished_line_above(number: int, lines: list[str]) -> int | None:
    """Return the index of a line that looks like a key without its colon, at or just above a fault."""
    for index in range(min(number, len(lines) - 1), max(number - 3, -1), -1):
        if re.fullmatch(r"\s*[\w-]+\s*", lines[index]):
            return index
    return None


# What the parser says (context / problem) → what we say, and whether the fault lies at the opening mark.
_SYNTAX: tuple[tuple[str, str, str, bool], ...] = (
    (r"quoted scalar.*(end of stream|document (indicator|separator))", "this quote is never closed", "close it", True),
    (r"unknown escape", "this escape after \\ is unknown", "use single quotes, or write \\\\", False),
    (
        r"sequence entries are not allowed",
        'a list item ("- ") cannot begin here',
        "put it on a line of its own, indented",
        False,
    ),
    (
        r"flow sequence.*(expected|did not find|got)",
        "this list is not closed or lacks a comma",
        'close it with "]"',
        True,
    ),
    (
        r"flow mapping.*(expected|did not find|got)",
        "this mapping is not closed or lacks a comma",
        'close it with "}"',
        True,
    ),
    (
        r"mapping values are not allowed",
        'a second ": " stands in this value',
        'put quotes around a value that contains ": ", or check the indentation',
        False,
    ),
    (
        r"cannot start any token|character that cannot start",
        "a value cannot begin with this character",
        "put quotes around the value",
        False,
    ),
    (r"found a tab|tab character", "a tab stands in the indentation", "indent with spaces", False),
    (r"undefined tag handle", "a tag (!) is not allowed", "put quotes around a value that begins with !", False),
    (
        r"found undefined alias|anchor or alias|expected alphabetic",
        "an alias (*) or anchor (&) is not allowed",
        "put quotes around the value",
        False,
    ),
    (
        r"block collection|block mapping.*block end|did not find expected key|expected '?<document start>",
        "the indentation does not fit the lines above",
        "line it up with its siblings",
        False,
    ),
    (r"could not find expected ':'", "this line has no colon after its key", 'write "key: value"', True),
)
