"""Two sites take turns where most files change, and nobody sees a file change that he has open or has linked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer import disk
from explainer.publish import publish
from explainer.publish_stamps import spare_folder
from explainer.system_calls import SystemCalls
from tests.publishing import oddities, site, tree

PATHS = ("index.html", "a/index.html", "b/index.html", "c/d/index.html")
KEPT = {f"assets/{name}.css": "body {}" for name in "xy"}


class Place:
    """A folder to publish into, with its cache and the spare site there."""

    def __init__(self, folder: Path) -> None:
        self.out, self.cache = folder / "site", folder / ".cache"
        self.spare = Path(spare_folder(self.cache, str(self.out)))

    def publish(self, *texts: str) -> None:
        """Publish a site for each text, with that in every page."""
        for text in texts:
            files = site({**dict.fromkeys(PATHS, text), **KEPT})
            publish(files, self.out, self.cache)
            assert tree(self.out) == files
            assert oddities(self.out) == []
            assert {path.name for path in self.out.parent.iterdir()} == {"site", ".cache"}

    def inodes(self) -> dict[str, int]:
        """Return which piece of the disk each page lies in."""
        return {path: (self.out / path).stat().st_ino for path in PATHS}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_site_is_written_over_the_one_before_last(place: Place) -> None:
    place.publish("first")
    first = place.inodes()
    place.publish("second, longer")
    second = place.inodes()
    place.publish("3")
    assert place.inodes() == first
    place.publish("fourth, and much longer")
    assert place.inodes() == second
    assert not (place.spare / "assets/x.css").exists()


def test_who_has_a_page_open_reads_on_what_he_opened(place: Place) -> None:
    place.publish("first")
    with open(place.out / "a/index.html", encoding="utf-8") as reading:
        assert reading.read(2) == "fi"
        place.publish("second", "third", "fourth", "fifth")
        assert reading.read() == "rst"


def test_a_copy_of_links_to_a_site_stays_as_it_is(place: Place) -> None:
    place.publish("first")
    copy = place.out.parent.parent / "copy"
    os.link(place.out / "a/index.html", copy)
    publish(site({**dict.fromkeys(PATHS, "second"), **KEPT}), place.out, place.cache)
    place.publish("third", "fourth")
    assert copy.read_text() == "first"
    copy.unlink()


def _make_a_file(spare: Path) -> None:
    disk.remove_tree(str(spare))
    spare.write_text("no folder")


def _make_a_link(spare: Path) -> None:
    spare.rename(spare.with_suffix(".elsewhere"))
    spare.symlink_to(spare.with_suffix(".elsewhere"))


def _spoil(spare: Path) -> None:
    (spare / "stray/deep").mkdir(parents=True, mode=0o700)
    (spare / "stray/deep/file").write_text("stray")
    (spare / "a/index.html").unlink()
    (spare / "a/index.html").mkdir()
    (spare / "b/index.html").unlink()
    (spare / "b/index.html").symlink_to("../index.html")
    (spare / "c/d/index.html").chmod(0o666)
    (spare / "c").chmod(0o700)
    (spare / "assets").rmdir()
    (spare / "assets").write_text("a file where a folder should be")
    os.mkfifo(spare / "pipe")


@pytest.mark.parametrize("harm", [_make_a_file, _make_a_link, _spoil])
def test_whatever_lies_in_the_place_of_the_spare_site_nothing_of_it_is_published(
    place: Place, harm: Callable[[Path], None]
) -> None:
    place.publish("first", "second")
    harm(place.spare)
    place.publish("third", "fourth")


def test_where_nobody_tells_who_reads_files_are_written_anew(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(SystemCalls):
        @staticmethod
        def is_alone(descriptor: int) -> bool:
            return False

    monkeypatch.setattr(disk, "calls", Silent())
    place.publish("first")
    with open(place.out / "index.html", encoding="utf-8") as reading:
        place.publish("second", "third")
        assert reading.read() == "first"


def test_the_files_that_a_small_change_replaced_are_written_over_by_the_next(place: Place) -> None:
    few = {**dict.fromkeys(PATHS, "page"), **{f"{number}.css": "body {}" for number in range(9)}}

    def publish_changed(*paths: str, text: str) -> None:
        files = site({**few, **dict.fromkeys(paths, text)})
        publish(files, place.out, place.cache)
        assert tree(place.out) == files
        assert oddities(place.out) == []

    publish_changed(text="")
    first = place.inodes()
    publish_changed("index.html", "a/index.html", "b/index.html", text="second, and longer")
    assert len(os.listdir(f"{place.spare}.files")) == 4  # and the manifest
    with open(place.out / "index.html", encoding="utf-8") as reading:
        publish_changed("index.html", text="3")
        assert reading.read() == "second, and longer"
    used = {first[path] for path in PATHS[:3]} & set(place.inodes().values())
    assert used
    for text in ("fourth", "fifth, the longest of them all"):
        publish_changed("index.html", "a/index.html", "b/index.html", text=text)
        assert len(os.listdir(f"{place.spare}.files")) <= 5
    _spoil_files(Path(f"{place.spare}.files"))
    publish_changed("index.html", text="sixth")
    publish_changed("index.html", text="seventh")


def _spoil_files(folder: Path) -> None:
    (folder / "deep/er").mkdir(parents=True)
    (folder / "deep/er/file").write_text("stray")
    (folder / "link").symlink_to("deep")
    os.link(next(path for path in folder.iterdir() if path.is_file()), folder.parent / "second-name")
