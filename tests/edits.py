"""Edit a small project at random, as editors, their programs and their mistakes do."""

from __future__ import annotations

import os
import random
import re
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from explainer.config import Folders, Options
from tests.projects import AS_OF
from tests.prose_pages import new_project

ARTICLES = 24
SENTENCES = (
    "Alder has [20,592 people](fact:alder.population).",
    "Birch was counted in a book [@almanac-2024, p. 4].",
    "The [Treaty of the Sound](../glossary.yml#treaty-of-the-sound) is old.",
    "A council report speaks of ferry days and of the Sound Treaty.",
    "See [its page](../countries/alder.yml#population) and [the Council](../organisations/sound-council.yml).",
    "*Cedar* has no council.",
    "On that day [two](fact:sound-council.members@2000-01-01) isles sat there.",
    "Ольха is a tree; *so it is*, and “so” it stays.",
    "Nothing else is known.",
    "![A flag](../../static/images/flag.png)",
    "Cedar has [no such figure](fact:cedar.nothing).",
)
HEADINGS = ("Then", "Later", "Who came", "Who stayed")
TABLE = "\n\n| isles |\n|---|\n| [](fact:derived.all-people) |\n\n"


def make_project(root: Path, *, articles: int = ARTICLES) -> Folders:
    """Return the folders of the fixture region with some thirty pages that lean on each other."""
    folders = new_project(root)
    (folders.static / "images").mkdir(exist_ok=True)
    (folders.static / "images/flag.png").write_bytes(png(3, 2))
    chance = random.Random(7)
    for number in range(articles):
        (folders.content / f"articles/note-{number}.md").write_text(
            article(chance, number, tame=True), encoding="utf-8"
        )
    return folders


def article(chance: random.Random, number: int, *, tame: bool = False) -> str:
    """Return an article that is right more often than not; a tame one is right, and published."""
    front = {
        "title": chance.choice([f"Note {number}", "The same title", "A tree"]),
        "description": chance.choice(["A note.", "Another note."]),
        "date": str(AS_OF - timedelta(days=chance.randrange(1 if tame else -3, 40))),
    }
    extras = {
        "tags": "[history]",
        "countries": chance.choice(["[alder]", "[alder, birch]", "[cedar]"]),
        "draft": "true",
        "order": str(chance.randrange(1, 9)),
        "slug": f"other-{number}",
        "aliases": f"[/old/{number}/]",
        "expires": str(AS_OF + timedelta(days=chance.randrange(4, 8))),
        "review_by": str(AS_OF + timedelta(days=chance.randrange(-2, 4))),
        "updated": str(AS_OF),
        "key_points": "[One thing., Another thing., A third thing.]",
    }
    likely = {"draft": 0.0 if tame else 0.1, "expires": 0.0 if tame else 0.1, "slug": 0.2}
    front |= {name: value for name, value in extras.items() if chance.random() < likely.get(name, 0.35)}
    lines = ["---", *(f"{name}: {value}" for name, value in front.items()), "---", ""]
    for _ in range(chance.randrange(1, 4)):
        lines += [f"## {chance.choice(HEADINGS)} {chance.randrange(3)}", ""]
        lines += [" ".join(chance.sample(SENTENCES[:9], k=chance.randrange(1, 4))), ""]
    if chance.random() < 0.3:
        lines += [TABLE]
    if not tame and chance.random() < 0.3:
        part = chance.choice(
            ["", "", "", f"#{chance.choice(HEADINGS).lower().replace(' ', '-')}-{chance.randrange(3)}"]
        )
        lines += [f"A link to [a note](note-{chance.randrange(ARTICLES)}.md{part}).", ""]
    return "\n".join(lines)


