"""Read citations, `[@a; @b, p. 3]`, into notes, and refuse the forms that Markdown would read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from explainer.problems import did_you_mean
from explainer.prose.marks import Mark
from explainer.prose.notes import mark_element
from explainer.prose.resolution import Resolution
from explainer.refs import is_id

_PART = re.compile(r"\s*(?P<at>@?)(?P<id>[^\s,]*)\s*(?:,(?P<locator>.*))?", re.DOTALL)
_FORM = 'write "[@source-id]", "[@source-id, p. 3]" or "[@one; @another]"'


class Citation(Struct, frozen=True):
    """One source of a citation: its id as written, the place within it, and where the id stands in the target."""

    source: str
    locator: str | None
    offset: int
    has_mark: bool

    @property
    def length(self) -> int:
        """How many characters the id has, with its "@"."""
        return max(1, len(self.source) + self.has_mark)


def read_citations(target: str) -> Iterator[Citation]:
    """Yield the sources of a citation in the order of writing."""
    start = 0
    for part in target.split(";"):
        match = _PART.fullmatch(part)
        if match is None:  # words stand behind the id without a comma
            identifier = part.strip()
            lead = len(part) - len(part.lstrip())
            yield Citation(identifier.removeprefix("@"), None, start + lead, identifier.startswith("@"))
        else:
            locator = " ".join((match["locator"] or "").split())
            yield Citation(match["id"], locator or None, start + match.start("at"), bool(match["at"]))
        start += len(part) + 1


def resolve_citation(resolution: Resolution, element: Element, mark: Mark) -> None:
    """Put the mark of a note in the place of a citation; sources that do not exist are told where they stand."""
    wanted: list[tuple[str, str | None]] = []
    for citation in read_citations(mark.target):
        if _is_good(resolution, mark, citation):
            if (citation.source, citation.locator) in wanted:
                place = resolution.target_place(mark, citation.offset, citation.length)
                resolution.tell(place, "M062", f'"@{citation.source}" stands here twice', "delete one of the two")
            elif citation.source in resolution.context.site.sources:
                wanted.append((citation.source, citation.locator))
    if wanted:
        resolution.close_up(element)
        resolution.replace(element, mark_element(resolution.notes.citation(wanted)))
    else:
        resolution.drop(element)


def _is_good(resolution: Resolution, mark: Mark, citation: Citation) -> bool:
    known = resolution.context.site.places.get("source")
    if citation.source and citation.has_mark and (known is None or citation.source in known):
        return True
    place = resolution.target_place(mark, citation.offset, citation.length)
    if not citation.source or not citation.has_mark or known is None:
        what = f'"{citation.source}" has no "@"' if citation.source else "the id of a source is missing"
        resolution.tell(place, "M060", f"this is no citation: {what}", _FORM)
        return False
    otherwise = "add it to a file in sources/"
    if not is_id(citation.source) and (words := citation.source.split()) and words[0] in known:
        resolution.tell(place, "M060", "a comma is missing behind the id", f'write "@{words[0]}, …"')
        return False
    fix = did_you_mean(citation.source, known, otherwise=otherwise)
    resolution.tell(place, "M061", f'there is no source "{citation.source}"', fix)
    return False
