"""A real server in a process of its own, and a browser's part of the talk with it, byte by byte."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tests.projects import AS_OF, ROOT

PATIENCE = 30.0  # seconds until a test gives up; what it waits for takes a fraction of one
ENTRY = ("-X", "utf8", "-W", "error::ResourceWarning", str(ROOT / "build.py"))
T = TypeVar("T")


def wait_until(look: Callable[[], T | None], what: str) -> T:
    """Return the first true answer of `look`, or fail once patience is over."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := look()):
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        threading.Event().wait(0.02)
    return answer


@dataclass(frozen=True)
class Answer:
    """What a server answered: names of headers in lower case, the body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Printed:
    """The lines a process prints, as they come."""

    lines: list[str] = field(default_factory=list)

    def follow(self, stream: Any) -> threading.Thread:
        thread = threading.Thread(target=lambda: self.lines.extend(line.rstrip("\n") for line in stream), daemon=True)
        thread.start()
        return thread

    def all_with(self, pattern: str) -> list[str]:
        return [line for line in list(self.lines) if re.search(pattern, line)]

    def wait_for(self, pattern: str, times: int = 1) -> list[str]:
        """Return the lines that match, once there are at least so many."""
        return wait_until(
            lambda: found if len(found := self.all_with(pattern)) >= times else None, f"{pattern} in {self.lines}"
        )


class LiveServer:
    """`python build.py serve` in a project's folder, on a port that was free; ended with the `with` block."""

    def __init__(self, root: Path, *arguments: str, **environment: str) -> None:
        self.root = root
        words = ["serve", "--port", "0", "--as-of", str(AS_OF), *arguments]
        self.process = subprocess.Popen(
            [sys.executable, *ENTRY, *words],
            cwd=root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.out, self.err = Printed(), Printed()
        self._readers = [self.out.follow(self.process.stdout), self.err.follow(self.process.stderr)]

    def __enter__(self) -> LiveServer:
        wait_until(lambda: self.out.all_with("^Serving ") or self.process.poll() is not None, "a server")
        if self.process.poll() is not None:
            self.__exit__(None, None, None)
            raise AssertionError(f"the server ended: {self.err.lines}")
        line = self.out.wait_for("^Serving ")[0]
        found = re.fullmatch(r"Serving http://127\.0\.0\.1:(\d+)(/.*)", line)
        assert found, line
        self.port, self.base_path = int(found[1]), found[2]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code once all that is printed has come."""
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path; `Accept_Encoding="gzip"` is the header Accept-Encoding."""
        return self.ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request, exactly as told, and return the answer. `Host` may be replaced; None leaves it out."""
        lines = {"Host": self.host, "Connection": "close", **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode())
            data = b"".join(iter(lambda: connection.recv(65536), b""))
        return parse_answer(data)

    def ask_all(self, paths: Sequence[str]) -> Iterator[Answer]:
        """Yield the answers to many paths, sent over as few connections as the server allows."""
        connection, stream = None, None
        for path in paths:
            if connection is None or stream is None:
                connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
                stream = connection.makefile("rb")
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
            head = b"".join(iter(stream.readline, b"\r\n")) if stream.peek(1) else b""
            answer = parse_answer(head.removesuffix(b"\r\n") + b"\r\n\r\n")
            body = stream.read(int(answer.headers.get("content-length", 0)))
            is_closing = not head or answer.headers.get("connection") == "close" or answer.status == 400
            yield Answer(answer.status or 400, answer.headers, body)
            if is_closing:
                stream.close()
                connection.close()
                connection, stream = None, None
        if connection is not None and stream is not None:
            stream.close()
            connection.close()

    @property
    def builds(self) -> int:
        """How many states of the site there have been, by what a page says."""
        return int(version_in(self.get("/").text).rpartition("-")[2])

    def wait_for_text(self, path: str, text: str) -> Answer:
        """Ask again and again until the page has the text."""
        return wait_until(lambda: answer if text in (answer := self.get(path)).text else None, f"{text!r} at {path}")

    @contextlib.contextmanager
    def listening(self, version: str | None = None, **headers: str) -> Iterator[Listener]:
        """Open a reload socket, as a page does that shows `version` of the site."""
        with Listener(self, headers) as listener:
            listener.shake_hands(version)
            yield listener


class Listener:
    """A browser's end of the reload socket."""

    def __init__(self, server: LiveServer, headers: Mapping[str, str]) -> None:
        self.connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        lines = {
            "Host": server.host,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
            "Origin": f"http://{server.host}",
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.connection.sendall(f"GET /livereload HTTP/1.1\r\n{head}\r\n".encode())
        self._stream = self.connection.makefile("rb")
        self.handshake = b"".join(iter(self._stream.readline, b"\r\n"))

    @property
    def status(self) -> int:
        return int(self.handshake.split()[1])

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stream.close()
        self.connection.close()

    def shake_hands(self, version: str | None) -> None:
        """Say hello, and which state of the site the page shows; keep in `called` what the server says to that."""
        hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
        self.send(hello)
        assert self.receive()["command"] == "hello"
        plugins = {"explainer": {"shows": version, "version": "1.0"}} if version else {}
        self.send({"command": "info", "plugins": plugins, "url": "http://x/"})
        self.send(hello)
        self.called = list(iter(lambda: self.receive()["command"], "hello"))

    def send(self, message: object) -> None:
        self.send_text(json.dumps(message))

    def send_text(self, text: str) -> None:
        data = text.encode()
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
        self.connection.sendall(b"\x81" + length + bytes(4) + data)  # a mask of zeros masks nothing

    def receive(self) -> dict[str, Any]:
        """Return the next message, or an empty mapping when the server has closed the socket."""
        head = self._stream.read(2)
        if len(head) < 2 or head[0] == 0x88:
            return {}
        length = head[1] if head[1] < 126 else int.from_bytes(self._stream.read(2), "big")
        message = json.loads(self._stream.read(length))
        assert isinstance(message, dict)
        return message

    def is_silent(self, *, seconds: float) -> bool:
        """Whether nothing comes for a while."""
        return not select.select([self.connection], [], [], seconds)[0]

    def wait_for_reload(self) -> None:
        """Wait until the page is told to reload."""
        assert self.receive().get("command") == "reload"


def parse_answer(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        raise AssertionError("the answers of this server have a length")
    return Answer(int(first.split()[1]) if first else 0, headers, body)


def version_in(page: str) -> str:
    """Return the state of the site that a served page says it shows."""
    found = re.search(r'data-version="([^"]+)"', page)
    assert found, "the page has no reload script"
    return found[1]


def sheet_of(root: Path) -> Path:
    """Return the file that the tests edit: the fact sheet behind /countries/alder/."""
    return root / "content" / "countries" / "alder.yml"


def with_summary(root: Path, summary: str) -> str:
    """Return the text of the sheet with another summary."""
    lines = sheet_of(root).read_text(encoding="utf-8").split("\n")
    return "\n".join(f"summary: {summary}" if line.startswith("summary:") else line for line in lines)


def save(root: Path, summary: str) -> None:
    """Save the sheet with another summary, as a plain editor does."""
    sheet_of(root).write_text(with_summary(root, summary), encoding="utf-8")
