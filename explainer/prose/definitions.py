"""Collect what a body defines for use elsewhere in it: targets of links by reference, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from explainer.problems import Report, did_you_mean
from explainer.prose.destinations import Destination, refusal, resolve_escapes
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.marks import Mark, Span
from explainer.prose.regions import QUOTE, REFERENCE, Region


class Definitions:
    """The definitions of a body by their labels; case and spaces of a reference's label do not count."""

    def __init__(self, source: MarkdownSource, report: Report) -> None:
        self.source = source
        self.report = report
        self.footnotes: dict[str, Region] = {}
        self._references: dict[str, tuple[Region, Destination]] = {}
        self._used: set[str] = set()
        for region in source.regions:
            if region.kind == "footnote":
                self._add_footnote(region)
            elif region.kind == "reference":
                self._add_reference(region)

    def labels(self) -> list[str]:
        """Return the labels of all references."""
        return [region.label for region, _ in self._references.values()]

    def reference(self, label: str) -> Destination | None:
        """Return the target that a label stands for, and count it as used."""
        key = _key(label)
        if key not in self._references:
            return None
        self._used.add(key)
        return self._references[key][1]

    def report_unused(self) -> None:
        """Report the references that nothing refers to."""
        for key, (region, _) in self._references.items():
            if key not in self._used:
                fix = f"write [text][{region.label}] where the link shall be, or delete the line"
                self._error(_label_span(region), "M032", f'nothing refers to "[{region.label}]"', fix)

    def check_footnotes(self, marks: list[Mark]) -> list[str]:
        """Report footnotes that lack a definition or a reference; return the labels of the others in order of use."""
        used: dict[str, None] = {}
        for mark in marks:
            if mark.kind != "footnote":
                continue
            if mark.target in self.footnotes:
                used[mark.target] = None
            else:
                otherwise = f"write a line [^{mark.target}]: and the note, after an empty line"
                fix = did_you_mean(mark.target, self.footnotes, otherwise=otherwise)
                self._error(mark.target_span, "M033", f'nothing defines the note "[^{mark.target}]"', fix)
        for label, region in self.footnotes.items():
            if label not in used:
                fix = f"write [^{label}] where the note belongs, or delete it"
                self._error(_label_span(region), "M035", f'nothing refers to the note "[^{label}]"', fix)
        return list(used)

    def begin(self) -> int:
        """Return the offset at which the first note is defined; the end of the body where none is."""
        return min((region.start for region in self.footnotes.values()), default=len(self.source.text))

    def report_unreached(self, labels: Iterable[str]) -> None:
        """Report notes to which only notes refer that no reader comes to."""
        for label in labels:
            fix = f"write [^{label}] in the text where the note belongs; an empty line ends a note"
            message = f'only notes refer to the note "[^{label}]"'
            self._error(_label_span(self.footnotes[label]), "M035", message, fix)

    def _add_footnote(self, region: Region) -> None:
        span = _label_span(region)
        if not re.fullmatch(r"[\w.-]{1,60}", region.label):
            fix = "use letters, digits, hyphens and points"
            self._error(span, "M036", f'"{region.label[:60]}" cannot be the label of a note', fix)
        if first := self.footnotes.get(region.label):
            line = self.source.place(first.start).line
            message = f'the note "[^{region.label}]" is defined on line {line} already'
            self._error(span, "M034", message, "give one of the two another label")
        self.footnotes.setdefault(region.label, region)

    def _add_reference(self, region: Region) -> None:
        line, start = region.line.text, region.line.start
        quote = QUOTE.match(line)
        match = REFERENCE.match(line, quote.end() if quote else 0)
        assert match is not None
        written = match["target"]
        bare = written[1:-1] if written.startswith("<") else written
        span = Span(start + match.start("target") + written.startswith("<"), len(bare))
        target, title = resolve_escapes(bare), resolve_escapes((match["title"] or "")[1:-1])
        if cause := refusal(target):
            self._error(span, "M026", *cause)
        key = _key(region.label)
        if key in self._references:
            first = self.source.place(self._references[key][0].start).line
            message = f'"[{region.label}]" is defined on line {first} already'
            self._error(_label_span(region), "M031", message, "give one of the two another label")
            return
        self._references[key] = (region, Destination(target, title, span, region.end, target == bare))

    def _error(self, span: Span, code: str, message: str, fix: str) -> None:
        self.report.add(self.source.place_of(span), code, message, fix)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


def _label_span(region: Region) -> Span:
    offset = region.line.start + region.line.text.index(region.label, region.line.text.index("["))
    return Span(offset, max(1, len(region.label)))
