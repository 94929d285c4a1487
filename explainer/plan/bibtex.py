"""Write how to cite a page as a BibTeX entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What BibTeX or TeX would take for a command. Letters of other scripts stay as they are: all programs read UTF-8.
_SIGNS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SIGNS |= {sign: f"\\{sign}" for sign in "&%$#_"}
# BibTeX counts braces, also those behind a backslash.
_SIGNS |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_TABLE = str.maketrans(_SIGNS)


def bibtex_entry(entry: Mapping[str, Any]) -> str:
    """Return one BibTeX entry.

    `entry` has `key`, `title`, `authors` (a list), `site`, `date` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or
    None), `url` (or None), `language` and `licence`.
    """
    year, _, rest = (entry["date"] or "").partition("-")
    fields = {
        # Names and titles in double braces stay as they are written, also where they are of organisations.
        "author": " and ".join(f"{{{_tex(name)}}}" for name in entry["authors"]),
        "title": f"{{{_tex(entry['title'])}}}",
        "howpublished": _tex(entry["site"]),
        "year": year,
        "month": _MONTHS[int(rest[:2]) - 1] if rest else "",
        "url": (entry["url"] or "").replace("{", "%7B").replace("}", "%7D"),
        "language": entry["language"],
        "note": _tex(entry["licence"]),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and name != "month"]
    if fields["month"]:
        lines.append(f"  month = {fields['month']},")
    return "\n".join([f"@misc{{{entry['key']},", *lines, "}"])


def _tex(text: str) -> str:
    return text.translate(_TABLE)
