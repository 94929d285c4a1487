"""Whatever the operating system refuses, and whenever: the old site stays whole, and the next publish works."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer import disk, publish_staging, publish_writing
from explainer.problems import ContentError
from explainer.publish import publish
from explainer.publish_recovery import recover
from explainer.system_calls import SystemCalls
from tests.publishing import (
    CHANGING,
    QUICK_DISK,
    CountedCalls,
    NoExchange,
    NoLinks,
    die,
    fail_with,
    oddities,
    publish_drafted,
    site,
    tree,
)

SAME = {f"same{number}": "same" for number in range(9)}
OLD = {"index.html": "old", "a.css": "old", "gone/index.html": "gone", "x": "a file", "y/index.html": "a page", **SAME}
NEW = {
    "index.html": "new",
    "a.css": "new",
    "added/deep/index.html": "new",
    "x/index.html": "a page",
    "y": "a file",
    **SAME,
}
ALL_NEW = {**NEW, **dict.fromkeys(SAME, "changed")}
OLDEST = {path: "the oldest, and longest" for path in OLD if not path.startswith("y")} | {"y": "a file"}
OTHER = {**OLD, "index.html": "other, and longer", "same0": "other", "other": "gone"}
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass(frozen=True)
class Case:
    """A publish of `new` over `old` (None: no site yet) on a kind of system; `before` was the site before that."""

    old: dict[str, str] | None
    new: dict[str, str]
    system: type[SystemCalls] = SystemCalls
    strays: bool = False
    before: dict[str, str] | None = None
    drafted: bool = False
    synced_at_once: bool = False


ONE_BY_ONE = {
    "some files change": Case(OLD, NEW),
    "some files change, over spare ones": Case(OLD, NEW, before=OTHER),
    "some files change, and strays go": Case(OLD, NEW, strays=True),
    "some files change, and are synced at once": Case(OLD, NEW, synced_at_once=True),
    "some files change where there are no hard links": Case(OLD, NEW, NoLinks),
    "most files change where nothing can be exchanged": Case(OLD, ALL_NEW, NoExchange),
    "some files change, and all were drafted": Case(OLD, NEW, drafted=True),
}
IN_ONE_STEP = {
    "most files change": Case(OLD, ALL_NEW),
    "most files change, over a spare site": Case(OLD, ALL_NEW, before=OLDEST),
    "there was no site": Case(None, NEW),
    "all were drafted over a spare site": Case(OLD, ALL_NEW, before=OLDEST, drafted=True),
    "there was no site, and all were drafted": Case(None, NEW, drafted=True),
}
CASES = ONE_BY_ONE | IN_ONE_STEP
MAIN_CASES = (
    "some files change, over spare ones",
    "some files change, and strays go",
    "most files change where nothing can be exchanged",
    "most files change",
    "most files change, over a spare site",
    "all were drafted over a spare site",
)


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
        if self.case.before is not None:
            publish(site(self.case.before), self.out, self.cache)
        if self.case.old is not None:
            publish(site(self.case.old), self.out, self.cache)
        if self.case.strays:
            (self.out / "empty/deep").mkdir(parents=True)
            (self.out / "stray").mkdir(mode=0o500)
            (self.out / "link").symlink_to("stray")
            (self.out / "same0").chmod(0o600)
            (self.out / "same1").unlink()
            (self.out / "same1").symlink_to("stray")
        self.before = tree(self.out)
        disk.calls = self.case.system()

    def publish(self) -> None:
        (publish_drafted if self.case.drafted else publish)(self.new, self.out, self.cache)

    def recover(self) -> None:
        recover(self.out)

    def publish_and_look(self) -> None:
        """Publish on a system in good health: the new site must stand then, and nothing else be left."""
        disk.calls = self.case.system()
        self.publish()
        assert tree(self.out) == self.new
        assert oddities(self.out) == []
        assert {path.name for path in self.folder.iterdir()} == {"site", ".cache"}

    def each_call(
        self, act: Callable[[int], None], *, ever: bool = False, only: Collection[str] = ()
    ) -> Iterator[CountedCalls]:
        """Set up and yield calls that act at the first, the second, the third … call, until none is left to act."""
        number = 0
        while True:
            number += 1
            self.set_up()
            calls = CountedCalls(
                lambda: act(number),  # noqa: B023
                at=number,
                ever=ever,
                only=only,
                system=self.case.system(),
            )
            disk.calls = calls  # type: ignore[assignment]
            yield calls
            if calls.count < number:
                return

    @property
    def lasting(self) -> tuple[str, ...]:
        """Paths that both sites have, and that no reader may miss at any moment."""
        return ("index.html", "a.css", "same0", "same2") if self.before else ()


def staged(cases: dict[str, Case]) -> pytest.MarkDecorator:
    """Play a test on each of these cases."""
    return pytest.mark.parametrize("stage", cases.values(), ids=cases, indirect=True)


@pytest.fixture
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    if request.param.synced_at_once:
        monkeypatch.setattr(publish_staging, "ONE_BY_ONE", 2)
        monkeypatch.setattr(publish_writing, "ONE_BY_ONE", 2)
    monkeypatch.setattr(disk, "calls", disk.calls)
    with tempfile.TemporaryDirectory(dir=QUICK_DISK) as folder:
        yield Stage(Path(folder), request.param)


def fail_at(number: int) -> None:
    """Raise another fault at each call."""
    fail_with(FAULTS[number % len(FAULTS)])()


def assert_fault_is_told(error: ContentError, call: int) -> None:
    (problem,) = error.problems
    assert problem.code in ("P004", "P005", "P006")
    assert os.strerror(FAULTS[call % len(FAULTS)]).lower() in problem.message
    assert ".publishing" not in str(problem)


@staged(CASES)
def test_a_fault_at_any_call_leaves_the_old_site_and_the_next_publish_works(stage: Stage) -> None:
    failed = 0
    for calls in stage.each_call(fail_at):
        try:
            stage.publish()
        except ContentError as error:
            failed += 1
            assert_fault_is_told(error, calls.at)
            assert tree(stage.out) == stage.before, f"call {calls.at}"
        else:
            assert tree(stage.out) == stage.new, f"call {calls.at}"
        stage.publish_and_look()
    assert failed > 30


@pytest.mark.parametrize("number", FAULTS, ids=errno.errorcode.get)
@staged({"some files change": CASES["some files change"]})
def test_every_kind_of_fault_at_any_call_is_undone(stage: Stage, number: int) -> None:
    for calls in stage.each_call(lambda _call: fail_with(number)()):
        try:
            stage.publish()
        except ContentError:
            assert tree(stage.out) == stage.before, f"call {calls.at}"
        else:
            assert tree(stage.out) == stage.new, f"call {calls.at}"


@pytest.mark.parametrize("only", [CHANGING, ["replace"]], ids=["all", "moves"])
@staged({name: CASES[name] for name in MAIN_CASES} | {"there was no site": CASES["there was no site"]})
def test_a_disk_that_fails_for_good_at_any_call_leaves_what_the_next_command_mends(
    stage: Stage, only: Collection[str]
) -> None:
    for calls in stage.each_call(lambda _call: fail_with(errno.EIO)(), ever=True, only=only):
        try:
            stage.publish()
        except ContentError as error:
            (problem,) = error.problems
            assert problem.code == "P006" or tree(stage.out) == stage.before, f"call {calls.at}"
        disk.calls = stage.case.system()
        stage.recover()
        assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        stage.publish_and_look()


@staged(CASES)
def test_between_any_two_calls_a_reader_finds_every_page_whole(stage: Stage) -> None:
    def look() -> None:
        for path in stage.lasting:
            assert (stage.out / path).read_bytes() in (stage.before[path], stage.new[path]), f"call {calls.count}"

    stage.set_up()
    calls = CountedCalls(look, at=1, ever=True, system=stage.case.system())
    disk.calls = calls  # type: ignore[assignment]
    stage.publish()
    assert calls.count > 40
    stage.publish_and_look()


@staged({name: CASES[name] for name in MAIN_CASES})
def test_an_interrupt_at_any_call_leaves_the_old_site_or_the_new_one(stage: Stage) -> None:
    def interrupt(_call: int) -> None:
        raise KeyboardInterrupt

    for calls in stage.each_call(interrupt, only=CHANGING):
        try:
            stage.publish()
        except KeyboardInterrupt:
            assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        stage.publish_and_look()


def in_a_process(work: Callable[[], object], calls: CountedCalls) -> None:
    """Do work in a process of its own, which may be killed, and return when it has ended; `calls` count what it called.

    A ContentError ends the work quietly, any other one fails the test.
    """
    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        word = ""
        try:
            work()
        except ContentError:
            pass
        except BaseException as error:
            word = repr(error)
        os.write(tell, f"{calls.count} {word}".encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told) as answer:
        count, _, fault = answer.read().partition(" ")
    os.waitpid(process, 0)
    assert not fault
    calls.count = int(count) if count else calls.at  # a process that was killed says nothing


@staged(CASES)
def test_a_kill_at_any_call_leaves_a_site_that_the_next_command_makes_whole(stage: Stage) -> None:
    for calls in stage.each_call(lambda _call: die(), only=CHANGING):
        in_a_process(stage.publish, calls)
        found = tree(stage.out)
        for path in stage.lasting:
            assert found[path] in (stage.before[path], stage.new[path]), f"call {calls.at}"
        disk.calls = stage.case.system()
        assert recover(stage.out) in ("nothing", "tidied", "finished"), f"call {calls.at}"
        assert tree(stage.out) in (stage.before, stage.new), f"call {calls.at}"
        assert {path.name for path in stage.folder.iterdir()} <= {"site", ".cache"}
        assert recover(stage.out) == "nothing"
        stage.publish_and_look()


@pytest.mark.parametrize("act", [die, fail_with(errno.EIO)], ids=["killed", "failing"])
@pytest.mark.parametrize("journal", ["journal", "undoing"])
@staged(
    {
        name: ONE_BY_ONE[name]
        for name in ("some files change, and strays go", "some files change where there are no hard links")
    }
)
def test_mending_that_is_stopped_at_any_call_is_mended_by_the_next_command(
    stage: Stage, act: Callable[[], None], journal: str
) -> None:
    for calls in stage.each_call(lambda _call: act(), only=CHANGING):
        disk.calls = CountedCalls(die, at=6, only=["replace"], system=stage.case.system())  # type: ignore[assignment]
        in_a_process(stage.publish, CountedCalls(die, at=0))
        assert tree(stage.out) not in (stage.before, stage.new)
        staging = stage.folder / ".site.publishing"
        (staging / "journal").rename(staging / journal)
        disk.calls = calls  # type: ignore[assignment]
        in_a_process(stage.recover, calls)
        disk.calls = stage.case.system()
        stage.recover()
        assert tree(stage.out) in ([stage.before] if journal == "undoing" else [stage.before, stage.new]), calls.at
        stage.publish_and_look()


@staged({"some files change, and strays go": CASES["some files change, and strays go"]})
def test_a_killed_publish_that_cannot_be_finished_is_undone(stage: Stage) -> None:
    stage.set_up()
    disk.calls = CountedCalls(die, at=4, only=["replace"])  # type: ignore[assignment]
    in_a_process(stage.publish, CountedCalls(die, at=0))
    assert tree(stage.out) not in (stage.before, stage.new)
    disk.calls = CountedCalls(fail_with(errno.ENOSPC), at=1, ever=True, only=["mkdir"])  # type: ignore[assignment]
    assert recover(stage.out) == "undone"
    assert tree(stage.out) == stage.before
    stage.publish_and_look()
