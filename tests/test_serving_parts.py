"""The parts of the server that can be asked by themselves: looking at the project, and putting the script in."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.config import Folders
from explainer.problems import Place, Problem
from explainer.serving.alarm import Alarm
from explainer.serving.live_site import EVERYTHING, NEWS, LiveSite, State
from explainer.serving.page_parts import with_script
from explainer.serving.problem_list import problem_list, problem_page
from explainer.serving.site_files import content_type_of
from explainer.serving.snapshot import Difference, compare_snapshots, look_again, take_snapshot
from explainer.serving.watcher import LONGEST_REST, PAUSE, PAUSE_WITH_ALARM, ProjectWatcher, rest_after
from explainer.serving.worker import answer_all, attempt, base_path_of, build_site
from tests.projects import OPTIONS, copy_isles

STATE = State("v1", "/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.yml").write_text("one", encoding="utf-8")
    return tmp_path


def test_a_project_that_rests_looks_the_same(folder: Path) -> None:
    assert take_snapshot([folder]) == take_snapshot([folder])


def test_every_change_makes_a_project_look_different(folder: Path) -> None:
    path = folder / "a" / "one.yml"
    status = path.stat()

    def same_size_and_time() -> None:
        path.write_text("two", encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def link_elsewhere() -> None:
        (folder / "link.yml").unlink()
        (folder / "link.yml").symlink_to("elsewhere")

    changes: dict[str, Callable[[], object]] = {
        "size": lambda: path.write_text("longer", encoding="utf-8"),
        "same size and time": same_size_and_time,
        "mode": lambda: path.chmod(0o400),
        "rename": lambda: path.rename(folder / "a" / "two.yml"),
        "rename back": lambda: (folder / "a" / "two.yml").rename(path),
        "new": lambda: (folder / "new.yml").touch(),
        "deleted": lambda: (folder / "new.yml").unlink(),
        "new folder": lambda: (folder / "b").mkdir(),
        "new link": lambda: (folder / "link.yml").symlink_to("nowhere"),
        "link elsewhere": link_elsewhere,
        "folder gone": lambda: shutil.rmtree(folder / "a"),
    }
    for what, change in changes.items():
        before = take_snapshot([folder])
        change()
        assert take_snapshot([folder]) != before, what


def test_a_file_that_is_gone_or_empty_is_about_to_be_written(folder: Path) -> None:
    path = folder / "a" / "one.yml"
    before = take_snapshot([folder])

    def after(change: Callable[[], object]) -> Difference:
        change()
        return compare_snapshots(before, take_snapshot([folder]))

    assert after(lambda: path.write_text("", encoding="utf-8")) == Difference(1, is_half_done=True)
    assert after(lambda: path.write_text("two", encoding="utf-8")) == Difference(1, is_half_done=False)
    assert after((folder / "new.yml").touch) == Difference(2, is_half_done=True)
    assert after(lambda: (folder / "new.yml").write_text("x", encoding="utf-8")) == Difference(2, is_half_done=False)
    assert after(path.unlink) == Difference(2, is_half_done=True)


def test_swap_files_and_missing_folders_are_passed_over(folder: Path) -> None:
    before = take_snapshot([folder, folder / "missing"])
    (folder / "a" / ".one.yml.swp").write_text("x", encoding="utf-8")
    (folder / "a" / "one.yml~").write_text("x", encoding="utf-8")

    assert take_snapshot([folder, folder / "missing"]) == before


_PLACES = st.sampled_from(["one.yml", "a", "a/one.yml", "a/b", "a/b/two.yml", "c", "c/.swap", "c/three.yml", "d.yml~"])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(["write", "mkdir", "remove", "move", "link", "chmod"]), _PLACES, _PLACES)))
def test_a_look_at_what_was_touched_sees_what_a_look_at_everything_sees(steps: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as name:
        folders = [Path(os.path.realpath(name), folder) for folder in ("content", "static")]
        folders[0].mkdir()
        before, touched = take_snapshot(folders), set[str]()
        for number, (verb, first, second) in enumerate(steps):
            path, other = folders[0] / first, folders[0] / second
            with contextlib.suppress(OSError):
                if verb == "write":
                    path.write_text(str(number), encoding="utf-8")
                elif verb == "mkdir":
                    path.mkdir()
                elif verb == "remove":
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
                elif verb == "move":
                    path.rename(other)
                    touched.add(str(other))
                elif verb == "link":
                    path.symlink_to(other)
                else:
                    path.chmod(0o755 if path.is_dir() else 0o600)
                touched |= {str(path), os.path.realpath(path)}  # what is done through a link is done elsewhere
            if number % 3 == 2:  # a look in the middle of a burst
                before = look_again(before, touched, folders)
        assert look_again(before, touched, folders) == take_snapshot(folders)


def test_a_folder_that_came_with_its_files_is_looked_at_whole_and_strangers_are_not(folder: Path) -> None:
    before = take_snapshot([folder])
    (folder / "new" / "below").mkdir(parents=True)
    (folder / "new" / "below" / "file.yml").touch()

    now = look_again(before, [str(folder / "new" / "below" / "file.yml"), "/", "elsewhere"], [folder])

    assert now == take_snapshot([folder])
    shutil.rmtree(folder / "a")
    assert look_again(now, [str(folder)], [folder]) == take_snapshot([folder])


def test_a_large_project_is_seldom_looked_at_whole_only_where_the_system_has_told_of_a_change() -> None:
    alarm = Alarm()
    assert rest_after(0.001, alarm) == PAUSE
    assert rest_after(0.1, alarm) == pytest.approx(0.9)
    alarm.is_set = True
    assert rest_after(0.001, alarm) == PAUSE_WITH_ALARM
    assert rest_after(0.1, alarm) == pytest.approx(0.9)  # a network's file system may never tell
    alarm.ring("content/site.yml")
    assert rest_after(0.1, alarm) == pytest.approx(4.9)
    assert rest_after(0.5, alarm) == LONGEST_REST
    assert rest_after(1.0, alarm) == pytest.approx(9)


def test_a_save_that_the_alarm_missed_is_seen_though_it_rings_for_something_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []

    class Site:
        needs_build = False

        def rebuild(self) -> list[str]:
            built.append("once more")
            return []

    watcher = ProjectWatcher(cast(LiveSite, Site()), [folder], lambda _: None)
    watcher._alarm.stop()
    (folder / "a" / "one.yml").write_text("saved", encoding="utf-8")
    other = frozenset({str(folder / ".log.swp")})
    watcher._look(lambda _: None, frozenset())  # nothing rang: everything is looked at
    assert built == ["once more"]
    (folder / "a" / "one.yml").write_text("saved again", encoding="utf-8")
    assert watcher._look(lambda _: None, other) > 0
    assert built == ["once more"]
    now = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now() + LONGEST_REST)
    watcher._look(lambda _: None, other)
    assert built == ["once more", "once more"]


def a_live_site(folders: Folders) -> LiveSite:
    """A site that is built in this process, and not in one of its own."""
    own = replace(folders, output=folders.cache / "serve", cache=folders.cache / "serve-cache")
    return LiveSite(own.output, partial(attempt, build_site, own), lambda: OPTIONS)


def test_a_site_is_built_and_shown_also_when_nobody_reads_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = copy_isles(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb", buffering=0) as pipe, io.TextIOWrapper(pipe, write_through=True) as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        monkeypatch.setattr(sys, "stderr", closed)
        site = a_live_site(folders)

        assert site.rebuild() == [EVERYTHING]
        good = site.state
        assert good.is_ready
        (folders.content / "site.yml").write_text("title: 3", encoding="utf-8")
        assert site.rebuild() == [NEWS]
        assert site.state.is_stuck
        assert site.state.problems
        assert site.state.version == good.version
        monkeypatch.undo()


def test_a_loop_of_links_is_not_followed(folder: Path) -> None:
    (folder / "a" / "loop").symlink_to(folder, target_is_directory=True)

    assert len(take_snapshot([folder])) == 3


@pytest.mark.parametrize(
    ("page", "around"),
    [
        ("<html><body><p>x</p></body></html>", "<p>x</p>|</body></html>"),
        ("<body>&lt;/body> <pre></BODY ></pre></Body>", "</pre>|</Body>"),
        ("<head></head><p>late", "<head>|</head><p>late"),
        ("just words", "just words|"),
        ("", "|"),
    ],
)
def test_the_script_stands_at_the_end_of_the_page(page: str, around: str) -> None:
    result = with_script(page.encode(), "localhost:8000", STATE).decode()
    before, after = around.split("|")

    assert f'{before}<script src="/livereload.js?host=localhost&amp;port=8000&amp;' in result
    assert f'data-version="v1" data-shown="site" data-mark="" data-words="" data-stuck=""></script>{after}' in result
    assert len(result) > len(page)


@pytest.mark.parametrize(
    ("host", "name", "port"),
    [("127.0.0.1:8000", "127.0.0.1", "8000"), ("[::1]:8000", "[::1]", "8000"), ("[::1]", "[::1]", "80")],
)
def test_the_script_is_told_where_to_listen(host: str, name: str, port: str) -> None:
    assert f"?host={name}&amp;port={port}&amp;" in with_script(b"", host, STATE).decode()


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "<p>", "</body>", "</head>"]))
def test_putting_the_script_in_changes_nothing_else(text: str, end: str) -> None:
    page = (text + end).encode()
    result = with_script(page, "localhost:1", STATE)
    start = result.index(b'<script src="/livereload.js?host=localhost')
    rest = result[result.index(b"</script>", start) + len(b"</script>") :]

    assert result[:start] + rest == page


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("", "/"),
        ("https://x.example", "/"),
        ("https://x.example/", "/"),
        ("https://x.example/repo", "/repo/"),
        ("https://x.example//a/b//", "/a/b/"),
        ("https://x.example/my%20repo/", "/my repo/"),
    ],
)
def test_the_path_of_a_site_has_a_slash_at_both_ends(base_url: str, path: str) -> None:
    assert base_path_of(base_url) == path


def test_problems_show_markup_and_lone_surrogates_as_text() -> None:
    evil = "</script><img src=x onerror=alert(1)>\"'&{x}\udcff"
    problem = Problem(Place(f"content/{evil}.yml", 1, 1), "F004", evil, evil, excerpt=evil)
    state = State("v1", "/", is_stuck=True, problems=(problem,), fault=evil)

    page = problem_page(state, "/livereload.css", lambda _place: f"vscode://file/{evil}").decode()
    tag = with_script(b"", "localhost:1", state).decode()

    assert evil[:9] not in page
    assert "<img" not in page + tag
    assert "onerror=alert(1)&gt;&quot;&#x27;&amp;{x}\\udcff" in page


def test_errors_come_before_warnings_each_with_its_line_and_fix() -> None:
    warning = Problem(Place("content/a.yml", 3, 1), "D020", "too old", "renew it", severity="warning")
    error = Problem(Place("content/b.yml", 7, 3, 4), "F004", "no such field", "take it out", excerpt="  colr: red")

    shown = problem_list([warning, error])

    assert shown.index("content/b.yml:7:3") < shown.index("content/a.yml:3:1")
    assert "    7 |   colr: red\n" in shown
    assert '<span class="caret" aria-hidden="true">      |   <b>^^^^</b></span>' in shown
    assert "<b>Fix:</b> take it out" in shown
    assert "href" not in shown


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.JS", "text/javascript; charset=utf-8"), ("a.gif", "image/gif"), ("a.unknown", "application/octet-stream")],
)
def test_a_media_type_follows_from_the_name(name: str, media_type: str) -> None:
    assert content_type_of(name) == media_type


class _Saves(io.RawIOBase):
    """Requests of a builder, each after one more save; and its answers, at each of which the objects are counted."""

    def __init__(self, folders: Folders, saves: int) -> None:
        self._folders, self._left = folders, saves
        self.requests, self.objects = io.BytesIO(), list[int]()

    def read(self, size: int = -1) -> bytes:
        found = self.requests.read(size)
        if not found and self._left:
            self._left -= 1
            path = self._folders.templates / "base.html"
            path.write_text(f"{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
            self.requests = io.BytesIO(pickle.dumps((self._folders, OPTIONS)))
            found = self.requests.read(size)
        return found

    def readline(self, size: int | None = -1) -> bytes:
        return self.requests.readline(size)

    def readinto(self, buffer: Any) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def write(self, data: Any) -> int:
        return len(data)

    def flush(self) -> None:
        self.objects.append(len(gc.get_objects()))


def test_a_builder_does_not_grow_with_every_save(tmp_path: Path) -> None:
    saves = _Saves(copy_isles(tmp_path / "project"), 8)
    answer_all(saves, saves)  # type: ignore[arg-type]
    assert len(saves.objects) == 8
    assert saves.objects[-1] < saves.objects[3] * 1.02, saves.objects
