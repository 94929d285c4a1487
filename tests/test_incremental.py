"""A build that uses what the one before left gives the site, and the complaints, of a build that uses nothing."""

from __future__ import annotations

import gc
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import explainer.first_look
import explainer.line
import explainer.making
from explainer.build import build, check
from explainer.build_state import load_state
from explainer.config import Folders, Options
from explainer.generator import find_generator
from explainer.head import load_head
from explainer.problems import ContentError, Problem
from explainer.workers import CHUNK, WorkerFailed, share_out
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
        explainer.first_look, "find_generator", lambda *_: real._replace(digest=f"{real.digest}{editor.version}")
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
        if step % 100 == 0:
            gc.collect()  # of so many builds in one process; see serving/worker.py
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
    url = editor.options.base_url or ""
    words = ["-q", "--as-of", str(editor.options.as_of), "--base-url", url, "--jobs", "3"]
    # In processes of their own: beside the threads of other tests a build would have no workers.
    command = [sys.executable, str(ROOT / "build.py"), *words]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with check(editor.folders, editor.options, jobs=1) as alone:
        assert tree(editor.folders.output) == dict(alone.files)
    replace_text(editor.folders.templates / "pages/article.html", "{% block main %}", "{% block main %}<!-- x -->")
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with check(editor.folders, editor.options, jobs=1) as alone:
        assert tree(editor.folders.output) == dict(alone.files)


_STOPPED = """
import os, sys
from pathlib import Path
import explainer.questions
from explainer.build import build
from tests.edits import make_project
from tests.projects import OPTIONS

heard, count = explainer.questions.Hearer.heard, 0

def stop(*given):
    global count
    count += 1
    if count == 20:
        raise KeyboardInterrupt
    return heard(*given)

explainer.questions.Hearer.heard = stop
try:
    build(make_project(Path(sys.argv[1]), articles=120), OPTIONS, jobs=2)
except KeyboardInterrupt as held:
    try:
        print("left:", os.waitpid(-1, os.WNOHANG))
    except ChildProcessError:
        print("nobody is left")
"""


