"""Measure generators side by side: `python -m benchmarks --pages 1000 --peers ours,hugo --scenarios cold,article`.

Each scenario is run for every peer in turn before the next round begins, so that ratios hold while the speed of the
machine drifts. After every scenario the page of the change is looked at; and of ours, in the last round, every file is
compared with those of a clean build.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import uuid
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import write
from benchmarks.measure import CommandFailed, Run, run
from benchmarks.peers import TOOLS, find_peers
from benchmarks.report import figures_table, update_document
from benchmarks.scenarios import SCENARIOS, Corpus, WrongOutput, check_same, check_shown, clean_copy, move_aside
from benchmarks.versions import machine, versions

Results = dict[str, dict[str, list[Run]]]


def main() -> int:
    """Measure what the command line asks for, print the table, and write it where it asks to."""
    arguments = _arguments()
    work: Path = arguments.work.resolve()
    peers = find_peers()
    if unknown := [name for name in arguments.peers or [] if name not in peers]:
        print(f"not installed: {', '.join(unknown)}; run: python -m benchmarks.install", file=sys.stderr)
        return 2
    chosen = [peers[name] for name in arguments.peers or peers]
    work.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work / "trash", ignore_errors=True)
    corpora = []
    for peer in chosen:
        folder = work / f"{peer.name}-{arguments.pages}"
        shutil.rmtree(folder, ignore_errors=True)
        write(arguments.pages, peer.name, folder)
        corpora.append(Corpus(peer, folder, arguments.pages))
    try:
        results = _measure(corpora, arguments)
    except (CommandFailed, WrongOutput) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work / "trash", ignore_errors=True)
    told = {
        "pages": arguments.pages,
        "machine": machine(),
        "versions": versions([peer.name for peer in chosen]),
        "runs": {
            name: {key: [asdict(one) for one in runs] for key, runs in of.items()} for name, of in results.items()
        },
    }
    if arguments.json:
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(figures_table(told))
    if arguments.document:
        update_document(arguments.document, told)
    return 0


def _measure(corpora: list[Corpus], arguments: argparse.Namespace) -> Results:
    results: Results = {corpus.peer.name: {} for corpus in corpora}
    words: dict[tuple[str, str], str] = {}
    for turn in range(arguments.rounds):
        for scenario in arguments.scenarios:
            for corpus in corpora:
                peer, rounds = corpus.peer, arguments.slow_rounds if corpus.peer.slow else arguments.rounds
                if turn >= rounds or not peer.has_scenario(scenario):
                    continue
                old, new = words.get((peer.name, scenario), ""), f"w{uuid.uuid4().hex[:8]}"
                changed = SCENARIOS[scenario](corpus, old, new)
                os.sync()  # what was written before, by whomever, is not written while this run is measured
                done = run(peer.command, corpus.folder, peer.environment)
                check_shown(corpus, changed, new)
                words[peer.name, scenario] = new
                results[peer.name].setdefault(scenario, []).append(done)
                print(f"  {turn + 1} {scenario:8} {peer.name:9} {done.wall:8.3f} s", file=sys.stderr, flush=True)
                if peer.name == "ours" and turn == arguments.rounds - 1:
                    clean = clean_copy(corpus)
                    run(peer.command, clean.folder, peer.environment)
                    check_same(corpus, clean)
                    move_aside(clean.folder)
    return results


def _arguments() -> argparse.Namespace:
    def names(text: str) -> list[str]:
        return text.split(",")

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rounds", type=int, default=1, help="rounds of Pelican, MkDocs and Zensical")
    parser.add_argument("--peers", type=names, help="such as ours,hugo (default: all that are installed)")
    parser.add_argument("--scenarios", type=names, default=list(SCENARIOS), help=f"of {','.join(SCENARIOS)}")
    parser.add_argument("--work", type=Path, default=TOOLS.parent / "work", help="the folder to build in")
    parser.add_argument("--json", type=Path, help="write all runs to this file")
    parser.add_argument("--document", type=Path, help="put the table into this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
