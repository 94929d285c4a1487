"""The parts of the server that can be asked by themselves: looking at the project, and putting the script in."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.serving.error_page import error_page
from explainer.serving.live_site import LiveSite, base_path_of
from explainer.serving.reload_channel import with_script
from explainer.serving.site_files import content_type_of
from explainer.serving.snapshot import take_snapshot
from tests.projects import OPTIONS, copy_isles


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


def test_swap_files_and_missing_folders_are_passed_over(folder: Path) -> None:
    before = take_snapshot([folder, folder / "missing"])
    (folder / "a" / ".one.yml.swp").write_text("x", encoding="utf-8")
    (folder / "a" / "one.yml~").write_text("x", encoding="utf-8")

    assert take_snapshot([folder, folder / "missing"]) == before


def test_a_site_is_built_and_shown_also_when_nobody_reads_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = copy_isles(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb", buffering=0) as pipe, io.TextIOWrapper(pipe, write_through=True) as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        monkeypatch.setattr(sys, "stderr", closed)
        site = LiveSite(replace(folders, output=folders.cache / "serve"), OPTIONS)

        assert site.rebuild()
        assert site.is_ready
        good = site.version
        (folders.content / "site.yml").write_text("title: 3", encoding="utf-8")
        assert not site.rebuild()
        assert site.obstacles
        assert site.version == good
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
    result = with_script(page.encode(), "localhost:8000", "v1").decode()
    before, after = around.split("|")

    assert f'{before}<script src="/livereload.js?host=localhost&amp;port=8000&amp;' in result
    assert f'data-version="v1"></script>{after}' in result
    assert len(result) > len(page)


@pytest.mark.parametrize(
    ("host", "name", "port"),
    [("127.0.0.1:8000", "127.0.0.1", "8000"), ("[::1]:8000", "[::1]", "8000"), ("[::1]", "[::1]", "80")],
)
def test_the_script_is_told_where_to_listen(host: str, name: str, port: str) -> None:
    assert f"?host={name}&amp;port={port}&amp;" in with_script(b"", host, "v").decode()


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "<p>", "</body>", "</head>"]))
def test_putting_the_script_in_changes_nothing_else(text: str, end: str) -> None:
    page = (text + end).encode()
    result = with_script(page, "localhost:1", "v")
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


def test_the_error_page_shows_markup_and_lone_surrogates_as_text() -> None:
    page = error_page("<b>&{x}\udcff").decode()

    assert "<pre>&lt;b&gt;&amp;{x}\\udcff</pre>" in page


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.JS", "text/javascript; charset=utf-8"), ("a.gif", "image/gif"), ("a.unknown", "application/octet-stream")],
)
def test_a_media_type_follows_from_the_name(name: str, media_type: str) -> None:
    assert content_type_of(name) == media_type
