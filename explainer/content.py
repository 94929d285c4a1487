"""The records of a site as they were read, before anything refers to anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import ClassVar

from msgspec import Struct, field

from explainer.models.article import FrontMatter
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
from explainer.refs import Kind, Ref


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its front matter, its body, and the line of the file on which the body begins."""

    is_watched_by_parts: ClassVar[bool] = True

    id: str
    kind: Kind
    path: str
    front: FrontMatter
    text: str | Callable[[], str] = dataclasses.field(compare=False)
    """The body, or what reads it from its file where it has not been needed yet."""
    body_line: int = dataclasses.field(compare=False)
    mentions: frozenset[str] = dataclasses.field(default=frozenset(), compare=False)
    """What the body names by `@id` or `#id`: the sources it leans on are among them."""
    header: bytes = dataclasses.field(default=b"", compare=False)
    """Stands for the text of the front matter; empty where there was something to tell about it."""

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.text if isinstance(self.text, str) else self.text()


class Content(Struct):
    """All records by id, in the order in which they were read.

    `places` says where each record stands that exists, those included that failed validation: a record with a typo
    still counts as existing, so that one typo never makes a second, false complaint. A kind that is not in `places`
    could not be read at all, and nothing can be said of references to it. `missing` names the file of such a kind
    when it is not there: that is told once, by the first reference that needs it.
    """

    settings: SiteSettings | None = None
    units: dict[str, Unit] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    derived: dict[str, DerivedFigure] = field(default_factory=dict)
    glossary: dict[str, GlossaryTerm] = field(default_factory=dict)
    source_articles: dict[str, SourceArticle] = field(default_factory=dict)
    articles: dict[str, Document] = field(default_factory=dict)
    pages: dict[str, Document] = field(default_factory=dict)
    map: MapDrawing | None = None
    places: dict[Kind, dict[str, Place]] = field(default_factory=dict)
    missing: dict[Kind, str] = field(default_factory=dict)
    loose: list[Ref] = field(default_factory=list)
    """The references of records that failed validation: they are told in the same run as what else is wrong there."""
