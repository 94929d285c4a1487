"""Say how to cite a page: in words, as a BibTeX entry, and as CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.answers import Asker
from explainer.dates import PartialDate
from explainer.formats import format_date
from explainer.plan.bibtex import bibtex_entry
from explainer.plan.frame import Frame
from explainer.refs import suggest_id

_encode = json.JSONEncoder(ensure_ascii=False).encode


def citation(
    frame: Frame, address: str, *, title: str, date: str | None, words: str, authors: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the view of how to cite a page.

    `date` (a partial date) is the day of what stands there, and `words` says of what: "Updated", "Sources read to".
    Where no author is named, the forms for programs name the site as author, because reference managers ask for one.
    They stand in the page, from where such a program takes them: files beside each page would triple the site.
    """
    site_title, licence, language = frame.asker.shared("citation", _same_for_all)
    url = frame.absolute(address) if frame.base_url else None
    day = f"{words} {format_date(PartialDate.parse(date), language)}".strip() if date else None
    parts = [", ".join(authors), title, site_title, day, url, licence]
    entry = {
        "key": suggest_id(f"{site_title} {title}") or "page",
        "title": title,
        "authors": list(authors) or [site_title],
        "site": site_title,
        "date": date,
        "url": url,
        "language": language,
        "licence": licence,
    }
    return {
        # No point behind the address: programs that make links of addresses would take it in.
        "text": " ".join(
            part if part == url or part.endswith((".", "?", "!")) else f"{part}." for part in parts if part
        ),
        "forms": [
            {"name": "BibTeX", "text": bibtex_entry(entry)},
            {"name": "CSL-JSON", "text": _encode([_csl(entry)])},
        ],
    }


def _same_for_all(asker: Asker) -> tuple[str, str, str]:
    """Return the title of the site, the name of its licence, and its language."""
    settings = asker.site().settings
    return settings.title, settings.licence.name, settings.language


def _csl(entry: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        "id": entry["key"],
        "type": "webpage",
        "title": entry["title"],
        "container-title": entry["site"],
        "author": [{"literal": name} for name in entry["authors"]],
        "language": entry["language"],
        "note": entry["licence"],
    }
    if entry["date"]:
        item["issued"] = {"date-parts": [[int(part) for part in entry["date"].split("-")]]}
    if entry["url"]:
        item["URL"] = entry["url"]
    return item
