"""Read lists of attributes, `{: #id .class }`, and refuse all attributes but these two.

A block that shows numbers without a source, because they need none, ends with

    {: .exempt reason="counted by the author on the pages named above" }

on a line of its own, or at the end of an item or of a row of a table. The reason is for those who read the Markdown;
neither it nor the class goes out. Words of another language say which: `*Қала*{: .lang-kk }` goes out with the
attribute `lang`; script and country may follow, as in `.lang-uz-cyrl`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.prose.marks import Span

LIST = re.compile(r"\{(?P<colon>:?)[ \t]*(?P<words>(?:\"[^\"\n]*\"|[^{}\n\"])*)\}")
EXEMPT = "exempt"
_WORD = re.compile(r"[^\s=\"]+=\"[^\"]*\"|[^\s=\"]+=[^\s\"]*|[^\s\"]+|\"[^\"]*\"?")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class AttributeList(Struct, frozen=True):
    """A list of attributes: what it sets, and whether it is meant as one at all."""

    span: Span
    id: str
    classes: tuple[str, ...]
    is_exempt: bool


class Fault(Struct, frozen=True):
    """What is wrong with one word of a list."""

    code: str
    message: str
    fix: str
    span: Span


def is_meant(match: re.Match[str]) -> bool:
    """Whether braces are meant as a list of attributes, rather than as braces."""
    words = match["words"].lstrip()
    return bool(match["colon"]) or words.startswith(("#", ".")) or "=" in words


def read_attributes(match: re.Match[str]) -> tuple[AttributeList, list[Fault]]:
    """Return the attributes of a list, and what is wrong with it."""
    faults: list[Fault] = []
    identifier, classes, reason = "", [], None
    base = match.start("words")
    for word in _WORD.finditer(match["words"]):
        written, span = word[0], Span(base + word.start(), len(word[0]))
        if written.startswith("reason="):
            reason = written.removeprefix("reason=").strip('"').strip()
        elif written.startswith(("#", ".")) and _NAME.fullmatch(written[1:]):
            if written[0] == ".":
                classes.append(written[1:])
            elif identifier:
                faults.append(Fault("M012", "an element has one id", "keep one of the two", span))
            else:
                identifier = written[1:]
        elif written.startswith(("#", ".")):
            faults.append(
                Fault("M012", f'"{written[:60]}" cannot be an id or a class', "use a-z, 0-9 and single hyphens", span)
            )
        else:
            fix = 'only an id and classes may be set: {: #id .class }, or {: .exempt reason="…" }'
            faults.append(Fault("M012", f'"{written[:60]}" cannot be set here', fix, span))
    whole = Span(match.start(), len(match[0]))
    if not faults and not identifier and not classes:
        faults.append(
            Fault("M012", "this list of attributes sets nothing", "write {: #id .class }, or delete it", whole)
        )
    is_exempt = EXEMPT in classes
    if is_exempt and not reason:
        fix = 'write {: .exempt reason="why these numbers need no source" }'
        faults.append(Fault("M014", "this exemption gives no reason", fix, whole))
    elif reason is not None and not is_exempt:
        faults.append(Fault("M014", "a reason without an exemption means nothing", "write .exempt before it", whole))
    kept = tuple(name for name in classes if name != EXEMPT)
    return AttributeList(whole, identifier, kept, is_exempt), faults
