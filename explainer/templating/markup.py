"""Follow the HTML of a template, to know where in it a value would be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

Where = Literal[
    "text",  # between tags, or in a comment
    "tag start",  # right after "<"
    "tag name",  # after the first letters of a tag's name
    "tag",  # among the attributes of a tag
    "attribute name",
    "before value",  # right after "="
    "unquoted",
    "double",  # in a value in double quotes
    "single",
    "code",  # in a script or style element
]

_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<(?=/?\Z)|<(/?)([a-zA-Z][^\s/>]*)", re.DOTALL)
_IN_TAG = re.compile(r"[\s/]+|>|=|[^\s/>=]+")
_VALUE_END = {"double": re.compile('"'), "single": re.compile("'"), "unquoted": re.compile(r"(?=[\s>])")}
TYPES_THAT_RUN = {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"}
"""Types of script elements whose content a browser runs or heeds; it keeps others as data."""


class Flaw(Struct, frozen=True):
    """Something in the markup that the site's policy refuses, at an offset in the text that was fed."""

    offset: int
    words: str
    message: str
    fix: str


class MarkupPosition(Struct):
    """Where in the HTML a template stands, after the text that was fed to it.

    The parts of a template are fed in the order in which they are written, whatever the conditions around them: good
    enough where each branch leaves the markup as it found it.
    """

    where: Where = "text"
    tag: str = ""
    attribute: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    _closing: bool = False

    @property
    def is_data_block(self) -> bool:
        """Whether the element is a script that browsers keep as data and never run."""
        return self.tag == "script" and self.attributes.get("type", "").strip().lower() not in TYPES_THAT_RUN

    def feed(self, text: str) -> Iterator[Flaw]:
        """Go on with more of the template's own text."""
        position = 0
        while position < len(text):
            if self.where == "text":
                position, flaw = self._in_text(text, position)
            elif self.where == "code":
                position, flaw = self._in_code(text, position)
            elif self.where in _VALUE_END:
                position, flaw = self._in_value(text, position), None
            else:
                position, flaw = self._in_tag(text, position)
            if flaw:
                yield flaw

    def feed_value(self) -> None:
        """Go on with a value that is written here."""
        if self.where == "before value":
            self.where = "unquoted"
        elif self.where == "tag start":
            self.where = "tag name"
        elif self.where == "tag":
            self._begin_attribute("")

    def _in_text(self, text: str, position: int) -> tuple[int, Flaw | None]:
        match = _TEXT.search(text, position)
        if match is None:
            return len(text), None
        if match[0] == "<":
            self._begin_tag("", closing=text.endswith("/"))
            self.where = "tag start"
            return len(text), None
        if match[2] is None:
            return match.end(), None
        self._begin_tag(match[2].lower(), closing=bool(match[1]))
        if self.tag == "style" and not self._closing:
            message = "the site's policy refuses style elements"
            return match.end(), Flaw(match.start(), "style", message, "put it into a style sheet")
        return match.end(), None

    def _begin_tag(self, tag: str, *, closing: bool) -> None:
        self.where = "tag name"
        self.tag, self.attribute, self.attributes, self._closing = tag, "", {}, closing

    def _in_tag(self, text: str, position: int) -> tuple[int, Flaw | None]:
        match = _IN_TAG.match(text, position)
        assert match is not None
        word = match[0]
        if word == ">":
            self.where = "code" if self.tag in ("script", "style") and not self._closing else "text"
        elif word == "=":
            self.where = "before value"
        elif word.isspace() or "/" in word:
            self.where = "before value" if self.where == "before value" else "tag"
        elif self.where == "before value":
            self.where = "double" if word[0] == '"' else "single" if word[0] == "'" else "unquoted"
            return position + (self.where != "unquoted"), None
        elif self.where in ("tag name", "tag start"):
            self.tag += word.lower()
        else:
            return match.end(), self._begin_attribute(word.lower(), match.start())
        return match.end(), None

    def _begin_attribute(self, name: str, offset: int = 0) -> Flaw | None:
        self.where = "attribute name"
        self.attribute = name
        self.attributes[name] = ""
        if name == "style":
            return Flaw(offset, name, "the site's policy refuses style attributes", "give it a class, and style that")
        if re.fullmatch(r"on[a-z]+", name):
            message = "the site's policy refuses script in attributes"
            return Flaw(offset, name, message, "have a script file listen for the event")
        return None

    def _in_value(self, text: str, position: int) -> int:
        match = _VALUE_END[self.where].search(text, position)
        self.attributes[self.attribute] += text[position : match.start() if match else len(text)]
        if match is None:
            return len(text)
        self.where = "tag"
        return match.end()

    def _in_code(self, text: str, position: int) -> tuple[int, Flaw | None]:
        match = re.compile(rf"</{self.tag}", re.IGNORECASE).search(text, position)
        code = text[position : match.start() if match else len(text)]
        flaw = None
        if code.strip() and self.tag == "script" and not self.is_data_block:
            start = position + len(code) - len(code.lstrip())
            message = "the site's policy refuses script within a page"
            flaw = Flaw(start, "", message, "put it into a script file")
        if match is None:
            return len(text), flaw
        self._begin_tag(self.tag, closing=True)
        return match.end(), flaw
