"""What pages show of a file of data: its form and its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NAMES = {"json": "JSON", "csv": "CSV", "ics": "calendar (.ics)"}


def files_view(key: str, address_of: Callable[[str, str], str], *endings: str) -> list[dict[str, Any]]:
    """Return name and address of each file about a record, one for each ending."""
    return [{"name": NAMES[ending], "address": address_of(key, ending)} for ending in endings]
