"""The page that says which data there is, what each column means, and how to use it."""

from __future__ import annotations

from explainer.addresses import (
    DATA,
    country_address,
    country_data_address,
    data_address,
    indicator_data_address,
    organisation_address,
    organisation_data_address,
)
from explainer.page import Page
from explainer.plan.citation import citation
from explainer.plan.data_files import SOURCE_COLUMNS, shown_indicators
from explainer.plan.frame import Frame
from explainer.plan.linked_data import dataset
from explainer.views.data_events import EVENT_COLUMNS, last_read
from explainer.views.data_facts import FACT_COLUMNS, indicator_data
from explainer.views.data_files import files_view

TITLE = "Data"


def data_page(frame: Frame) -> Page:
    """Return the dictionary of the data."""
    site, settings = frame.site, frame.site.settings
    facts = sum(len(country.facts) for country in site.countries.values())
    description = f"All {facts} facts and all dated events of this site as files, with their sources and dates."
    everything = {ending: data_address("facts", ending) for ending in ("json", "csv")}
    indicators = shown_indicators(site)
    wholes = [
        {"name": "All facts and yearly values", "files": files_view("facts", data_address, "json", "csv")},
        {"name": "All dated events", "files": files_view("events", data_address, "json", "csv", "ics")},
        {"name": "All sources", "files": files_view("sources", data_address, "csv")},
    ]
    return frame.page(
        DATA,
        "pages/data.html",
        "content/site.yml",
        title=TITLE,
        description=description,
        trail=[("/", settings.title)],
        linked_data=[
            dataset(
                site,
                DATA,
                everything,
                frame.locator(DATA),
                name=f"{settings.title}: all facts",
                description=f"{description} {settings.description}",
                measured=[site.indicators[key].label for key in indicators],
            )
        ],
        wholes=wholes,
        countries=[
            {
                "name": country.name,
                "address": country_address(site, key),
                "files": files_view(key, country_data_address, "json", "csv", "ics"),
            }
            for key, country in site.countries.items()
        ],
        organisations=[
            {
                "name": organisation.name,
                "address": organisation_address(site, key),
                "files": files_view(key, organisation_data_address, "json", "csv", "ics"),
            }
            for key, organisation in site.organisations.items()
        ],
        indicators=[
            indicator_data(site, key) | {"id": key, "files": files_view(key, indicator_data_address, "json", "csv")}
            for key in indicators
        ],
        columns=[
            {"id": name, "title": title, "rows": [{"name": column, "text": text} for column, text in columns.items()]}
            for name, title, columns in (
                ("facts", "Columns of tables of facts", FACT_COLUMNS),
                ("events", "Columns of tables of events", EVENT_COLUMNS),
                ("sources", "Columns of the table of sources", SOURCE_COLUMNS),
            )
        ],
        cite=citation(frame, DATA, title=TITLE, date=last_read(site, site.sources), words="Sources read to"),
    )
