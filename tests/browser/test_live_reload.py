"""A real browser, under the site's own policy, shows what was saved last and keeps what the reader had unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.live_server import PATIENCE, LiveServer
from tests.projects import copy_isles, replace_text

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    folders = copy_isles(tmp_path)
    folds = "<details id=a><summary>First</summary>1</details><details id=b open><summary>Second</summary>2</details>"
    template = folders.templates / "pages" / "country.html"
    replace_text(template, "{% block main %}", "{% block main %}" + folds)
    with LiveServer(folders.root) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        yield page


def save(server: LiveServer, old: str, new: str) -> None:
    replace_text(server.root / "content" / "countries" / "alder.yml", f"summary: {old}", f"summary: {new}")


def test_a_save_reloads_the_page_under_its_policy_and_keeps_what_was_unfolded(server: LiveServer, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    with page.expect_websocket() as opening:
        page.goto(f"http://127.0.0.1:{server.port}/countries/alder/")
    assert opening.value.url == f"ws://127.0.0.1:{server.port}/livereload"
    assert "default-src 'self'" in page.content()
    page.get_by_text("First", exact=True).click()
    page.get_by_text("Second", exact=True).click()

    for old, new in (("The largest of the isles.", "Once."), ("Once.", "Twice.")):
        save(server, old, new)
        page.get_by_text(new, exact=True).first.wait_for()
        assert page.evaluate("[a.open, b.open]") == [True, False]

    assert said == []


def test_a_page_that_was_being_loaded_during_a_build_is_reloaded_once_it_listens(
    server: LiveServer, page: Page
) -> None:
    def save_first(route: Route) -> None:
        save(server, "The largest of the isles.", "Saved before the page listens.")
        server.out.wait_for("reload$")
        route.continue_()

    page.route("**/livereload.js*", save_first, times=1)
    page.goto(f"http://127.0.0.1:{server.port}/countries/alder/")

    page.get_by_text("Saved before the page listens.", exact=True).first.wait_for()
    assert len(server.out.all_with("reload$")) == 1


def test_a_page_of_an_ended_server_is_reloaded_by_the_next_one(server: LiveServer, page: Page) -> None:
    page.goto(f"http://127.0.0.1:{server.port}/countries/alder/")
    assert server.interrupt() == 130
    save(server, "The largest of the isles.", "Saved while no server ran.")

    with LiveServer(server.root, "--port", str(server.port)):
        page.get_by_text("Saved while no server ran.", exact=True).first.wait_for()


def test_a_page_elsewhere_reads_nothing_from_the_server(server: LiveServer, page: Page, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    copy_isles(stranger)
    with LiveServer(stranger) as other:  # another port is another origin
        page.goto(f"http://127.0.0.1:{other.port}/assets/icon.svg")
        got = page.evaluate(
            """async port => {
                const at = `//127.0.0.1:${port}/`;
                const fetched = await fetch("http:" + at).then(() => "read", () => "refused");
                const opaque = await fetch("http:" + at, {mode: "no-cors"}).then(() => "read", () => "refused");
                const socket = await new Promise(done => {
                    const socket = new WebSocket("ws:" + at + "livereload");
                    socket.onopen = () => done("open");
                    socket.onerror = () => done("refused");
                });
                return [fetched, opaque, socket];
            }""",
            server.port,
        )

    assert got == ["refused", "refused", "refused"]
