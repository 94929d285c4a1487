"""Read YAML of the plainest form, as most front matter has it, without asking a parser for each of its parts.

Each line is a key with a value: plain words, a text in quotes, or a list of plain words in brackets. What such lines
mean is beyond doubt, and is what `source_yaml.py` makes of them, place for place: `tests/test_plain_yaml.py` compares
the two. Any other line leaves the whole to that.
"""

from __future__ import annotations

import re
from typing import Final

from explainer.problems import Place
from explainer.yaml_values import Mapping, Sequence, Text

_MOST_LINES: Final = 100
# Plain words begin with a letter or a digit: all signs that mean something to YAML there are others. Further on it is
# the colon and the number sign that may mean something.
_LINE: Final = re.compile(
    r"(?P<key>[a-z][a-z_]{0,60}): "
    r"(?:(?P<plain>\w(?:[^:#]*[^:#\s])?)"
    r'|"(?P<double>[^"\\]*)"'
    r"|'(?P<single>[^']*)'"
    r"|\[(?P<items>\w[\w-]*(?:, \w[\w-]*)*)\])"
)


def plain_mapping(text: str, path: str, first_line: int) -> Mapping | None:
    """Return the mapping that a text in YAML is, or None where it has any other than plain lines.

    `first_line` is the line of the file on which the text begins.
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return None
    found = Mapping(Place(path, first_line, 1))
    for number, line in enumerate(lines, first_line):
        match = _LINE.fullmatch(line)
        if match is None or not line.isprintable():
            return None
        name = match["key"]
        if name in found:
            return None
        at = Place(path, number, 1, len(name))
        key = Text(name, at)
        found.key_places[key] = at
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if kind == "plain":
            found[key] = Text(match[kind], Place(path, number, start + 1, end - start))
        elif kind == "items":
            found[key] = items = Sequence(Place(path, number, start))
            for word in match[kind].split(", "):
                items.append(Text(word, Place(path, number, start + 1, len(word))))
                start += len(word) + 2
        else:
            found[key] = Text(match[kind], Place(path, number, start, end - start + 2), plain=False)
    return found
