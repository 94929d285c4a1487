"""Serve the site on this machine while it is edited, and show every save at once."""

from __future__ import annotations

import contextlib
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from explainer.config import Folders, Options
from explainer.lock import LockHeld, locked
from explainer.problems import ContentError, Place, Problem
from explainer.publish_faults import fix_for, reason
from explainer.reporting.style import Style
from explainer.serving.builder import Builder
from explainer.serving.editor_links import EditorLinks
from explainer.serving.gate import Gate, bracketed
from explainer.serving.listening import CannotServe, listen
from explainer.serving.live_site import LiveSite
from explainer.serving.reload_channel import announce
from explainer.serving.server import LiveServer
from explainer.serving.watcher import ProjectWatcher

__all__ = ["CannotServe", "serve"]

_LAST_BUILD_SECONDS = 1.0
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - shown as an address that browsers can open


def serve(
    folders: Folders,
    options: Callable[[], Options],
    *,
    host: str,
    port: int,
    open_browser: bool,
    editor_url: str,
    style: Style,
) -> None:
    """Build the site into the cache, serve it, and build and reload it at every save, until Ctrl-C.

    `options` tells at each build what was asked for: the day may have changed. Drafts and scheduled pages are shown.
    `editor_url` is the pattern of links into the editor, see `editor_links.pattern_of`; `style` says how problems are
    told on the terminal.

    The output folder is never touched, so that no unpublished text can get from here into a deployed site. A first
    build that fails is shown in the browser; a later one leaves the last good site there, under an overlay. Port 0
    means any free port.

    Always ends by raising: KeyboardInterrupt at Ctrl-C; CannotServe, U020 to U023, when the port or the host cannot be
    had or the project is served already; ContentError P009 when the cache cannot be written.
    """
    with _only_server_of(folders), listen(host, port) as listening:
        port = listening.getsockname()[1]
        # A cache of its own, so that a build of the site itself, at the same time, needs not wait for this one.
        own = replace(folders, output=folders.cache / "serve", cache=folders.cache / "serve-cache")
        builder = Builder(own)

        def shown_options() -> Options:
            return replace(options(), drafts=True, future=True)

        try:
            site = LiveSite(own.output, builder.build, shown_options, style=style)
            watcher = ProjectWatcher(site, (folders.content, folders.templates, folders.static), announce)
            site.rebuild()
            address = f"http://{bracketed(_EVERY_ADDRESS.get(host, host))}:{port}{quote(site.state.base_path)}"
            print(f"Serving {address}", flush=True)
            if host in _EVERY_ADDRESS:
                print("Everybody in your network can open it, by the address of this machine.", flush=True)
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            try:
                links = EditorLinks(folders.root, editor_url)
                LiveServer(site, watcher, listening, Gate.at(host, port), links).run()
            finally:
                watcher.stop(_LAST_BUILD_SECONDS)
        finally:
            builder.stop()
    raise KeyboardInterrupt


@contextlib.contextmanager
def _only_server_of(folders: Folders) -> Iterator[None]:
    """Keep a second server from building another state of the project into the same folder."""
    path = folders.cache / "serve.lock"
    with contextlib.ExitStack() as stack:
        try:
            Path(folders.cache).mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(str(path)))
        except LockHeld as held:
            who = f" (process {held.process})" if held.process else ""
            fix = f"open the address it has printed, or end it{who} first"
            raise CannotServe("U023", f"another server{who} serves this project already", fix) from None
        except OSError as error:
            place, message = Place(folders.shown(path)), f"the server's lock cannot be taken: {reason(error)}"
            raise ContentError([Problem(place, "P009", message, fix_for(error, path.parent))]) from error
        yield
