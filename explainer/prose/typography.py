"""Set quotation marks, dashes and ellipses as a language prints them."""

from __future__ import annotations

import re

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
_TYPED = re.compile(r"[\"']|-{2,3}(?!-)|\.\.\.(?!\.)")
_BEFORE_OPENING = frozenset("([{<-–—/«„“‚‘\u00a0\u202f")


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
        is_typed = "'" in text or '"' in text or "--" in text or "..." in text
        result = _TYPED.sub(self._mark, text) if is_typed and self.quotes else text
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
