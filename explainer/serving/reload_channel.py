"""Tell browsers to reload, over livereload's socket, and give them the script that listens to it."""

from __future__ import annotations

import html
import json
from asyncio import Future
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.websocket import WebSocketClosedError

from explainer.serving.gate import Guarded
from explainer.serving.live_site import LiveSite

SOCKET, SCRIPT = "/livereload", "/livereload.js"
MAX_MESSAGE_BYTES = 16 << 10

_OWN_SCRIPT = Path(__file__).with_name("reload.js")
_RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}


class ReloadChannel(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """One browser's socket."""

    def initialize(self, site: LiveSite) -> None:
        """Take the site whose state the browser is to show."""
        self.site = site

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this origin may listen: this site's own pages only."""
        return origin.lower() == f"http://{self.request.headers.get('Host', '').lower()}"

    def on_message(self, message: str | bytes) -> None:
        """Answer livereload's handshake.

        A page tells in it which state of the site it shows. One that was loaded before the last build, but listens only
        now, has missed the call to reload, and gets one of its own.
        """
        try:
            said = json.loads(message)
            command = said["command"]
        except (ValueError, TypeError, KeyError, RecursionError):
            self.close()
            return
        if command not in ("hello", "info"):
            return
        super().on_message(json.dumps({"command": command, "url": "a page"}))
        if command == "info" and _shown_version(said) not in (None, self.site.version):
            self.send_message(_RELOAD)

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> Future[None]:
        """Send a message, to a browser that may have gone: that is no error."""
        sending: Future[None] = super().write_message(message, binary)
        sending.add_done_callback(_forgive_closed)
        return sending


class ReloadScript(Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script, and ours after it."""

    def get(self) -> None:
        """Answer with both scripts in one file: our policy allows no script in a page."""
        super().get()
        self.write(_OWN_SCRIPT.read_bytes())

    head = get


def with_script(page: bytes, host: str, version: str) -> bytes:
    """Return a page that loads the reload script; `host` is the checked Host header it was asked for with.

    The script is put in here and not by the build, so that what is built never holds it.
    """
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "80")
    # livereload waits longer after each failure, up to a minute; a restarted server is to be noticed at once.
    address = f"{SCRIPT}?host={name}&port={port}&mindelay=200&maxdelay=1000"
    tag = f'<script src="{html.escape(address)}" data-version="{html.escape(version)}"></script>'.encode()
    lower = page.lower()
    place = lower.rfind(b"</body")
    if place < 0:
        place = lower.rfind(b"</head")
    return page + tag if place < 0 else page[:place] + tag + page[place:]


def _shown_version(said: dict[str, Any]) -> object:
    """Return the state of the site that a page says it shows; None when it says none, as other listeners do."""
    plugins = said.get("plugins")
    ours = plugins.get("explainer") if isinstance(plugins, dict) else None
    return ours.get("shows") if isinstance(ours, dict) else None


def _forgive_closed(sending: Future[None]) -> None:
    if not sending.cancelled() and not isinstance(error := sending.exception(), WebSocketClosedError | None):
        raise error
