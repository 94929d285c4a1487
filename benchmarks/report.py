"""Turn runs into a table: medians with their range, and ratios to Hugo of the same run."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scenarios import TITLES

NAMES = {
    "ours": "**this generator**",
    "hugo": "Hugo",
    "eleventy": "Eleventy",
    "pelican": "Pelican",
    "mkdocs": "MkDocs",
    "zensical": "Zensical",
}
BASE = "hugo"


def figures_table(told: dict[str, Any]) -> str:
    """Return a table in Markdown of what was measured: seconds, and in brackets the ratio to Hugo."""
    runs = told["runs"]
    scenarios = [name for name in TITLES if any(name in of for of in runs.values())]
    head = ["", *(TITLES[name] for name in scenarios)]
    extra = "cold" in scenarios
    head += ["processor time, cold", "memory, cold"] if extra else []
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for peer in runs:
        row = [NAMES[peer], *(_cell(runs, peer, name, "wall") for name in scenarios)]
        if extra:
            row += [_cell(runs, peer, "cold", "processor"), _cell(runs, peer, "cold", "memory")]
        rows.append(row)
    count = {name: max(len(of) for of in runs[name].values()) for name in runs if runs[name]}
    rounds = ", ".join(f"{NAMES[name].strip('*')} {number}" for name, number in count.items())
    used = ", ".join(f"{NAMES[name]} {version}" for name, version in told["versions"].items())
    below = f"{told['machine']}. {used}. Rounds: {rounds}."
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\n{below}"


def _cell(runs: dict[str, Any], peer: str, scenario: str, figure: str) -> str:
    """Return the median, its range where there are several runs, and the ratio to Hugo."""
    values = [one[figure] for one in runs[peer].get(scenario, [])]
    if not values:
        return "–"
    others = [one[figure] for one in runs.get(BASE, {}).get(scenario, [])]
    text = _words(median(values), figure)
    if len(values) > 1:
        text += f" [{_words(min(values), figure, unit=False)}–{_words(max(values), figure, unit=False)}]"
    if others and peer != BASE:
        text += f" **×{_short(median(values) / median(others))}**"
    return text


def _words(value: float, figure: str, *, unit: bool = True) -> str:
    if figure == "memory":
        return f"{value / 2**20:.0f}" + (" MB" if unit else "")
    return _short(value) + (" s" if unit else "")


def _short(value: float) -> str:
    """Return a number with two or three digits that say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def update_document(path: Path, told: dict[str, Any]) -> None:
    """Put the table between the two marks in a document that are for this number of pages."""
    put_between(path, f"{told['pages']} pages", figures_table(told))


def put_between(path: Path, name: str, figures: str) -> None:
    """Put figures between the two marks of a name in a document."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    text = path.read_text(encoding="utf-8")
    if not pattern.search(text):
        raise SystemExit(f"error: {path} has no place for figures: <!-- {name} --> … <!-- end -->")
    path.write_text(pattern.sub(lambda match: f"{match[1]}\n{figures}\n\n{match[2]}", text), encoding="utf-8")
