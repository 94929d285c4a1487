"""A build that takes longer than a second says on a terminal how far it is, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from explainer.build import build
from explainer.progress import Progress
from tests.edits import make_project
from tests.projects import OPTIONS, ROOT, copy_isles


class Clock:
    """A clock that moves on by so many seconds each time somebody looks."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def progress(step: float) -> tuple[Progress, io.StringIO]:
    text = io.StringIO()
    return Progress(lambda: Console(file=text, force_terminal=True, width=80), Clock(step)), text


def test_a_slow_build_tells_its_stages_and_how_many_documents_are_done(tmp_path: Path) -> None:
    folders = make_project(tmp_path, articles=60)
    shown, text = progress(step=2)
    with shown:
        build(folders, OPTIONS, jobs=2, listener=shown)
    told = text.getvalue()
    assert all(stage in told for stage in ("read", "rules", "documents", "plan", "inspect", "publish"))
    assert "1 of 6" in told and "documents" in told
    assert told.endswith("\x1b[2K")  # the line is gone when the summary is printed


def test_a_quick_build_shows_nothing(tmp_path: Path) -> None:
    shown, text = progress(step=1e-6)
    with shown:
        build(copy_isles(tmp_path), OPTIONS, listener=shown)
    assert text.getvalue() == ""


def test_the_line_is_drawn_ten_times_a_second_at_the_most() -> None:
    shown, text = progress(step=0.02)
    with shown:
        shown.stage("documents")
        for done in range(1, 1001):
            shown.piece(done, 2000)
    drawn = text.getvalue().count(" of 2,000")
    assert 150 <= drawn <= 200  # 20 seconds, of which one is left to itself


def test_a_pipe_gets_nothing_but_the_outcome(tmp_path: Path) -> None:
    make_project(tmp_path)
    command = [sys.executable, str(ROOT / "build.py"), "--as-of", str(OPTIONS.as_of), "--jobs", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert b"\x1b" not in done.stdout + done.stderr and b"\r" not in done.stdout + done.stderr


def test_on_a_real_terminal_the_build_ends_with_its_summary(tmp_path: Path) -> None:
    make_project(tmp_path, articles=40)
    ours, theirs = pty.openpty()
    words = ["--as-of", str(OPTIONS.as_of), "--jobs", "1"]
    slow = "import explainer.progress as p, sys; p.AFTER = 0; from explainer.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", slow, "build", *words],
        cwd=tmp_path,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
    )
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 1 << 16):
            told += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    assert process.wait() == 0, told
    assert b"documents" in told and b" of 4" in told
    assert b"Built" in told.rpartition(b"\x1b")[2]
