"""What stands around the content of every page: the site's name, its navigation and footer, its licence, its assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from explainer.addresses import FEED, HOME, SEARCH
from explainer.answers import Answers
from explainer.models.settings import SiteSettings

NAVIGATION = "navigation"
SURROUNDINGS = "surroundings"


def surroundings_answers(
    settings: SiteSettings, assets: Mapping[str, str], *, is_preview: bool, has_feed: bool
) -> dict[str, Callable[..., Any]]:
    """Return what answers two questions of each page: the addresses in the navigation, and all that surrounds it.

    Surroundings are asked for by what `mark_of` returns, and are one mapping for all pages with the same mark, so that
    it is made, and written down for the pages' keys, once. `assets` maps the name of an asset to its address.
    """

    pages = tuple(item.page for item in settings.navigation)

    @cache
    def surroundings(mark: str) -> dict[str, Any]:
        return {
            "title": settings.title,
            "language": settings.language,
            "licence": {"name": settings.licence.name, "url": settings.licence.url},
            "navigation": [
                {"title": item.title, "address": item.page, "is_here": is_here == "1"}
                for item, is_here in zip(settings.navigation, mark, strict=False)
            ],
            "assets": dict(assets),
            "footer": [{"title": item.title, "address": item.page} for item in settings.footer],
            "search": SEARCH,
            "feed": FEED if has_feed else None,
            "repository": settings.repository.rstrip("/") or None,
            "is_preview": is_preview,
        }

    return {NAVIGATION: lambda: pages, SURROUNDINGS: surroundings}


def surroundings_of(answers: Answers, address: str) -> dict[str, Any]:
    """Return what surrounds the page at an address, asked by nobody."""
    found: dict[str, Any] = answers.find((SURROUNDINGS, mark_of(address, answers.find((NAVIGATION,)))))
    return found


def mark_of(address: str, navigation: tuple[str, ...]) -> str:
    """Return a digit for each address in the navigation: 1 where the page at `address` is it, or lies below it."""
    return "".join("1" if _is_below(address, above) else "0" for above in navigation)


def _is_below(address: str, above: str) -> bool:
    """Whether a page is one that the navigation names, or lies below it. Below the home page lies nothing else."""
    return address == above or (above != HOME and address.startswith(above))
