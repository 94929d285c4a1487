"""The same content gives the same bytes, whatever machine, folder, clock or language it is built with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.projects import ROOT, tree


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder of its own."""
    for name in ("content", "templates", "static", "explainer"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder / "build.py")
    return folder


def build_with(folder: Path, *, umask: int, **environment: str) -> dict[str, tuple[bytes, int]]:
    subprocess.run(
        [sys.executable, "build.py", "--as-of", "2026-11-25", "--base-url", "https://atlas.example/x/", "-q"],
        cwd=folder,
        env={**os.environ, **environment},
        umask=umask,
        check=True,
        capture_output=True,
    )
    site = folder / "site"
    return {path: (data, (site / path).stat().st_mode) for path, data in tree(site).items()}


def test_two_builds_in_two_folders_give_the_same_bytes_and_modes(tmp_path: Path) -> None:
    first = copy_project(tmp_path / "a")
    second = copy_project(tmp_path / "somewhere else" / "b")
    one = build_with(first, umask=0o022, TZ="Asia/Tashkent", LANG="C", LC_ALL="C", PYTHONHASHSEED="1")
    # Files made in another order: some file systems list them so.
    for path in sorted((second / "content").rglob("*.yml"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    other = build_with(
        second, umask=0o077, TZ="America/Lima", LANG="ru_RU.UTF-8", LC_ALL="C.UTF-8", PYTHONHASHSEED="99"
    )
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert "index.html" in one


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    folder = copy_project(tmp_path)
    build_with(folder, umask=0o022)
    times = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*")}
    build_with(folder, umask=0o022)
    assert {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*")} == times
