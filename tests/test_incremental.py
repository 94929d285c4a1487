"""A build that uses what the one before left gives the site, and the complaints, of a build that uses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import explainer.build
from explainer.build import build, check
from explainer.generator import find_generator
from explainer.problems import ContentError, Problem
from explainer.prose import context
from explainer.prose.converter import ParsedBody, parse_body
from explainer.prose.markdown_source import MarkdownSource
from explainer.workers import WorkerFailed, share_out
from tests.edits import Editor, make_project
from tests.projects import OPTIONS, ROOT, replace_text, tree

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
    real = find_generator()
    monkeypatch.setattr(
        explainer.build, "find_generator", lambda *_: real._replace(digest=f"{real.digest}{editor.version}")
    )
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
    for step in range(edit_steps // 20):
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


def test_a_link_without_an_anchor_does_not_depend_on_the_headings_of_its_target(tmp_path: Path) -> None:
    folders = make_project(tmp_path, articles=2)
    whole, part = "See [the other](article-01.md).", "See [the other](article-01.md#a-part)."
    for name, body in (("article-00", whole), ("article-01", "## A part\n\nText."), ("with-anchor", part)):
        front = f"---\ntitle: {name}\ndescription: A text.\ndate: 2024-01-01\n---\n\n"
        (folders.content / f"articles/{name}.md").write_text(front + body + "\n", encoding="utf-8")
    build(folders, OPTIONS)
    replace_text(folders.content / "articles/article-01.md", "Text.", "Text.\n\n## Another part\n\nText.")
    made = build(folders, OPTIONS).why
    assert made["/articles/article-01/"] == "content/articles/article-01.md changed"
    assert "/articles/article-00/" not in made
    replace_text(folders.content / "articles/article-01.md", "## A part", "## The part")
    with pytest.raises(ContentError, match="with-anchor"):
        build(folders, OPTIONS)


def test_each_body_is_parsed_once_however_many_link_to_its_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = make_project(tmp_path, articles=60)
    for number in range(60):
        path = folders.content / f"articles/article-{number:02}.md"
        front = f"---\ntitle: Number {number}\ndescription: A text.\ndate: 2024-01-01\n---\n\n"
        path.write_text(f"{front}## A part\n\nSee [the next](article-{(number + 1) % 60:02}.md#a-part).\n", "utf-8")
    parent = os.getpid()
    parsed: list[str] = []
    parse = parse_body

    def note(source: MarkdownSource, *arguments: Any, **named: Any) -> ParsedBody:
        if os.getpid() == parent:
            parsed.append(source.path)
        return parse(source, *arguments, **named)

    monkeypatch.setattr(context, "parse_body", note)
    build(folders, OPTIONS, jobs=1)
    assert len(parsed) == len(set(parsed)) >= 60
    parsed.clear()
    shutil.rmtree(folders.cache)
    build(folders, OPTIONS, jobs=2)
    # The first one, and the one it links to; the workers did the rest, and the parent takes their word for headings.
    assert len(parsed) <= 2
