"""A country's fact sheet."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import field

from explainer.models.fact import AnyFact, Fact, Series
from explainer.models.fields import (
    Colour,
    CountryRef,
    Id,
    IndicatorRef,
    LanguageTag,
    Line,
    ScriptCode,
    SourceRef,
    _matching,
)
from explainer.models.forms import matching
from explainer.models.markers import AtLeast, ReadBy
from explainer.record import NOWHERE, Record
from explainer.refs import Ref


class NativeName(Record, frozen=True, kw_only=True):
    """The name in one of the country's languages, in the script it is written in there."""

    lang: LanguageTag
    script: ScriptCode
    name: Line
    official: Line | None = None

    @property
    def tag(self) -> str:
        """The language and the script as one BCP 47 tag, in its order: language, script, region."""
        language, *others = self.lang.split("-")
        return "-".join([language, self.script, *(part for part in others if len(part) == 2)])


Alpha2 = Annotated[
    str,
    ReadBy(_matching(re.compile("[A-Z]{2}"), "an ISO code", "write two capital letters")),
    matching("[A-Z]{2}", "write two capital letters"),
]
Alpha3 = Annotated[
    str,
    ReadBy(_matching(re.compile("[A-Z]{3}"), "an ISO code", "write three capital letters")),
    matching("[A-Z]{3}", "write three capital letters"),
]
Numeric = Annotated[
    str,
    ReadBy(_matching(re.compile("[0-9]{3}"), "an ISO code", 'write three digits in quotes: "398"')),
    matching("[0-9]{3}", 'write three digits in quotes: "398"', "integer", minimum=0, maximum=999),
]


class CountryCodes(Record, frozen=True, kw_only=True):
    """The codes of ISO 3166-1."""

    alpha2: Alpha2
    alpha3: Alpha3
    numeric: Numeric


class ThemeColours(Record, frozen=True, kw_only=True):
    """A country's colour on light and on dark paper; it is always shown with the country's name."""

    light: Colour
    dark: Colour


class Country(Record, frozen=True, kw_only=True):
    """Everything the site knows of a country that does not depend on an organisation."""

    name: Line
    official: Line | None = None
    native: tuple[NativeName, ...] = ()
    codes: CountryCodes
    aliases: tuple[Line, ...] = ()
    """Other names and spellings readers may look for."""
    places: tuple[Line, ...] = ()
    """Names and spellings of its towns by which readers may look for it; pages do not show them."""
    slug: Id | None = None
    summary: Line | None = None
    """One sentence under the name, without figures."""
    colour: ThemeColours | None = None
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    """For names and codes."""
    neighbours: tuple[CountryRef, ...] = ()
    facts: dict[IndicatorRef, Fact] = field(default_factory=dict)
    series: dict[IndicatorRef, Series] = field(default_factory=dict)

    def fact(self, indicator: str) -> AnyFact | None:
        """Return the fact for an indicator, or None when the sheet has none."""
        return self.facts.get(Ref("indicator", indicator, NOWHERE))

    def series_of(self, indicator: str) -> Series | None:
        """Return the yearly values of an indicator, or None when the sheet has none."""
        return self.series.get(Ref("indicator", indicator, NOWHERE))
