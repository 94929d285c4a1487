"""The pages of countries: the index and one page for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from explainer.addresses import COUNTRIES, MATRIX, country_address, country_data_address, country_feed_address
from explainer.config import Options
from explainer.dates import PartialDate
from explainer.formats import format_date
from explainer.map_asset import ASSET as MAP
from explainer.map_asset import has_outlines
from explainer.page import Page
from explainer.plan import linked_data
from explainer.plan.citation import citation
from explainer.plan.documents import listed_articles
from explainer.plan.frame import Frame
from explainer.plan.glance import glance_view
from explainer.plan.reading_time import minutes_of, words_shown
from explainer.plan.source_article import claims_about
from explainer.site import Site
from explainer.views.data_facts import indicators_of
from explainer.views.data_files import files_view
from explainer.views.events import events_of_country
from explainer.views.facts import fact_groups_view, fact_view
from explainer.views.map import locator_view
from explainer.views.notes import SourceNotes
from explainer.views.standing import questions_of_country, standings_of_country


def country_pages(frame: Frame, options: Options) -> Iterator[Page]:
    """Yield the index of countries, then each country's page."""
    yield _index(frame, options.as_of)
    for key in frame.site.countries:
        yield _country(frame, key, options)


def key_rows(site: Site, notes: SourceNotes, as_of: date) -> list[dict[str, Any]]:
    """Return the region's countries with their key facts, in the region's order."""
    return [
        {
            "id": key,
            "name": site.countries[key].name,
            "address": country_address(site, key),
            "facts": [
                fact_view(site, key, ref.id, fact, notes, as_of, brief=True)
                if (fact := site.countries[key].fact(ref.id)) is not None
                else None
                for ref in site.settings.key_indicators
            ],
        }
        for key in site.region
    ]


def key_labels(site: Site) -> list[str]:
    """Return the names of the key indicators, in their order."""
    return [site.indicators[ref.id].label for ref in site.settings.key_indicators]


def _index(frame: Frame, as_of: date) -> Page:
    site, notes = frame.site, SourceNotes(frame.site)
    region = site.settings.region.name
    others = [key for key in site.countries if key not in site.region]
    return frame.page(
        COUNTRIES,
        "pages/countries.html",
        "content/site.yml",
        title="Countries",
        description=f"The {len(site.region)} countries of {region} in figures, and {len(others)} other countries.",
        trail=[("/", site.settings.title)],
        region=region,
        labels=key_labels(site),
        rows=key_rows(site, notes, as_of),
        others=[
            {
                "name": site.countries[key].name,
                "address": country_address(site, key),
                "summary": site.countries[key].summary,
            }
            for key in sorted(others, key=lambda key: site.countries[key].name)
        ],
        sources=notes.view(),
    )


def _country(frame: Frame, key: str, options: Options) -> Page:
    site, country, as_of = frame.site, frame.site.countries[key], options.as_of
    notes = SourceNotes(site)
    name_notes = notes.cite(country.sources)
    groups = fact_groups_view(site, key, country, notes, as_of)
    map_notes = notes.cite(site.map.sources) if site.map is not None and has_outlines(site, [key]) else []
    standings = standings_of_country(site, key, notes)
    events = events_of_country(site, key, notes, as_of)
    claims = claims_about(site, key, notes)
    questions = questions_of_country(site, key, notes)
    glance = glance_view(site, key, notes, as_of)
    read = notes.last_read()
    address = country_address(site, key)
    return frame.page(
        address,
        "pages/country.html",
        country.place.path,
        title=country.name,
        description=country.summary or f"{country.name}: what the record shows, with sources and dates.",
        trail=[("/", site.settings.title), (COUNTRIES, "Countries")],
        linked_data=_linked_data(frame, key, address),
        feed=country_feed_address(site, key),
        card={
            "names": " · ".join(dict.fromkeys(name.name for name in country.native if name.name != country.name)),
            "hue": country.colour.light if country.colour is not None else None,
        },
        country={
            "id": key,
            "name": country.name,
            "official": country.official,
            "summary": country.summary,
            "kicker": site.settings.region.name if key in site.region else None,
            "native": [{"lang": name.tag, "name": name.name, "official": name.official} for name in country.native],
            "codes": [country.codes.alpha2, country.codes.alpha3, country.codes.numeric],
            "notes": name_notes,
        },
        locator=locator_view(site, key, frame.assets.get(MAP, "")),
        map_notes=map_notes,
        groups=groups,
        glance=glance,
        region=site.settings.region.name,
        minutes=minutes_of(words_shown([groups, standings, events, questions, claims])),
        last_read=read and {"text": format_date(PartialDate.parse(read), site.settings.language), "iso": read},
        standings=standings,
        matrix=MATRIX if key in site.region else None,
        events=events,
        claims=claims,
        questions=questions,
        articles=listed_articles(frame, "country", key),
        neighbours=[
            {"name": site.countries[ref.id].name, "address": country_address(site, ref.id)}
            for ref in country.neighbours
        ],
        sources=notes.view(),
        files=files_view(key, country_data_address, "json", "csv", "ics"),
        cite=citation(frame, address, title=country.name, date=read, words="Sources read to"),
    )


def _linked_data(frame: Frame, key: str, address: str) -> list[linked_data.Thing]:
    site, country, locate = frame.site, frame.site.countries[key], frame.locator(address)
    labels = [site.indicators[indicator].label for indicator in indicators_of(site, key)]
    about = linked_data.country(site, key, address, locate)
    data = linked_data.dataset(
        site,
        address,
        {ending: country_data_address(key, ending) for ending in ("json", "csv")},
        locate,
        name=f"{country.name}: facts with their sources and dates",
        description=f"What {site.settings.title} knows of {country.name}: {len(country.facts)} facts and the dated"
        " events that concern it, each with its sources and the date for which it holds.",
        measured=labels,
        about={"@id": about["@id"]},
    )
    return [about, data]
