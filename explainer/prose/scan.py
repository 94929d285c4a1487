"""Keep what was found in a body, and the signs that take its place."""

from __future__ import annotations

from operator import attrgetter

from msgspec import Struct, field

from explainer.problems import Report
from explainer.prose import tokens
from explainer.prose.attribute_lists import AttributeList
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.marks import Mark, Span
from explainer.prose.tokens import Token, TokenKind


class Edit(Struct):
    """A stretch of the body, and what takes its place."""

    start: int
    end: int
    text: str


IN_ORDER = attrgetter("start", "end")
"""The key by which edits are sorted: where they begin, then where they end."""


class Scan(Struct):
    """What was found in a body.

    `hidden` are the stretches that are not prose: targets, figures, citations. `swallowed` are those within which
    nothing else counts, such as the words of an image. `exempt` are the paragraphs that need no source. `refused` are
    the numbers of marks whose target is an error already.
    """

    source: MarkdownSource
    report: Report
    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    lists: list[AttributeList] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    swallowed: list[Span] = field(default_factory=list)
    exempt: set[tuple[str, int]] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)

    def error(self, span: Span, code: str, message: str, fix: str) -> None:
        """Report an error at a span of the body."""
        self.report.add(self.source.place_of(span), code, message, fix)

    def token(self, kind: TokenKind, span: Span, *, text: str = "", number: int = -1, closing: str = "") -> int:
        """Make a sign and return its index."""
        source = self.source.text[span.offset : span.end]
        self.tokens.append(Token(kind, span, source, text, number, closing))
        return len(self.tokens) - 1

    def put(self, kind: TokenKind, span: Span, *, text: str = "", number: int = -1) -> None:
        """Put the sign of something whole in the place of a span."""
        self.edits.append(Edit(span.offset, span.end, tokens.thing(self.token(kind, span, text=text, number=number))))

    def drop_edits_from(self, offset: int) -> None:
        """Forget the edits that were made from an offset on."""
        while self.edits and self.edits[-1].start >= offset:
            self.edits.pop()

    def edited(self) -> str:
        """Return the body with all edits made."""
        text, position = self.source.text, 0
        parts: list[str] = []
        for edit in sorted(self.edits, key=IN_ORDER):
            parts += (text[position : edit.start], edit.text)
            position = max(position, edit.end)
        parts.append(text[position:])
        edited = "".join(parts)
        return edited.replace("\r\n", "\n") if "\r" in edited else edited
