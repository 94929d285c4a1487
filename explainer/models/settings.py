"""What site.yml says: the site's name, address, region and vocabularies."""

from __future__ import annotations

from msgspec import field

from explainer.models.fields import (
    BlankOrWebAddress,
    CountryRef,
    GoneAddress,
    Id,
    IndicatorRef,
    LanguageTag,
    Line,
    OrganisationRef,
    Paragraphs,
    WebAddress,
    YesNo,
)
from explainer.record import Record


class Licence(Record, frozen=True, kw_only=True):
    """Under which terms the content may be used."""

    name: Line
    url: WebAddress


class Region(Record, frozen=True, kw_only=True):
    """The countries the site is about, in the order in which it shows them."""

    name: Line
    countries: tuple[CountryRef, ...]
    organisation: OrganisationRef | None = None
    """The organisation whose timeline the home page leads to."""


class NavigationItem(Record, frozen=True, kw_only=True):
    """A link of the main navigation. `page` is an address of this site, such as `/countries/`."""

    title: Line
    page: Line


class SiteSettings(Record, frozen=True, kw_only=True):
    """The settings of the whole site."""

    title: Line
    description: Line
    language: LanguageTag = "en"
    base_url: BlankOrWebAddress = ""
    repository: BlankOrWebAddress = ""
    licence: Licence
    region: Region
    navigation: tuple[NavigationItem, ...] = ()
    footer: tuple[NavigationItem, ...] = ()
    """Links at the foot of every page."""
    welcome: Paragraphs | None = None
    """What the home page says first, in one or two paragraphs."""
    fact_groups: dict[Id, Line]
    """The groups of indicators, in the order in which pages show them."""
    search: YesNo = True
    """Whether the site has an index of its texts."""
    cards: YesNo = True
    """Whether pages have a picture for those who share them."""
    key_indicators: tuple[IndicatorRef, ...] = ()
    """The indicators of the fact box and of the home page, most telling first."""
    event_kinds: dict[Id, Line] = field(default_factory=dict)
    topics: dict[Id, Line] = field(default_factory=dict)
    gone: dict[GoneAddress, Line] = field(default_factory=dict)
    """Addresses that were published and are given up for good, each with the reason."""
