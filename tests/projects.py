"""Small projects for tests: the fixture region with the real templates, in a folder of their own."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from explainer.config import Folders, Options

ROOT = Path(__file__).resolve().parent.parent
ISLES = ROOT / "tests" / "fixtures" / "isles"
AS_OF = date(2025, 6, 1)
OPTIONS = Options(as_of=AS_OF)
REAL_OPTIONS = Options(as_of=date(2026, 11, 25), base_url="https://atlas.example/")


def copy_isles(root: Path) -> Folders:
    """Copy the fixture region and the real templates and style sheets below a folder; return its folders."""
    shutil.copytree(ISLES / "content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copytree(ROOT / "static", root / "static")
    return Folders.below(root)


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of a text in a file, as an editor would."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(file: str, text: str) -> int:
    """Return the line of a file of the fixture region's content on which a text first stands."""
    whole = (ISLES / "content" / file).read_text(encoding="utf-8")
    return whole.count("\n", 0, whole.index(text)) + 1


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
