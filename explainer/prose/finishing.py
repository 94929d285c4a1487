"""Put what was found in the text into the tree that Markdown made of its signs."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement

from explainer.prose import tokens
from explainer.prose.allowed import BLOCKS
from explainer.prose.engine import TOKEN as TOKEN_ATTRIBUTE
from explainer.prose.fences import Fence
from explainer.prose.marks import BLOCK, MARK, Mark, Span
from explainer.prose.scan import Scan
from explainer.prose.typography import Typesetter
from explainer.prose.vocabulary import count_words

_LEFT_OVER = re.compile(r"[ ]*\{[^{}\n]*\." + "\ufdd0([0-9]+)\ufdd1" + r"[ ]\}")
_SIGN_END = "\ufdd1"
# A sign with a space or the end of the text on both sides is a sign; so is an underscore within a word.
_UNPAIRED = re.compile(r"\A\*+|\*+(?=[^\s*])|(?<=[^\s*])\*+|\*+\Z|(?<![\w_])_+(?=\w)|(?<=\w)_+(?![\w_])")
_BLOCKS = BLOCKS | {"h1"}
_PARTING = BLOCKS | {"br"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The tags of headings with their levels."""
_LANGUAGE = re.compile(r"lang-([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?")


class Finisher:
    """Finishes one tree after the other. Afterwards all text in them is plain characters.

    `heading_elements` are all headings in the order of the tree, `headings` where those were written that have a sign.
    """

    def __init__(self, scan: Scan, fences: dict[int, tuple[Fence, str]], language: str) -> None:
        self.scan = scan
        self.fences = fences
        self.typesetter = Typesetter(language)
        self.headings: dict[Element, Span] = {}
        self.heading_elements: list[Element] = []
        self.ids: list[tuple[str, Element, Span]] = []
        self.blocks: dict[int, Element] = {}
        self._texts: list[str] = []
        self._reported: set[int] = set()

    @property
    def words(self) -> int:
        """How many words there are in all that was finished."""
        return count_words("\n".join(self._texts))

    def finish(self, element: Element) -> None:
        """Finish an element and all within it. The tree is not deeper than Python's stack allows."""
        tag = element.tag
        if element.attrib:
            self._attributes(element)
        if tag in _BLOCKS:
            if tag == "pre":
                self._indented_code(element)
                return
            self.typesetter.previous = ""
            if tag in HEADINGS:
                self.heading_elements.append(element)
        text = element.text
        if not len(element):
            if text:
                if _SIGN_END in text:
                    element.text = None
                    self._put(element, text)
                else:
                    element.text = self._words(text)
            return
        children = list(element)
        if text:
            if _SIGN_END in text:
                element.text = None
                element[:] = []
                self._put(element, text)
                self._finish_children(element, children)
                return
            text = self._words(text)
        element.text = text or None
        for position, child in enumerate(children):
            tail = child.tail
            if tail and _SIGN_END in tail:  # what its signs stand for goes between the children
                element[position:] = []
                self._finish_children(element, children[position:])
                return
            self.finish(child)
            if child.tag == "p" and len(child) == 1 and (alone := _only_block(child)) is not None:
                element[position] = child = alone
            if child.tag in _PARTING:
                self.typesetter.previous = ""
            child.tail = self._words(tail) if tail else None

    def _finish_children(self, element: Element, children: list[Element]) -> None:
        """Append children to an element, finish each, and put what the signs of its tail stand for behind it."""
        for child in children:
            tail, child.tail = child.tail, None
            element.append(child)
            self.finish(child)
            if child.tag == "p" and (alone := _only_block(child)) is not None:
                element[-1] = alone
            if child.tag in _PARTING:
                self.typesetter.previous = ""
            if tail:
                self._put(element, tail)

    def _attributes(self, element: Element) -> None:
        """Take the signs out of classes, and turn what Markdown set into what we allow."""
        if (index := element.attrib.pop(TOKEN_ATTRIBUTE, None)) is not None:
            self._finish_link(element, self.scan.marks[self.scan.tokens[int(index)].number])
        if (align := element.attrib.pop("align", None)) is not None:
            element.set("class", f"align-{align}")
            return
        names = element.get("class", "").split()
        if not names:
            element.attrib.pop("class", None)
            return
        kept = [name for name in names if not tokens.TOKEN.fullmatch(name)]
        for name in names:
            if (match := tokens.TOKEN.fullmatch(name)) and (identifier := element.get("id")):
                self.ids.append((identifier, element, self.scan.tokens[int(match[2])].span))
        for name in kept:
            if match := _LANGUAGE.fullmatch(name):
                parts = [match[1], *([match[2].title()] if match[2] else []), *([match[3].upper()] if match[3] else [])]
                element.set("lang", "-".join(parts))
        kept = [name for name in kept if not _LANGUAGE.fullmatch(name)]
        if kept:
            element.set("class", " ".join(kept))
        else:
            element.attrib.pop("class", None)

    def _finish_link(self, element: Element, mark: Mark) -> None:
        if mark.number in self.scan.refused:
            # What is an error already leads nowhere, so nobody complains of it again.
            element.tag = "span"
            return
        element.set(MARK, str(mark.number))
        if mark.title:
            element.set("title", mark.title)
        if re.match("https?:", mark.target, re.IGNORECASE):
            element.set("href", mark.target)
            element.set("rel", "noopener noreferrer")
        elif mark.target.startswith("#") or mark.target.lower().startswith("mailto:"):
            element.set("href", mark.target)

    def _put(self, parent: Element, text: str) -> None:
        """Append a text to an element, with what its signs stand for."""
        if _SIGN_END not in text:
            self._append(parent, self._words(text))
            return
        if "{" in text:
            text = _LEFT_OVER.sub(self._without_effect, text)
        position = 0
        for match in tokens.TOKEN.finditer(text):
            start, end = match.span()
            if start > position:
                self._append(parent, self._words(text[position:start]))
            self._put_token(parent, match)
            position = end
        if position < len(text):
            self._append(parent, self._words(text[position:]))

    def _words(self, text: str) -> str:
        """Return words as they are set, and count them."""
        if "*" in text or "_" in text:
            self._check_emphasis(text)
        typesetter = self.typesetter
        if "'" in text or '"' in text or "--" in text or "..." in text:
            text = typesetter.set(text)
        elif text:
            typesetter.previous = text[-1]
        self._texts.append(text)
        return text

    def _check_emphasis(self, text: str) -> None:
        """Report marks of emphasis that found no partner, where they cannot be meant as signs."""
        for match in _UNPAIRED.finditer(text):
            around = text[max(0, match.start() - 12) : match.end() + 12]
            near = max(around.split("\n"), key=lambda part: (match[0] in part, len(part)))
            offset = self.scan.source.masked.find(near)
            offset = self.scan.source.masked.find(match[0], max(0, offset))
            span = Span(max(0, offset), len(match[0]))
            fix = f'close it with "{match[0]}"; to show the sign itself, write "\\{match[0][0]}"'
            self.scan.error(span, "M043", f'this "{match[0]}" belongs to no emphasis', fix)
            return

    def _append(self, parent: Element, text: str) -> None:
        if not text:
            return
        if not len(parent) and parent.text is None:
            parent.text = text
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def _put_token(self, parent: Element, match: re.Match[str]) -> None:
        token = self.scan.tokens[int(match[2])]
        if not tokens.is_thing(match[1]):
            if token.number not in self._reported:
                self._reported.add(token.number)
                fix = "begin and end it in one paragraph, one cell of a table, one stretch of emphasis"
                self.scan.error(self.scan.marks[token.number].span, "M025", "this link is cut in two", fix)
            written = token.source if tokens.is_opening(match[1]) else token.closing
            self._texts.append(written)
            self._append(parent, written)
        elif token.kind == "literal":
            self._texts.append(token.text)
            self._append(parent, token.text)
            self.typesetter.previous = token.text[-1:]
        elif token.kind == "heading":
            self.headings[parent] = token.span
        elif token.kind == "fence":
            self._put_fence(parent, token.number)
        elif token.kind != "attributes":
            self._put_element(parent, token)

    def _put_element(self, parent: Element, token: tokens.Token) -> None:
        if token.kind == "code":
            SubElement(parent, "code").text = token.text
            self._texts.append(token.text)
        else:
            mark = self.scan.marks[token.number]
            attributes = {} if mark.number in self.scan.refused else {MARK: str(mark.number)}
            if mark.kind == "image":
                attributes["alt"] = token.text
                if mark.title:
                    attributes["title"] = mark.title
            SubElement(parent, "img" if mark.kind == "image" else "span", attributes)
            if mark.kind != "image":
                return
        self.typesetter.previous = "x"

    def _put_fence(self, parent: Element, number: int) -> None:
        fence, name = self.fences[number]
        if name:
            self.blocks[number] = SubElement(parent, "div", {BLOCK: str(number)})
            return
        code = SubElement(SubElement(parent, "pre"), "code")
        code.text = fence.content
        if fence.info:
            code.set("class", f"language-{fence.info}")

    def _without_effect(self, match: re.Match[str]) -> str:
        span = self.scan.tokens[int(match[1])].span
        fix = "write it after a heading, a cell, a link or emphasis, or on a line of its own under a paragraph"
        self.scan.error(span, "M013", "this list of attributes belongs to nothing", fix)
        return ""

    def _indented_code(self, pre: Element) -> None:
        """Report text that Markdown took for code because of its indentation."""
        written = html.unescape("".join(pre.itertext()))
        first = written.split("\n", 1)[0].strip()
        found = tokens.TOKEN.search(first)
        if found:
            span = self.scan.tokens[int(found[2])].span
        else:
            offset = self.scan.source.text.find(f"    {first}")
            span = Span(offset + 4, len(first)) if offset >= 0 else Span(0, 1)
        pre[:], pre.text = [], None
        SubElement(pre, "code").text = tokens.restore(written, self.scan.tokens)
        fix = "put code between two lines of ```; else indent by no spaces, or by four for each list it stands in"
        self.scan.error(span, "M007", "this indentation turns the text into code", fix)


def _only_block(paragraph: Element) -> Element | None:
    """Return the fenced block that is all there is in a paragraph, or None."""
    if len(paragraph) != 1 or paragraph.text:
        return None
    block = paragraph[0]
    return block if block.tag in ("pre", "div") and not block.tail else None
