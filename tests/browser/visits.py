"""Open a page in a real browser as a reader would, and note what it complains about and whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, WebSocket

Scheme = Literal["light", "dark"]

# Lazy pictures are asked for, fonts are waited for, and two frames are drawn. Not for ever: on a busy machine a browser
# may stop drawing a page that nobody sees, and what is still loading then is told by `settle`.
_SETTLE = """async () => {
  for (const image of document.images) image.loading = "eager";
  const settled = async () => {
    await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  };
  await Promise.race([settled(), new Promise((late) => setTimeout(late, 10000))]);
}"""


# Notes from the start how far what was drawn moves later, as the layout shift of the web vitals counts it.
_NOTE_SHIFTS = """(() => {
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
})()"""


@dataclass
class Visit:
    """A page that is open, and what was wrong with it so far."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)
    pending: set[Request] = field(default_factory=set)
    finished: list[Request] = field(default_factory=list)
    has_scripts: bool = True
    """Without scripts no frame ever reports that it was drawn."""

    def noted_request(self, request: Request) -> None:
        """Remember a request until it is answered, and object when it leaves the site's host."""
        self.pending.add(request)
        self._object_to_other_host(request.url)

    def noted_end(self, request: Request) -> None:
        """Forget a request that failed."""
        self.pending.discard(request)

    def noted_answer(self, request: Request) -> None:
        """Keep a request that was answered: it has a weight."""
        self.pending.discard(request)
        self.finished.append(request)

    def noted_socket(self, socket: WebSocket) -> None:
        """Object when a socket leaves the site's host."""
        self._object_to_other_host(socket.url)

    def noted_response(self, response: Response) -> None:
        """Object to an answer that says the file is not there, unless that is the page itself."""
        if response.status >= 400 and response.url != self.url:
            self.faults.append(f"{response.url} was answered with {response.status}")

    def noted_console(self, message: ConsoleMessage) -> None:
        """Object to an error on the console, unless it only says that the page itself is a 404."""
        says_itself_missing = message.location.get("url") == self.url and "status of 404" in message.text
        if message.type == "error" and not says_itself_missing:
            self.faults.append(f"console: {message.text}")

    def noted_crash(self, error: Error) -> None:
        """Object to an exception that no script caught."""
        self.faults.append(f"script: {error.message}")

    def settle(self) -> None:
        """Wait until pictures and fonts are there and no request is open."""
        if self.has_scripts:
            self.page.evaluate(_SETTLE)
        self.page.wait_for_load_state("load")
        for _ in range(200):
            if not self.pending:
                return
            self.page.wait_for_timeout(25)
        self.faults.append(f"still loading after 5 s: {', '.join(request.url for request in self.pending)}")

    def _object_to_other_host(self, url: str) -> None:
        there, here = urlsplit(url), urlsplit(self.url)
        if there.scheme not in ("data", "blob", "about") and there.netloc != here.netloc:
            self.faults.append(f"asks another host: {url}")


@contextmanager
def visit(
    browser: Browser,
    url: str,
    *,
    scheme: Scheme = "light",
    status: int = 200,
    width: int = 1280,
    script: str | None = None,
    **context_options: Any,
) -> Iterator[Visit]:
    """Open a page with nothing remembered from others, and wait until it is whole.

    `status` is the answer that is expected; another one is a fault. `script` runs in the page before its own scripts.
    Other options are those of a context of Playwright.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        service_workers="block",
        **{"reduced_motion": "reduce", **context_options},
    )
    try:
        page = context.new_page()
        page.add_init_script(_NOTE_SHIFTS)
        if script is not None:
            page.add_init_script(script)
        visit = Visit(page, url, has_scripts=context_options.get("java_script_enabled", True))
        page.on("request", visit.noted_request)
        page.on("requestfinished", visit.noted_answer)
        page.on("requestfailed", visit.noted_end)
        page.on("response", visit.noted_response)
        page.on("websocket", visit.noted_socket)
        page.on("console", visit.noted_console)
        page.on("pageerror", visit.noted_crash)
        answer = page.goto(url, wait_until="load")
        if answer is None or answer.status != status:
            visit.faults.append(f"was answered with {answer and answer.status}, not {status}")
        visit.settle()
        yield visit
    finally:
        context.close()
