"""What the conversion of a body may ask about the rest of the site. No answer needs the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from explainer.addresses import document_address
from explainer.assets import FOLDER, Assets
from explainer.config import Options
from explainer.content import Document
from explainer.derived import Figures
from explainer.link import references
from explainer.literals.words import LanguageError, languages, load_words
from explainer.map_asset import ASSET
from explainer.models.record import Record
from explainer.problems import Report
from explainer.prose.converter import ParsedBody, parse_body
from explainer.prose.image_size import image_size
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.scripts import native_languages
from explainer.publication import Publication, publication_of
from explainer.refs import Kind
from explainer.site import Site


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the static folder: the address it will have, and its width and height in pixels."""

    address: str
    size: tuple[int, int] | None


@dataclass(slots=True)
class ProseContext:
    """What all bodies of one build share. Each body is parsed once, also when another one asks for its headings.

    `images` are the files of the static folder by path, such as `static/images/x.png`; None when nothing is known of
    them, as while words are filled in. `language_error` tells that the site's language has no words for figures.
    """

    site: Site
    options: Options
    figures: Figures
    publications: Mapping[str, Publication]
    images: Mapping[str, Image] | None = None
    language_error: LanguageError | None = None
    native_tags: Mapping[str, str] = field(default_factory=dict)
    map_address: str | None = None
    _headings: dict[str, frozenset[str] | None] = field(default_factory=dict, repr=False)
    _parsed: dict[str, ParsedBody] = field(default_factory=dict, repr=False)

    @property
    def as_of(self) -> date:
        """The day of the build."""
        return self.options.as_of

    @property
    def documents(self) -> Iterable[Document]:
        """All articles and pages, held back or not."""
        return [*self.site.articles.values(), *self.site.pages.values()]

    def address_of(self, document: Document) -> str:
        """Return the address of an article or a page."""
        return document_address(self.site, document)

    def is_shown(self, document: Document) -> bool:
        """Whether this build shows a document."""
        return self.publications[document.path].is_shown

    def is_whole(self) -> bool:
        """Whether every record could be read and every reference leads to one. What does not was reported already."""
        site = self.site
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

    def take_parsed(self, document: Document) -> ParsedBody:
        """Return the tree of a body, which from then on belongs to the caller."""
        parsed = self._parsed.pop(document.path, None) or self._parse(document)
        return parsed

    def headings_of(self, document: Document) -> frozenset[str] | None:
        """Return the ids of a document's headings, or None when its body could not be parsed."""
        if document.path not in self._headings:
            self._parsed[document.path] = self._parse(document)
        return self._headings[document.path]

    def _parse(self, document: Document) -> ParsedBody:
        source = MarkdownSource(document.body, document.path, document.body_line)
        parsed = parse_body(source, Report(), language=self.site.settings.language)
        ids = frozenset(heading.id for heading in parsed.headings)
        self._headings[document.path] = ids if parsed.sound else None
        return parsed


def make_context(site: Site, options: Options, *, assets: Assets | None = None, static: str = "static") -> ProseContext:
    """Return the context for all bodies of a site. `static` is the static folder's path as messages show it."""
    error = None
    try:
        words = load_words(site.settings.language)
    except LanguageError as missing:
        words, error = load_words(languages()[0]), missing
    documents = [*site.articles.values(), *site.pages.values()]
    return ProseContext(
        site=site,
        options=options,
        figures=Figures(site, words),
        publications={document.path: publication_of(document, options) for document in documents},
        images=None if assets is None else _images(assets, static),
        language_error=error,
        native_tags=native_languages(site),
        map_address=f"{FOLDER}{ASSET}" if assets is None else assets.addresses.get(ASSET),
    )


def _images(assets: Assets, static: str) -> dict[str, Image]:
    return {
        f"{static}/{name}": Image(address, image_size(assets.files[address.removeprefix("/")]))
        for name, address in assets.addresses.items()
        if name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"))
    }
