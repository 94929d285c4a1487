"""Parse HTML as browsers do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_KEPT = 4 << 20


def parse_html(html: str | bytes) -> LexborHTMLParser:
    """Return the tree of a page."""
    return _parser()(html)


def parse_fragment(html: str) -> LexborHTMLParser:
    """Return the tree of what stands within a `div` of a page: its root is that `div`."""
    return _parser()(html, is_fragment=True)


@cache
def _parser() -> type[LexborHTMLParser]:
    from selectolax.lexbor import LexborHTMLParser

    # Each tree is freed before the next is made. The C library of Linux would give its memory back to the system, and
    # ask for it again, each time: that takes longer than to parse a page. Once a block was freed that is larger than
    # all it deals with, it keeps as much at hand. The block is never written to, so it takes no memory.
    bytes(_KEPT)
    return LexborHTMLParser
