"""Fold the spellings of a name into one form, so that a reader finds it however it was typed.

static/js/search.js folds what readers type in the same way.
"""

from __future__ import annotations

import unicodedata

APOSTROPHES = frozenset("'`´‘’ʻʼʹ′")
"""What stands for one letter with another in some alphabets, and is typed in many ways."""

# Of ASCII nothing is left to do but this.
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))


def fold(text: str) -> str:
    """Return a text in lower case without accents and apostrophes, everything but letters and digits as one blank."""
    if text.isascii():
        return " ".join(text.replace("'", "").replace("`", "").translate(_ASCII).split())
    letters = []
    for letter in unicodedata.normalize("NFKD", text).lower():
        if letter in APOSTROPHES or unicodedata.category(letter).startswith("M"):
            continue
        letters.append(letter if letter.isalnum() else " ")
    return " ".join("".join(letters).split())
