"""Take the port on which the site is served."""

from __future__ import annotations

import contextlib
import errno
import socket

_TAKEN = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, getattr(errno, "WSAEACCES", errno.EACCES)}
_PORTS_TRIED = 20
_LARGEST_PORT = 65535


class CannotServe(Exception):
    """The site cannot be served as it was asked for: code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a host, a name or address without brackets, and a port; 0 means any free port.

    Raises CannotServe: U020 when another program has the port, U021 when it is not ours to take, U022 when the host is
    none of this machine's.
    """
    try:
        return _open(host, port)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number in _TAKEN:
            free = next_free_port(host, port)
            fix = f"stop that program, or choose another port: --port {free}" if free else "stop that program"
            raise CannotServe("U020", f"port {port} is taken by another program", fix) from None
        if number in _FORBIDDEN:
            raise CannotServe("U021", f"port {port} may not be taken", "choose a port from 1024 to 65535") from None
        message = f'"{host}" is no address of this machine'
        raise CannotServe("U022", message, "leave --host away, or give an address of this machine") from None


def next_free_port(host: str, port: int) -> int | None:
    """Return the first free port among those that follow a port, or None."""
    for candidate in range(port + 1, min(port + _PORTS_TRIED, _LARGEST_PORT) + 1):
        with contextlib.suppress(OSError):
            _open(host, candidate).close()
            return candidate
    return None


def _open(host: str, port: int) -> socket.socket:
    """Return a socket that does not block. Raises OSError, and UnicodeError for what cannot be a name."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    both = host == "::" and socket.has_dualstack_ipv6()
    listening = socket.create_server(address, family=family, backlog=128, dualstack_ipv6=both)
    listening.setblocking(False)
    return listening
