"""Say which requests the server answers, so that no other web site can read the one that is being edited."""

from __future__ import annotations

import ipaddress
import re

from msgspec import Struct
from tornado.web import HTTPError, RequestHandler

METHODS = ("GET", "HEAD")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on
_PLAIN_HTTP = 80


class Gate(Struct, frozen=True):
    """The names and the port by which a browser may call this server.

    A page elsewhere can let its own name point to this machine and then read every answer as its own (DNS rebinding);
    only the Host header tells. An address of digits cannot be made to point elsewhere.
    """

    names: frozenset[str]
    port: int
    any_address: bool = False

    @classmethod
    def at(cls, host: str, port: int) -> Gate:
        """Return the gate of a server that listens on a host, a name or address without brackets, and a port."""
        return cls(_LOOPBACK | {bracketed(host).lower()}, port, any_address=host in _EVERY_ADDRESS)

    def allows(self, host: str) -> bool:
        """Whether a Host header calls this server by one of its names."""
        match = _HOST.fullmatch(host.lower())
        if match is None or int(match["port"] or _PLAIN_HTTP) != self.port:
            return False
        return match["name"] in self.names or (self.any_address and _is_address(match["name"].strip("[]")))


class Guarded(RequestHandler):
    """Answers GET and HEAD, to this site's own pages and to a person who follows a link. Needs the setting `gate`."""

    may_be_followed_to = True
    """Whether a link on another site may lead here."""

    def set_default_headers(self) -> None:
        """Keep browsers from storing, guessing, and showing to other sites what they get."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        """Refuse a request that calls another host (421), is no GET or HEAD (405), or comes from another site (403)."""
        headers = self.request.headers
        host = headers.get("Host", "")
        if not self.settings["gate"].allows(host):
            raise HTTPError(421, reason="Misdirected Request")
        if self.request.method not in METHODS:
            raise HTTPError(405)
        is_followed_link = self.may_be_followed_to and headers.get("Sec-Fetch-Mode") == "navigate"
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and not is_followed_link:
            raise HTTPError(403)
        # Browsers too old for Sec-Fetch-Site, and sockets: a followed link has no Origin.
        if headers.get("Origin", f"http://{host}").lower() != f"http://{host.lower()}":
            raise HTTPError(403)

    def compute_etag(self) -> str | None:
        """Return None: nothing is stored, so nothing can be compared."""
        return None

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer with the status alone: no path, no traceback."""
        if status_code == 405:
            self.set_header("Allow", ", ".join(METHODS))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


def bracketed(host: str) -> str:
    """Return a host as addresses write it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
