"""Derived figures are computed from facts, and say where they cannot be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from explainer.build import check
from explainer.derived import DerivedError, Figures, check_derived
from explainer.figures import Figure
from explainer.literals.quantities import Count, Number, Ratio
from explainer.literals.words import load_words
from explainer.problems import ContentError, Problem
from explainer.site import Site
from tests.projects import OPTIONS, copy_isles
from tests.prose_pages import read_site


def site_with(root: Path, derived: str) -> Site:
    folders = copy_isles(root)
    (folders.content / "derived.yml").write_text(derived, encoding="utf-8")
    return read_site(folders)


def figure(site: Site, key: str) -> Figure:
    return Figures(site, load_words("en")).derived(key)


def problems(root: Path, derived: str) -> list[Problem]:
    return list(check_derived(site_with(root, derived)))


def test_a_sum_takes_unit_dates_and_sources_from_its_parts(tmp_path: Path) -> None:
    site = site_with(tmp_path, "all: {label: All, kind: sum, of: [alder.population, birch.population]}\n")
    found = figure(site, "all")
    assert isinstance(found.value, Number) and found.value.unit is not None
    assert (found.value.value, found.value.unit.symbol) == (Decimal(30_462), "people")
    assert [str(as_of) for as_of in found.as_of] == ["2024"]
    assert [source.id for source in found.sources] == ["almanac-2024"]


def test_a_share_is_in_per_cent_and_may_rest_on_another_derived_figure(tmp_path: Path) -> None:
    derived = (
        "part: {label: Part, kind: share, of: [alder.population, derived.all], decimals: 1}\n"
        "all: {label: All, kind: sum, of: [alder.population, birch.population]}\n"
    )
    found = figure(site_with(tmp_path, derived), "part")
    assert isinstance(found.value, Number) and isinstance(found.value.value, Decimal)
    assert round(found.value.value, 3) == round(Decimal(2_059_200) / Decimal(30_462), 3)
    assert (found.value.unit, found.value.decimals) == (load_words("en").percent, 1)


def test_a_ratio_is_exact(tmp_path: Path) -> None:
    site = site_with(tmp_path, "r: {label: R, kind: ratio, of: [alder.population, birch.population]}\n")
    assert figure(site, "r").value == Ratio(Fraction(20_592, 9_870), Fraction(20_592, 9_870))


def test_a_difference_may_be_below_zero(tmp_path: Path) -> None:
    site = site_with(tmp_path, "d: {label: D, kind: difference, of: [birch.population, alder.population]}\n")
    value = figure(site, "d").value
    assert isinstance(value, Number) and value.value == Decimal(-10_722)


def test_a_rank_is_a_place_among_all(tmp_path: Path) -> None:
    site = site_with(tmp_path, "r: {label: R, kind: rank, of: [birch.population, alder.population]}\n")
    assert figure(site, "r").value == Count(2, 2)


def test_years_may_differ_when_a_reason_says_why(tmp_path: Path) -> None:
    derived = "g: {label: G, kind: ratio, of: [alder.population, alder.population@2022], mixed: Growth on purpose.}\n"
    site = site_with(tmp_path, derived)
    assert list(check_derived(site)) == []
    assert figure(site, "g").years == {2022, 2024}


def test_a_count_can_be_a_part(tmp_path: Path) -> None:
    derived = (
        "d: {label: D, kind: difference, of: [sound-council.members@1995-01-01, sound-council.members@2015-01-01], "
        "mixed: Then and later.}\n"
    )
    value = figure(site_with(tmp_path, derived), "d").value
    assert isinstance(value, Count) and (value.low, value.high) == (1, 1)


@pytest.mark.parametrize(
    ("parts", "code", "column", "message"),
    [
        ("[alder.population, Birch.population]", "D100", 51, '"B" cannot stand in an id'),
        ("[alder.population, birsh.population]", "D101", 51, 'there is no country or organisation "birsh"'),
        ("[alder.population, birch.popullation]", "D101", 51, 'Birch has no fact "popullation"'),
        ("[alder.population@2021, birch.population]", "D101", 33, "the series of"),
        ("[alder.population, derived.other]", "D101", 51, 'there is no derived figure "other"'),
        ("[alder.population, derived.sum]", "D102", 51, '"sum" is computed from itself'),
        ("[alder.population, alder.population]", "D107", 51, 'stands in "sum" twice'),
        ("[alder.population, alder.area]", "D103", 32, "the values are in different units"),
        ("[alder.population, alder.motto]", "D103", 32, '"alder.motto" is no amount'),
        ("[alder.population, alder.population@2022]", "D104", 32, "the values are of different years"),
        ("[alder.population, alder.population/birch.population]", "D100", 51, "a ratio cannot be a part"),
    ],
)
def test_a_part_that_does_not_fit_is_told_where_it_stands(
    tmp_path: Path, parts: str, code: str, column: int, message: str
) -> None:
    found = problems(tmp_path, f"sum: {{label: S, kind: sum, of: {parts}}}\n")
    assert [(problem.code, problem.place.line) for problem in found] == [(code, 1)]
    assert message in found[0].message
    assert found[0].place.column == column, found[0]
    assert found[0].fix


def test_values_of_different_definitions_need_a_reason(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    path = folders.content / "indicators.yml"
    text = path.read_text() + "workers: {label: Workers, group: people, kind: number, unit: people, definition: W.}\n"
    path.write_text(text)
    sheet = folders.content / "countries/alder.yml"
    line = "facts:\n  workers: {value: 9_000, as_of: 2024, sources: [almanac-2024]}\n"
    sheet.write_text(sheet.read_text().replace("facts:\n", line))
    derived = folders.content / "derived.yml"
    derived.write_text("w: {label: W, kind: share, of: [alder.workers, alder.population]}\n")
    assert [problem.code for problem in check_derived(read_site(folders))] == ["D105"]
    derived.write_text("w: {label: W, kind: share, of: [alder.workers, alder.population], mixed: Parts of all.}\n")
    assert list(check_derived(read_site(folders))) == []


def test_a_ring_of_figures_is_told_once_and_ends(tmp_path: Path) -> None:
    derived = (
        "a: {label: A, kind: sum, of: [derived.b, alder.population]}\n"
        "b: {label: B, kind: sum, of: [derived.c, alder.population]}\n"
        "c: {label: C, kind: sum, of: [derived.a, alder.population]}\n"
    )
    assert [(problem.code, problem.place.line) for problem in problems(tmp_path, derived)] == [("D102", 3)]


def test_a_figure_that_fails_only_through_its_part_is_not_told_again(tmp_path: Path) -> None:
    derived = (
        "a: {label: A, kind: share, of: [alder.population, derived.b]}\n"
        "b: {label: B, kind: sum, of: [alder.population, birch.area]}\n"
    )
    assert [(problem.code, problem.place.line) for problem in problems(tmp_path, derived)] == [("D101", 2)]


def test_nothing_is_divided_by_zero(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    sheet = folders.content / "countries/birch.yml"
    sheet.write_text(sheet.read_text().replace("9_870", "0"))
    derived = folders.content / "derived.yml"
    derived.write_text("r: {label: R, kind: ratio, of: [alder.population, birch.population]}\n")
    assert [problem.code for problem in check_derived(read_site(folders))] == ["D106"]


def test_more_decimals_than_an_amount_can_have_are_an_error(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    derived = "s: {label: S, kind: share, of: [birch.population, alder.population], decimals: 99}\n"
    (folders.content / "derived.yml").write_text(derived)
    with pytest.raises(ContentError) as caught:
        check(folders, OPTIONS)
    assert [problem.code for problem in caught.value.problems if problem.severity == "error"] == ["F008"]


def test_a_range_among_the_parts_makes_the_figure_a_range(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    sheet = folders.content / "countries/birch.yml"
    sheet.write_text(sheet.read_text().replace("value: 9_870", "value: {low: 9_000, high: 21_000}"))
    (folders.content / "derived.yml").write_text(
        "s: {label: S, kind: sum, of: [alder.population, birch.population]}\n"
        "r: {label: R, kind: rank, of: [alder.population, birch.population]}\n"
    )
    site = read_site(folders)
    total, rank = figure(site, "s").value, figure(site, "r").value
    assert isinstance(total, Number) and (total.low, total.high) == (Decimal(29_592), Decimal(41_592))
    assert rank == Count(1, 2)


def test_asking_for_a_faulty_figure_says_the_same_each_time(tmp_path: Path) -> None:
    figures = Figures(
        site_with(tmp_path, "a: {label: A, kind: sum, of: [birch.x, alder.population]}\n"), load_words("en")
    )
    for _ in range(2):
        with pytest.raises(DerivedError, match='no fact "x"'):
            figures.derived("a")
