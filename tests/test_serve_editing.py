"""The browser shows the last saved state: no save is lost, and none is built twice."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator

import pytest

from tests.live_server import LiveServer, save, sheet_of, version_in, wait_until, with_summary
from tests.projects import copy_isles, replace_text

ALDER_PAGE = "/countries/alder/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server whose project each test edits, and leaves without mistakes and built."""
    root = tmp_path_factory.mktemp("edited")
    copy_isles(root)
    with LiveServer(root) as server:
        yield server


def test_an_edit_is_seen_within_a_second(server: LiveServer) -> None:
    """Or, where the machine is busy with other things, soon after the build that it takes."""
    for attempt in range(10):
        start = time.monotonic()
        save(server.root, f"Attempt {attempt}.")
        server.wait_for_text(ALDER_PAGE, f"Attempt {attempt}.")
        seconds = time.monotonic() - start
        built = re.fullmatch(
            r"built in (\d+\.\d\d) s, reload", server.out.wait_for("^built in .*reload", attempt + 1)[-1]
        )
        assert built
        if seconds < max(1.0, 3 * float(built[1])):
            return
    raise AssertionError(f"seen only after {seconds:.2f} s")


def test_an_edit_that_keeps_size_and_time_of_change_is_seen(server: LiveServer) -> None:
    save(server.root, "One size.")
    server.wait_for_text(ALDER_PAGE, "One size.")
    before = sheet_of(server.root).stat()

    save(server.root, "Two size.")
    os.utime(sheet_of(server.root), ns=(before.st_atime_ns, before.st_mtime_ns))

    assert sheet_of(server.root).stat().st_size == before.st_size
    server.wait_for_text(ALDER_PAGE, "Two size.")


def test_every_way_in_which_editors_save_is_seen(server: LiveServer) -> None:
    path = sheet_of(server.root)

    new = path.with_name(".alder.yml.new")
    new.write_text(with_summary(server.root, "Renamed over."), encoding="utf-8")
    os.replace(new, path)
    server.wait_for_text(ALDER_PAGE, "Renamed over.")

    text = with_summary(server.root, "Deleted and made anew.")
    path.unlink()
    path.write_text(text, encoding="utf-8")
    server.wait_for_text(ALDER_PAGE, "Deleted and made anew.")

    text = with_summary(server.root, "Moved to a backup.")
    path.rename(path.with_name("alder.yml~"))
    path.write_text(text, encoding="utf-8")
    server.wait_for_text(ALDER_PAGE, "Moved to a backup.")


def test_templates_and_static_files_are_watched_too(server: LiveServer) -> None:
    template = server.root / "templates" / "pages" / "country.html"
    replace_text(template, "{% block main %}", "{% block main %}<p>New part</p>")
    server.wait_for_text(ALDER_PAGE, "New part")

    style = server.root / "static" / "css" / "60-new.css"
    style.write_text("@layer new { p { color: red } }\n", encoding="utf-8")
    server.wait_for_text("/assets/site.css", "@layer new")
    style.unlink()
    wait_until(lambda: "@layer new" not in server.get("/assets/site.css").text, "the deleted style sheet")


def test_a_burst_of_saves_is_built_once(server: LiveServer) -> None:
    with server.listening() as listener:
        save(server.root, "Before the burst.")
        listener.wait_for_reload()
        builds = server.builds
        for number in range(19):
            save(server.root, f"Save {number}.")
        birch = sheet_of(server.root).with_name("birch.yml")
        birch.write_text(birch.read_text(encoding="utf-8").replace("name: Birch\n", "name: Birchwood\n"), "utf-8")
        listener.wait_for_reload()
        assert "Save 18." in server.get(ALDER_PAGE).text
        assert "Birchwood" in server.get("/countries/birch/").text
        save(server.root, "After the burst.")
        listener.wait_for_reload()  # would come for the burst, were it built twice

        assert "After the burst." in server.get(ALDER_PAGE).text
        assert server.builds == builds + 2


def test_what_editors_leave_behind_starts_no_build(server: LiveServer) -> None:
    folder = sheet_of(server.root).parent
    with server.listening() as listener:
        for name in (".alder.yml.swp", "4913", "alder.yml~", "#alder.yml#", "alder.tmp"):
            (folder / name).write_text("x", encoding="utf-8")
        (folder / ".#alder.yml").symlink_to("somebody@host.1234")
        (folder / ".git").mkdir()
        (folder / ".git" / "index").write_text("x", encoding="utf-8")
        # Longer than the server rests between two looks, so that it has seen them.
        assert listener.is_silent(seconds=0.5)
        save(server.root, "The only real save.")
        listener.wait_for_reload()

        assert "The only real save." in server.get(ALDER_PAGE).text


def test_a_mistake_leaves_the_last_good_page_and_is_printed_in_our_form(server: LiveServer) -> None:
    save(server.root, "Good.")
    server.wait_for_text(ALDER_PAGE, "Good.")

    replace_text(sheet_of(server.root), "summary: Good.", "summery: Bad.")
    line = server.err.wait_for("error F004")[0]
    server.err.wait_for("^The browser shows the last good site until they are mended.$")

    assert line.startswith("content/countries/alder.yml:6:1: error F004: ")
    assert server.err.all_with('^  fix: did you mean "summary"')
    assert server.err.all_with(r"^\d+ errors? .*in \d files?\.$")
    assert "Good." in server.get(ALDER_PAGE).text

    replace_text(sheet_of(server.root), "summery: Bad.", "summary: Mended.")
    server.wait_for_text(ALDER_PAGE, "Mended.")


def test_a_site_deleted_by_make_clean_is_built_again(server: LiveServer) -> None:
    (server.root / ".cache" / "serve").rename(server.root / "away")

    wait_until(lambda: server.get("/").status == 200, "the site")


def test_a_listening_page_is_told_of_every_build_also_of_those_in_quick_succession(server: LiveServer) -> None:
    with server.listening(version_in(server.get(ALDER_PAGE).text)) as listener:
        for number in range(3):  # within the three seconds in which livereload drops what comes
            save(server.root, f"Edit {number}.")
            listener.wait_for_reload()
            assert f"Edit {number}." in server.get(ALDER_PAGE).text


def test_a_page_that_was_loaded_before_a_build_and_listens_after_it_is_told(server: LiveServer) -> None:
    old = version_in(server.get(ALDER_PAGE).text)
    with server.listening() as listener:  # as a browser's own extension does, which tells no version
        assert listener.called == []
        save(server.root, "Between.")
        listener.wait_for_reload()
    new = version_in(server.get(ALDER_PAGE).text)

    with server.listening(old) as listener:
        assert listener.called == ["reload"]
    with server.listening(new) as listener:
        assert listener.called == []
    with server.listening("of-an-earlier-server-7") as listener:
        assert listener.called == ["reload"]
