"""Report facts that are old and links that are dead, and keep the report in one issue of the repository.

    python -m tools.weekly_report write FILE   look at the content, follow the links of its sources, write the report
    python -m tools.weekly_report post FILE    put the report into the issue: open, change or close it

`write` asks the servers of all sources. `post` needs what GitHub Actions gives: GITHUB_REPOSITORY and GITHUB_TOKEN. A
report in which nothing is wrong is an empty file, and closes the issue.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from explainer.build import check
from explainer.config import Folders
from explainer.problems import ContentError, Problem, Report
from explainer.read import read_content
from explainer.web import WebError, fetch
from tools.site_changes import usual_options

TITLE = "Weekly report: old facts and dead links"
AT_ONCE = 8
MAX_BYTES = 5_000_000
MAX_BODY = 60_000
"""GitHub takes 65,536 characters."""

Links = Mapping[str, list[str]]
"""Web addresses, each with the ids of the sources that name it."""


def links_of(folders: Folders) -> Links:
    """Return the web addresses of all sources."""
    content = read_content(folders.content, folders.shown(folders.content), Report())
    links: dict[str, list[str]] = {}
    for key, source in content.sources.items():
        for url in (source.url, source.archive_url):
            if url is not None:
                links.setdefault(url, []).append(key)
    return links


def ask(url: str) -> str | None:
    """Return None where a page answers, "dead: …" where it is surely gone, and "unsure: …" where there is no telling.

    Many servers refuse programs (403, 429), or are slow on one day: only "not found", "gone" and a host that does not
    exist count as dead.
    """
    try:
        fetch(url, at_most=MAX_BYTES)
    except WebError as error:
        if error.status in (404, 410):
            return f"dead: {error.why}"
        if error.status is None and "more than" in error.why:
            return None
        if error.status is None and not _host_exists(url):
            return "dead: there is no such host"
        return f"unsure: {error.why}"
    return None


def _host_exists(url: str) -> bool:
    try:
        socket.getaddrinfo(urlsplit(url).hostname or "", None)
    except socket.gaierror as error:
        # A name server that does not answer says nothing about the host.
        return error.errno == socket.EAI_AGAIN
    except (OSError, UnicodeError):
        pass
    return True


def follow(links: Iterable[str], asked: Callable[[str], str | None] = ask) -> dict[str, str]:
    """Return what came of each address that did not answer. When none does, it is we who have no network."""
    addresses = list(links)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = {url: found for url, found in zip(addresses, pool.map(asked, addresses), strict=True) if found}
    if len(answers) < len(addresses):
        return answers
    return dict.fromkeys(answers, "unsure: no address answered at all; is there a network?")


def report_text(problems: Iterable[Problem], links: Links, answers: Mapping[str, str]) -> str:
    """Return the report in Markdown; nothing where nothing is wrong. Links that are unsure open no issue."""
    told = sorted(problems, key=lambda problem: problem.sort_key)
    dead = {url: why for url, why in answers.items() if why.startswith("dead: ")}
    unsure = {url: why for url, why in answers.items() if url not in dead}
    if not told and not dead:
        return ""
    lines = [f"## What `make check` warns of: {len(told)}", ""]
    lines += [f"- `{problem.place}` {problem.code}: {_plain(problem.message)}" for problem in told]
    lines += ["", f"## Dead links of sources: {len(dead)} of {len(links)}", ""]
    lines += [_line(url, why.removeprefix("dead: "), links) for url, why in sorted(dead.items())]
    if unsure:
        lines += ["", f"<details><summary>{len(unsure)} links could not be tried</summary>", ""]
        lines += [_line(url, why.removeprefix("unsure: "), links) for url, why in sorted(unsure.items())]
        lines += ["", "</details>"]
    text = "\n".join(lines) + "\n"
    return text if len(text) <= MAX_BODY else f"{text[:MAX_BODY].rpartition(chr(10))[0]}\n\nThe rest is in the log.\n"


def _line(url: str, why: str, links: Links) -> str:
    return f"- {', '.join(f'`{key}`' for key in links[url])}: <{url}> ({_plain(why)})"


def _plain(text: str) -> str:
    """Return a text of content or of a server such that it can name nobody and hold no markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text.replace("@", "@\u200b"))


def write(file: Path, folders: Folders) -> None:
    """Write the report of a project."""
    try:
        problems = list(check(folders, usual_options()).warnings)
    except ContentError as error:
        problems = error.problems
    links = links_of(folders)
    file.write_text(report_text(problems, links, follow(links)), encoding="utf-8", newline="\n")
    print(file.read_text("utf-8") or "Nothing to report.")


def post(file: Path, environment: Mapping[str, str]) -> str:
    """Put a report into the issue that has it, and return what was done."""
    body = file.read_text("utf-8")
    api = environment.get("GITHUB_API_URL", "https://api.github.com")
    issues = f"{api}/repos/{environment['GITHUB_REPOSITORY']}/issues"
    token = environment["GITHUB_TOKEN"]
    found = _call("GET", f"{issues}?state=open&per_page=100", token)
    number = next((issue["number"] for issue in found if issue["title"] == TITLE), None)
    if body and number is None:
        return f"opened issue {_call('POST', issues, token, {'title': TITLE, 'body': body})['number']}"
    if body:
        _call("PATCH", f"{issues}/{number}", token, {"body": body})
        return f"changed issue {number}"
    if number is not None:
        _call("PATCH", f"{issues}/{number}", token, {"state": "closed"})
        return f"closed issue {number}: nothing is old, nothing is dead"
    return "nothing to report"


def _call(method: str, url: str, token: str, content: dict[str, str] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 (the API of GitHub)
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.loads(answer.read())


def main(words: list[str]) -> int:
    """Do what the words say; see above."""
    match words:
        case ["write", file]:
            write(Path(file), Folders.below(Path.cwd()))
        case ["post", file]:
            print(post(Path(file), os.environ))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