def png(width: int, height: int) -> bytes:
    """Return a whole PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Editor:
    """Somebody who edits a project. `options` are those of the next build, `version` stands for the generator's."""

    def __init__(self, folders: Folders, seed: int) -> None:
        self.folders, self.chance = folders, random.Random(seed)
        self.options = Options(as_of=AS_OF, base_url="https://isles.example/")
        self.version = 0
        self.earlier: list[tuple[Path, bytes | None]] = []
        self.remember()
        self.deeds: dict[Callable[[], str], float] = {
            self.edit_article: 8,
            self.add_article: 2,
            self.delete_article: 1.5,
            self.rename_article: 1.5,
            self.edit_yaml: 8,
            self.edit_settings: 2,
            self.break_something: 1.5,
            self.go_back: 8,
            self.edit_template: 0.6,
            self.edit_static: 2,
            self.touch: 2,
            self.change_without_a_trace: 2,
            self.wait_a_day: 2,
            self.change_generator: 0.3,
            self.do_nothing: 1,
        }

    def remember(self) -> None:
        """Take the project as it is for one that can be built."""
        self.good = (self.options, {path: path.read_bytes() for path in self._files()})

    def mend(self) -> str:
        """Put everything back into the state that was remembered last."""
        self.options, files = self.good
        for path in self._files():
            if path not in files:
                path.unlink()
        for path, data in files.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        return "mended"

    def _files(self) -> list[Path]:
        return [path for folder in self.folders.sources for path in sorted(folder.rglob("*")) if path.is_file()]

    def edit(self) -> str:
        """Do one thing, and say what it was."""
        deed = self.chance.choices(list(self.deeds), list(self.deeds.values()))[0]
        return deed()

    def write(self, path: Path, data: bytes | None) -> str:
        """Write or delete a file, and remember what it was before."""
        self.earlier.append((path, path.read_bytes() if path.exists() else None))
        if data is None:
            path.unlink()
        elif self.chance.random() < 0.3:  # as many editors save: another file takes its place
            other = path.with_name(f"{path.name}~")
            other.write_bytes(data)
            other.replace(path)
        else:
            path.write_bytes(data)
        return f"{path.relative_to(self.folders.root)}: {'deleted' if data is None else 'written'}"

    def articles(self) -> list[Path]:
        """Return the articles there are."""
        return sorted((self.folders.content / "articles").glob("*.md"))

    def edit_article(self) -> str:
        """Add or take away a sentence, change a heading, or write the article anew."""
        path = self.chance.choice(self.articles())
        text = path.read_text(encoding="utf-8")
        what = self.chance.randrange(5)
        if what < 2:
            sentence = self.chance.choices(SENTENCES, [9] * 10 + [1])[0]
            text += f"\n{sentence}\n"
        elif what == 2:
            text = re.sub(r"## .*", f"## {self.chance.choice(HEADINGS)} {self.chance.randrange(3)}", text, count=1)
        elif what == 3:
            target = self.chance.choice(self.articles()).name
            text += f"\nRead [this](./{target}#then-{self.chance.randrange(3)}) or [that]({target}).\n"
        else:
            text = article(self.chance, self.chance.randrange(ARTICLES))
        return self.write(path, text.encode())

    def add_article(self) -> str:
        """Write a new article."""
        number = self.chance.randrange(99)
        return self.write(self.folders.content / f"articles/new-{number}.md", article(self.chance, number).encode())

    def delete_article(self) -> str:
        """Delete an article, which others may link to."""
        return self.write(self.chance.choice(self.articles()), None)

    def rename_article(self) -> str:
        """Give an article another name, or the name of another."""
        path, other = self.chance.choice(self.articles()), f"note-{self.chance.randrange(ARTICLES)}.md"
        self.earlier.append((path, path.read_bytes()))
        path.rename(path.with_name(other))
        return f"{path.name} renamed to {other}"

    def edit_yaml(self) -> str:
        """Change a figure, a name, a title, a date or a definition in a record."""
        edits = {
            "countries/alder.yml": [
                (r"value: 20_?59\d", f"value: 2059{self.chance.randrange(10)}"),
                (r"name: Alder\w*", f"name: Alder{self.chance.choice(['', 's'])}"),
            ],
            "countries/birch.yml": [(r"name: Birch\w*", f"name: Birch{self.chance.choice(['', 'es'])}")],
            "sources/books.yml": [(r"title: [^\n]*", f"title: Book {self.chance.randrange(5)}")],
            "glossary.yml": [
                (r"definition: [^\n]*", f"definition: Meaning {self.chance.randrange(5)}."),
                (r"term: (CR|Council report)", f"term: {self.chance.choice(['CR', 'Council report'])}"),
            ],
            "indicators.yml": [(r"label: [^\n]*", f"label: Label {self.chance.randrange(5)}")],
            "events.yml": [(r"title: [^\n]*", f"title: Event {self.chance.randrange(5)}")],
            "organisations/sound-council.yml": [(r"summary: [^\n]*", f"summary: Council {self.chance.randrange(5)}.")],
            "derived.yml": [(r"label: [^\n]*", f"label: People {self.chance.randrange(5)}")],
        }
        name = self.chance.choice(sorted(edits))
        pattern, new = self.chance.choice(edits[name])
        path = self.folders.content / name
        if not path.exists():
            return "nothing"
        text = path.read_text(encoding="utf-8")
        found = list(re.finditer(pattern, text))
        if found:
            match = self.chance.choice(found)
            text = text[: match.start()] + new + text[match.end() :]
        else:
            text += "# a comment\n"
        return self.write(path, text.encode())

    def edit_settings(self) -> str:
        """Change what stands on every page, or the name of a topic."""
        path = self.folders.content / "site.yml"
        text = path.read_text(encoding="utf-8")
        if self.chance.random() < 0.5:
            text = re.sub(r"(?m)^title: .*", f"title: Isles {self.chance.randrange(3)}", text, count=1)
        else:
            text = re.sub(r"(?m)^(  history): .*", rf"\1: History {self.chance.randrange(3)}", text, count=1)
        return self.write(path, text.encode())

    def break_something(self) -> str:
        """Make a mistake, which the next build has to tell."""
        path = self.chance.choice([*self.articles(), *sorted((self.folders.content / "countries").glob("*.yml"))])
        text = path.read_text(encoding="utf-8")
        wrong = self.chance.choice(["---\ncaptial: x\n", "{", "\n[x](nowhere.md)\n", "\n  - y: ["])
        return self.write(path, (text + wrong if wrong.startswith("\n") else wrong + text).encode())

    def go_back(self) -> str:
        """Put a file back into the state before its last edit, the latest edits first."""
        if not self.earlier:
            return "nothing"
        path, data = self.earlier.pop()
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return f"{path.relative_to(self.folders.root)}: put back"

    def edit_template(self) -> str:
        """Change a word in a template that many pages reach, or that few do."""
        name = self.chance.choice(["base.html", "pages/article.html", "components/facts.html", "pages/glossary.html"])
        path = self.folders.templates / name
        text = path.read_text(encoding="utf-8")
        comment = "{# once more #}"
        return self.write(path, (text.replace(comment, "") if comment in text else text + comment).encode())

    def edit_static(self) -> str:
        """Change a style sheet or the size of an image."""
        if self.chance.random() < 0.5:
            path = self.folders.static / "css/95-own.css"
            return self.write(path, f".x {{ order: {self.chance.randrange(3)}; }}\n".encode())
        return self.write(self.folders.static / "images/flag.png", png(self.chance.randrange(1, 5), 2))

    def touch(self) -> str:
        """Give a file another time, also one of long ago."""
        path = self.chance.choice([*self.articles(), self.folders.content / "site.yml"])
        moment = self.chance.choice([10**9, 2 * 10**9, path.stat().st_mtime - 5])
        os.utime(path, (moment, moment))
        return f"{path.name} touched"

    def change_without_a_trace(self) -> str:
        """Change a file such that its size and its time stay as they are, as some programs do."""
        path = self.chance.choice(self.articles())
        status, data = path.stat(), path.read_bytes()
        changed = data.replace(b"Nothing", b"NOTHING") if b"Nothing" in data else data.replace(b"note", b"Note", 1)
        self.write(path, changed)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return f"{path.name} changed without a trace"

    def wait_a_day(self) -> str:
        """Build as on another day: texts come due, expire, are to be reviewed."""
        days = self.chance.randrange(-3, 5)
        self.options = Options(as_of=AS_OF + timedelta(days=days), base_url=self.options.base_url)
        return f"the day is {self.options.as_of}"

    def change_generator(self) -> str:
        """Use another version of the generator."""
        self.version += 1
        return f"generator {self.version}"

    def do_nothing(self) -> str:
        """Build once more."""
        return "nothing"
