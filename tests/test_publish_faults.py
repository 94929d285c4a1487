"""Whatever the operating system refuses, and whenever: the old site stays whole, and the next publish works."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer import disk
from explainer.problems import ContentError
from explainer.publish import publish
from explainer.publish_recovery import recover
from explainer.system_calls import SystemCalls
from tests.publishing import QUICK_DISK, CountedCalls, die, fail_with, oddities, site, tree

SAME = {f"same/{number}/index.html": "same" for number in range(8)}
OLD = {"index.html": "old", "a.css": "old", "gone/index.html": "gone", "x": "a file", "y/index.html": "a page", **SAME}
NEW = {"index.html": "new", "a.css": "new", "added/deep/index.html": "new", "x/index.html": "a page", "y": "a file", **SAME}
ALL_NEW = {**NEW, **dict.fromkeys(SAME, "changed")}


class NoExchange(SystemCalls):
    """A system that cannot exchange folders."""

    def exchange(self, one: str, other: str) -> bool:
        return False


class NoLinks(SystemCalls):
    """A file system that knows no hard links."""

    @staticmethod
    def link(source: str, target: str) -> None:  # type: ignore[override]
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@dataclass(frozen=True)
class Case:
    """A publish of `new` over `old` (None: no site yet) on a kind of system."""

    old: dict[str, str] | None
    new: dict[str, str]
    system: type[SystemCalls] = SystemCalls
    strays: bool = False


CASES = {
    "some files change": Case(OLD, NEW),
    "some files change, and strays go": Case(OLD, NEW, strays=True),
    "most files change and the folder is exchanged": Case(OLD, ALL_NEW),
    "most files change where nothing can be exchanged": Case(OLD, ALL_NEW, NoExchange),
    "some files change where there are no hard links": Case(OLD, NEW, NoLinks),
    "there was no site": Case(None, NEW),
    "more files change than are synced one by one": Case(
        {**OLD, **{f"many/{number}": "old" for number in range(40)}, **{f"still/{number}": "" for number in range(50)}},
        {**OLD, **{f"many/{number}": "new" for number in range(40)}, **{f"still/{number}": "" for number in range(50)}},
    ),
}


class Stage:
    """A folder in which a case is played again and again."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.case = case
        self.folder = folder
        self.out = folder / "site"
        self.cache = folder / ".cache"
        self.new = site(case.new)
        self.before: dict[str, bytes] = {}

    def set_up(self) -> None:
        """Bring the old site into its place, with nothing else around it."""
        disk.calls = SystemCalls()
        for path in self.folder.iterdir():
            disk.remove_tree(str(path))
        if self.case.old is not None:
            publish(site(self.case.old), self.out, self.cache)
        if self.case.strays:
            (self.out / "empty/deep").mkdir(parents=True)
            (self.out / "stray").mkdir(mode=0o500)
            (self.out / "link").symlink_to("stray")
            (self.out / "same/0/index.html").chmod(0o600)
        self.before = tree(self.out)
        disk.calls = self.case.system()

    def publish(self) -> None:
        publish(self.new, self.out, self.cache)

    def assert_done(self) -> None:
        """The new site stands, and nothing else is left."""
        assert tree(self.out) == self.new
        assert oddities(self.out) == []
        assert {path.name for path in self.folder.iterdir()} == {"site", ".cache"}


@pytest.fixture(params=CASES.values(), ids=CASES)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    before = disk.calls
    with tempfile.TemporaryDirectory(dir=QUICK_DISK) as folder:
        yield Stage(Path(folder), request.param)
        disk.calls = before


