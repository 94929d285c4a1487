"""Whether words in another script say their language, so that they are spoken and shaped aright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from explainer.inspection.elements import Elements
from explainer.inspection.findings import Finding
from explainer.locales import words_of_locale

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ASCII = bytes(range(128))
# Letters of other scripts than Latin, by ISO 15924 code.
_LETTERS = {
    "Arab": "\u0620-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Armn": "\u0531-\u0588",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Deva": "\u0900-\u097f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hang": "\u1100-\u11ff\u3131-\u318f\uac00-\ud7af",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
    "Hebr": "\u05d0-\u05f4",
    "Kana": "\u3041-\u30ff",
    "Mong": "\u1800-\u18af",
    "": "\u0700-\u074f\u0780-\u086f\u0980-\u109f\u1200-\u17ff\u18b0-\u1c4f\u2e80-\u2fdf\ua000-\ua63f",
}
_WRITTEN_WITH = {"Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani"), "Hans": ("Hani",), "Hant": ("Hani",)}


def check_languages(page: Elements, html: bytes, site_language: str) -> Iterator[Finding]:
    """Words in a script that is not the page's own stand in an element with another `lang`."""
    if not _has_letters(_beyond_ascii(html)) or (body := page.tree.body) is None:
        return
    language = (page.language or site_language).lower()
    foreign = _foreign_letters(language)
    named = [
        attribute.element.node for attribute in page.languages if attribute.value.strip().lower() not in ("", language)
    ]
    code = [element.node for tag in ("script", "style") for element in page.of(tag)]
    # Where the named elements hold as many foreign letters as the page, they hold all: no need to look at each text.
    if not body.css("body [lang] [lang]") and not any(node.text() for node in code):
        in_named = "".join(node.text() for node in named)
        if len(foreign.findall(_beyond_ascii(body.text().encode()))) == len(foreign.findall(in_named)):
            return
    for words in _foreign_words(body, foreign, {node.mem_id for node in [*named, *code]}):
        fix = 'put it into an element that says its language: <span lang="…">'
        yield Finding("H019", words, f'has "{words}" without its language', fix)


def _has_letters(text: str) -> bool:
    """Whether a text has characters beyond the Latin letters and what Unicode calls punctuation and symbols.

    Most pages have few characters outside ASCII, and no others among them.
    """
    return any("\u0370" <= letter < "\u2000" or letter >= "\u2c00" for letter in set(text))


def _beyond_ascii(text: bytes) -> str:
    """Return the characters of a text that are not ASCII: quicker than to look through all of it."""
    return text.translate(None, _ASCII).decode("utf-8", "ignore")


def _is_within(node: LexborNode, marks: set[int]) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if above.mem_id in marks:
            return True
        above = above.parent
    return False


def _foreign_words(body: LexborNode, foreign: re.Pattern[str], marks: set[int]) -> Iterator[str]:
    """Yield, of each text that stands in no marked element, the stretch from its first foreign word to its last."""
    run, sign = re.compile(f"{foreign.pattern}+"), re.compile(f"[{_LETTERS['Grek']}]")
    for node in body.traverse(include_text=True):
        text = node.text_content
        if text is None or not foreign.search(text) or _is_within(node, marks):
            continue
        # A single Greek letter is a sign, as in mathematics.
        words = [match for match in run.finditer(text) if not sign.fullmatch(match[0])]
        if words:
            found = " ".join(text[words[0].start() : words[-1].end()].split())
            yield found if len(found) <= 60 else f"{found[:59]}…"


@cache
def _foreign_letters(language: str) -> re.Pattern[str]:
    """Return a pattern of the letters of all scripts but Latin and the one a language is written in."""
    script = next((part.title() for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()), None)
    if script is None:
        script = words_of_locale(language).script
    own = _WRITTEN_WITH.get(script, (script,))
    return re.compile(f"[{''.join(letters for name, letters in _LETTERS.items() if name not in own)}]")
