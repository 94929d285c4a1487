"""Write the outlines of the map as one file, which the pages that show a map share."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.site import Site

ASSET = "map.svg"
"""The name of the asset that holds the outlines: pages refer to its shapes, so that a browser fetches them once."""


def has_outlines(site: Site, countries: Sequence[str]) -> bool:
    """Whether there is a map, and all of some countries are on it."""
    return site.map is not None and {ref.id for ref in site.map.outlines} >= set(countries)


def outlines_of(site: Site) -> dict[str, str]:
    """Return the outline of each country that is on the map."""
    return {} if site.map is None else {ref.id: outline for ref, outline in site.map.outlines.items()}


def map_svg(site: Site) -> str | None:
    """Return the file of outlines, a shape for each country and one for all other land; None where there is no map."""
    if site.map is None:
        return None
    shapes = {f"outline-{key}": outline for key, outline in outlines_of(site).items()}
    if site.map.land is not None:
        shapes = {"land": site.map.land, **shapes}
    paths = "".join(f'<path id="{name}" vector-effect="non-scaling-stroke" d="{d}"/>' for name, d in shapes.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {site.map.width} {site.map.height}">{paths}</svg>\n'
