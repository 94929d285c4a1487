"""Signs that stand in a text for what was found in it, so that Markdown carries them to where they belong.

They are made of code points that no text may hold (Unicode calls them noncharacters), so nothing that an editor writes
can be mistaken for one.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from explainer.prose.marks import Span

TokenKind = Literal["literal", "code", "mark", "open", "fence", "heading", "attributes"]

_THING, _STOP, _OPEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
SIGNS = f"{_THING}{_OPEN}{_CLOSE}"
"""The characters with which a sign begins."""
TOKEN = re.compile(f"([{SIGNS}])([0-9]+){_STOP}")
OPENING = f"{_OPEN}([0-9]+){_STOP}"


class Token(Struct, frozen=True):
    """What a sign stands for.

    `text` is what is shown, `source` what was written, `closing` what ended a link; `number` is that
    of the mark, the fence or the list of attributes.
    """

    kind: TokenKind
    span: Span
    source: str
    text: str = ""
    number: int = -1
    closing: str = ""


def thing(index: int) -> str:
    """Return the sign for something whole."""
    return f"{_THING}{index}{_STOP}"


def opening(index: int) -> str:
    """Return the sign for the beginning of a link."""
    return f"{_OPEN}{index}{_STOP}"


def closing(index: int) -> str:
    """Return the sign for the end of a link."""
    return f"{_CLOSE}{index}{_STOP}"


def is_thing(sign: str) -> bool:
    """Whether a sign stands for something whole."""
    return sign[0] == _THING


def is_opening(sign: str) -> bool:
    """Whether a sign stands for the beginning of a link."""
    return sign[0] == _OPEN


def restore(text: str, tokens: list[Token]) -> str:
    """Return a text as it was written, before signs took the place of what was found."""

    def written(match: re.Match[str]) -> str:
        token = tokens[int(match[2])]
        return token.source if match[1] in (_THING, _OPEN) else token.closing

    return TOKEN.sub(written, text) if _STOP in text else text
