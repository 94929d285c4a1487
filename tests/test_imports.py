"""Imports point one way: a module knows those below it, never those above."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the bottom to the top. A module may import from its own rung and from those below.
RUNGS: tuple[tuple[str, ...], ...] = (
    ("asked", "generator", "source_names", "inputs", "head", "system_calls", "disk", "publish_places"),
    (
        *("problems", "codes", "odd_characters", "watch", "canonical", "blobs", "workers", "stopwatch", "progress"),
        *("result", "yaml_values", "record", "validation"),
    ),
    ("dates", "projection", "html_parser", "card_drawing", "related"),
    ("refs", "fact_refs", "spelling", "literals", "locales", "formats", "page", "config", "writers"),
    (
        "source_files",
        "yaml_syntax",
        "source_yaml",
        "plain_yaml",
        "front_matter",
        "document_files",
        "questions",
        "build_state",
    ),
    ("models", "freshness"),
    ("schema", "json_schema", "content"),
    ("read", "read_facts"),
    ("site", "link", "publication", "answers", "cards"),
    ("read_site",),
    ("membership", "figures", "derived"),
    ("rules", "assets", "content_styles", "map_asset", "addresses", "site_address"),
    ("views",),
    ("prose",),
    ("plan", "counts"),
    ("templates", "templating", "page_key", "render", "inspect", "inspection", "search_texts", "search_index"),
    ("share_cards",),
    ("lock", "site_paths", "manifest", "manifest_format", "publish", "clean", "listing", "web"),
    (
        "site_answers",
        "changes",
        "making",
        "stages",
        "kept",
        "search_stage",
        "template_stage",
        "remember",
        "rendered",
        "line",
    ),
    ("first_look", "site_building", "build", "fill", "fact_listing", "schema_files", "scaffold"),
    ("published", "verify_published"),
    ("deploying",),
    ("presentation", "reporting"),
    ("serve", "serving"),
    ("commands",),
    ("cli",),
)
RANKS = {name: rank for rank, names in enumerate(RUNGS) for name in names}
MODULES = sorted((ROOT / "explainer").rglob("*.py"))


def rung_of(module: str) -> int:
    """Return the rung of `explainer.x.y`; files of publishing share one word in their names."""
    name = module.split(".")[1]
    return RANKS["publish" if name.startswith("publish_") and name not in RANKS else name]


def imported_modules(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("explainer."):
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("explainer.")]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_from_its_own_rung_and_below(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if module in ("explainer.__init__", "explainer"):
        assert imported_modules(path) == []
        return
    above = [name for name in imported_modules(path) if rung_of(name) > rung_of(module)]
    assert above == [], f"{module} knows what stands above it"


def test_every_module_stands_on_a_rung() -> None:
    names = {path.relative_to(ROOT / "explainer").parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    missing = {name for name in names if name not in RANKS and not name.startswith("publish_")}
    assert missing == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_its_job_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith('"""'), "the first line of a module is one sentence"
    assert first.rstrip('"').rstrip().endswith((".", ":")) or first.count('"""') == 1


def test_the_command_line_itself_needs_no_heavy_package() -> None:
    heavy = ("pydantic", "jinja2", "markdown", "babel", "selectolax", "tornado", "livereload", "yaml")
    code = f"import sys, explainer.cli; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
