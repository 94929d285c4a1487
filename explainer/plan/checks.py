"""Check the addresses of all pages together, and the links that lead to them from every page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Protocol

from explainer.models.settings import SiteSettings
from explainer.problems import Place, Report, did_you_mean

MAX_ADDRESS_BYTES = 80


class Planned(Protocol):
    """What is checked of all pages together: each one's address, the content it is about, and its title, if any."""

    @property
    def address(self) -> str: ...  # noqa: D102

    @property
    def source(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> str | None: ...  # noqa: D102


def check_addresses(pages: Sequence[Planned], report: Report) -> None:
    """Report addresses that some server or file system would not keep apart, or that are too long."""
    seen: dict[str, Planned] = {}
    told: set[tuple[str, str]] = set()
    for page in pages:
        address = page.address
        folded = address.lower() if address.isascii() else unicodedata.normalize("NFC", address).casefold()
        first = seen.get(folded)
        # Two pages at one address share the addresses of their feeds and citations too: that goes without saying.
        if first is not None and (first.source, page.source) not in told:
            told.add((first.source, page.source))
            report.add(
                Place(page.source),
                "L020",
                f"its address {page.address} is that of {first.source} too",
                "give one of the two another `slug`",
            )
        seen[folded] = page
        # A file that belongs to a page adds its own name, which the editor of a slug cannot shorten.
        if (
            page.title is not None
            and len(address) * 4 > MAX_ADDRESS_BYTES
            and len(address.encode()) > MAX_ADDRESS_BYTES
        ):
            report.add(
                Place(page.source),
                "L021",
                f"its address {page.address} has more than {MAX_ADDRESS_BYTES} bytes",
                "give it a shorter `slug`",
            )


def check_navigation(settings: SiteSettings, pages: Sequence[Planned], report: Report) -> None:
    """Report links of the main navigation and of the footer that lead to no page."""
    addresses = {page.address: None for page in pages}
    for item in (*settings.navigation, *settings.footer):
        if item.page not in addresses:
            fix = did_you_mean(item.page, addresses, otherwise="write the address of a page, such as /countries/")
            report.add(item.place_of("page"), "L010", f'there is no page "{item.page}"', fix)
