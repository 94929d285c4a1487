"""The server tells other web sites nothing, and nobody what lies outside the site."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator

import pytest

from explainer.serving.editor_links import is_this_machine
from explainer.serving.gate import Gate
from tests.live_server import Listener, LiveServer
from tests.projects import copy_isles

SECRET = "what no browser may see"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    root = tmp_path_factory.mktemp("guarded")
    copy_isles(root)
    (root / "secret.txt").write_text(SECRET, encoding="utf-8")
    with LiveServer(root) as server:
        built = root / ".cache" / "serve"
        (built / "link.txt").symlink_to(root / "secret.txt")
        (built / "linked").symlink_to(root, target_is_directory=True)
        (built / "inner.txt").symlink_to("robots.txt")
        (built / ".env").write_text(SECRET, encoding="utf-8")
        (built / ".well-known").mkdir()
        (built / ".well-known" / "x.txt").write_text(SECRET, encoding="utf-8")
        os.mkfifo(built / "pipe.txt")
        yield server


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_the_names_of_this_machine_are_answered(server: LiveServer, host: str) -> None:
    assert server.ask("GET", "/", {"Host": f"{host}:{server.port}"}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:{port}0",
        "127.0.0.1:80",
        "127.0.0.1.evil.example:{port}",
        "localhost.:{port}",
        "192.168.1.5:{port}",
        "[::2]:{port}",
        "",
    ],
)
def test_any_other_name_is_refused(server: LiveServer, host: str) -> None:
    for path in ("/", "/livereload.js", "/livereload.css", "/livereload.json", "/livereload", "/nowhere"):
        answer = server.ask("GET", path, {"Host": host.format(port=server.port)})

        assert answer.status == 421
        assert answer.body == b"421 Misdirected Request\n"


@pytest.mark.parametrize("host", ["evil@localhost:{port}", "localhost:{port}@evil", "localhost:{port}/evil"])
def test_what_is_no_name_is_no_request(server: LiveServer, host: str) -> None:
    assert server.ask("GET", "/", {"Host": host.format(port=server.port)}).status in (400, 421)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_but_get_and_head_is_answered(server: LiveServer, method: str) -> None:
    for path in ("/", "/livereload.js", "/livereload.json", "/livereload"):
        answer = server.ask(method, path, {"Content-Length": "0"})

        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
    ],
)
def test_another_site_may_lead_here_but_not_read_here(server: LiveServer, headers: dict[str, str], status: int) -> None:
    for path in ("/", "/assets/site.css", "/livereload.js"):
        answer = server.ask("GET", path, headers)

        assert answer.status == status
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/../../secret.txt",
        "/assets/../../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "//127.0.0.1/..",
        "/./index.html",
        "/link.txt",
        "/inner.txt",
        "/linked",
        "/linked/secret.txt",
        "/pipe.txt",
        "/.env",
        "/.nojekyll",
        "/.well-known/x.txt",
        "/%2eenv",
        "/index.html%00.txt",
        "/index.html::$DATA",
        "/C:/secret.txt",
        "/index.html/",
        "/robots.txt/",
        "/assets/",
        "/%ff%fe",
        "http://evil.example/",
        "*",
        "/forcereload",
        "/forcereload?path=/",
        "/" + "a" * 5000,
    ],
)
def test_nothing_but_the_files_of_the_site_is_answered(server: LiveServer, path: str) -> None:
    answer = server.get(path)

    assert answer.status == 404
    assert SECRET not in answer.text


def test_no_path_that_chance_makes_tells_anything_of_what_lies_outside(server: LiveServer) -> None:
    """Two thousand paths of the pieces by which servers were fooled, over connections that stay open."""
    chance = random.Random(11)
    names = [
        "secret.txt",
        "content",
        "site.yml",
        ".cache",
        ".env",
        "link.txt",
        "linked",
        "pipe.txt",
        "serve",
        "etc/passwd",
    ]
    dots = ["..", ".", "%2e%2e", "%2E.", "..%00", "%252e%252e", "..;", "%c0%ae%c0%ae", "\uff0e\uff0e", "", "assets"]
    slashes = ["/", "//", "%2f", "\\", "%5c", "/./", "%25%32%66"]
    outside = [SECRET.encode(), b"root:", str(server.root).encode(), b"Traceback"]
    paths = []
    for _ in range(2000):
        pieces = [chance.choice(dots) + chance.choice(slashes) for _ in range(chance.randrange(1, 7))]
        paths.append("/" + "".join(pieces) + chance.choice(names) + chance.choice(["", "/", "?x=/", "%00", "#"]))

    leaks = [
        (path, answer.status)
        for path, answer in zip(paths, server.ask_all(paths), strict=True)
        if answer.status not in (302, 400, 404) or any(piece in answer.body for piece in outside)
    ]

    assert leaks == []
    assert server.get("/").status == 200


def test_only_a_browser_on_this_machine_gets_links_into_files() -> None:
    here = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]
    elsewhere = ["192.168.1.5", "10.0.0.1", "fe80::1%eth0", "::ffff:192.168.1.5", "", "localhost", "0.0.0.0"]

    assert [address for address in here + elsewhere if is_this_machine(address)] == here


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
        {"Origin": "https://evil.example"},
    ],
)
def test_the_problems_are_told_to_our_own_pages_alone(server: LiveServer, headers: dict[str, str]) -> None:
    assert server.ask("GET", "/livereload.json", headers).status == 403


def test_a_redirect_leads_to_this_server_whatever_was_asked(server: LiveServer) -> None:
    for path in ("//evil.example/countries", "/\\evil.example/countries", "/countries/%2f%2fevil.example"):
        assert server.get(path).status == 404


def test_no_answer_tells_where_the_project_lies(server: LiveServer) -> None:
    answers = [
        server.get("/"),
        server.get("/livereload.js"),
        server.get("/livereload.css"),
        server.get("/nowhere"),
        server.get("/livereload"),
        server.get("/link.txt"),
        server.ask("POST", "/"),
        server.ask("GET", "/", {"Host": "evil.example"}),
    ]
    for answer in answers:
        assert str(server.root) not in answer.text
        assert "Traceback" not in answer.text
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://evil.example:{port}", "Host": "evil.example:{port}"}, 421),
        ({"Origin": "http://127.0.0.1:{port}"}, 101),
        ({"Origin": "http://localhost:{port}", "Host": "localhost:{port}"}, 101),
    ],
)
def test_only_the_pages_of_this_server_get_a_socket(server: LiveServer, headers: dict[str, str], status: int) -> None:
    filled = {name: value.format(port=server.port) for name, value in headers.items()}
    with Listener(server, filled) as listener:
        assert listener.status == status
        assert str(server.root).encode() not in listener.handshake


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "null", '"hello"', "{}", "[" * 3000, "x" * 20_000], ids=lambda text: text[:8]
)
def test_a_socket_that_talks_nonsense_is_closed_and_hurts_nobody(server: LiveServer, text: str) -> None:
    said = list(server.err.lines)
    with server.listening() as listener:
        listener.send_text(text)
        assert listener.receive() == {}
    assert server.get("/").status == 200
    assert server.err.lines == said


@pytest.mark.parametrize("message", [{"command": ["info"]}, {"command": "info", "plugins": 3, "url": 4}])
def test_a_socket_that_talks_oddly_is_borne_with(server: LiveServer, message: object) -> None:
    said = list(server.err.lines)
    with server.listening() as listener:
        listener.send(message)
        listener.send_text(json.dumps({"command": "hello"}))
        assert listener.receive()["command"] == "hello"
    assert server.err.lines == said


@pytest.mark.parametrize(
    ("listens_on", "host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1:80", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "isles.test", False),
        ("isles.test", "Isles.Test", True),
        ("isles.test", "other.test", False),
        ("::1", "[::1]", True),
        ("fd00::1", "[fd00::1]", True),
        ("0.0.0.0", "192.168.1.5", True),
        ("0.0.0.0", "evil.example", False),
        ("::", "[fe80::1]", True),
        ("::", "192.168.1.5:81", False),
        ("0.0.0.0", "999.1.1.1", False),
    ],
)
def test_a_server_of_the_whole_network_is_called_by_address_alone(listens_on: str, host: str, allowed: bool) -> None:
    assert Gate.at(listens_on, 80).allows(host) is allowed
