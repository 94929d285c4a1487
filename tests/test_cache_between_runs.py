"""A run of CI takes over what the run before kept: another checkout, the same bytes, and only what changed is made."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from explainer.build import build
from tests.projects import OPTIONS, copy_isles, replace_text, tree


def test_a_line_edited_since_the_run_before_renders_only_the_pages_that_show_it(tmp_path: Path) -> None:
    first = copy_isles(tmp_path / "first")
    build(first, OPTIONS)
    with tarfile.open(tmp_path / "cache.tar", "w") as archive:  # as the action of the cache does it
        for name in (".cache", "site"):
            archive.add(first.root / name, name)
    shutil.rmtree(first.root)

    second = copy_isles(tmp_path / "second")  # a checkout: the same text, other files, other times
    replace_text(second.content / "countries/birch.yml", "value: 9_870", "value: 9_871")
    with tarfile.open(tmp_path / "cache.tar") as archive:
        archive.extractall(second.root, filter="tar")
    result = build(second, OPTIONS)
    pages = {"/", "/countries/", "/countries/birch/", "/compare/", "/articles/founding/"}
    files = {
        f"/data/{name}.{end}"
        for name in ("facts", "countries/birch", "indicators/population")
        for end in ("json", "csv")
    }
    assert pages | files <= set(result.why)
    untouched = {
        "/countries/alder/",
        "/organisations/",
        "/organisations/sound-council/",
        "/about/",
        "/sources/",
        "/data/",
    }
    assert not untouched & set(result.why)

    clean = copy_isles(tmp_path / "clean")
    shutil.copytree(second.content, clean.content, dirs_exist_ok=True)
    build(clean, OPTIONS)
    assert tree(second.output) == tree(clean.output)


def test_an_id_that_is_gone_does_not_cost_the_cache(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    replace_text(folders.content / "events.yml", "great-storm:", "big-storm:")
    made = set(build(folders, OPTIONS).why)
    assert "/timeline/" in made
    assert not {"/about/", "/organisations/", "/countries/cedar/"} & made
