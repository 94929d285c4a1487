"""What the conversion of a body may ask about the rest of the site. No answer needs the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from msgspec import Struct, field

from explainer.addresses import document_address
from explainer.answers import Answers, Asker
from explainer.assets import FOLDER, Assets
from explainer.config import Options
from explainer.content import Document
from explainer.derived import Figures
from explainer.link import references
from explainer.literals.words import LanguageError, Words, languages, load_words
from explainer.map_asset import ASSET
from explainer.problems import Report
from explainer.prose.converter import ParsedBody, parse_body
from explainer.prose.image_size import image_size
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.scripts import native_languages
from explainer.publication import publication_of
from explainer.record import Record
from explainer.refs import Kind
from explainer.site import Site
from explainer.watch import ABSENT

# Kinds of records that have a file of their own, to which links may lead.
_FILES: tuple[Kind, ...] = ("country", "organisation", "source article", "article", "page")


class Image(Struct, frozen=True):
    """An image of the static folder: the address it will have, and its width and height in pixels."""

    address: str
    size: tuple[int, int] | None


class ParsedBodies(Struct):
    """The parsed bodies of one build: each is parsed once, also when another one asks for its headings.

    `known` are headings found by an earlier build, or by a worker of this one, by the path of the document.
    """

    language: str
    known: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    _headings: dict[str, frozenset[str] | None] = field(default_factory=dict)
    _parsed: dict[str, ParsedBody] = field(default_factory=dict)

    def take(self, document: Document) -> ParsedBody:
        """Return the tree of a body, which from then on belongs to the caller."""
        return self._parsed.pop(document.path, None) or self._parse(document)

    def headings(self, document: Document) -> frozenset[str] | None:
        """Return the ids of a document's headings, or None when its body could not be parsed."""
        if document.path in self.known:
            return self.known_headings(document.path)
        if document.path not in self._headings:
            self._parsed[document.path] = self._parse(document)
        return self._headings[document.path]

    def known_headings(self, path: str) -> frozenset[str] | None:
        """Return what `headings` returns for a document whose path is among the known. Raises KeyError."""
        known = self.known[path]
        return None if known is None else frozenset(known)

    def _parse(self, document: Document) -> ParsedBody:
        source = MarkdownSource(document.body, document.path, document.body_line)
        parsed = parse_body(source, Report(), language=self.language)
        ids = frozenset(heading.id for heading in parsed.headings)
        self._headings[document.path] = ids if parsed.sound else None
        return parsed


class ProseContext:
    """What one body after the other is converted in. What a body asks of the site is noted by the context's asker.

    `as_of` is the day of the build. `images` are the files of the static folder by path, such as `static/images/x.png`;
    None when nothing is known of them, as while words are filled in. `language_error` tells that the site's language
    has no words for figures.
    """

    def __init__(
        self, asker: Asker, parsed: ParsedBodies, words: Words, language_error: LanguageError | None = None
    ) -> None:
        self.asker, self.parsed, self.words, self.language_error = asker, parsed, words, language_error
        self.site: Site = asker.site()
        self.figures = Figures(self.site, words)
        self.as_of: date = asker.day()
        has_images = asker.answers.values["images"] is not None
        self.images: Mapping[str, Image] | None = asker.mapping("images") if has_images else None
        self.native_tags: Mapping[str, str] = asker.mapping("native names")

    def anew(self) -> ProseContext:
        """Return the context for another body, by which nothing was asked yet."""
        return ProseContext(Asker(self.asker.answers), self.parsed, self.words, self.language_error)

    @property
    def documents(self) -> Iterable[Document]:
        """All articles and pages, held back or not."""
        site: Site = self.asker.answers.values["site"]
        return [*site.articles.values(), *site.pages.values()]

    @property
    def folder(self) -> str:
        """The path of the content folder as messages show it; empty where it is the project's own."""
        # Nobody asks for it: with other folders, everything is made anew.
        site: Site = self.asker.answers.values["site"]
        return site.settings.place.path.rpartition("/")[0]

    def address_of(self, kind: Kind, key: str) -> str | None:
        """Return the address of an article or a page, or None where there is none that could be read."""
        found: str = self.asker.ask("document address", kind, key)
        return None if found == ABSENT else found

    def is_shown(self, path: str) -> bool:
        """Whether this build shows the document of a path."""
        return bool(self.asker.ask("publication", path)[0])

    def why_not_shown(self, path: str) -> str:
        """Return the state of a document in words."""
        return str(self.asker.ask("publication", path)[1])

    def is_whole(self) -> bool:
        """Whether every record could be read and every reference leads to one. What does not was reported already."""
        site: Site = self.asker.answers.values["site"]
        records: dict[Kind, Mapping[str, Record]] = {
            "unit": site.units,
            "indicator": site.indicators,
            "source": site.sources,
            "country": site.countries,
            "organisation": site.organisations,
        }
        if any(set(site.places.get(kind, {})) - set(known) for kind, known in records.items()):
            return False
        pieces: list[Record] = [record for known in records.values() for record in known.values()]
        found = (ref for record in [site.settings, *pieces] for ref in references(record))
        if any(ref.kind in records and ref.id not in records[ref.kind] for ref in found):
            return False
        return all(
            entry.status is None or entry.status.id in organisation.statuses
            for organisation in site.organisations.values()
            for entries in organisation.parties.values()
            for entry in entries
        )

    @property
    def map_address(self) -> str | None:
        """Where the drawing of all maps is, without a fragment; None for a site that has none."""
        found: str | None = self.asker.ask("map address")
        return found

    def take_parsed(self, document: Document) -> ParsedBody:
        """Return the tree of a body, which from then on belongs to the caller."""
        return self.parsed.take(document)

    def headings_of(self, document: Document) -> frozenset[str] | None:
        """Return the ids of a document's headings, or None when its body could not be parsed."""
        found: frozenset[str] | None = self.asker.ask("headings", document.kind, document.id)
        return found

    def record_at(self, path: str) -> tuple[Kind, str] | None:
        """Return kind and id of the record whose file, and no other's, has a path; None where there is none."""
        found: tuple[Kind, str] | None = self.asker.ask("record at", path)
        return found

    def has_sources(self, path: str) -> bool:
        """Whether a file is one of those that list sources."""
        return bool(self.asker.ask("sources at", path))


