"""Check countries against each other: their codes, names and neighbours, and the region they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.models.country import CountryCodes
from explainer.problems import Place, Problem
from explainer.record import field_names
from explainer.site import Site


def check_codes(site: Site) -> Iterator[Problem]:
    """No two countries share a code."""
    first: dict[tuple[str, str], str] = {}
    for key, country in site.countries.items():
        for field in field_names(CountryCodes):
            code = getattr(country.codes, field)
            other = first.setdefault((field, code), key)
            if other != key:
                message = f'"{code}" is the {field} code of {other} already ({_code_place(site, other, field)})'
                yield Problem(_code_place(site, key, field), "D060", message, "correct one of the two codes")


def _code_place(site: Site, country: str, field: str) -> Place:
    return site.countries[country].codes.place_of(field)


def check_names(site: Site) -> Iterator[Problem]:
    """No name or alias of a country is a name or alias of another, whatever its capitals."""
    first: dict[str, tuple[str, Place]] = {}
    for wanted in ("name", "official", "aliases"):
        for key, country in site.countries.items():
            names = getattr(country, wanted)
            for name in names if isinstance(names, tuple) else [names] if names else []:
                other, where = first.setdefault(name.casefold(), (key, country.place_of(wanted)))
                if other != key:
                    message = f'"{name}" is a name of {other} already ({where})'
                    yield Problem(
                        country.place_of(wanted), "D061", message, "a name must lead to one country: delete one"
                    )


def check_neighbours(site: Site) -> Iterator[Problem]:
    """No country is its own neighbour."""
    for key, country in site.countries.items():
        for ref in country.neighbours:
            if ref.id == key:
                yield Problem(ref.place, "D063", f"{key} is named as its own neighbour", "delete it")


def check_neighbours_agree(site: Site) -> Iterator[Problem]:
    """Who is named as a neighbour names the other too; a country that names none is not asked."""
    for key, country in site.countries.items():
        for ref in country.neighbours:
            neighbour = site.countries.get(ref.id)
            if ref.id == key or neighbour is None or not neighbour.neighbours:
                continue
            if all(back.id != key for back in neighbour.neighbours):
                message = f"{key} names {ref.id} as neighbour ({ref.place}), but {ref.id} does not name {key}"
                fix = f"add {key} here, or delete {ref.id} there"
                yield Problem(neighbour.place_of("neighbours"), "D062", message, fix)


def check_region_has_facts(site: Site) -> Iterator[Problem]:
    """Every country of the region has facts to show."""
    for key in dict.fromkeys(site.region):
        country = site.countries.get(key)
        if country is not None and not country.facts:
            place = site.place_of("country", key)
            message = f"{country.name} belongs to the region, but has no facts"
            yield Problem(place, "D013", message, "add `facts`, each with its date and sources", "warning")
