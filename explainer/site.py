"""The connected site: every reference in it leads to a record, so that a look-up cannot fail."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from explainer.content import Document
from explainer.models.country import Country
from explainer.models.derived import DerivedFigure
from explainer.models.event import Event
from explainer.models.glossary import GlossaryTerm
from explainer.models.indicator import Indicator, Unit
from explainer.models.map import MapDrawing
from explainer.models.organisation import Organisation
from explainer.models.settings import SiteSettings
from explainer.models.source import Source
from explainer.models.source_article import SourceArticle
from explainer.problems import Place
from explainer.refs import Kind


class Use(Struct, frozen=True):
    """A record that leans on a source, and which part of it: an indicator, an event, a claim."""

    kind: Kind
    id: str
    part: str | None


class Site(Struct, frozen=True):
    """All records by id, with the places where they stand and the uses of each source."""

    settings: SiteSettings
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    organisations: Mapping[str, Organisation]
    events: Mapping[str, Event]
    derived: Mapping[str, DerivedFigure]
    glossary: Mapping[str, GlossaryTerm]
    source_articles: Mapping[str, SourceArticle]
    articles: Mapping[str, Document]
    pages: Mapping[str, Document]
    map: MapDrawing | None
    places: Mapping[Kind, Mapping[str, Place]]
    uses: Mapping[str, tuple[Use, ...]]
    mentions: frozenset[str] = frozenset()
    """What the bodies of all documents name by `@id` or `#id`."""

    @property
    def region(self) -> list[str]:
        """The ids of the region's countries, in its own order."""
        return [ref.id for ref in self.settings.region.countries]

    def place_of(self, kind: Kind, identifier: str) -> Place:
        """Return where a record stands in content."""
        return self.places[kind][identifier]
