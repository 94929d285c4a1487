"""Number the notes of one body in the order of their first use: facts, citations, footnotes, all in one series.

A note is kept once, however often it is used; each use has a mark of its own, and the note a way back to each. What a
note leans on stands in the page's list of sources, which is numbered by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from explainer.answers import Asker
from explainer.record import NOWHERE
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.notes import SourceNotes, source_title, source_view

Mark = dict[str, Any]
"""Where a note is used: `number`, the mark's own `id`, the `target` it leads to, and a `title` in words."""


class NoteBook(SourceNotes):
    """The notes of one body. `cite` makes a note of sources, so that figure blocks are numbered with the text."""

    def __init__(self, site: Site, asker: Asker) -> None:
        super().__init__(site, titled=False)
        self._asker = asker
        self._entries: dict[Hashable, dict[str, Any]] = {}

    def fact(self, key: str, view: Callable[[], Mapping[str, Any]], sources: Iterable[Ref]) -> Mark:
        """Return a mark of the note of a fact. `view` says what the note shows; it is asked at the first use only."""
        return self._mark(("fact", key), "fact", view, [(ref.id, None) for ref in sources])

    def citation(self, sources: Iterable[tuple[str, str | None]]) -> Mark:
        """Return a mark of the note that names sources, each with the place in it, such as "p. 3"."""
        wanted = list(sources)
        return self._mark(("citation", *wanted), "citation", dict, wanted)

    def footnote(self, label: str) -> Mark:
        """Return a mark of a note that the author wrote out; `give_text` gives it its text."""
        return self._mark(("footnote", label), "footnote", dict, [])

    def give_text(self, label: str, html: str) -> None:
        """Set the text of a footnote, where it was marked."""
        if (entry := self._entries.get(("footnote", label))) is not None:
            entry["html"] = html

    def cite(self, sources: Iterable[Ref]) -> list[Mark]:
        """Return the mark of a note that names sources, as views ask for it; no mark where there are none."""
        wanted = [(ref.id, None) for ref in sources]
        return [self.citation(wanted)] if wanted else []

    def view(self) -> list[dict[str, Any]]:
        """Return the list of sources at the foot of the page, in order of their numbers."""
        return [
            {"number": number, "id": f"source-{number}", "marks": self._marks[source]}
            | self._shown(source)
            | {"source": source}
            for source, number in self._numbers.items()
        ]

    def _shown(self, source: str) -> dict[str, Any]:
        shown: dict[str, Any] = self._asker.shared(
            ("view of source", source), lambda asker: source_view(asker.site(), source)
        )
        return shown

    def _title(self, source: str) -> str:
        title: str = self._asker.shared(("title of source", source), lambda asker: source_title(asker.site(), source))
        return title

    def entries(self) -> list[dict[str, Any]]:
        """Return the notes in order of their numbers."""
        return list(self._entries.values())

    def _mark(
        self,
        key: Hashable,
        kind: str,
        view: Callable[[], Mapping[str, Any]],
        sources: list[tuple[str, str | None]],
    ) -> Mark:
        entry = self._entries.get(key)
        if entry is None:
            number = len(self._entries) + 1
            entry = {"kind": kind, "number": number, "id": f"prose-note-{number}", "marks": [], "html": None}
            self._entries[key] = entry
            # A source that does not exist was reported where it was named.
            sources = [item for item in sources if item[0] in self._site.sources]
            places = super().cite(Ref("source", source, NOWHERE) for source, _ in sources)
            entry["sources"] = [
                {
                    "id": place["id"],
                    "number": place["number"],
                    "target": place["target"],
                    "title": self._title(source),
                    "locator": locator,
                }
                for place, (source, locator) in zip(places, sources, strict=True)
            ]
            entry |= view()
        mark = f"note-mark-{entry['number']}-{len(entry['marks']) + 1}"
        entry["marks"].append(mark)
        title = entry.get("label") or "; ".join(source["title"] for source in entry["sources"])
        return {"number": entry["number"], "id": mark, "target": entry["id"], "title": title}


def mark_element(mark: Mark) -> Element:
    """Return a mark as it stands in the text: a raised number that leads to the note."""
    raised = Element("sup", {"class": "note-mark"})
    link = Element("a", {"id": mark["id"], "href": f"#{mark['target']}"})
    words = Element("span", {"class": "visually-hidden"})
    words.text, words.tail = "Note ", str(mark["number"])
    link.append(words)
    raised.append(link)
    return raised
