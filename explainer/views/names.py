"""Say by which names a country is looked for."""

from __future__ import annotations

from explainer.models.country import Country
from explainer.models.fact import GeographicPlace


def names_of_country(country: Country) -> tuple[str, ...]:
    """Return the names of a country but the one it is called by, and those of its places, former ones too."""
    found = [country.official, *country.aliases, *country.places]
    for native in country.native:
        found += [native.name, native.official]
    for fact in country.facts.values():
        if isinstance(fact.value, GeographicPlace):
            found += [fact.value.name, *fact.value.former_names]
    return tuple(filter(None, found))
