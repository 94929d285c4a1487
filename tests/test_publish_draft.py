"""Pages are written where they are published from while others are made; nothing of a site is touched by that."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer import disk
from explainer.build import build
from explainer.problems import ContentError
from explainer.publish import publish, publish_unstamped
from explainer.publish_draft import Draft
from explainer.publish_recovery import recover
from explainer.publish_stamps import spare_folder
from explainer.system_calls import SystemCalls
from tests.projects import OPTIONS, copy_isles, replace_text
from tests.publishing import CountedCalls, draft_pages, fail_with, oddities, publish_drafted, settle, site, tree

PAGES = ("index.html", "a/index.html", "b/c/index.html", "feed.xml")


def pages(text: str) -> dict[str, bytes]:
    return site(dict.fromkeys(PAGES, text))


class Place:
    """A folder to publish into, with its cache."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out, self.cache = folder, folder / "site", folder / ".cache"
        self.spare = Path(spare_folder(self.cache, str(self.out)))

    def draft(self) -> Draft:
        return Draft(self.out, self.cache, ())

    def assert_is(self, files: dict[str, bytes]) -> None:
        """The site holds these files, and nothing lies beside it."""
        assert tree(self.out) == files
        assert oddities(self.out) == []
        assert {path.name for path in self.folder.iterdir()} <= {"site", ".cache"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(disk, "calls", disk.calls)
    return Place(tmp_path)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027, 0o077])
def test_what_is_drafted_is_published_and_not_asked_for_again(place: Place, umask: int) -> None:
    before = os.umask(umask)
    try:
        for text in ("first", "second, longer", "3"):
            publish_drafted(pages(text), place.out, place.cache)
            place.assert_is(pages(text))
    finally:
        os.umask(before)


def test_a_draft_changes_nothing_that_readers_see(place: Place) -> None:
    publish(pages("first"), place.out, place.cache)
    with place.draft() as draft:
        draft.begin()
        draft_pages(pages("second"), draft)
        assert tree(place.out) == pages("first")
        assert draft.read("a/index.html") == b"second"
    place.assert_is(pages("first"))


def test_a_draft_that_was_given_up_is_written_over_by_the_next(place: Place) -> None:
    with place.draft() as draft:
        draft.begin()
        draft_pages(pages("never seen, and longer"), draft)
    kept = (place.spare / "a/index.html").stat().st_ino
    publish_drafted(pages("first"), place.out, place.cache)
    place.assert_is(pages("first"))
    assert (place.out / "a/index.html").stat().st_ino == kept
    assert not place.spare.exists()


def test_a_page_that_comes_out_as_it_is_published_keeps_its_time_and_its_place(place: Place) -> None:
    publish(pages("first"), place.out, place.cache)
    before = {path: (place.out / path).stat() for path in PAGES}
    for new in (pages("first"), site({**dict.fromkeys(PAGES, "first"), "b/c/index.html": "second"})):
        result = publish_drafted(new, place.out, place.cache)
        place.assert_is(new)
        assert "a/index.html" not in result.written
        now = (place.out / "a/index.html").stat()
        assert (now.st_ino, now.st_mtime_ns) == (before["a/index.html"].st_ino, before["a/index.html"].st_mtime_ns)
        assert (place.spare / "a/index.html").exists()  # to delete it would take longer than to write it


def test_what_cannot_be_drafted_is_published_all_the_same(place: Place) -> None:
    publish(site({**dict.fromkeys(PAGES, "older"), "x": "a file", "y/index.html": "a page"}), place.out, place.cache)
    publish(pages("old"), place.out, place.cache)
    new = site({**dict.fromkeys(PAGES, "new"), "x/index.html": "a page", "y": "a file"})
    with place.draft() as draft, open(place.spare / "a/index.html", encoding="utf-8") as reading:
        draft.begin()
        draft_pages(new, draft)
        assert draft.written == {"index.html", "b/c/index.html", "feed.xml"}
        publish_unstamped(new, place.out, place.cache, draft=draft)
        assert reading.read() == "older"
    place.assert_is(new)


