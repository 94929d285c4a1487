"""Give pages what makes them live: the reload script, the overlay's style sheet, and the problems to show in it."""

from __future__ import annotations

import html
import json
from pathlib import Path

from livereload.handlers import LiveReloadJSHandler

from explainer.serving.editor_links import EditorLinks, is_this_machine
from explainer.serving.gate import Guarded
from explainer.serving.live_site import LiveSite, State
from explainer.serving.problem_list import LinkTo, no_links, problem_list

# Short and few, since a site may have a page at every other address.
SCRIPT, STYLE, PROBLEMS = "/livereload.js", "/livereload.css", "/livereload.json"

_BROWSER_FILES = Path(__file__).with_name("browser")


class ReloadScript(Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script, and ours after it."""

    def get(self) -> None:
        """Answer with all scripts in one file: our policy allows no script in a page."""
        super().get()
        for name in ("overlay.js", "reload.js"):
            self.write(b"\n" + (_BROWSER_FILES / name).read_bytes())

    head = get


class OverlayStyle(Guarded):
    """The style sheet of the overlay."""

    def get(self) -> None:
        """Answer with the style sheet: our policy allows no style in a page either."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish((_BROWSER_FILES / "overlay.css").read_bytes())

    head = get


class Problems(Guarded):
    """What stands in the way of a newer site, for the script alone: other sites may not even lead here."""

    may_be_followed_to = False

    def initialize(self, site: LiveSite, links: EditorLinks) -> None:
        """Take the site that may have problems, and the way to make links to their places."""
        self.site, self.links = site, links

    def get(self) -> None:
        """Answer with the problems as HTML, and with what the script has to know of them."""
        state = self.site.state
        link_to = links_for(self.links, self.request.remote_ip)
        said = {**_told(state), "version": state.version, "html": problem_list(state.problems, link_to)}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(said))

    head = get


def links_for(links: EditorLinks, address: str | None) -> LinkTo:
    """Return the way to make links for a browser at an address: those on other machines get none."""
    return links.link_to if is_this_machine(address or "") else no_links


def with_script(page: bytes, host: str, state: State, *, shows_problems: bool = False) -> bytes:
    """Return a page that loads the reload script; `host` is the checked Host header it was asked for with.

    `shows_problems` says that the page shows the problems itself and needs no overlay. The script is put in here and
    not by the build, so that what is built never holds it.
    """
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "80")
    # livereload waits longer after each failure, up to a minute; a restarted server is to be noticed at once.
    address = f"{SCRIPT}?host={name}&port={port}&mindelay=200&maxdelay=1000"
    data = {"version": state.version, "shown": "problems" if shows_problems else "site", **_told(state)}
    attributes = "".join(f' data-{name}="{html.escape(value)}"' for name, value in data.items())
    tag = f'<script src="{html.escape(address)}"{attributes}></script>'.encode("utf-8", "backslashreplace")
    lower = page.lower()
    place = lower.rfind(b"</body")
    if place < 0:
        place = lower.rfind(b"</head")
    return page + tag if place < 0 else page[:place] + tag + page[place:]


def _told(state: State) -> dict[str, str]:
    return {"mark": state.mark, "words": state.words, "stuck": "yes" if state.is_stuck else ""}
