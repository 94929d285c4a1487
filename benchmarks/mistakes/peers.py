"""The same twelve mistakes in the generators people use: the nearest equivalent that each has, in a small site.

Each site has two pages that link to each other, a note, and figures where the generator can hold them. A mistake is
made the way an editor of that generator would make it; where a generator has no such thing at all, the mistake is the
nearest that its files can hold. What helps a generator is chosen for it: Hugo's links are its checked `ref`, Pelican's
its `{filename}`, and its figures come from fields of the front matter.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.mistakes.names import NAMES
from benchmarks.peers import TOOLS, hugo_program

Change = tuple[str, str, str]
"""A file, what stands there, and the mistake."""


@dataclass(frozen=True)
class Equivalent:
    """One generator: its site, how it is built, how it is built as strictly as it can, and the mistakes."""

    name: str
    files: Mapping[str, str]
    command: tuple[str, ...]
    strict: tuple[str, ...]
    changes: tuple[Change, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_installed(self) -> bool:
        """Whether its program is there."""
        return bool(self.command[0]) and os.access(self.command[0], os.X_OK)


@dataclass(frozen=True)
class Verdict:
    """What a generator did with one mistake: stopped with an error, spoke of it, or neither."""

    stopped: bool
    stopped_when_strict: bool
    told: bool

    @property
    def word(self) -> str:
        """The verdict in a word for a table."""
        if self.stopped:
            return "stopped"
        if self.stopped_when_strict:
            return "stopped if strict"
        return "told" if self.told else "silent"


_BODY = """\
The isle has [[people]] people.[^census]