def test_no_worker_is_left_when_a_build_is_stopped(tmp_path: Path) -> None:
    # In a process of its own: beside the threads of other tests a build would have no workers.
    command = [sys.executable, "-c", _STOPPED, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "nobody is left\n"


def test_a_mistake_of_ours_in_a_worker_is_told_with_its_traceback() -> None:
    heard, told = os.pipe()

    def work(piece: int, worker: int) -> int:
        if worker:
            os.write(told, b"!")
            return 1 // 0
        return len(os.read(heard, 1)) if piece == 1 else piece  # by then the worker has had a turn

    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        list(share_out(work, 20, 2))
    os.close(heard)
    os.close(told)


def test_pieces_are_done_by_the_parent_and_by_workers_each_once() -> None:
    heard, told = os.pipe()

    def work(piece: int, worker: int) -> int:
        if worker:
            os.write(told, b"!")
        elif piece == 1:
            os.read(heard, 1)
        return worker

    done = list(share_out(work, 200, 2, alone=3))
    assert sorted(piece for piece, _ in done) == list(range(200))
    assert {worker for _, worker in done} == {0, 1}
    os.close(heard)
    os.close(told)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a pipe cannot be made wider")
def test_a_worker_goes_on_while_the_parent_does_something_else() -> None:
    heard, told = os.pipe()
    result = "x" * 2_000

    def work(piece: int, worker: int) -> str:
        if worker and piece == 299:
            os.write(told, b"!")
        return result

    def wait_for_the_worker() -> None:
        ready, _, _ = select.select([heard], [], [], 20)
        assert ready, "the worker waited for its results to be read"

    done = list(share_out(work, 300, 2, meanwhile=wait_for_the_worker))
    assert sorted(piece for piece, _ in done) == list(range(300))
    os.close(heard)
    os.close(told)


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


_PARSED = """
import os, sys
from datetime import date
from pathlib import Path
from explainer.build import build
from explainer.build_state import load_state
from explainer.config import Folders, Options
from explainer.prose import context

parse, told = context.parse_body, os.open("parsed.txt", os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)

def note(source, *arguments, **named):
    os.write(told, b".")
    return parse(source, *arguments, **named)

context.parse_body = note
build(Folders.below(Path.cwd()), Options(as_of=date(2025, 6, 1)), jobs=int(sys.argv[1]))
"""


def test_each_body_is_parsed_once_however_many_link_to_its_parts(tmp_path: Path) -> None:
    folders = make_project(tmp_path, articles=60)
    for number in range(60):
        path = folders.content / f"articles/article-{number:02}.md"
        front = f"---\ntitle: Number {number}\ndescription: A text.\ndate: 2024-01-01\n---\n\n"
        path.write_text(f"{front}## A part\n\nSee [the next](article-{(number + 1) % 60:02}.md#a-part).\n", "utf-8")

    def parsed(jobs: int) -> int:
        # In a process of its own: beside the threads of other tests a build would have no workers.
        command = [sys.executable, "-c", _PARSED, str(jobs)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        return (tmp_path / "parsed.txt").stat().st_size

    bodies = parsed_once(folders)
    assert parsed(1) == bodies
    shutil.rmtree(folders.cache)
    # Those that the last of a turn link to are parsed by two: nobody waits for the other. The rest is told.
    assert parsed(2) <= bodies + bodies / CHUNK + 2


def parsed_once(folders: Folders) -> int:
    """Return how many bodies a project has."""
    return sum(1 for name in ("articles", "pages") for _ in (folders.content / name).glob("*.md"))


def test_large_pieces_are_given_out_one_by_one_and_each_piece_is_done_once() -> None:
    for pieces, alone in ((2, 1), (3, 2), (3, 0), (40, 12), (100, 99)):
        done = list(share_out(lambda piece, worker: worker, pieces, 2, alone=alone))
        assert sorted(piece for piece, _ in done) == list(range(pieces)), (pieces, alone)
        assert dict(done)[0] == 0


def test_a_problem_of_many_pages_is_told_with_the_first_of_them_whichever_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explainer.inspection.document.MAX_BYTES", 100)
    folders = make_project(tmp_path, articles=5)
    assert any("more pages have the same" in warning.message for warning in build(folders, OPTIONS).warnings)
    for article in sorted((folders.content / "articles").iterdir())[2:]:
        text = article.read_text(encoding="utf-8")
        article.write_text(f"{text}\nAnother sentence.\n", encoding="utf-8")
        edited = build(folders, OPTIONS)
        assert len(edited.why) == 1
        with check(folders, OPTIONS) as clean:
            assert list(map(str, edited.warnings)) == list(map(str, clean.warnings))


def test_a_new_page_that_reads_as_it_did_has_its_links_checked_only_when_the_site_has_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    real = explainer.line.inspect_readings

    def watched(files: Any, readings: Any, paths: Any, *others: Any, **named: Any) -> None:
        looked_at[:] = paths
        real(files, readings, paths, *others, **named)

    monkeypatch.setattr(explainer.line, "inspect_readings", watched)
    folders = make_project(tmp_path, articles=3)
    settings = folders.content / "site.yml"
    text = "---\ntitle: T\ndescription: A text.\ndate: 2024-01-01\n---\n\n[There](https://tides.example/nowhere/).\n"
    (folders.content / "articles/there.md").write_text(text)
    options = Options(OPTIONS.as_of)
    build(folders, options)
    assert "articles/there/index.html" in looked_at
    replace_text(folders.templates / "base.html", "</footer>", "<!-- x --></footer>")
    assert "/articles/there/" in build(folders, options).why
    assert "articles/there/index.html" not in looked_at
    replace_text(
        folders.templates / "base.html", "<!-- x --></footer>", '<a href="{{ link("/gone/") }}">x</a></footer>'
    )
    with pytest.raises(ContentError, match="/gone/"):
        build(folders, options)
    replace_text(
        folders.templates / "base.html", '<a href="{{ link("/gone/") }}">x</a></footer>', "<!-- y --></footer>"
    )
    replace_text(settings, "https://isles.example/", "https://tides.example/")
    with pytest.raises(ContentError, match="nowhere"):
        build(folders, options)


def test_an_edited_template_plans_no_page_of_a_document_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []
    real = explainer.making.document_page

    def watched(frame: Any, document: Any, *others: Any) -> Any:
        planned.append(document.path)
        return real(frame, document, *others)

    monkeypatch.setattr(explainer.making, "document_page", watched)
    editor = Editor(make_project(tmp_path, articles=4), seed=1)
    build(editor.folders, editor.options, jobs=1)
    assert "content/articles/note-1.md" in planned
    for number in (1, 2):
        planned.clear()
        replace_text(editor.folders.templates / "base.html", "</footer>", f"<!-- {number} --></footer>")
        result = build(editor.folders, editor.options, jobs=1)
        assert result.why["/articles/note-1/"] == "templates/pages/article.html changed"
        assert planned == []
        compare(editor, result.warnings, [])
    planned.clear()
    replace_text(editor.folders.templates / "base.html", "</footer>", "<!-- 3 --></footer>")
    replace_text(editor.folders.content / "site.yml", "title: The Northern Isles", "title: The Isles")
    result = build(editor.folders, editor.options, jobs=1)
    assert "content/articles/note-1.md" in planned
    compare(editor, result.warnings, [])


def test_of_what_is_remembered_only_the_part_that_changed_is_written_again(tmp_path: Path) -> None:
    folders = make_project(tmp_path, articles=40)
    text = "---\ntitle: T\ndescription: A text.\ndate: 2024-01-01\n---\n\nA sentence.\n"
    articles = folders.content / "articles"

    def parts() -> dict[tuple[str, ...], tuple[int, ...]]:
        build(folders, OPTIONS)
        head, _ = load_head(folders.cache)
        assert head is not None
        state = load_state(folders.cache, head)
        gc.unfreeze()
        here = {f"content/{path.relative_to(folders.content).as_posix()}" for path in folders.content.rglob("*.md")}
        assert state.documents.keys() == here
        assert list(state.documents) == sorted(state.documents)
        assert sorted(path for _, paths in state.chunks for path in paths) == sorted(here)
        return {paths: tuple(spot) for spot, paths in state.chunks}

    (articles / "number.md").write_text(text, encoding="utf-8")
    first = parts()
    assert len(first) > 2
    (articles / "number.md").write_text(text.replace("A sentence", "Another sentence"), encoding="utf-8")
    edited = parts()
    assert edited.keys() == first.keys()
    changed = [paths for paths in first if first[paths] != edited[paths]]
    assert [("content/articles/number.md" in paths) for paths in changed] == [True]
    (articles / "another.md").write_text(text, encoding="utf-8")
    assert ("content/articles/another.md",) in parts()
    (articles / "another.md").unlink()
    (articles / "number.md").unlink()
    gone = {tuple(path for path in paths if path != "content/articles/number.md") for paths in first}
    assert parts().keys() == gone - {()}
