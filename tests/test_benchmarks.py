"""The benchmark's corpus is the same in every run and builds without a complaint; its scenarios notice mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.corpus import FACT_PAGES, shows_fact, write
from benchmarks.dialects import DIALECTS
from benchmarks.peers import AS_OF, find_peers
from benchmarks.report import figures_table
from benchmarks.saves import measure, told
from benchmarks.scenarios import SCENARIOS, Corpus, WrongOutput, check_same, check_shown, clean_copy, files_below
from explainer.build import build
from explainer.config import Folders, Options

PAGES = 6


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    write(PAGES, "ours", tmp_path / "ours")
    return Corpus(find_peers()["ours"], tmp_path / "ours", PAGES)


def build_it(corpus: Corpus) -> int:
    """Build a corpus and return the number of warnings."""
    return len(build(Folders.below(corpus.folder), Options(as_of=date.fromisoformat(AS_OF))).warnings)


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_a_corpus_is_the_same_in_every_run(name: str, tmp_path: Path) -> None:
    write(3, name, tmp_path / "first")
    write(3, name, tmp_path / "second")

    assert files_below(tmp_path / "first") == files_below(tmp_path / "second")


def test_our_corpus_builds_without_a_warning_and_every_change_shows_in_its_pages(corpus: Corpus) -> None:
    assert build_it(corpus) == 0
    for name, change in SCENARIOS.items():
        for old, new in (("", f"{name}-first"), (f"{name}-first", f"{name}-second")):
            shown = change(corpus, old, new)
            assert bool(shown) == (name not in ("cold", "nothing"))
            if shown:
                with pytest.raises(WrongOutput):
                    check_shown(corpus, shown, new)
            build_it(corpus)
            check_shown(corpus, shown, new)


def test_a_byte_that_differs_from_a_clean_build_is_found(corpus: Corpus) -> None:
    build_it(corpus)
    clean = clean_copy(corpus)
    build_it(clean)
    assert check_same(corpus, clean) > PAGES

    page = corpus.peer.page(corpus.folder, 0)
    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(WrongOutput, match="1 files differ"):
        check_same(corpus, clean)


@pytest.mark.parametrize("pages", [100, 1000, 1050, 10_000])
def test_a_hundred_articles_show_the_fact(pages: int) -> None:
    assert sum(shows_fact(number, pages) for number in range(pages)) == FACT_PAGES


def test_the_table_gives_medians_ranges_and_ratios_to_hugo_of_the_same_run() -> None:
    def runs(*walls: float) -> list[dict[str, float]]:
        return [{"wall": wall, "processor": 2 * wall, "memory": 2**20 * wall} for wall in walls]

    told = {
        "pages": 10,
        "machine": "2 cores",
        "versions": {"hugo": "1.2"},
        "runs": {"ours": {"cold": runs(3, 1, 2), "nothing": runs(0.1)}, "hugo": {"cold": runs(4), "nothing": runs(2)}},
    }

    assert figures_table(told).splitlines() == [
        "|  | cold | nothing changed | processor time, cold | memory, cold |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| **this generator** | 2.00 s [1.00–3.00] **×0.50** | 0.10 s **×0.05** | 4.00 s [2.00–6.00] **×0.50** "
        "| 2 MB [1–3] **×0.50** |",
        "| Hugo | 4.00 s | 2.00 s | 8.00 s | 4 MB |",
        "",
        "2 cores. Hugo 1.2. Rounds: this generator 3, Hugo 1.",
    ]


def test_saves_are_measured_until_the_served_page_shows_them(corpus: Corpus) -> None:
    seconds = measure(corpus, 2)
    assert len(seconds) == 2 and all(one > 0 for one in seconds)
    assert told([0.25, 0.031, 0.04], 1000).startswith(
        "3 saves at 1,000 pages: seen after 40 ms (median), at worst 250 ms"
    )
