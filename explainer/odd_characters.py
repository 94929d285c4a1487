"""Look for characters that hardly any text has, without looking at those that nearly all have."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = bytes([*range(0x20, 0x7F), ord("\n"), ord("\t")])


def odd_characters(text: str) -> str:
    """Return what is left of a text without printable ASCII, line feeds and tabs, in its order; most often nothing."""
    return odd_bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def odd_bytes(data: bytes) -> bytes:
    """Return what is left of a text in UTF-8 without printable ASCII, line feeds and tabs: whole characters."""
    return data.translate(None, _PLAIN)
