"""Make the twelve mistakes everywhere and print the table of what happened: `make mistakes`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.install import install_python
from benchmarks.mistakes.names import NAMES
from benchmarks.mistakes.ours import MISTAKES, ROOT, problems_with, tells
from benchmarks.mistakes.peers import Verdict, equivalents, verdicts
from explainer.config import Options

BEGIN, END = "<!-- made by make mistakes -->", "<!-- end of what make mistakes made -->"


def main() -> int:
    """Run everything, print the table, and write it into README.md where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="write the table into README.md too")
    arguments = parser.parse_args()
    if not install_python():
        return 1
    with tempfile.TemporaryDirectory() as folder:
        columns = {"ours": _ours(Path(folder))}
        for peer in equivalents():
            if not peer.is_installed:
                print(f"leaving out {peer.name}: its program is not there", file=sys.stderr)
                continue
            columns[peer.name] = [verdict.word for verdict in verdicts(peer, Path(folder) / peer.name)]
    text = table(columns)
    print(text)
    if arguments.readme:
        readme = ROOT / "README.md"
        before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8", newline="\n")
    return 0 if columns["ours"] == ["stopped"] * len(NAMES) else 1


def _ours(folder: Path) -> list[str]:
    """Return a word for each mistake; all are made at once, and each must be told at its line and column."""
    root = folder / "ours"
    problems = problems_with(MISTAKES, root, Options(as_of=datetime.now(UTC).date()))
    found = [Verdict(tells(problems, mistake, root), stopped_when_strict=False, told=False) for mistake in MISTAKES]
    return [verdict.word for verdict in found]


def table(columns: Mapping[str, Sequence[str]]) -> str:
    """Return a table in Markdown: a row for each mistake, a column for each generator, and the sum of what stopped."""
    head = ["mistake", *columns]
    rows = [[name, *(words[index] for words in columns.values())] for index, name in enumerate(NAMES)]
    rows.append(["**stopped**", *(f"**{words.count('stopped')} of {len(NAMES)}**" for words in columns.values())])
    lines = [f"| {' | '.join(row)} |" for row in [head, *rows]]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


if __name__ == "__main__":
    raise SystemExit(main())
