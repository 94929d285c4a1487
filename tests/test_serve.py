"""The server answers as a host of static pages would, says what it does, and ends cleanly."""

from __future__ import annotations

import gzip
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.build import build
from explainer.config import Folders
from explainer.serving.listening import CannotServe, listen
from tests.live_server import ENTRY, LiveServer, version_in, wait_until
from tests.projects import OPTIONS, copy_isles, replace_text

ALDER = "countries/alder.yml"
ALDER_PAGE = "/countries/alder/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server whose project no test changes."""
    root = tmp_path_factory.mktemp("served")
    copy_isles(root)
    with LiveServer(root) as server:
        yield server


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return copy_isles(tmp_path)


# What is served


def test_a_page_is_served_with_the_reload_script_and_is_never_stored(server: LiveServer) -> None:
    answer = server.get(ALDER_PAGE)

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "Alder" in answer.text
    assert answer.text.count('<script src="/livereload.js?') == 1


def test_the_script_is_a_file_of_the_same_server_so_that_our_policy_allows_it(server: LiveServer) -> None:
    script = server.get(f"/livereload.js?port={server.port}")

    assert script.status == 200
    assert script.headers["content-type"] == "application/javascript"
    assert "official-7" in script.text
    assert "addPlugin(Explainer)" in script.text
    assert "<script>" not in server.get("/").text


def test_what_is_built_holds_no_script_and_lies_in_the_cache_alone(server: LiveServer) -> None:
    built = server.root / ".cache" / "serve"

    assert not (server.root / "site").exists()
    assert b"livereload" not in (built / "index.html").read_bytes()
    assert (built / "assets" / "site.css").is_file()


def test_an_address_that_does_not_exist_is_answered_with_the_404_page_of_the_site(server: LiveServer) -> None:
    answer = server.get("/nowhere/")

    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "This page does not exist" in answer.text
    assert version_in(answer.text) == version_in(server.get("/").text)


def test_a_folder_without_its_slash_is_redirected_and_keeps_its_question(server: LiveServer) -> None:
    answer = server.get("/countries/alder?x=1&y=%20")

    assert answer.status == 302
    assert answer.headers["location"] == "/countries/alder/?x=1&y=%20"


