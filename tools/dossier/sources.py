"""Compare the dossier's records of sources with ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from explainer.content import Content
from tools.dossier.model import Match, is_null, missing, source_id


def compare_sources(content: Content, records: list[dict[str, Any]]) -> Iterator[Match]:
    """Yield a match for each source of the dossier: address, date, kind and language agree."""
    for record in records:
        identifier, says = f"sources:{record['id']}", f"{record['publisher']}: {record['title']}"
        ours = content.sources.get(source_id(record["id"]))
        if ours is None:
            yield missing(identifier, says)
            continue
        faults = {}
        if not is_null(record["url"]) and record["url"] != ours.url:
            faults["url"] = f"{record['url']} against {ours.url}"
        if record["kind"] != ours.kind:
            faults["kind"] = f"{record['kind']} against {ours.kind}"
        if record["lang"] != ours.language:
            faults["language"] = f"{record['lang']} against {ours.language}"
        # A bare date is taken over; one with a remark ("about", "undated") is ours to word.
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", record["date"]) and record["date"] != str(ours.published):
            faults["date"] = f"{record['date']} against {ours.published}"
        shown = f"{ours.publisher}: {ours.title}"
        yield Match(identifier, says, f"sources#{source_id(record['id'])}", shown, faults)
