"""The reasons for which content differs from the dossier, each for one part of one item."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from tools.dossier.model import Match

Excuses = dict[str, dict[str, str]]
"""Reasons by the item's id and the part of it that differs."""


def read_excuses(path: Path) -> Excuses:
    """Read the file of excuses: `id: {part: reason}`. Raises ValueError for one of another shape."""
    with path.open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=yaml.BaseLoader) or {}  # noqa: S506 (makes text, lists and mappings only)
    if not isinstance(found, dict):
        raise ValueError(f"{path} is no mapping of ids")
    for identifier, parts in found.items():
        if not isinstance(parts, dict) or not all(isinstance(why, str) and why.strip() for why in parts.values()):
            raise ValueError(f'{path}: "{identifier}" needs a reason for each part: {{part: reason}}')
    return found


def judge(matches: Iterable[Match], excuses: Excuses) -> list[str]:
    """Return what is at fault: each difference that nothing excuses, and each excuse that excuses nothing."""
    wrong, used = [], set()
    for match in matches:
        for part, difference in match.faults.items():
            if part in excuses.get(match.id, {}):
                used.add((match.id, part))
            else:
                wrong.append(f"{match.id}: {part}: {difference}")
    for identifier, parts in excuses.items():
        wrong += [
            f"{identifier}: {part}: this excuse excuses nothing: delete it, or correct its id or part"
            for part in parts
            if (identifier, part) not in used
        ]
    return wrong