def test_pages_are_compressed_for_browsers_that_ask(server: LiveServer) -> None:
    answer = server.get("/", Accept_Encoding="gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert gzip.decompress(answer.body) == server.get("/").body


def test_head_tells_what_get_would_without_a_body(server: LiveServer) -> None:
    for path in ("/", "/assets/site.css", "/nowhere", "/livereload.js"):
        head, get = server.ask("HEAD", path), server.get(path)

        assert head.body == b""
        assert head.status == get.status
        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.headers["content-length"] == str(len(get.body))


def test_files_have_their_media_types_whatever_the_system_thinks(server: LiveServer) -> None:
    types = {
        "/assets/site.css": "text/css; charset=utf-8",
        "/assets/icon.svg": "image/svg+xml",
        "/robots.txt": "text/plain; charset=utf-8",
        "/sitemap.xml": "application/xml",
        "/manifest.json": "application/json",
    }

    assert {path: server.get(path).headers["content-type"] for path in types} == types


def test_a_site_with_a_path_is_served_below_it_and_opened_there(folders: Folders) -> None:
    browser, opened = folders.root / "browser", folders.root / "opened"
    browser.write_text(f"#!/bin/sh\necho \"$1\" > '{opened}'\n", encoding="utf-8")
    browser.chmod(0o755)
    address = "https://somebody.example/repo/"

    with LiveServer(folders.root, "--open", "--base-url", address, BROWSER=f"{browser} %s") as server:
        assert server.base_path == "/repo/"
        assert server.get("/").headers["location"] == "/repo/"
        assert server.get("/repo").headers["location"] == "/repo/"
        assert server.get("/repo/countries/alder").headers["location"] == "/repo/countries/alder/"
        assert server.get("/repo/").status == 200
        assert server.get("/countries/alder/").status == 404
        assert server.get("/repository/").status == 404
        assert 'href="/repo/"' in server.get("/repo/nowhere").text
        assert '<script src="/livereload.js?' in server.get("/repo/").text
        shown = wait_until(lambda: opened.exists() and opened.read_text(encoding="utf-8").strip(), "the browser")
        assert shown == f"http://127.0.0.1:{server.port}/repo/"


def test_the_path_that_the_settings_name_is_followed_also_when_it_changes(folders: Folders) -> None:
    replace_text(folders.content / "site.yml", "https://isles.example/", "https://isles.example/my%20isles/")
    with LiveServer(folders.root) as server:
        assert server.base_path == "/my%20isles/"
        assert server.get("/my%20isles/").status == 200

        replace_text(folders.content / "site.yml", "https://isles.example/my%20isles/", "https://isles.example/")

        server.out.wait_for("^the site is at / now$")
        assert server.get("/").status == 200


def test_a_site_that_cannot_be_built_at_first_shows_its_problems_until_it_can(folders: Folders) -> None:
    mistake = '"<script>alert(1)</script>": x\n'
    cache = folders.cache
    # A site of an earlier day must not hide that there is none today.
    build(replace(folders, output=cache / "serve", cache=cache / "serve-cache"), OPTIONS, fingerprint=False)
    replace_text(folders.content / ALDER, "summary:", f"{mistake}summary:")
    with LiveServer(folders.root) as server:
        page = server.get(ALDER_PAGE)

        assert page.status == 503
        assert ">content/countries/alder.yml:6:1</a>" in page.text
        assert "<b>error F004:</b>" in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
        assert "<script>" not in page.text
        assert server.get("/assets/site.css").status == 503
        assert server.err.all_with("^The browser shows these problems until they are mended.$")

        with server.listening(version_in(page.text)) as listener:
            assert listener.called == []
            replace_text(folders.content / ALDER, "summary:", "summery:")
            listener.wait_for_reload()
            assert "summery" in server.get("/").text
            replace_text(folders.content / ALDER, f"{mistake}summery:", "summary:")
            listener.wait_for_reload()
            assert server.get(ALDER_PAGE).status == 200


# Beginning and end


def test_ctrl_c_ends_quietly_with_130_and_frees_port_and_project(folders: Folders) -> None:
    with LiveServer(folders.root) as server, server.listening():
        said = list(server.err.lines)
        assert server.interrupt() == 130

        assert server.err.lines == [*said, "interrupted"]
        with pytest.raises(ProcessLookupError):  # nobody of its group is left
            os.killpg(server.process.pid, signal.SIGKILL)
    with LiveServer(folders.root, "--port", str(server.port)) as again:
        assert again.port == server.port
        assert again.get("/").status == 200


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *ENTRY, "serve", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def test_a_taken_port_is_told_with_one_that_is_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(tmp_path, "--port", str(port))

    first, second = result.stderr.splitlines()
    assert result.returncode == 2
    assert first == f"error U020: port {port} is taken by another program"
    assert second.startswith("  fix: stop that program, or choose another port: --port ")
    assert int(second.split()[-1]) > port


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a..b", "2001:db8::1"])
def test_a_host_that_is_not_ours_is_told(host: str) -> None:
    with pytest.raises(CannotServe) as caught:
        listen(host, 0)

    assert caught.value.code == "U022"
    assert caught.value.message == f'"{host}" is no address of this machine'


def test_a_second_server_of_the_same_project_names_the_first(server: LiveServer) -> None:
    result = run(server.root, "--port", "0")

    assert result.returncode == 2
    assert result.stderr.startswith(f"error U023: another server (process {server.process.pid}) serves this project")


def test_a_cache_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file", encoding="utf-8")

    result = run(tmp_path, "--port", "0")

    assert result.returncode == 1
    assert ".cache/serve.lock: error P009: the server's lock cannot be taken" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_editor_address_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR_URL", "emacs")

    result = run(tmp_path, "--port", "0")

    assert result.returncode == 2
    assert result.stderr.startswith("error U050: EDITOR_URL: it is not an address such as vscode://file\n  fix: ")
