"""Warn of numbers that say neither where they come from nor as of when."""

from __future__ import annotations

import re
from functools import cache

from explainer.literals.words import LanguageError, Words, load_words
from explainer.prose.marks import Span
from explainer.prose.scan import Scan
from explainer.prose.signs import SIGN, Signs
from explainer.prose.time_words import load_time_words
from explainer.prose.vocabulary import Vocabulary, longest_words

_SPACE = "[ \u00a0\u202f]"
_DIGITS = r"\d(?:[\d.,]|[\u00a0\u202f](?=\d))*"
_YEAR = re.compile(r"[12]\d{3}")
_SIGNS = "$€£¥₽₸₴₼₾₺₹%"


class _Numbers:
    """How one language writes the numbers that need a source."""

    def __init__(self, language: str) -> None:
        words: Words | None = None
        try:
            words = load_words(language)
        except LanguageError:
            words = None
        labels = load_time_words(language)
        self.labels = frozenset(labels.labels) if labels else frozenset()
        scales = [way for scale in words.scales for way in (*scale.words, *scale.abbreviations)] if words else []
        percent = (
            [words.percent.symbol, words.percent.one, words.percent.many, *words.percent.aliases] if words else ["%"]
        )
        money = [way for currency in words.currencies for way in currency.after] if words else []
        months = [name for names in words.month_names for name in names] if words else []
        spelt = [word for number in words.numbers for word in number] if words else []
        before = [way for currency in words.currencies for way in currency.before] if words else []
        before += [way.upper() for way in before]
        behind = [*scales, *percent, *money]
        after = _either(behind)
        # A number in words counts only with one of these behind it.
        self.behind = longest_words(behind)
        self.signs_behind = tuple(sign for sign in {*behind, "%"} if not longest_words([sign]))
        self.is_spelt = bool(spelt)
        numeral = rf"(?:{_DIGITS}|(?i:{_either(spelt)})(?=[\s-])(?!\s+times))" if spelt else _DIGITS
        self.candidate = re.compile(
            rf"(?<![\w.,/-])(?P<before>(?:{_either(before)}|[{_SIGNS}]){_SPACE}?|[A-Z]{{3}}{_SPACE}(?=\d))?(?P<number>{numeral})"
            rf"(?P<after>(?:\s+|-|{_SPACE})?(?:{after})(?!\w)|%)?(?P<rest>[\w]*)",
        )
        month = _either(months)
        dash = r"\s*[–—/-]\s*"
        self.date = re.compile(
            rf"\d{{1,2}}(?:{dash}\d{{1,2}})?\s+(?:{month})\b\.?|(?:{month})\.?\s+\d{{1,2}}(?:{dash}\d{{1,2}})?(?!\d)(?:,?\s+[12]\d{{3}})?"
            if months
            else r"(?!)"
        )

    def may_be_behind(self, text: str) -> bool:
        """Whether a stretch of text can have a number in words that counts."""
        return self.may_be_in(text, Vocabulary(text, self.behind))

    def may_be_in(self, prose: str, vocabulary: Vocabulary) -> bool:
        """Whether a text can have a number in words with something behind it that makes it count."""
        return self.is_spelt and (vocabulary.may_have(self.behind) or any(sign in prose for sign in self.signs_behind))


def _either(words: list[str]) -> str:
    written = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in written) or "(?!)"


@cache
def _numbers(language: str) -> _Numbers:
    return _Numbers(language)


@cache
def words_to_look_for(language: str) -> frozenset[str]:
    """Return all words that the checks of numbers and of words of time ask a vocabulary for."""
    words = load_time_words(language)
    return _numbers(language).behind | (words.known if words else frozenset())


_ISO = re.compile(r"(?<![\d-])[12]\d{3}(?:-\d{2}){1,2}(?![\d-])")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?=\s*(?:a\.?m|p\.?m|GMT|UTC))")


_DIGIT = re.compile(r"\d")
_DIGIT_SIGNS = Signs("0123456789", beyond_ascii=True)


def check_numbers(scan: Scan, prose: str, language: str, vocabulary: Vocabulary) -> None:
    """Warn of each number in `prose` whose paragraph has no citation, unless it is a year, a date or part of a name.

    A number is two digits or more, or any with a scale, a percent sign or a currency. Figures that are links to facts
    are no prose any more. The rows of a table count as one paragraph.
    """
    table = _numbers(language)
    has_words = table.may_be_in(prose, vocabulary)
    find, beyond = _DIGIT_SIGNS.mark(prose).find, len(prose) + 1
    digit = -1  # where the next one stands
    settled: set[tuple[str, int]] | None = None
    for region in scan.source.regions:
        if digit < region.content:
            digit = find(SIGN, region.content) % beyond
        if digit >= region.end and not (has_words and table.may_be_behind(prose[region.content : region.end])):
            continue
        if region.kind in ("heading", "reference", "rule", "underline"):
            continue
        if settled is None:
            settled = scan.exempt | _cited(scan)
        if region.paragraph in settled or (not has_words and not _DIGIT.search(prose, region.content, region.end)):
            continue
        text = prose[region.content : region.end]
        for pattern in (table.date, _ISO, _CLOCK):
            text = pattern.sub(lambda found: " " * len(found[0]), text)
        for match in table.candidate.finditer(text):
            if _needs_source(match, table):
                shown = match[0].strip(" \t\r\n.,")
                offset = region.content + match.start() + len(match[0]) - len(match[0].lstrip())
                place = scan.source.place_of(Span(offset, len(shown)))
                fix = (
                    "write it as a link to a fact, or cite a source in this paragraph: [@id]; where none is needed, "
                    'end the block with {: .exempt reason="…" }'
                )
                message = f'"{" ".join(shown.split())}" has neither a fact nor a source'
                scan.report.add(place, "M041", message, fix, severity="warning")


def _needs_source(match: re.Match[str], table: _Numbers) -> bool:
    number = match["number"].rstrip(".,")
    has_unit = bool(match["before"] or match["after"])
    if not number[0].isdigit():
        return bool(match["after"])
    if has_unit and not match["rest"]:
        return True
    if match["rest"]:
        return False
    if _YEAR.fullmatch(number) or sum(letter.isdigit() for letter in number) < 2:
        return False
    before = match.string[max(0, match.start() - 24) : match.start()].split()
    return not before or before[-1].lower().lstrip("([“\"'") not in table.labels


def _cited(scan: Scan) -> set[tuple[str, int]]:
    """Return the paragraphs in which a source is cited or a note set."""
    offsets = sorted(mark.span.offset for mark in scan.marks if mark.kind in ("citation", "footnote"))
    cited, at = set(), 0
    for region in scan.source.regions:
        while at < len(offsets) and offsets[at] < region.start:
            at += 1
        if at < len(offsets) and offsets[at] < region.end:
            cited.add(region.paragraph)
    return cited
