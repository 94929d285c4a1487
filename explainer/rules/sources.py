"""Check sources: their dates, their addresses, and that something leans on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explainer.problems import Place, Problem
from explainer.site import Site


def check_dates_of_sources(site: Site, as_of: date) -> Iterator[Problem]:
    """A source was looked at by the day of the build, and had appeared by then."""
    for key, source in site.sources.items():
        if source.accessed.earliest > as_of:
            message = f'source "{key}" was accessed on {source.accessed}, after the day of this build, {as_of}'
            yield Problem(source.place_of("accessed"), "D021", message, "correct the date")
        if source.published is not None and source.accessed.latest < source.published.earliest:
            message = f'source "{key}" appeared on {source.published}, after it was accessed on {source.accessed}'
            yield Problem(source.place_of("published"), "D022", message, "correct one of the two dates")


def check_addresses_of_sources(site: Site) -> Iterator[Problem]:
    """One address is one source, and the address of a copy is not that of the original."""
    first: dict[str, str] = {}
    for key, source in site.sources.items():
        if source.url is None:
            continue
        if source.archive_url == source.url:
            message = f'the copy of source "{key}" has the address of the original'
            yield Problem(
                source.place_of("archive_url"), "D024", message, "write the address in the archive, or delete it"
            )
        other = first.setdefault(source.url.rstrip("/"), key)
        if other != key:
            message = f'source "{key}" has the address of source "{other}" ({site.sources[other].place_of("url")})'
            fix = (
                "keep one of the two; of different parts or editions, give each its own address, if only by a #fragment"
            )
            yield Problem(source.place_of("url"), "D023", message, fix, "warning")


def check_sources_are_used(site: Site) -> Iterator[Problem]:
    """Every source is used by a fact, an event or another record, or mentioned in prose."""
    for key in site.sources:
        if key not in site.uses and key not in site.mentions:
            place: Place = site.place_of("source", key)
            message = f'no fact or event uses source "{key}"'
            yield Problem(place, "D020", message, "use it where it belongs, or delete it", "warning")
