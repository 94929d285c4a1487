"""The server goes on, and answers, whatever a build does: take its time, fail, or be interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_server import LiveServer, save, wait_until
from tests.projects import ROOT, copy_isles

ALDER_PAGE = "/countries/alder/"

# Python runs this file in each process it starts, the builder's too. There, builds wait while there is a file "wait",
# and end as a file "fail" says.
SLOW_BUILDS = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
if "explainer.serving.worker" in " ".join(sys.orig_argv):
    from explainer.serving import worker
    build = worker.build_site
    def slow_build(*arguments):
        open("building", "w").write(str(os.getpid()))
        while os.path.exists("wait"):
            time.sleep(0.01)
        os.remove("building")
        if os.path.exists("fail"):
            raise eval(open("fail").read())
        return build(*arguments)
    worker.build_site = slow_build
"""


def slow_server(root: Path) -> LiveServer:
    copy_isles(root)
    (root / "python").mkdir()
    (root / "python" / "sitecustomize.py").write_text(SLOW_BUILDS, encoding="utf-8")
    return LiveServer(root, PYTHONPATH=str(root / "python"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with slow_server(tmp_path_factory.mktemp("slow")) as server:
        yield server


def test_requests_are_answered_during_a_build_and_a_save_during_it_is_built_after(server: LiveServer) -> None:
    root = server.root
    with server.listening() as listener:
        save(server.root, "Before.")
        listener.wait_for_reload()
        builds = len(server.out.all_with("^built in "))
        (root / "wait").touch()
        save(server.root, "First.")
        wait_until((root / "building").exists, "a build")
        assert "Before." in server.get(ALDER_PAGE).text
        save(server.root, "Second.")
        (root / "wait").unlink()

        listener.wait_for_reload()
        server.out.wait_for("^built in ", times=builds + 2)
        assert "Second." in server.get(ALDER_PAGE).text


@pytest.mark.parametrize("fault", ["SystemExit(3)", "RecursionError('deep')", "MemoryError()", "OSError('odd')"])
def test_no_fault_of_a_build_ends_the_server(server: LiveServer, fault: str) -> None:
    told = len(server.err.all_with("The generator itself failed"))
    (server.root / "fail").write_text(fault, encoding="utf-8")
    save(server.root, f"During {fault}.")
    server.err.wait_for("The generator itself failed", times=told + 1)
    page = server.get(ALDER_PAGE)
    assert page.status == 200
    assert "During" not in page.text

    (server.root / "fail").unlink()
    after = f"After {fault.partition('(')[0]}."
    save(server.root, after)
    server.wait_for_text(ALDER_PAGE, after)


def test_a_builder_that_is_killed_is_replaced(server: LiveServer) -> None:
    root = server.root
    (root / "wait").touch()
    save(root, "Killed.")
    wait_until(lambda: (root / "building").exists() and (root / "building").read_text("utf-8"), "a build")
    os.kill(int((root / "building").read_text("utf-8")), signal.SIGKILL)
    server.err.wait_for("^The builder ended while it was building: by signal SIGKILL.$")
    (root / "wait").unlink()

    save(root, "Alive.")

    server.wait_for_text(ALDER_PAGE, "Alive.")


def test_requests_are_answered_while_the_builder_stands_still(server: LiveServer) -> None:
    """Stopped by the system, as a computation that leaves nothing to others would stop a thread of the server."""
    root = server.root
    (root / "wait").touch()
    save(root, "Later.")
    wait_until(lambda: (root / "building").exists() and (root / "building").read_text("utf-8"), "a build")
    builder = int((root / "building").read_text("utf-8"))
    os.kill(builder, signal.SIGSTOP)
    (root / "wait").unlink()

    assert "Later." not in server.get(ALDER_PAGE).text

    os.kill(builder, signal.SIGCONT)
    server.wait_for_text(ALDER_PAGE, "Later.")


def test_ctrl_c_during_a_build_ends_the_builder_too(tmp_path: Path) -> None:
    with slow_server(tmp_path) as server:
        (tmp_path / "wait").touch()
        save(server.root, "Never seen.")
        wait_until(lambda: (tmp_path / "building").exists() and (tmp_path / "building").read_text("utf-8"), "a build")
        builder = int((tmp_path / "building").read_text("utf-8"))

        assert server.interrupt() == 130
        assert not server.err.all_with("Traceback|Fatal|generator")
        assert has_ended(builder)


def test_a_builder_does_not_outlive_a_killed_server(tmp_path: Path) -> None:
    with slow_server(tmp_path) as server:
        (tmp_path / "wait").touch()
        save(server.root, "Never seen.")
        wait_until(lambda: (tmp_path / "building").exists() and (tmp_path / "building").read_text("utf-8"), "a build")
        builder = int((tmp_path / "building").read_text("utf-8"))
        server.process.kill()
        (tmp_path / "wait").unlink()

        wait_until(lambda: has_ended(builder), "the end of the builder")


def has_ended(process: int) -> bool:
    """Whether there is no such process, or only its number, which waits for a parent that asks how it ended."""
    state = subprocess.run(["ps", "-o", "state=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip() in ("", "Z")
