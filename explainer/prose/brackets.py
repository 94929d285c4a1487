"""Read what stands in square brackets: links, images, citations, references to footnotes."""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.problems import did_you_mean
from explainer.prose import tokens
from explainer.prose.definitions import Definitions
from explainer.prose.destinations import Destination, parse_destination, refusal, resolve_escapes
from explainer.prose.marks import Mark, MarkKind, Span
from explainer.prose.regions import Region
from explainer.prose.scan import Edit, Scan

_LABEL = re.compile(r"\[(?P<label>[^\[\]\n]*)\]")
_SPACE_BETWEEN = re.compile(r"[ \t]+\((?=[a-z]+:|\.{1,2}/|#)")
_ESCAPE_FIX = r'to show brackets, write "\[" and "\]"'


class _Opening(Struct):
    offset: int
    is_image: bool
    has_link: bool = False

    @property
    def inside(self) -> int:
        return self.offset + (2 if self.is_image else 1)


class BracketReader:
    """Pairs brackets within a region, in time that grows with its length."""

    def __init__(self, scan: Scan, definitions: Definitions) -> None:
        self.scan = scan
        self.definitions = definitions
        self.stack: list[_Opening] = []
        self.region: Region | None = None
        self.after_link = -1

    def begin(self, region: Region) -> None:
        """Begin a region."""
        self.region, self.stack, self.after_link = region, [], -1

    def open(self, offset: int, *, is_image: bool) -> None:
        """Note an opening bracket, or `![`, at an offset."""
        self.stack.append(_Opening(offset, is_image))

    def finish(self) -> None:
        """Report the brackets of the region that nothing closed."""
        for opening in self.stack:
            self.scan.error(
                Span(opening.offset, 1), "M021", 'this "[" is never closed', f'close it with "]"; {_ESCAPE_FIX}'
            )

    def close(self, offset: int) -> int:
        """Read what ends with the closing bracket at an offset, and return the offset at which to go on."""
        assert self.region is not None
        if not self.stack:
            self.scan.error(
                Span(offset, 1), "M021", 'nothing opens this "]"', f'put "[" where it begins; {_ESCAPE_FIX}'
            )
            return offset + 1
        opening = self.stack.pop()
        text, source = self.scan.source.masked, self.scan.source.text
        inside = Span(opening.inside, offset - opening.inside)
        first = source[opening.inside : opening.inside + 1]
        following = text[offset + 1 : offset + 2]
        if not opening.is_image and first == "^":
            return self._footnote(opening, inside)
        if not opening.is_image and first == "@":
            return self._citation(opening, inside, following)
        if following == "(":
            destination = parse_destination(text, offset + 1, self.region.end)
            if destination is None:
                fix = 'write [text](target): no spaces in the target, and ")" at its end'
                self.scan.error(
                    Span(opening.offset, offset + 2 - opening.offset), "M023", "this link is not closed", fix
                )
                return offset + 1
            return self._lead(opening, inside, destination.end, destination, is_reference=False)
        if following == "[" and (label := _LABEL.match(text, offset + 1, self.region.end)):
            return self._reference(opening, inside, label["label"] or source[inside.offset : inside.end], label)
        return self._shortcut(opening, inside, offset)

    def add_autolink(self, span: Span, shown: Span, target: str) -> None:
        """Add a link that shows its own address, `<https://…>`."""
        if cause := refusal(target):
            self.scan.error(shown, "M026", *cause)
        for opening in self.stack:
            opening.has_link = True
        is_plain = not target.startswith("mailto:") or self.scan.source.text[shown.offset :].startswith("mailto:")
        mark = self._mark("link", span, shown, shown, target, is_plain=is_plain)
        if cause:
            self.scan.refused.add(mark.number)
        index = self.scan.token("open", Span(span.offset, 1), number=mark.number, closing=">")
        literal = self.scan.token("literal", shown, text=self.scan.source.text[shown.offset : shown.end])
        self._replace(span, tokens.opening(index) + tokens.thing(literal) + tokens.closing(index))
        self.scan.hidden.append(span)

    def _footnote(self, opening: _Opening, inside: Span) -> int:
        label = self.scan.source.text[inside.offset + 1 : inside.end]
        span = Span(opening.offset, inside.end + 1 - opening.offset)
        self._whole("footnote", span, Span(inside.offset + 1, inside.length - 1), label)
        return span.end

    def _citation(self, opening: _Opening, inside: Span, following: str) -> int:
        span = Span(opening.offset, inside.end + 1 - opening.offset)
        source = self.scan.source.text
        written = source[span.offset : span.end]
        assert self.region is not None
        if following in ("(", "["):
            fix = f'write "{written}" alone: the list of sources says where it leads'
            self.scan.error(Span(span.offset, span.length + 1), "M037", "a citation takes no target", fix)
        elif following == ":" and opening.offset == self.region.content:
            fix = "sources are described in content/sources, and cited within the text"
            self.scan.error(Span(span.offset, span.length + 1), "M037", "a citation cannot be defined here", fix)
        elif opening.offset == self.after_link:
            fix = f'write a space before "{written}", and give the link a target of its own'
            self.scan.error(span, "M037", "a citation cannot be the target of a link", fix)
        self._whole("citation", span, inside, source[inside.offset : inside.end])
        return span.end

    def _whole(self, kind: MarkKind, span: Span, inside: Span, target: str) -> None:
        """Put one sign for all of a construct, within which nothing else counts."""
        mark = self._mark(kind, span, inside, inside, target)
        self.scan.drop_edits_from(span.offset)
        self.scan.put("mark", span, number=mark.number)
        self.scan.hidden.append(span)
        self.scan.swallowed.append(span)

    def _reference(self, opening: _Opening, inside: Span, label: str, match: re.Match[str]) -> int:
        if label.startswith("@"):
            self.after_link = match.start()
            return match.start()
        found = self.definitions.reference(label)
        if found is None:
            where = Span(match.start("label"), len(match["label"])) if match["label"] else inside
            self.scan.error(where, "M030", f'nothing defines "[{label}]"', self._fix(label))
            return match.end()
        return self._lead(opening, inside, match.end(), found, is_reference=True)

    def _shortcut(self, opening: _Opening, inside: Span, offset: int) -> int:
        text = self.scan.source.text
        label = text[inside.offset : inside.end]
        if found := self.definitions.reference(label):
            return self._lead(opening, inside, offset + 1, found, is_reference=True)
        span = Span(opening.offset, offset + 1 - opening.offset)
        if between := _SPACE_BETWEEN.match(text, offset + 1):
            fix = 'delete the space between "]" and "("'
            self.scan.error(Span(offset, len(between[0]) + 1), "M023", "a space stands between text and target", fix)
        else:
            shown = label if len(label) <= 60 else f"{label[:59]}…"
            self.scan.error(span, "M022", f'"[{shown}]" leads nowhere', self._fix(label))
        return offset + 1

    def _fix(self, label: str) -> str:
        otherwise = f"write [text](target) for a link; {_ESCAPE_FIX}"
        return did_you_mean(label, self.definitions.labels(), otherwise=otherwise)

    def _lead(self, opening: _Opening, inside: Span, end: int, to: Destination, *, is_reference: bool) -> int:
        """Make a link or an image."""
        kind: MarkKind = "image" if opening.is_image else "link"
        span = Span(opening.offset, end - opening.offset)
        words = self.scan.source.text[inside.offset : inside.end]
        cause = refusal(to.target)
        if cause is None and opening.is_image and re.match(r"[a-zA-Z][\w+.-]*:|#|@", to.target):
            cause = "an image lies on the site itself", "put the file into static/images and write its path"
        if not to.target:
            self.scan.error(span, "M024", f"this {kind} leads nowhere", "write the target between the round brackets")
        elif cause and not is_reference:
            self.scan.error(to.span, "M029" if opening.is_image and "image" in cause[0] else "M026", *cause)
        elif opening.has_link and not opening.is_image:
            self.scan.error(span, "M025", "a link stands within this link", "end the one before the other begins")
        mark = self._mark(
            kind, span, inside, to.span, to.target, to.title, is_reference=is_reference, is_plain=to.is_plain
        )
        if cause or not to.target:
            self.scan.refused.add(mark.number)
        if opening.is_image:
            if not words.strip():
                fix = "write between the square brackets what the image shows"
                self.scan.error(span, "M028", "this image has no words for those who cannot see it", fix)
            self.scan.drop_edits_from(span.offset)
            alt = re.sub(r"[*_`]|\s+", lambda found: " " if found[0].isspace() else "", resolve_escapes(words)).strip()
            self.scan.put("mark", span, text=alt, number=mark.number)
            self.scan.hidden.append(span)
            self.scan.swallowed.append(span)
            return end
        if not words.strip() and to.target and not to.target.startswith("fact:"):
            self.scan.error(span, "M024", "this link has no words", "write between the square brackets where it leads")
        for outer in self.stack:
            outer.has_link = outer.has_link or not outer.is_image
        closing = self.scan.source.text[inside.end : end]
        index = self.scan.token("open", Span(opening.offset, 1), number=mark.number, closing=closing)
        # The sign of the beginning stands before what was found within, which is in the list already.
        self._replace(Span(opening.offset, 1), tokens.opening(index))
        self._replace(Span(inside.end, end - inside.end), tokens.closing(index))
        is_elsewhere = to.target.startswith(("fact:", "http:", "https:"))
        self.scan.hidden.append(span if is_elsewhere else Span(inside.end, end - inside.end))
        if not is_reference:
            self.scan.swallowed.append(Span(inside.end, end - inside.end))
        self.after_link = end
        return end

    def _mark(
        self,
        kind: MarkKind,
        span: Span,
        text_span: Span,
        target_span: Span,
        target: str,
        title: str = "",
        *,
        is_reference: bool = False,
        is_plain: bool = True,
    ) -> Mark:
        number = len(self.scan.marks)
        mark = Mark(number, kind, span, text_span, target_span, target, title, is_reference, is_plain)
        self.scan.marks.append(mark)
        return mark

    def _replace(self, span: Span, text: str) -> None:
        self.scan.edits.append(Edit(span.offset, span.end, text))
