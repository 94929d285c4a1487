"""One page gathers all on which sources disagree; what is not known of a country stands on its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.build import check
from explainer.config import Folders
from explainer.content import Content
from explainer.plan.disputed import is_contested
from explainer.problems import Report
from explainer.read import read_content
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles, replace_text


@pytest.fixture(scope="module")
def real() -> dict[str, LexborHTMLParser]:
    files = check(Folders.below(ROOT), REAL_OPTIONS).files
    wanted = ("disputed/index.html", "countries/tajikistan/index.html", "countries/moldova/index.html")
    return {path: LexborHTMLParser(files[path].decode()) for path in wanted}


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(ROOT / "content", "content", Report())


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text(separator=" ").split())


def test_every_contested_figure_stands_on_the_page_with_its_alternatives_and_their_reasons(
    real: dict[str, LexborHTMLParser], content: Content
) -> None:
    page, seen = real["disputed/index.html"], 0
    for key, country in content.countries.items():
        for indicator, fact in country.facts.items():
            entry = page.css_first(f'[data-fact="{key}.{indicator.id}"]')
            assert (entry is not None) == is_contested(fact), f"{key}.{indicator.id}"
            if entry is not None:
                assert len(entry.css(".alternative")) == len(fact.alternatives)
                for other in fact.alternatives:
                    assert other.reason in words(entry)
                seen += 1
    assert seen > 20


def test_every_contested_date_and_every_reading_stands_on_the_page(
    real: dict[str, LexborHTMLParser], content: Content
) -> None:
    said = words(real["disputed/index.html"].css_first("main"))
    entries = [*content.events.values()]
    for organisation in content.organisations.values():
        entries += [*organisation.milestones, *(entry for found in organisation.parties.values() for entry in found)]
        for reading in organisation.readings:
            assert " ".join(reading.summary.split()) in said
    for entry in entries:
        if entry.disputed or entry.other_dates:
            assert entry.title in said


def test_who_was_the_largest_partner_in_2023_is_told_with_the_count(real: dict[str, LexborHTMLParser]) -> None:
    fact = words(real["countries/tajikistan/index.html"].css_first('[data-fact="tajikistan.largest-trade-partner"]'))
    assert "Russia, by Tajikistan's statistics" in fact
    assert "China, by a press report on all five states" in fact


def test_what_is_not_known_of_a_country_stands_on_its_page(real: dict[str, LexborHTMLParser], content: Content) -> None:
    said = words(real["countries/moldova/index.html"].css_first('section[aria-labelledby="questions"]'))
    questions = [q for q in content.organisations["cis"].open_questions if q.country and q.country.id == "moldova"]
    assert questions
    for question in questions:
        assert question.question in said


def test_a_site_without_contradictions_has_no_such_page(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    assert "disputed/index.html" in check(folders, OPTIONS).files
    alternative = "- {value: 20_100, as_of: 2023, sources: [gazette], rank: 2, reason: A newspaper estimate.}"
    replace_text(folders.content / "countries/alder.yml", f"    alternatives:\n      {alternative}\n", "")
    reading = (
        "readings:\n  - {id: birch-own-view, country: birch, holder: Government of Birch,"
        " summary: It holds that it never joined., as_of: 2011, sources: [gazette]}\n"
    )
    replace_text(folders.content / "organisations/sound-council.yml", reading, "")
    assert "disputed/index.html" not in check(folders, OPTIONS).files
