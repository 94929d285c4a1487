"""Turn texts into the files of a search index; an index that was made of the same texts is taken from the cache."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

FOLDER = "assets/search/"
CACHE_FILE = "search.json"

# The parts of the index that its own program in the browser fetches; its ready-made forms and styles are left out.
_NEEDED = ("pagefind.js", "-worker.js", "-entry.json", ".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")


class SearchError(Exception):
    """The program that makes the index is not there, or failed."""


def search_files(texts: Mapping[str, str], cache: Path) -> dict[str, bytes]:
    """Return the files of the index by their path in the site. Raises SearchError.

    `texts` are small HTML documents by address. They are added one after the other in the order of their addresses:
    the program's own reading of a folder would make another index on another file system.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        key = _digest(texts, version("pagefind-bin"))
    except PackageNotFoundError:
        raise SearchError("the package pagefind-bin is not installed") from None
    if (kept := _kept(cache / CACHE_FILE, key)) is not None:
        return kept
    files = _make(texts)
    _keep(cache / CACHE_FILE, key, files)
    return files


def _digest(texts: Mapping[str, str], version: str) -> str:
    return hashlib.sha256(json.dumps([version, sorted(texts.items())]).encode()).hexdigest()


def _make(texts: Mapping[str, str]) -> dict[str, bytes]:
    try:
        from pagefind_bin import get_executable

        command, pipe = [str(get_executable()), "--service"], subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
            assert process.stdin is not None and process.stdout is not None
            service = _Service(process.stdin, process.stdout)
            index = service.ask({"type": "NewIndex", "config": {}})["index_id"]
            for address, text in sorted(texts.items()):
                service.ask({"type": "AddFile", "index_id": index, "url": address, "file_contents": text})
            found = service.ask({"type": "GetFiles", "index_id": index})["files"]
            process.stdin.close()
    except (OSError, ImportError, ValueError, KeyError) as error:
        raise SearchError(f"the program that makes the index failed: {error}") from error
    return {
        f"{FOLDER}{file['path']}": base64.b64decode(file["content"])
        for file in sorted(found, key=lambda file: str(file["path"]))
        if file["path"].endswith(_NEEDED)
    }


class _Service:
    """Asks the program one thing after the other: it reads and writes JSON in base64, each with a comma behind."""

    def __init__(self, to: IO[bytes], back: IO[bytes]) -> None:
        self._to, self._back, self._read, self._count = to, back, b"", 0

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self._count += 1
        message = {"message_id": self._count, "payload": request}
        self._to.write(base64.b64encode(json.dumps(message).encode()) + b",")
        self._to.flush()
        pieces = [self._read]
        while b"," not in pieces[-1]:
            pieces.append(os.read(self._back.fileno(), 1 << 20))
            if not pieces[-1]:
                raise OSError("it ended without an answer")
        answer, _, self._read = b"".join(pieces).partition(b",")
        payload: dict[str, Any] = json.loads(base64.b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise OSError(str(payload.get("message")))
        return payload


def _kept(path: Path, key: str) -> dict[str, bytes] | None:
    """Return the index that the cache holds for a key; None where it holds another one, or is damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["key"] != key:
            return None
        return {name: base64.b64decode(content) for name, content in kept["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(path: Path, key: str, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"key": key, "files": {name: base64.b64encode(data).decode() for name, data in files.items()}})
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    os.replace(temporary, path)
