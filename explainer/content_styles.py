"""Style rules that come from content: the colours of countries, and what a filter of events leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.site import Site


def content_styles(site: Site) -> str:
    """Return the rules, each in its layer; nothing where the content asks for none."""
    return _colours(site) + _filters(site)


def _colours(site: Site) -> str:
    """Give each country its colour, on light and on dark paper."""
    coloured = [(key, country.colour) for key, country in site.countries.items() if country.colour is not None]
    rules = "".join(f"  .c-{key} {{ --hue: light-dark({colour.light}, {colour.dark}); }}\n" for key, colour in coloured)
    return f"@layer countries {{\n{rules}}}\n" if rules else ""


def _filters(site: Site) -> str:
    """Let a choice in a list of countries or kinds hide the other events, without a script.

    What a link leads to is shown all the same, a year that keeps no event loses its heading, and paper shows all.
    """
    rules = [*_left_out("country", "of", site.countries), *_left_out("kind", "k", site.settings.event_kinds)]
    lines = "".join(f"  {rule}\n" for rule in rules)
    return f"@media screen {{ @layer components {{\n{lines}}} }}\n" if rules else ""


def _left_out(choice: str, prefix: str, keys: Iterable[str]) -> Iterable[str]:
    for key in keys:
        chosen = f'main:has(.filter-{choice} [value="{key}"]:checked)'
        others = f".event:not(.{prefix}-{key}, :target), .year:not(:has(.{prefix}-{key}, :target))"
        yield f"{chosen} :is({others}) {{ display: none; }}"
