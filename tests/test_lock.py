"""One build runs at a time, the other is told which, and a lock never outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explainer.lock import build_lock
from explainer.problems import ContentError

ROOT = Path(__file__).resolve().parent.parent
HOLD = (
    "import sys; from pathlib import Path; from explainer.lock import build_lock\nwith build_lock(Path(sys.argv[1])):\n"
)
WAIT = "    import os; os.write(1, b'held\\n'); sys.stdin.read()"
# A worker that is still busy when its parent dies: it waits for the end of a pipe that the test holds.
FORK = "    import os\n    if os.fork() == 0: os.write(1, b'working\\n'); sys.stdin.read(); os._exit(0)\n" + WAIT


@contextmanager
def holder(cache: Path, code: str = WAIT, lines: int = 1) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD + code, str(cache)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = {process.stdout.readline() for _ in range(lines)}
        assert "held\n" in said
        yield process


def test_the_second_of_two_builds_is_told_which_process_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with holder(tmp_path / ".cache") as process:
        with pytest.raises(ContentError) as caught, build_lock(Path(".cache")):
            pass
        assert str(caught.value) == (
            f".cache/lock: error P001: another build (process {process.pid}) is running\n"
            f"  fix: wait until it is done, or end process {process.pid}, then build again"
        )
    with build_lock(tmp_path / ".cache"):
        pass


def test_of_builds_started_at_once_just_one_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD + WAIT, str(tmp_path / ".cache")]
    pipe = subprocess.PIPE
    builds = [subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    said = [build.stdout.readline() for build in builds if build.stdout is not None]
    told = [build.communicate()[1] for build in builds]
    assert sorted(said) == ["", "", "", "held\n"]
    assert [fault.count("error P001: another build") for fault in told] == [0 if word else 1 for word in said]


def test_a_killed_build_leaves_no_lock(tmp_path: Path) -> None:
    with holder(tmp_path / ".cache") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with build_lock(tmp_path / ".cache"):
            assert (tmp_path / ".cache/lock").read_text() == f"{os.getpid()}\n"


def test_a_worker_that_outlives_its_killed_parent_holds_no_lock(tmp_path: Path) -> None:
    with holder(tmp_path / ".cache", FORK, lines=2) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with build_lock(tmp_path / ".cache"):
            pass


def test_a_worker_that_ends_does_not_end_its_parents_lock(tmp_path: Path) -> None:
    code = "    import os\n    if os.fork() == 0: os._exit(0)\n    os.wait()\n" + WAIT
    with holder(tmp_path / ".cache", code), pytest.raises(ContentError, match="P001"), build_lock(tmp_path / ".cache"):
        pass


def test_a_build_within_a_build_of_the_same_process_is_refused(tmp_path: Path) -> None:
    with build_lock(tmp_path):
        with (
            pytest.raises(ContentError, match=rf"another build \(process {os.getpid()}\) is running"),
            build_lock(tmp_path),
        ):
            pass
        with pytest.raises(ContentError, match="P001"), build_lock(tmp_path):
            pass


def test_the_lock_ends_with_its_block_though_that_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), build_lock(tmp_path):
        raise ZeroDivisionError
    with build_lock(tmp_path):
        pass


def test_a_fault_of_the_work_itself_is_not_taken_for_one_of_the_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), build_lock(tmp_path):
        (tmp_path / "missing").read_bytes()


def test_a_cache_that_cannot_be_made_is_named_with_reason_and_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".cache").write_text("a file")
    with pytest.raises(ContentError) as caught, build_lock(Path(".cache")):
        pass
    assert str(caught.value) == (
        ".cache/lock: error P009: the build lock cannot be taken: file exists\n"
        "  fix: see what is wrong there, or delete .cache, then build again"
    )


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "lock").symlink_to("precious")
    with pytest.raises(ContentError, match="P009"), build_lock(tmp_path):
        pass
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_lock_file_with_other_words_in_it_names_no_process(tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / "lock").write_text("four hundred and seven")
        with pytest.raises(ContentError, match="P001: another build is running\n"), build_lock(tmp_path):
            pass
