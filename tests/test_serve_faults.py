"""The server goes on, and answers, whatever a build does: take its time, fail, or be interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_server import LiveServer, save, wait_until
from tests.projects import ROOT, copy_isles

ALDER_PAGE = "/countries/alder/"

# The real server, whose builds wait while there is a file "wait", and end as a file "fail" says.
SLOW_ENTRY = (
    "-c",
    f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from explainer.serving import live_site
build = live_site.build
def slow_build(*arguments, **options):
    open("building", "w").close()
    while os.path.exists("wait"):
        time.sleep(0.01)
    os.remove("building")
    if os.path.exists("fail"):
        raise eval(open("fail").read())
    return build(*arguments, **options)
live_site.build = slow_build
from explainer.cli import main
sys.exit(main())
""",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    root = tmp_path_factory.mktemp("slow")
    copy_isles(root)
    with LiveServer(root, entry=SLOW_ENTRY) as server:
        yield server


def test_requests_are_answered_during_a_build_and_a_save_during_it_is_built_after(server: LiveServer) -> None:
    root = server.root
    with server.listening() as listener:
        save(server.root, "Before.")
        listener.wait_for_reload()
        (root / "wait").touch()
        save(server.root, "First.")
        wait_until((root / "building").exists, "a build")
        assert "Before." in server.get(ALDER_PAGE).text
        save(server.root, "Second.")
        (root / "wait").unlink()

        listener.wait_for_reload()
        listener.wait_for_reload()
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


def test_ctrl_c_during_a_build_ends_it_too(tmp_path: Path) -> None:
    copy_isles(tmp_path)
    with LiveServer(tmp_path, entry=SLOW_ENTRY) as server:
        (tmp_path / "wait").touch()
        save(server.root, "Never seen.")
        wait_until((tmp_path / "building").exists, "a build")

        assert server.interrupt() == 130
        assert not server.err.all_with("Traceback|Fatal")
