"""Read from the manifest of a built site which pages it has."""

from __future__ import annotations

import json
from pathlib import Path


def page_addresses(site: Path) -> list[str]:
    """Return the address of each page below the site's front page: "", "countries/x/", "404.html".

    Raises AssertionError when the manifest lists no page: an audit of nothing must not pass.
    """
    manifest = json.loads((site / "manifest.json").read_bytes())
    addresses = [address.removeprefix("/") for address in manifest["pages"]]
    assert addresses, f"{site / 'manifest.json'} lists no page"
    if "404.html" in manifest["files"] and "404.html" not in addresses:
        addresses.append("404.html")
    return addresses


def kind_of(address: str) -> str:
    """Return the kind of a page: its folder, and whether it is the folder's own page or one below it."""
    folder, _, rest = address.partition("/")
    return f"{folder}/*" if rest else folder


def one_of_each_kind(addresses: list[str]) -> list[str]:
    """Return the first page of each kind; pages at the top of the site are kinds of their own."""
    return list({kind_of(address): address for address in reversed(addresses)}.values())[::-1]