def each_call(stage: Stage, act: Callable[[], None], *, once: bool = True) -> Iterator[CountedCalls]:
    """Set the stage and yield calls that act at the first, the second, the third … call, until none is left to act."""
    number = 0
    while True:
        number += 1
        stage.set_up()
        calls = CountedCalls(act, at=number, once=once)
        calls.real = disk.calls
        disk.calls = calls  # type: ignore[assignment]
        yield calls
        if calls.count < number:
            assert number > 40, "the calls are counted"
            return


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_a_fault_at_any_call_leaves_the_old_site_and_the_next_publish_works(stage: Stage, number: int) -> None:
    failed = 0
    for calls in each_call(stage, fail_with(number)):
        try:
            stage.publish()
        except ContentError as error:
            failed += 1
            (problem,) = error.problems
            assert problem.code in ("P004", "P005", "P006")
            assert os.strerror(number).lower() in problem.message
            assert ".publishing" not in str(problem)
            assert tree(stage.out) == stage.before, f"call {calls.at}"
        else:
            assert tree(stage.out) == stage.new, f"call {calls.at}"
        disk.calls = stage.case.system()
        stage.publish()
        stage.assert_done()
    assert failed > 20


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_a_disk_that_fails_for_good_at_any_call_leaves_a_site_that_the_next_command_mends(
    stage: Stage, number: int
) -> None:
    for calls in each_call(stage, fail_with(number), once=False):
        try:
            stage.publish()
        except ContentError as error:
            (problem,) = error.problems
            whole = tree(stage.out) in (stage.before, stage.new)
            assert whole or problem.code == "P006", f"call {calls.at}"
        disk.calls = stage.case.system()
        recover(stage.out)
        assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        stage.publish()
        stage.assert_done()


def test_an_interrupt_at_any_call_leaves_the_old_site_or_the_new_one(stage: Stage) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for calls in each_call(stage, interrupt):
        try:
            stage.publish()
        except KeyboardInterrupt:
            assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        disk.calls = stage.case.system()
        stage.publish()
        stage.assert_done()


def in_a_process_that_dies(work: Callable[[], object], calls: CountedCalls) -> None:
    """Do work in a process of its own, which counts its calls and dies at the chosen one; return when it has ended."""
    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException as error:
            os.write(tell, f"1000000 {error!r}".encode())
        else:
            os.write(tell, str(calls.count).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told) as answer:
        count, _, fault = answer.read().partition(" ")
    os.waitpid(process, 0)
    assert not fault
    calls.count = int(count) if count else calls.at  # a process that died says nothing


def test_a_kill_at_any_call_leaves_a_site_that_the_next_command_makes_whole(stage: Stage) -> None:
    seen = set()
    for calls in each_call(stage, die):
        in_a_process_that_dies(stage.publish, calls)
        shared = stage.before.keys() & stage.new.keys()
        found = tree(stage.out)
        for path in shared - {"x", "y"}:
            assert found[path] in (stage.before[path], stage.new[path]), f"call {calls.at}"
        disk.calls = stage.case.system()
        seen.add(recover(stage.out))
        assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        assert {path.name for path in stage.folder.iterdir()} <= {"site", ".cache"}
        assert recover(stage.out) == "nothing"
        stage.publish()
        stage.assert_done()
    assert seen >= {"nothing", "tidied"}


@pytest.mark.parametrize("act", [die, fail_with(errno.EIO)], ids=["killed", "failing"])
@pytest.mark.parametrize("undoing", [False, True], ids=["finishing", "undoing"])
def test_mending_that_is_stopped_at_any_call_is_mended_by_the_next_command(
    stage: Stage, act: Callable[[], None], undoing: bool
) -> None:
    stopped_at = calls_until_half_done(stage)
    if stopped_at is None:
        assert stage.case.old is None or stage.case.new is ALL_NEW  # made in one step: there is nothing half done
        return
    number = 0
    while True:
        number += 1
        stage.set_up()
        half = CountedCalls(die, at=stopped_at)
        half.real = disk.calls
        disk.calls = half  # type: ignore[assignment]
        in_a_process_that_dies(stage.publish, half)
        assert tree(stage.out) not in (stage.before, stage.new)
        staging = stage.folder / ".site.publishing"
        if undoing:
            (staging / "journal").rename(staging / "undoing")
        calls = CountedCalls(act, at=number)
        calls.real = stage.case.system()
        disk.calls = calls  # type: ignore[assignment]
        if act is die:
            in_a_process_that_dies(lambda: recover(stage.out), calls)
        else:
            try:
                recover(stage.out)
            except ContentError as error:
                assert error.problems[0].code == "P006"
        disk.calls = stage.case.system()
        recover(stage.out)
        assert tree(stage.out) in ([stage.before] if undoing else [stage.before, stage.new]), f"call {number}"
        stage.publish()
        stage.assert_done()
        if calls.count < number:
            return


def calls_until_half_done(stage: Stage) -> int | None:
    """Return the number of a call at which a publish, when killed there, leaves pages of both sites; or None."""
    found = []
    for calls in each_call(stage, die):
        in_a_process_that_dies(stage.publish, calls)
        if tree(stage.out) not in (stage.before, stage.new):
            found.append(calls.at)
    return found[len(found) // 2] if found else None
