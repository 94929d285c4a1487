"""The committed list of coverage: a Markdown table for people, which a test can read back and hold against content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tools.dossier.excuses import Excuses
from tools.dossier.model import Match

HEAD = """\
# What of the research stands in content

The content of this site was made from a dossier of research: fact sheets of five states, a history of the CIS, figures
on trade, records of sources, and a news article in claims. `python -m tools.coverage --dossier DIR` compares the two,
item by item, and writes this file. An item is *in* when content says the same, with the same date and at least the same
sources; where content differs, or leaves an item out, the reason stands in the last column, from
`tools/dossier/excuses.yml`. A difference without a reason, and a reason without a difference, stop the comparison.

`tests/test_coverage.py` reads the tables back and holds them against content, without the dossier. How addresses are
written is told in `tools/dossier/places.py`.
"""
GROUPS = {
    "kaz": "Kazakhstan",
    "kgz": "Kyrgyzstan",
    "tjk": "Tajikistan",
    "tkm": "Turkmenistan",
    "uzb": "Uzbekistan",
    "cis": "The CIS, state by state",
    "cis-events": "Events of the CIS",
    "regional-events": "Events of the region",
    "trade": "Trade with China and Russia",
    "claims": "Claims and defects of the source article",
    "sources": "Sources",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the item, where it stands in content, what stands there, and why it differs."""

    id: str
    address: str
    shown: str
    excuse: str


def write_table(matches: Sequence[Match], excuses: Excuses) -> str:
    """Return the whole document."""
    lines = [HEAD, *_summary(matches)]
    for group, title in GROUPS.items():
        members = [match for match in matches if _group(match) == group]
        if members:
            lines += [f"\n## {title}\n", "| item | where | what stands there | why it differs |", "|---|---|---|---|"]
            lines += [_row(match, excuses.get(match.id, {})) for match in members]
    return "\n".join(lines) + "\n"


def _summary(matches: Sequence[Match]) -> Iterator[str]:
    yield "| part | items | the same | other, with a reason | left out, with a reason |"
    yield "|---|---:|---:|---:|---:|"
    total: Counter[str] = Counter()
    for group, title in GROUPS.items():
        counts = Counter(_outcome(match) for match in matches if _group(match) == group)
        total += counts
        yield f"| {title} | {counts.total()} | {counts['same']} | {counts['other']} | {counts['out']} |"
    yield f"| all | {total.total()} | {total['same']} | {total['other']} | {total['out']} |"


def _outcome(match: Match) -> str:
    return "out" if "missing" in match.faults else "other" if match.faults else "same"


def _group(match: Match) -> str:
    return re.split(r"[:.]", match.id)[0]


def _row(match: Match, reasons: dict[str, str]) -> str:
    excuse = " ".join(f"*{part}*: {reasons.get(part, 'NOT EXCUSED')}" for part in match.faults)
    cells = [f"`{match.id}`", f"`{match.address}`" if match.address else "", _cell(match.shown), _cell(excuse)]
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    """Write a text so that a cell can hold it, and so that `read_table` can take it back."""
    return " ".join(text.split()).replace("|", "\\|")


def read_table(document: str) -> list[Row]:
    """Return the rows of a document that `write_table` wrote."""
    rows = []
    for line in document.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            rows.append(Row(cells[0].strip("`"), cells[1].strip("`"), cells[2], cells[3]))
    return rows


def normal(text: str) -> str:
    """Return a text as a cell holds it, for comparison."""
    return " ".join(text.split())


def ids(rows: Iterable[Row]) -> list[str]:
    """Return the ids of rows."""
    return [row.id for row in rows]
