"""What a comparison says of one item of the dossier: where it stands in content, and in what the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MISSING = "missing"
"""The part of an item that is at fault when content does not hold it at all."""

# Makes text, lists and mappings only; the one written in C where there is one.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Words the dossier puts in the place of a source: a computation of its own, or nothing that could be seen.
NO_SOURCES = frozenset({"derived", "unverified"})


@dataclass(frozen=True, slots=True)
class Match:
    """One item of the dossier: its id, what it says, the address of what content says, and that itself.

    `faults` maps a part of the item (value, as_of, sources, …) to how the two differ; `address` is None, and the part
    is `missing`, where content has nothing.
    """

    id: str
    says: str
    address: str | None = None
    shown: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def missing(identifier: str, says: str, why: str = "content does not hold it") -> Match:
    """Return the match of an item that content does not hold."""
    return Match(identifier, says, faults={MISSING: why})


def read_dossier(path: Path) -> Any:
    """Read a YAML file of the dossier with every scalar as the text that was typed, so that numbers stay exact.

    Raises OSError for a file that cannot be read, yaml.YAMLError for one that is no YAML.
    """
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)  # noqa: S506 (BaseLoader makes text, lists and mappings only)


def source_id(name: str) -> str:
    """Return our id of a source of the dossier."""
    return name.replace("_", "-")


def missing_sources(named: Iterable[str], ours: Iterable[str]) -> list[str]:
    """Return our ids of the dossier's sources of an item that content does not name for it."""
    known = set(ours)
    return [source_id(name) for name in named if name not in NO_SOURCES and source_id(name) not in known]


def source_faults(named: Iterable[str], ours: Iterable[str]) -> dict[str, str]:
    """Return the fault of sources that are not named, or none."""
    left_out = missing_sources(named, ours)
    return {"sources": "not named: " + ", ".join(left_out)} if left_out else {}


def is_null(text: object) -> bool:
    """Whether a scalar of the dossier says that there is nothing."""
    return text in ("", "null", "~", None)