def make_context(
    site: Site,
    options: Options,
    *,
    assets: Assets | None = None,
    static: str = "static",
    headings: dict[str, tuple[str, ...] | None] | None = None,
) -> ProseContext:
    """Return the context for all bodies of a site. `static` is the static folder's path as messages show it.

    `headings` are those that an earlier build found in bodies that have not changed since.
    """
    error = None
    try:
        words = load_words(site.settings.language)
    except LanguageError as missing:
        words, error = load_words(languages()[0]), missing
    parsed = ParsedBodies(site.settings.language, {} if headings is None else headings)

    @cache
    def files() -> dict[str, tuple[Kind, str]]:
        found: dict[str, tuple[Kind, str]] = {}
        for kind in _FILES:
            for key, place in site.places.get(kind, {}).items():
                found.setdefault(place.path, (kind, key))
        return found

    lists = {place.path for place in site.places.get("source", {}).values()}

    def headings_of(kind: Kind, key: str) -> frozenset[str] | str | None:
        place = site.places.get(kind, {}).get(key)
        if place is not None and place.path in parsed.known:  # which needs no document to be made of its card
            return parsed.known_headings(place.path)
        document = (site.articles if kind == "article" else site.pages).get(key)
        return ABSENT if document is None else parsed.headings(document)

    def address_of(kind: Kind, key: str) -> str:
        document = (site.articles if kind == "article" else site.pages).get(key)
        return ABSENT if document is None else document_address(document)

    @cache
    def publication(path: str) -> tuple[bool, str] | str:
        kind, key = files().get(path, ("page", ""))
        document = (site.articles if kind == "article" else site.pages).get(key)
        if document is None:
            return ABSENT
        found = publication_of(document, options)
        return (found.is_shown, "" if found.is_shown else found.reason)

    answers = Answers(
        values={
            "site": site,
            "day": options.as_of,
            "images": None if assets is None else _images(assets, static),
            "native names": native_languages(site),
            "map address": f"{FOLDER}{ASSET}" if assets is None else assets.addresses.get(ASSET),
        },
        functions={
            "headings": headings_of,
            "document address": address_of,
            "publication": publication,
            "record at": lambda path: files().get(path),
            "sources at": lambda path: path in lists,
        },
    )
    return ProseContext(Asker(answers), parsed, words, error)


def _images(assets: Assets, static: str) -> dict[str, Image]:
    return {
        f"{static}/{name}": Image(address, image_size(assets.files[address.removeprefix("/")]))
        for name, address in assets.addresses.items()
        if name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"))
    }
