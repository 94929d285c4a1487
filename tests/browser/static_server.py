"""Serve a folder as a host of static sites does: under a path, compressed, with the site's own 404 page."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
KEPT_FOR = 600
"""Seconds that a browser may keep a file without asking: what GitHub Pages says of every file."""
COMPRESSED = (".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".wasm", ".xml")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: ClassVar[Path]
    prefix: ClassVar[str]

    def do_GET(self) -> None:
        """Answer with a file, with a redirect to the folder's address, or with the site's 404 page."""
        address = unquote(urlsplit(self.path).path)
        if address + "/" == self.prefix:
            return self._redirect(self.prefix)
        if not address.startswith(self.prefix):
            return self._answer(404, b"not this site", ".txt")
        path = (self.folder / address.removeprefix(self.prefix)).resolve()
        if not path.is_relative_to(self.folder):
            return self._answer(404, b"not in this site", ".txt")
        if path.is_dir():
            if not address.endswith("/"):
                return self._redirect(address + "/")
            path /= "index.html"
        if path.is_file():
            return self._answer(200, path.read_bytes(), path.suffix)
        missing = self.folder / "404.html"
        return self._answer(404, missing.read_bytes() if missing.is_file() else b"not found", ".html")

    do_HEAD = do_GET

    def _redirect(self, address: str) -> None:
        self.send_response(301)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: bytes, suffix: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        if suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", f"max-age={KEPT_FOR}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the tests say what went wrong."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser may hang up in the middle of an answer; that is no news."""


@contextmanager
def serve_folder(folder: Path, prefix: str = "/repo/") -> Iterator[str]:
    """Serve a folder on this machine alone, and yield the address of its front page: http://127.0.0.1:PORT/repo/"""
    handler = type("Handler", (_Handler,), {"folder": folder.resolve(), "prefix": prefix})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
