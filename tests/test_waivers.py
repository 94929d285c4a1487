"""A value that is old for a reason: the checks accept it until a day, and readers see mark and reason."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from explainer.rendered import Rendered
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles, replace_text

OLD = "product: {value: 95_000_000, as_of: 2015, sources: [almanac-2024]}"


def build_with(root: Path, waiver: str) -> Rendered:
    folders = copy_isles(root)
    replace_text(folders.content / "countries/birch.yml", OLD, OLD.replace("]}", f"], {waiver}}}"))
    return check(folders, OPTIONS)


def product(result: Rendered) -> str:
    page = LexborHTMLParser(result.files["countries/birch/index.html"].decode())
    fact = page.css_first('[data-fact="birch.product"]')
    assert fact is not None
    return " ".join(fact.text().split())


def test_a_waived_value_is_accepted_and_readers_see_that_it_is_old_and_why(tmp_path: Path) -> None:
    result = build_with(tmp_path, "waive: {reason: The almanac counts no more., until: 2027-12-31}")
    assert result.warnings == []
    assert "older than it should be The almanac counts no more." in product(result)


def test_when_a_waiver_is_over_the_value_is_reported_again(tmp_path: Path) -> None:
    result = build_with(tmp_path, "waive: {reason: The almanac counts no more., until: 2025-05-31}")
    assert ["D002" in problem.code for problem in result.warnings] == [True]
    assert "its waiver ended on 2025-05-31" in result.warnings[0].message
    assert "The almanac counts no more." in product(result)


def test_a_waiver_of_a_value_that_is_not_old_is_shown_to_nobody(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    new = OLD.replace("2015", "2024").replace("]}", "], waive: {reason: No., until: 2027-12-31}}")
    replace_text(folders.content / "countries/birch.yml", OLD, new)
    result = check(folders, OPTIONS)
    assert [problem.code for problem in result.warnings] == ["D003"]
    assert "No." not in product(result)


def test_the_shipped_content_leaves_nothing_to_warn_of() -> None:
    assert [str(problem) for problem in check(Folders.below(ROOT), REAL_OPTIONS).warnings] == []
