"""Put livereload's server together with our site, our watcher and our gate."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import sys
from types import FrameType

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.web import Application

from explainer.serving.editor_links import EditorLinks
from explainer.serving.gate import Gate
from explainer.serving.live_site import LiveSite
from explainer.serving.page_parts import PROBLEMS, SCRIPT, STYLE, OverlayStyle, Problems, ReloadScript
from explainer.serving.reload_channel import MAX_MESSAGE_BYTES, SOCKET, ReloadChannel
from explainer.serving.site_files import SiteFiles
from explainer.serving.watcher import ProjectWatcher

_MAX_BODY_BYTES = 64 << 10  # GET has none
_WINDOWS_TICK_MS = 300


class LiveServer(Server):  # type: ignore[misc]  # livereload has no types
    """livereload's server, without what it opens to others."""

    def __init__(
        self, site: LiveSite, watcher: ProjectWatcher, listening: socket.socket, gate: Gate, links: EditorLinks
    ) -> None:
        super().__init__(watcher=watcher)
        self._site, self._listening, self._gate, self._links = site, listening, gate, links

    def run(self) -> None:
        """Answer requests until Ctrl-C, then close what is open and return."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)

        def stop(_number: int, _frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(loop.stop)

        before = signal.signal(signal.SIGINT, stop)
        if sys.platform == "win32":  # where a waiting loop does not notice Ctrl-C
            PeriodicCallback(lambda: None, _WINDOWS_TICK_MS).start()
        try:
            self.serve()
        finally:
            signal.signal(signal.SIGINT, before)

    def application(self, *_: object, **__: object) -> None:
        """Start to answer on our socket; called by livereload, whose own handlers trust everybody."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        ours = {"site": self._site, "links": self._links}
        application = Application(
            [
                (re.escape(SOCKET), ReloadChannel, {"site": self._site}),
                (re.escape(SCRIPT), ReloadScript),
                (re.escape(STYLE), OverlayStyle),
                (re.escape(PROBLEMS), Problems, ours),
                (r".*", SiteFiles, ours),
            ],
            gate=self._gate,
            compress_response=True,
            websocket_max_message_size=MAX_MESSAGE_BYTES,
            log_function=lambda _handler: None,  # an editor looks for problems here, not for requests
        )
        HTTPServer(application, max_body_size=_MAX_BODY_BYTES).add_socket(self._listening)

    def _setup_logging(self) -> None:
        """Let through what is a fault of ours, and nothing of the daily business of the packages."""
        logging.getLogger("tornado").setLevel(logging.ERROR)
        logging.getLogger("livereload").setLevel(logging.CRITICAL)
