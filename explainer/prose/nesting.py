"""Which elements may stand within which, so that a browser reads them just as they are written.

What the parser of HTML does with a tag depends on the elements that are open. Where those of this table alone stand
within each other, it closes nothing by itself, moves nothing and adds nothing: paragraphs, headings and all that stands
within a line hold no blocks, a link no link, lists and tables their own parts and nothing else. Markdown makes such
trees, so that to read each text as a browser does, to see what it would make of it, is left to the few others.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from explainer.prose.allowed import BLOCKS, ELEMENTS, VOID


class Inner(NamedTuple):
    """How an element without attributes begins and how it ends, and the setting within it; None for a void one.

    A `strict` element has no text of its own, save white space: a browser would move it in front of the table.
    """

    opening: str
    ending: str
    setting: Setting | None
    strict: bool


Setting = dict[str, Inner]
"""The elements that may stand in some place, by their tags."""

_PHRASES: Final = "em strong code sup sub span abbr dfn cite small bdi time data br img"
_PHRASE_BLOCKS: Final = "p pre h2 h3 h4 h5 h6"
_FLOW_BLOCKS: Final = "blockquote div section aside figure figcaption"

_LINK: Final[Setting] = {}
_PHRASE: Final[Setting] = {}
_LIST: Final[Setting] = {}
_TERMS: Final[Setting] = {}
_TABLE: Final[Setting] = {}
_ROWS: Final[Setting] = {}
_ROW: Final[Setting] = {}
FLOW: Final[Setting] = {}
"""The setting of blocks: that of a text as a whole."""
ANY: Final[Setting] = {}
"""The setting of which nothing is known: whatever may go out stands in it."""
WHITE_SPACE: Final = " \t\n"
"""What a browser leaves where it stands, also between the parts of a table."""


def _allow(setting: Setting, tags: str, within: Setting) -> None:
    for tag in tags.split():
        ending = ("" if tag in VOID else f"</{tag}>") + ("\n" if tag in BLOCKS else "")
        is_strict = any(within is one for one in (_TABLE, _ROWS, _ROW))
        setting[tag] = Inner(f"<{tag}>", ending, None if tag in VOID else within, is_strict)


_allow(_LINK, _PHRASES, _LINK)
for _setting in (_PHRASE, FLOW):
    _allow(_setting, _PHRASES, _PHRASE)
    _allow(_setting, "a", _LINK)
_allow(FLOW, f"{_PHRASE_BLOCKS} hr", _PHRASE)
_allow(FLOW, _FLOW_BLOCKS, FLOW)
_allow(FLOW, "ul ol", _LIST)
_allow(FLOW, "dl", _TERMS)
_allow(FLOW, "table", _TABLE)
_allow(_LIST, "li", FLOW)
_allow(_TERMS, "dt dd", FLOW)
_allow(_TABLE, "caption", FLOW)
_allow(_TABLE, "thead tbody", _ROWS)
_allow(_ROWS, "tr", _ROW)
_allow(_ROW, "th td", FLOW)
_allow(ANY, " ".join(ELEMENTS), ANY)
