"""Write pages that are data: JSON, tables, calendars. Views go in, bytes come out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from explainer.writers.calendar import write_calendar


def write_json(view: Mapping[str, Any]) -> bytes:
    """Return `view["content"]` as JSON in UTF-8: keys in the order of the view, one line for each value."""
    return (json.dumps(view["content"], ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def write_table(view: Mapping[str, Any]) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8: a line of `columns`, then `rows` of texts in the same order."""
    import csv  # few builds write tables

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(view["columns"])
    writer.writerows(view["rows"])
    return text.getvalue().encode()


def write_text(view: Mapping[str, Any]) -> bytes:
    """Return `view["text"]` in UTF-8, as it is."""
    text: str = view["text"]
    return text.encode()


WRITERS: Final[Mapping[str, Callable[[Mapping[str, Any]], bytes]]] = {
    "writer:text": write_text,
    "writer:json": write_json,
    "writer:csv": write_table,
    "writer:ics": write_calendar,
}
"""What a page names in place of a template. No file can have such a name, so no template stands in the way.

A writer gives the same bytes for the same view, in any process: it reads no clock, no settings and no disk.
"""
