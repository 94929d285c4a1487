"""The generators that are measured: their commands, where they write, and what they keep between runs."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.dialects import DIALECTS, ROOT, Dialect, slug

TOOLS = ROOT / ".cache" / "bench" / "tools"
"""Where `benchmarks.install` puts the peers."""
AS_OF = "2025-01-01"


@dataclass(frozen=True)
class Peer:
    """One generator.

    `command` runs in the folder of the corpus. `output` and `caches` are what a clean start removes. `address` is the
    page of an article below the output. `slow` peers are measured in fewer rounds.
    """

    name: str
    command: tuple[str, ...]
    output: str
    address: str = "posts/{slug}/index.html"
    caches: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    slow: bool = False

    @property
    def dialect(self) -> Dialect:
        """How it reads its corpus."""
        return DIALECTS[self.name]

    def page(self, folder: Path, number: int) -> Path:
        """Return the file of an article's page."""
        return folder / self.output / self.address.format(slug=slug(number))

    def has_scenario(self, scenario: str) -> bool:
        """Return whether the generator can do what a scenario asks for."""
        return scenario != "fact" or self.dialect.fact_file is not None


def find_peers() -> dict[str, Peer]:
    """Return ours, and every other that is installed."""
    ours = (sys.executable, str(ROOT / "build.py"), "build", "--quiet", "--as-of", AS_OF)
    peers = [Peer("ours", ours, "site", "articles/{slug}/index.html", (".cache",))]
    if hugo := hugo_program():
        peers.append(Peer("hugo", (hugo, "--quiet"), "public", caches=("resources", ".hugo_build.lock")))
    eleventy = TOOLS / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if (node := shutil.which("node")) and eleventy.exists():
        # It looks for the packages of its configuration beside it, and need not look for them elsewhere.
        environment = {"NODE_PATH": str(TOOLS / "node" / "node_modules")}
        peers.append(Peer("eleventy", (node, str(eleventy), "--quiet"), "_site", environment=environment))
    if (pelican := TOOLS / "python" / "bin" / "pelican").exists():
        command = (str(pelican), "content", "-s", "pelicanconf.py", "-q")
        caching = {"BENCH_CACHE": "1"}
        peers.append(
            Peer("pelican", command, "output", caches=("cache", "__pycache__"), environment=caching, slow=True)
        )
    if (mkdocs := TOOLS / "python" / "bin" / "mkdocs").exists():
        peers.append(Peer("mkdocs", (str(mkdocs), "build", "-q"), "site", "{slug}/index.html", slow=True))
    if (zensical := TOOLS / "zensical" / "bin" / "zensical").exists():
        peers.append(Peer("zensical", (str(zensical), "build"), "site", "{slug}/index.html", (".cache",), slow=True))
    return {peer.name: peer for peer in peers}


def hugo_program() -> str | None:
    """Return the program within the wheel: the script of the wheel would add the start of a Python to every run."""
    found = sorted((TOOLS / "python").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return next((str(path) for path in found if os.access(path, os.X_OK)), None)
