"""Answer requests with the files of the site, as a host of static pages would."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from urllib.parse import quote, unquote

from tornado.web import HTTPError

from explainer import disk
from explainer.serving.editor_links import EditorLinks
from explainer.serving.gate import Guarded
from explainer.serving.live_site import LiveSite, State
from explainer.serving.page_parts import STYLE, links_for, with_script
from explainer.serving.problem_list import problem_page
from explainer.site_paths import is_site_path

HTML = "text/html; charset=utf-8"
# The tables of operating systems differ, and browsers are told not to guess.
_TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


class SiteFiles(Guarded):
    """Every address but those of the reload channel."""

    def initialize(self, site: LiveSite, links: EditorLinks) -> None:
        """Take the site to show, and the way to make links into its sources."""
        self.site, self.links = site, links
        # Taken before any file is read: a page must never say that it is newer than it is.
        self.state: State = site.state

    def get(self) -> None:
        """Answer with a file, with a redirect, with the site's own 404 page, or with what keeps the site from being."""
        if not self.state.is_ready:
            self.set_status(503)
            page = problem_page(self.state, STYLE, links_for(self.links, self.request.remote_ip))
            self._finish_page(page, shows_problems=True)
            return
        path = self._below_base()
        if path is None:
            return
        is_folder = not path or path.endswith("/")
        place = find_place(self.site.folder, f"{path}index.html" if is_folder else path)
        if place is not None and not is_folder and os.path.isdir(place):
            self._redirect(f"{self.state.base_path}{path}/")
            return
        data = None if place is None else read_whole(place)
        if data is None:
            raise HTTPError(404)
        content_type = HTML if is_folder else content_type_of(path)
        if content_type == HTML:
            self._finish_page(data)
        else:
            self.set_header("Content-Type", content_type)
            self.finish(data)

    head = get

    def write_error(self, status_code: int, **details: object) -> None:
        """Show the site's own page for an address that does not exist; say else the status alone."""
        place = find_place(self.site.folder, "404.html") if status_code == 404 and self.state.is_ready else None
        page = None if place is None else read_whole(place)
        if page is None:
            super().write_error(status_code, **details)
        else:
            self._finish_page(page)

    def _below_base(self) -> str | None:
        """Return the path asked for, relative to the site and decoded, or None after a redirect to the site."""
        try:
            path = unquote(self.request.path, errors="strict")
        except UnicodeDecodeError:
            raise HTTPError(404) from None
        base = self.state.base_path
        if base != "/" and path in ("/", base.removesuffix("/")):
            self._redirect(base)
            return None
        if not path.startswith(base):
            raise HTTPError(404)
        return path.removeprefix(base)

    def _redirect(self, path: str) -> None:
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(quote(path) + query)

    def _finish_page(self, page: bytes, *, shows_problems: bool = False) -> None:
        self.set_header("Content-Type", HTML)
        self.finish(with_script(page, self.request.headers["Host"], self.state, shows_problems=shows_problems))


def find_place(folder: Path, path: str) -> str | None:
    """Return where a path of the site lies on the disk, whether or not something is there.

    Returns None for a path that leads out of the folder, has a hidden part, or goes through a symbolic link.
    """
    parts = path.split("/")
    if not is_site_path(path) or any(part.startswith(".") for part in parts):
        return None
    place = os.path.join(os.path.realpath(folder), *parts)
    return place if os.path.realpath(place) == place else None


def read_whole(place: str) -> bytes | None:
    """Return the bytes of a file, of one build from first to last; None when there is no plain file."""
    try:
        return disk.read_file(place) if os.path.isfile(place) else None
    except OSError:
        return None


def content_type_of(name: str) -> str:
    """Return the media type of a file by its name."""
    suffix = os.path.splitext(name)[1].lower()
    return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
