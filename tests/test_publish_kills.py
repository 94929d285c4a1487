"""A publish that is killed at a random moment never lets a reader down, and the next command makes the site whole."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.problems import ContentError
from explainer.publish import publish
from explainer.publish_recovery import recover
from tests.publish_processes import versions
from tests.publishing import oddities, tree

ROOT = Path(__file__).resolve().parent.parent
# `make soak` kills more often.
KILLS = int(os.environ.get("SOAK_KILLS", "25"))


def start(role: str, folder: Path, kind: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.publish_processes", role, str(folder), kind]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def say(process: subprocess.Popen[str], line: str) -> str:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline()


def mend(out: Path) -> None:
    """Mend a site. A worker that was forked just before the kill has the lock until it runs for the first time."""
    while True:
        try:
            recover(out)
            return
        except ContentError as error:
            if [problem.code for problem in error.problems] != ["P001"]:
                raise


@pytest.mark.parametrize("kind", ["some", "all", "drafted"])
def test_readers_miss_no_page_while_publishes_are_killed(tmp_path: Path, kind: str) -> None:
    moments = random.Random(f"kills of {kind}")
    out, cache = tmp_path / "site", tmp_path / ".cache"
    both = versions(kind)
    publish(both[1], out, cache)
    with start("publish", tmp_path, kind) as publisher, start("read", tmp_path, kind) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for kill in range(KILLS):
            assert say(publisher, str(moments.uniform(0.005, 0.1))) == "-9\n"
            mend(out)
            assert tree(out) in both, f"kill {kill}"
            assert {path.name for path in tmp_path.iterdir()} == {"site", ".cache"}
            if kill % 5 == 4:
                publish(both[0], out, cache)
                assert tree(out) == both[0]
                assert oddities(out) == []
        reads, faults = json.loads(reader.communicate()[0])
        publisher.communicate()
    assert faults == []
    assert reads > KILLS * 90
