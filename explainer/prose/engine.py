"""Python-Markdown with the extensions that articles may use, for texts in which signs stand for inline constructs.

What could run, hang or vanish is left out: raw HTML, and the patterns for links, code, escapes and entities, which
were read where they stand before Markdown sees the text. Blocks, lists, tables, footnotes, definition lists, lists of
attributes, emphasis and line breaks are its own.
"""

from __future__ import annotations

import re
import threading
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from explainer.prose import fast_markdown, tokens

FOOTNOTE = "data-footnote"
"""The attribute of a `div` at the end of the root that holds a footnote: its label."""
TOKEN = "data-token"  # noqa: S105 -- the name of an attribute
"""The attribute of an `a`: the index of the sign that opened it."""

_REPLACED = (
    *("backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference"),
    *("short_image_ref", "autolink", "automail", "html", "entity"),
)
_local = threading.local()


class _LinkProcessor(InlineProcessor):
    """Makes an `a` of what stands between the two signs of a link."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]
        """Return the link and where it stands, or nothing when its end is not in this block."""
        link, end = _link(match, data)
        return link, match.start(), end


def _link(match: re.Match[str], text: str) -> tuple[Element | None, int]:
    """Return the link whose opening sign was found in a text, and where it ends; None when its end is not in it."""
    ending = tokens.closing(int(match[1]))
    end = text.find(ending, match.end())
    if end < 0:
        return None, match.end()
    link = Element("a", {TOKEN: str(int(match[1]))})
    link.text = text[match.end() : end]
    return link, end + len(ending)


class _Footnotes(FootnoteExtension):
    """Collects footnotes without numbering them: they are numbered later, together with other notes."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors."""
        md.registerExtension(self)
        self.parser, self.md = md.parser, md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.treeprocessors.register(_FootnoteTrees(md, self), "footnote", 50)


class _AttributeLists(Treeprocessor):
    """Looks for lists of attributes where there are braces."""

    def run(self, root: Element) -> None:
        """Set the attributes that the text of elements asks for."""
        if "{" in "".join(root.itertext()):
            from markdown.extensions.attr_list import AttrListTreeprocessor  # most texts have no braces

            AttrListTreeprocessor(self.md).run(root)


class _HeadingProcessor(HashHeaderProcessor):
    """Takes `# words` for a heading, and leaves `#words` alone, as others do."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?:[ \t]+|(?=\n|$))(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _FootnoteTrees(Treeprocessor):
    """Appends a `div` for each footnote to the root."""

    def __init__(self, md: Markdown, footnotes: _Footnotes) -> None:
        super().__init__(md)
        self.footnotes = footnotes

    def run(self, root: Element) -> None:
        """Parse the text of all footnotes, those within footnotes included."""
        texts = self.footnotes.footnotes
        done = 0
        while done < len(texts):
            for label, text in list(texts.items())[done:]:
                holder = SubElement(root, "div", {FOOTNOTE: label})
                self.md.parser.parseChunk(holder, text)
                done += 1


class _OwnSyntax(Extension):
    """Takes out what was read already, and what we do not use."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Change the processors."""
        md.registerExtension(self)
        md.preprocessors.deregister("html_block")
        for name in _REPLACED:
            md.inlinePatterns.deregister(name)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.inlinePatterns.register(_LinkProcessor(tokens.OPENING, md), "link", 160)
        for name in ("prettify", "unescape"):
            md.treeprocessors.deregister(name)
        md.parser.blockprocessors.register(_HeadingProcessor(md.parser), "hashheader", 70)
        for name in ("reference", "setextheader"):
            md.parser.blockprocessors.deregister(name)

    def reset(self) -> None:
        """There is nothing to reset."""


def markdown_tree(text: str) -> Element:
    """Return the tree of a text. Nothing of an earlier text is left in it.

    Footnotes are `div` elements at the end of the root. May raise RecursionError.
    """
    md = getattr(_local, "markdown", None) or make_markdown(fast=fast_markdown.is_known())
    # Until this text is done, the object is nobody's: one that was interrupted is not used again.
    _local.markdown = None
    root = tree_of(md, text)
    _local.markdown = md
    return root


def tree_of(md: Any, text: str) -> Element:
    """Return the tree that a Markdown object makes of a text. May raise RecursionError."""
    md.reset()
    root = fast_markdown.parsed_blocks(md, text)
    if root is None:
        lines: list[str] = text.split("\n")
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        root = md.parser.parseDocument(lines).getroot()
    for treeprocessor in md.treeprocessors:
        replaced = treeprocessor.run(root)
        root = root if replaced is None else replaced
    return root


def make_markdown(*, fast: bool) -> Any:
    """Return a Markdown object with our extensions: the library's own, or one that makes the same trees faster."""
    extensions = [TableExtension(use_align_attribute=True), _Footnotes(), DefListExtension()]
    md = Markdown(extensions=[*extensions, _OwnSyntax()], output_format="html")
    if fast:
        fast_markdown.make_faster(md, _link)
    return md