@pytest.mark.parametrize("path", ["../outside", "/outside", "a/../../outside", "a\\b", ""])
def test_nothing_is_written_outside_the_draft(place: Place, path: str) -> None:
    with place.draft() as draft:
        draft.begin()
        assert not draft.put(path, b"x")
        assert draft.staging is not None
        assert os.listdir(draft.staging.path("new")) == []


def _a_foreign_folder(place: Place) -> None:
    place.out.mkdir()
    (place.out / "novel.txt").write_text("mine")


def _a_foreign_file_where_we_work(place: Place) -> None:
    (place.folder / ".site.publishing").mkdir()
    (place.folder / ".site.publishing/novel.txt").write_text("mine")


@pytest.mark.parametrize(("code", "harm"), [("P003", _a_foreign_folder), ("P007", _a_foreign_file_where_we_work)])
def test_where_a_site_cannot_be_published_no_draft_is_begun(
    place: Place, code: str, harm: Callable[[Place], None]
) -> None:
    harm(place)
    before = tree(place.folder)
    with place.draft() as draft:
        draft.begin()
        assert draft.staging is None
        assert not draft.put("index.html", b"x")
        with pytest.raises(ContentError) as raised:
            publish_unstamped(pages("first"), place.out, place.cache, draft=draft)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert tree(place.folder) == before


def test_a_fault_while_a_draft_is_brought_to_the_disk_stops_the_publish(place: Place) -> None:
    publish(pages("first"), place.out, place.cache)
    with place.draft() as draft:
        draft.begin()
        draft_pages(pages("second"), draft)
        disk.calls = CountedCalls(fail_with(errno.EIO), at=1, only=["syncfs"])  # type: ignore[assignment]
        settle(draft)
        with pytest.raises(ContentError) as raised:
            publish_unstamped(pages("second"), place.out, place.cache, draft=draft)
    (problem,) = raised.value.problems
    assert problem.code == "P005"
    assert os.strerror(errno.EIO).lower() in problem.message
    disk.calls = SystemCalls()
    place.assert_is(pages("first"))


def test_one_who_made_pages_for_a_build_that_was_killed_writes_no_more(place: Place) -> None:
    told, tell = os.pipe()
    go, start = os.pipe()
    builder = os.fork()
    if not builder:
        draft = place.draft()
        draft.begin()
        if not os.fork():
            os.close(start)
            os.write(tell, b"!")
            os.read(go, 1)  # ends when the builder, and this test, have let go of the other end
            os.write(tell, b"yes" if draft.put("index.html", b"late") else b"no")
        os._exit(0)
    os.waitpid(builder, 0)
    assert os.read(told, 1) == b"!"
    os.close(start)
    os.close(tell)
    with os.fdopen(told) as answer:
        assert answer.read() == "no"  # though the folder is still there
    os.close(go)
    assert recover(place.out) == "tidied"
    publish(pages("first"), place.out, place.cache)
    place.assert_is(pages("first"))


def test_a_build_with_a_mistake_in_every_page_leaves_the_site_and_no_draft_beside_it(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    before, base = tree(folders.output), folders.templates / "base.html"
    replace_text(base, "</body>", '<p id="twice"></p><p id="twice"></p></body>')
    shutil.rmtree(folders.cache)
    with pytest.raises(ContentError):
        build(folders, OPTIONS)
    assert tree(folders.output) == before
    assert not (folders.root / ".site.publishing").exists()
    drafted = tree(Path(spare_folder(folders.cache, str(folders.output))))
    assert b'<p id="twice">' in drafted["index.html"]
    replace_text(base, '<p id="twice"></p><p id="twice"></p></body>', "<p>Mended.</p></body>")
    build(folders, OPTIONS)
    assert tree(folders.output).keys() == before.keys()
    assert b"<p>Mended.</p>" in (folders.output / "index.html").read_bytes()
    assert oddities(folders.output) == []
