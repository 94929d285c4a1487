"""Set quotation marks, dashes and ellipses as a language prints them."""

from __future__ import annotations

import re
from functools import cache

# Outer and inner quotation marks by language; a language that is not here keeps what was typed.
_QUOTES = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "es": "«»“”",
    "fr": "«»“”",
    "it": "«»“”",
    "kk": "«»“”",
    "ky": "«»“”",
    "pl": "„”«»",
    "ru": "«»„“",
    "tg": "«»„“",
    "tk": "“”‘’",
    "tr": "“”‘’",
    "uk": "«»„“",
    "uz": "“”‘’",
}
# Each alternative begins with the text that it is looked for by: all others are found many times as fast.
_TYPED = {"'": "'", '"': '"', "--": "--(?:-(?!-)|(?!-))", "...": r"\.\.\.(?!\.)"}
_BEFORE_OPENING = frozenset("([{<-–—/«„“‚‘\u00a0\u202f")


@cache
def _pattern(signs: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of what is typed with some signs, the only ones in a text."""
    return re.compile("|".join(_TYPED[sign] for sign in signs))


class Typesetter:
    """Sets the text of one block after the other; `previous` is the last character before the text to come."""

    def __init__(self, language: str) -> None:
        self.quotes = _QUOTES.get(re.split("[-_]", language.lower())[0])
        self.previous = ""
        self.opened = False

    def begin_block(self) -> None:
        """Begin a block: nothing stands before its text."""
        self.previous = ""

    def set(self, text: str) -> str:
        """Return a text with its marks set, and remember how it ends."""
        if not text:
            return text
        typed = tuple(sign for sign in _TYPED if sign in text)
        result = _pattern(typed).sub(self._mark, text) if typed and self.quotes else text
        self.previous = text[-1]
        return result

    def _mark(self, match: re.Match[str]) -> str:
        assert self.quotes is not None
        text, typed = match.string, match[0]
        if typed == "...":
            return "…"
        if typed[0] == "-":
            at_dashes = text[match.start() - 1 : match.start()] == "-"
            return typed if at_dashes else "–" if len(typed) == 2 else "—"
        before = text[match.start() - 1] if match.start() else self.previous
        if typed == "'" and before.isalpha():  # an apostrophe, most often
            self.opened = False
            return "’"
        after = text[match.end() : match.end() + 1]
        if before and before in "\"'":
            opens = self.opened and not after.isspace()
        else:
            opens = (not before or before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
        self.opened = opens
        if typed == '"':
            return self.quotes[0] if opens else self.quotes[1]
        # An apostrophe stands within a word, at its end, or before the digits of a decade.
        return self.quotes[2] if opens and not after.isdigit() else "’" if before.isalpha() else self.quotes[3]
