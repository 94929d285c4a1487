"""What is done to a corpus before a run, and how to see that the run has taken notice of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import shows_fact
from benchmarks.dialects import slug
from benchmarks.peers import Peer


class WrongOutput(Exception):
    """A generator did not write what it should have."""


@dataclass(frozen=True)
class Corpus:
    """A corpus on the disk, and the generator it is for."""

    peer: Peer
    folder: Path
    pages: int

    def put(self, path: Path, before: str, after: str) -> None:
        """Put a text into a file in the place of another. `before` may be what an earlier call put there."""
        text = path.read_text(encoding="utf-8")
        if before not in text:
            raise WrongOutput(f"{path} does not contain {before!r}")
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    def showing_fact(self) -> list[int]:
        """Return the numbers of the articles that show the fact."""
        return [number for number in range(self.pages) if shows_fact(number, self.pages)]


Scenario = Callable[[Corpus, str, str], list[int]]
"""Changes a corpus so that a word comes in, in the place of the word before. Returns articles that then show it."""


def cold(corpus: Corpus, old: str, new: str) -> list[int]:
    """Move output and caches aside: a disk that has just deleted much is slow for a while."""
    for name in (corpus.peer.output, *corpus.peer.caches):
        if (corpus.folder / name).exists():
            move_aside(corpus.folder / name, corpus.folder.parent)
    return []


def move_aside(folder: Path, work: Path | None = None) -> None:
    """Move a folder into the trash of the work folder, the one it lies in by default. It is deleted after all runs."""
    trash = (work or folder.parent) / "trash"
    trash.mkdir(exist_ok=True)
    folder.rename(trash / str(time.time_ns()))


def nothing(corpus: Corpus, old: str, new: str) -> list[int]:
    """Change nothing."""
    return []


def article(corpus: Corpus, old: str, new: str) -> list[int]:
    """Change one article in the middle."""
    number = corpus.pages // 2 + 1
    path = corpus.folder / corpus.peer.dialect.articles / f"{slug(number)}.md"
    sentence = "Fresh words {} stand here.\n\n"
    text = path.read_text(encoding="utf-8")
    if sentence.format(old) in text:
        corpus.put(path, sentence.format(old), sentence.format(new))
    else:
        corpus.put(path, "## Outlook\n", sentence.format(new) + "## Outlook\n")
    return [number]


def fact(corpus: Corpus, old: str, new: str) -> list[int]:
    """Change what a data file says of the one fact that a hundred articles show."""
    path = corpus.folder / (corpus.peer.dialect.fact_file or "")
    text = path.read_text(encoding="utf-8")
    corpus.put(path, f"Counted {old}" if f"Counted {old}" in text else "Counted once", f"Counted {new}")
    return corpus.showing_fact()


def base(corpus: Corpus, old: str, new: str) -> list[int]:
    """Change the template that all pages share."""
    path = corpus.folder / corpus.peer.dialect.base
    text = path.read_text(encoding="utf-8")
    word = "<footer><p>{} "
    corpus.put(path, word.format(old) if word.format(old) in text else "<footer><p>", word.format(new))
    return [0, corpus.pages // 2, corpus.pages - 1]


SCENARIOS: dict[str, Scenario] = {"cold": cold, "nothing": nothing, "article": article, "fact": fact, "base": base}
TITLES = {
    "cold": "cold",
    "nothing": "nothing changed",
    "article": "one article",
    "fact": "one fact on 100 pages",
    "base": "base template",
}


def check_shown(corpus: Corpus, numbers: list[int], word: str) -> None:
    """Raise WrongOutput unless the pages of some articles contain a word."""
    for number in numbers:
        page = corpus.peer.page(corpus.folder, number)
        if word not in page.read_text(encoding="utf-8"):
            raise WrongOutput(f"{corpus.peer.name}: {page} does not show the change")


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean_copy(corpus: Corpus) -> Corpus:
    """Return a copy of a corpus in which nothing was built yet."""
    folder = corpus.folder.parent / f"{corpus.folder.name}-clean"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(corpus.folder, folder, ignore=shutil.ignore_patterns(corpus.peer.output, *corpus.peer.caches))
    return Corpus(corpus.peer, folder, corpus.pages)


def check_same(corpus: Corpus, clean: Corpus) -> int:
    """Raise WrongOutput unless two built corpora have the same files byte for byte. Returns the number of files."""
    ours, theirs = (files_below(each.folder / each.peer.output) for each in (corpus, clean))
    differing = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    if differing or not ours:
        raise WrongOutput(f"{corpus.peer.name}: {len(differing)} files differ from a clean build: {differing[:5]}")
    return len(ours)