See [about]([[about]]), [its history]([[about]]#history) and [home]([[home]]).

[^census]: Counted in 2024.
"""


def _page(title: str, body: str, *, first: str = "---\n", more: str = "") -> str:
    return f"{first}title: {title}\ndate: 2024-05-01\nsummary: What it is about.\n{more}---\n\n{body}"


def _body(**values: str) -> str:
    text = _BODY
    for name, value in values.items():
        text = text.replace(f"[[{name}]]", value)
    return text


_FACTS = "population: 20592\nsource: census\n"


def equivalents() -> list[Equivalent]:
    """Return all generators that are compared, whether they are installed or not."""
    return [_mkdocs(), _hugo(), _pelican(), _zensical()]


def _changes(index: str, about: str, **own: tuple[str, str]) -> tuple[Change, ...]:
    """Return the changes in the order of NAMES; `own` gives those that are written in a generator's own way."""
    return (
        (index, "population: 20592", "population: many"),
        (index, "summary: What", "sumary: What"),
        (index, *own["fact"]),
        (index, "source: census", "source: censsus"),
        (index, "people.[^census]", "people.[^censsus]"),
        (index, *own["link"]),
        (index, *own["anchor"]),
        (index, *own["root"]),
        (about, "title: About", 'title: "About'),
        (about, "date: 2024-05-01", "date: 2024-02-30"),
        (about, "title: About\n", ""),
        (about, "date: 2024-05-01", "date: 2062-05-01"),
    )


def _mkdocs() -> Equivalent:
    program = str(TOOLS / "python" / "bin" / "mkdocs")
    return _mkdocs_like("MkDocs", program, ("build",), ("build", "--strict"))


def _zensical() -> Equivalent:
    program = str(TOOLS / "zensical" / "bin" / "zensical")
    return _mkdocs_like("Zensical", program, ("build", "--clean"), ("build", "--clean", "--strict"))


def _mkdocs_like(name: str, program: str, words: tuple[str, ...], strict: tuple[str, ...]) -> Equivalent:
    config = (
        "site_name: Isles\nsite_url: https://isles.example/repo/\nmarkdown_extensions: [footnotes]\n"
        "validation: {links: {anchors: warn, absolute_links: warn, unrecognized_links: warn}}\n"
    )
    body = _body(people="20,592", about="about.md", home="index.md")
    return Equivalent(
        name,
        {
            "mkdocs.yml": config,
            "docs/index.md": _page("Isles", body, more=_FACTS),
            "docs/about.md": _page("About", "## History\n\nText.\n"),
        },
        (program, *words),
        (program, *strict),
        _changes(
            "docs/index.md",
            "docs/about.md",
            fact=("20,592 people", "29,592 people"),
            link=("[about](about.md)", "[about](abuot.md)"),
            anchor=("about.md#history", "about.md#histroy"),
            root=("[home](index.md)", "[home](/index.html)"),
        ),
    )


def _hugo() -> Equivalent:
    program = hugo_program() or ""
    layout = (
        '<!doctype html><html lang="en"><title>{{ .Title }}</title><h1>{{ .Title }}</h1><p>{{ .Summary }}</p>'
        "<p>{{ .Params.population }} {{ .Params.source }}</p>{{ .Content }}"
        "{{ range .Site.RegularPages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</html>\n"
    )
    body = _body(people='{{< param "population" >}}', about='{{< ref "about.md" >}}', home='{{< ref "_index.md" >}}')
    return Equivalent(
        "Hugo",
        {
            "hugo.toml": 'baseURL = "https://isles.example/repo/"\ntitle = "Isles"\ndisableKinds = ["taxonomy"]\n',
            "layouts/all.html": layout,
            "content/_index.md": _page("Isles", body, more=_FACTS),
            "content/about.md": _page("About", "## History\n\nText.\n"),
        },
        (program,),
        (program, "--panicOnWarning"),
        _changes(
            "content/_index.md",
            "content/about.md",
            fact=('param "population"', 'param "populaton"'),
            link=('[about]({{< ref "about.md"', '[about]({{< ref "abuot.md"'),
            anchor=('{{< ref "about.md" >}}#history', '{{< ref "about.md#histroy" >}}'),
            root=('[home]({{< ref "_index.md" >}})', "[home](/)"),
        ),
    )


def _pelican() -> Equivalent:
    program = str(TOOLS / "python" / "bin" / "pelican")
    settings = (
        'SITENAME = "Isles"\nSITEURL = "https://isles.example/repo"\nRELATIVE_URLS = True\nTIMEZONE = "UTC"\n'
        'DEFAULT_LANG = "en"\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\n'
        "AUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\n"
        'MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}}\n'
    )
    body = _body(people="20,592", about="{filename}about.md", home="{filename}isles.md")
    return Equivalent(
        "Pelican",
        {
            "pelicanconf.py": settings,
            "content/isles.md": _page("Isles", body, more=_FACTS),
            "content/about.md": _page("About", "## History\n\nText.\n"),
        },
        (program, "content", "-s", "pelicanconf.py", "-o", "output"),
        (program, "content", "-s", "pelicanconf.py", "-o", "output", "--fatal", "warnings"),
        _changes(
            "content/isles.md",
            "content/about.md",
            fact=("20,592 people", "29,592 people"),
            link=("[about]({filename}about.md)", "[about]({filename}abuot.md)"),
            anchor=("{filename}about.md#history", "{filename}about.md#histroy"),
            root=("[home]({filename}isles.md)", "[home](/isles.html)"),
        ),
    )


def verdicts(peer: Equivalent, folder: Path) -> list[Verdict]:
    """Build a peer's site with each mistake in turn. Raises ValueError where it does not build without one."""
    baselines = [_run(peer, command, folder, None) for command in (peer.command, peer.strict)]
    if baselines[0][0] != 0:
        raise ValueError(f"{peer.name} does not build its site:\n{baselines[0][1]}")
    # What is as loud without a mistake says nothing of one.
    strict_is_clean = baselines[1][0] == 0
    found = []
    for change in peer.changes:
        code, output = _run(peer, peer.command, folder, change)
        strict_code, _ = _run(peer, peer.strict, folder, change)
        told = bool(_words(output) - _words(baselines[0][1]))
        found.append(Verdict(code != 0, strict_is_clean and strict_code != 0, told))
    assert len(found) == len(NAMES)
    return found


def _run(peer: Equivalent, command: tuple[str, ...], folder: Path, change: Change | None) -> tuple[int, str]:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in peer.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if change is not None and change[0] == name:
            assert change[1] in text, (peer.name, change)
            text = text.replace(change[1], change[2], 1)
        path.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **peer.environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return ran.returncode, ran.stdout + ran.stderr


def _words(output: str) -> set[str]:
    """Return the lines that speak of something wrong, without times and counts."""
    lines = re.sub(r"\x1b\[[0-9;]*m|[0-9.]+", "", output).splitlines()
    pattern = re.compile(r"warn|error|invalid|not found|unrecogni[sz]ed|does not|absolute|could not|skipping", re.I)
    return {line.strip() for line in lines if pattern.search(line)}
