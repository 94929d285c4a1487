"""Say what a page is called, and shows, where people share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from explainer import card_drawing
from explainer.formats import territory_locale
from explainer.generator import installed
from explainer.models.settings import SiteSettings
from explainer.page import Page, View

FOLDER: Final = "/assets/cards/"
WRITER: Final = "card"
"""What stands in place of a template in a page that is a picture."""


def sharing_view(settings: SiteSettings, *, kind: str) -> dict[str, Any]:
    """Return what Open Graph asks of every page. `kind` is one of its types."""
    return {"kind": kind, "locale": territory_locale(settings.language), "card": None}


def card_view(address: str, words: Mapping[str, Any], assets: Mapping[str, str]) -> dict[str, Any]:
    """Return the view of the picture of the page at an address: its own address, its words, and its fonts by name.

    Its address holds a digest of all that it shows: who has seen a picture once need not ask for it again, and
    services that keep pictures show a new one when its words change.
    """
    names = (*card_drawing.DISPLAY, *card_drawing.SANS)
    fonts = {name: path for name in names if (path := assets.get(f"fonts/{name}.woff2")) is not None}
    digest = sha256(repr((_draughtsman(), address, words, fonts)).encode()).hexdigest()[:20]
    return {
        "address": f"{FOLDER}{digest}.png",
        "width": card_drawing.WIDTH,
        "height": card_drawing.HEIGHT,
        "alt": f"{words['title']}. {words['site']}.",
        "words": dict(words),
        "fonts": fonts,
    }


def card_files(page: Page) -> Iterator[Page]:
    """Yield the picture of a page, where its view has one."""
    sharing: View | None = page.view.get("sharing")
    if sharing is not None and (card := sharing["card"]) is not None:
        yield Page(card["address"], WRITER, {"words": card["words"], "fonts": card["fonts"]}, page.source)


@cache
def _draughtsman() -> tuple[str, str]:
    """Return what stands for how pictures are drawn: the package that does it, and our own module."""
    packages = (name for name in installed() if name.lower().startswith("pillow-"))
    return next(packages, ""), sha256(Path(card_drawing.__file__).read_bytes()).hexdigest()
