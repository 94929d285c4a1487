"""A run of CI takes over what the run before kept: another checkout, the same bytes, and only what changed is made."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import explainer.line
import explainer.remember
import explainer.search_stage
from explainer.blobs import unpack_numbers
from explainer.build import build, check
from explainer.build_state import load_state
from explainer.config import Folders
from explainer.head import load_head
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


def test_a_file_that_is_saved_while_the_site_is_built_is_taken_in_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    path = folders.static / "licence.md"
    path.write_text("one", encoding="utf-8")
    collect = explainer.line.collect_assets

    def collect_and_save(*given: Any, **named: Any) -> Any:
        assets = collect(*given, **named)
        path.write_text("two", encoding="utf-8")
        return assets

    monkeypatch.setattr(explainer.line, "collect_assets", collect_and_save)
    build(folders, OPTIONS)
    monkeypatch.undo()
    build(folders, OPTIONS)
    with check(folders, OPTIONS, jobs=1) as clean:
        assert tree(folders.output) == dict(clean.files)


def test_what_nobody_asks_any_more_is_forgotten_when_the_cache_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    text = (folders.content / "articles/founding.md").read_text(encoding="utf-8")
    monkeypatch.setattr(explainer.remember, "_SLACK", 1 << 30)
    for number in range(6):
        (folders.content / f"articles/other-{number}.md").write_text(text, encoding="utf-8")
        (folders.content / f"articles/other-{number - 1}.md").unlink(missing_ok=True)
        build(folders, OPTIONS)
    before = questions_of(folders)
    assert before[0] > before[1]
    monkeypatch.setattr(explainer.remember, "_SLACK", -(1 << 30))
    (folders.content / "articles/other-5.md").unlink()
    build(folders, OPTIONS)
    now = questions_of(folders)
    assert now[0] == now[1]
    monkeypatch.undo()
    replace_text(folders.content / "countries/birch.yml", "value: 9_870", "value: 9_871")
    build(folders, OPTIONS)
    with check(folders, OPTIONS, jobs=1) as clean:
        assert tree(folders.output) == dict(clean.files)


def questions_of(folders: Folders) -> tuple[int, int]:
    """Return how many questions a cache holds, and on how many of them something rests."""
    head, _ = load_head(folders.cache)
    assert head is not None
    state = load_state(folders.cache, head)
    asked = [numbers for row in state.documents.values() for numbers in (row.asked, row.page_asked)]
    asked += [chapter.asked for chapter in state.chapters.values()]
    return len(state.questions.texts), len({number for numbers in asked for number in unpack_numbers(numbers)})


def test_an_edit_of_a_site_with_a_search_has_only_what_is_new_inspected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0

    def an_index(*_: Any) -> dict[str, bytes]:
        nonlocal made
        made += 1
        return {f"search/index.{made}.json": b"{}"}

    monkeypatch.setattr(explainer.search_stage, "search_index", an_index)
    folders = copy_isles(tmp_path / "project")
    replace_text(folders.content / "site.yml", "search: false", "search: true")
    build(folders, OPTIONS)
    inspected: list[str] = []
    inspect = explainer.line.inspect_readings

    def listen(files: Any, readings: Any, looked_at: Iterable[str], *others: Any, **named: Any) -> None:
        looked_at = list(looked_at)
        inspected.extend(looked_at)
        inspect(files, readings, looked_at, *others, **named)

    monkeypatch.setattr(explainer.line, "inspect_readings", listen)
    path = folders.content / "articles/founding.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne more.\n", encoding="utf-8")
    build(folders, OPTIONS)
    assert made == 2
    assert "articles/founding/index.html" in inspected
    assert "about/index.html" not in inspected
