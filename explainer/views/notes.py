"""Number the sources of one page in the order of their first use, each with ways back to where it was used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from explainer.addresses import source_address
from explainer.formats import format_date, language_name
from explainer.refs import Ref
from explainer.site import Site

# How readers are told what kind of document a source is.
KIND_LABELS = {
    "primary": "primary document",
    "reference": "reference work",
    "news": "press report",
    "aggregator": "republication",
    "derived": "own calculation",
}


class SourceNotes:
    """The numbered sources of one page.

    A page of very many marks is not `titled`: the names of the sources, at each mark again, would be a tenth of it.
    """

    def __init__(self, site: Site, *, titled: bool = True) -> None:
        self._site, self._titled = site, titled
        self._numbers: dict[str, int] = {}
        self._marks: dict[str, list[str]] = {}

    def cite(self, sources: Iterable[Ref]) -> list[dict[str, Any]]:
        """Return the note marks of a statement: the number of each source, and the mark's own id.

        Under the pointer a mark tells the publisher: a long page would be heavy with titles, which its list has anyway.
        """
        marks = []
        for ref in sources:
            number = self._numbers.setdefault(ref.id, len(self._numbers) + 1)
            places = self._marks.setdefault(ref.id, [])
            mark = f"note-{number}-{len(places) + 1}"
            places.append(mark)
            title = self._publisher(ref.id) if self._titled else None
            marks.append({"number": number, "id": mark, "target": f"source-{number}", "title": title})
        return marks

    def view(self) -> list[dict[str, Any]]:
        """Return the list of sources at the foot of the page, in order of their numbers."""
        return [
            {"number": number, "id": f"source-{number}", "marks": self._marks[source]} | source_view(self._site, source)
            for source, number in self._numbers.items()
        ]

    def last_read(self) -> str | None:
        """Return the day on which the last of the sources cited so far was read: how fresh an undated page is."""
        days = (self._site.sources[key].accessed for key in self._numbers)
        return max(map(str, days), default=None)

    def _publisher(self, source: str) -> str:
        return self._site.sources[source].publisher


def source_title(site: Site, source: str) -> str:
    """Return a source as a note in a text names it."""
    record = site.sources[source]
    return f"{record.publisher}: {record.title}"


def source_view(site: Site, source: str) -> dict[str, Any]:
    """Return what a list of sources shows of one."""
    record, language = site.sources[source], site.settings.language
    return {
        "source": source,
        "publisher": record.publisher,
        "title": record.title,
        "language": record.language,
        "language_name": language_name(record.language, language),
        "is_foreign": record.language.split("-")[0] != language.split("-")[0],
        "url": record.url,
        "archive_url": record.archive_url,
        "published": {"text": format_date(record.published, language), "iso": str(record.published)}
        if record.published
        else None,
        "published_note": record.published_note,
        "accessed": {"text": format_date(record.accessed, language), "iso": str(record.accessed)},
        "kind": KIND_LABELS[record.kind],
        "licence": record.licence,
        "reliability": record.reliability,
        "address": source_address(source),
    }
