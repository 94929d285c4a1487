"""A build that uses what the one before left gives the site, and the complaints, of a build that uses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import explainer.build
from explainer.build import build, check
from explainer.problems import ContentError, Problem
from explainer.workers import WorkerFailed, share_out
from tests.edits import Editor, make_project
from tests.projects import ROOT, replace_text, tree

EVERY = 4
"""How many edits lie between two comparisons with a clean build; a failing build is compared at once."""


def clean_build(editor: Editor) -> tuple[dict[str, bytes], Sequence[Problem]]:
    with check(editor.folders, editor.options, jobs=1) as rendered:
        return dict(rendered.files), rendered.warnings


def compare(editor: Editor, warnings: Sequence[Problem], deeds: list[str]) -> None:
    files, told = clean_build(editor)
    site = tree(editor.folders.output)
    assert sorted(site) == sorted(files), deeds[-EVERY - 1 :]
    assert [path for path in files if files[path] != site[path]] == [], deeds[-EVERY - 1 :]
    assert list(map(str, warnings)) == list(map(str, told)), deeds[-EVERY - 1 :]


def test_any_edits_one_after_the_other_give_the_site_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit_steps: int
) -> None:
    editor = Editor(make_project(tmp_path), seed=11)
    generator = explainer.build.generator_digest()
    monkeypatch.setattr(explainer.build, "generator_digest", lambda: f"{generator}{editor.version}")
    deeds: list[str] = []
    built = failed = 0
    for step in range(edit_steps):
        deeds.append(editor.edit())
        try:
            result = build(editor.folders, editor.options, jobs=1)
        except ContentError as error:
            failed += 1
            with pytest.raises(ContentError) as clean:
                clean_build(editor)
            assert str(error) == str(clean.value), deeds[-EVERY - 1 :]
            if editor.chance.random() < 0.7:  # else the next mistake comes on top
                deeds.append(editor.mend())
            continue
        built += 1
        editor.remember()
        if step % EVERY == 0:
            compare(editor, result.warnings, deeds)
    assert built > edit_steps // 2
    assert failed > edit_steps // 50


def test_real_processes_one_after_the_other_give_the_site_of_a_clean_build(tmp_path: Path, edit_steps: int) -> None:
    editor = Editor(make_project(tmp_path), seed=5)
    command = [sys.executable, str(ROOT / "build.py"), "-q", "--base-url", "https://isles.example/"]
    for step in range(edit_steps // 8):
        deed = editor.edit()
        result = subprocess.run(
            [*command, "--as-of", str(editor.options.as_of)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode in (0, 1), result.stderr
        assert "Traceback" not in result.stderr
        if result.returncode == 1:
            with pytest.raises(ContentError):
                clean_build(editor)
            editor.mend()
            continue
        editor.remember()
        if step % EVERY == 0:
            files, _ = clean_build(editor)
            assert tree(editor.folders.output) == files, deed


def test_several_processes_give_the_bytes_of_one(tmp_path: Path) -> None:
    editor = Editor(make_project(tmp_path, articles=80), seed=3)
    build(editor.folders, editor.options, jobs=3)
    with check(editor.folders, editor.options, jobs=1) as alone:
        assert tree(editor.folders.output) == dict(alone.files)
    replace_text(editor.folders.templates / "pages/article.html", "{% block main %}", "{% block main %}<!-- x -->")
    build(editor.folders, editor.options, jobs=3)
    with check(editor.folders, editor.options, jobs=1) as alone:
        assert tree(editor.folders.output) == dict(alone.files)


def test_a_mistake_of_ours_in_a_worker_is_told_with_its_traceback() -> None:
    def work(piece: int, worker: int) -> int:
        return 1 // (piece - 70)

    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        list(share_out(work, 100, 2))
