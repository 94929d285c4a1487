"""Tell browsers to reload, over livereload's socket."""

from __future__ import annotations

import json
from asyncio import Future
from typing import Any

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError

from explainer.serving.gate import Guarded
from explainer.serving.live_site import EVERYTHING, NEWS, LiveSite

SOCKET = "/livereload"
MAX_MESSAGE_BYTES = 16 << 10


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

        A page tells in it which state of the site it shows, and which problems it knows of. One that was loaded before
        the last build, but listens only now, has missed the call to reload, and gets one of its own.
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
        if command != "info":
            return
        state = self.site.state
        version, mark = _what_page_shows(said)
        if version not in (None, state.version):
            self.send_message(_call_for(EVERYTHING))
        elif mark not in (None, state.mark):
            self.send_message(_call_for(NEWS))

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> Future[None]:
        """Send a message, to a browser that may have gone: that is no error."""
        sending: Future[None] = super().write_message(message, binary)
        sending.add_done_callback(_forgive_closed)
        return sending


def announce(path: str) -> None:
    """Tell all browsers that listen to load a path anew: a style sheet alone, or the page, or the problems."""
    LiveReloadHandler.reload_waiters(path)


def _call_for(path: str) -> dict[str, Any]:
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": False}


def _what_page_shows(said: dict[str, Any]) -> tuple[object, object]:
    """Return the state of the site and of its problems that a page says it shows; None where it says none."""
    plugins = said.get("plugins")
    ours = plugins.get("explainer") if isinstance(plugins, dict) else None
    return (ours.get("shows"), ours.get("knows")) if isinstance(ours, dict) else (None, None)


def _forgive_closed(sending: Future[None]) -> None:
    if not sending.cancelled() and not isinstance(error := sending.exception(), WebSocketClosedError | None):
        raise error
