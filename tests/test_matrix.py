"""The matrix: who stands where in each organisation, since when, with the precision and the doubts of each date."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.build import check
from explainer.config import Folders
from tests.projects import OPTIONS, REAL_OPTIONS, ROOT, copy_isles, replace_text

COUNCIL = "organisations/sound-council.yml"
REGION = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]


@pytest.fixture(scope="module")
def real() -> dict[str, LexborHTMLParser]:
    files = check(Folders.below(ROOT), REAL_OPTIONS).files
    names = [path for path in files if path.startswith("organisations/") and path.endswith(".html")]
    return {path: LexborHTMLParser(files[path].decode()) for path in names}


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text(separator=" ").split())


def cells_of(page: LexborHTMLParser) -> dict[tuple[str, str], LexborNode]:
    """Return each cell of the matrix by organisation and country."""
    countries = [words(head) for head in page.css("table.matrix thead th")][1:]
    return {
        (words(row.css_first("th a")), country): cell
        for row in page.css("table.matrix tbody tr")
        for country, cell in zip(countries, row.css("td"), strict=True)
    }


def isle(root: Path, old: str = "", new: str = "", country: str = "Alder") -> str:
    folders = copy_isles(root)
    if old:
        replace_text(folders.content / COUNCIL, old, new)
    page = LexborHTMLParser(check(folders, OPTIONS).files["organisations/index.html"].decode())
    return words(cells_of(page)["Council of the Sound", country])


def test_every_organisation_stands_against_every_country_of_the_region(real: dict[str, LexborHTMLParser]) -> None:
    cells = cells_of(real["organisations/index.html"])
    names = {organisation for organisation, _ in cells}
    assert len(names) == len(real) - 1 == 8
    assert set(cells) == {(name, country) for name in names for country in REGION}
    for (_, country), cell in cells.items():
        # What a phone shows in place of the column's head.
        assert words(cell.css_first(".matrix-country")) == country
        assert words(cell.css_first(".status"))


def test_each_cell_leads_to_the_country_on_the_page_of_the_organisation(real: dict[str, LexborHTMLParser]) -> None:
    for (_, country), cell in cells_of(real["organisations/index.html"]).items():
        target = str(cell.css_first("a").attributes["href"])
        page, anchor = target.split("#")
        row = real[f"organisations/{page}index.html"].css_first(f'tr[id="{anchor}"]')
        assert words(row.css_first("th")) == country
        # The row there names the same standing.
        assert words(row.css_first("td")) == words(cell.css_first(".status"))


@pytest.mark.parametrize(
    ("organisation", "country", "expected"),
    [
        ("Commonwealth of Independent States", "Tajikistan", "Member since 4 August 1993 one source only"),
        ("Commonwealth of Independent States", "Turkmenistan", "Associate since 26 August 2005"),
        (
            "Collective Security Treaty Organization",
            "Uzbekistan",
            "Left since 2012 only the year is known; one source only",
        ),
        ("Collective Security Treaty Organization", "Turkmenistan", "Not a member as far as known"),
        ("Eurasian Economic Union", "Kyrgyzstan", "Member since 12 August 2015 disputed"),
        (
            "Eurasian Economic Union",
            "Uzbekistan",
            "Observer since some day between 1 January 2015 and 9 December 2022 one source only",
        ),
        (
            "Organization for Security and Co-operation in Europe",
            "Kazakhstan",
            "Participating State since January 1992 day not known",
        ),
        ("World Trade Organization", "Tajikistan", "Member since 2013 only the year is known"),
    ],
)
def test_a_date_is_as_exact_as_its_source_and_shows_its_doubts(
    real: dict[str, LexborHTMLParser], organisation: str, country: str, expected: str
) -> None:
    cell = cells_of(real["organisations/index.html"])[organisation, country]
    parts = [words(part).rpartition(": ")[2] for part in cell.css(".status, .matrix-since, .mark, .matrix-open")]
    assert " ".join(parts) == expected


def test_steps_before_the_last_are_told_in_order(tmp_path: Path) -> None:
    said = isle(tmp_path, country="Birch")
    assert said.endswith("before: Signed from 1 May 1990 ; Member from 10 January 1992")


def test_a_date_that_no_source_proves_is_marked(tmp_path: Path) -> None:
    line = (
        "{date: 1991-03, title: Ratifies the treaty, kind: status, status: member, sources: [gazette], verification: "
    )
    said = isle(tmp_path, line + "one-source}", line + "unverified}")
    assert "Member" in said and "day not known; not verified" in said


def test_a_country_that_an_organisation_does_not_list_is_said_to_be_unlisted(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    replace_text(folders.content / "site.yml", "countries: [alder, birch]", "countries: [alder, birch, cedar]")
    replace_text(folders.content / COUNCIL, "  cedar: []\n", "")
    replace_text(
        folders.content / COUNCIL,
        "  - {country: cedar, question: Whether Cedar will ask for a seat., checked: 2025-01-10}",
        "  - {question: Whether Cedar will ask for a seat., checked: 2025-01-10}",
    )
    page = LexborHTMLParser(check(folders, OPTIONS).files["organisations/index.html"].decode())
    assert words(cells_of(page)["Council of the Sound", "Cedar"]) == "Cedar not listed"


def test_the_page_of_an_organisation_names_who_belonged_on_the_first_of_january(
    real: dict[str, LexborHTMLParser],
) -> None:
    rows = real["organisations/cis/index.html"].css("table.years tbody tr")
    said = {words(row.css_first("th")): [words(cell) for cell in row.css("td")] for row in rows}
    nine = "Russia, Belarus, Kazakhstan, Kyrgyzstan, Tajikistan, Uzbekistan, Armenia, Azerbaijan, Moldova"
    ten = nine.replace("Moldova", "Georgia, Moldova")
    # 1 January 1995, 2006, 2010 and 2026, as the sources have it.
    assert said["1995 to 2005"] == [f"10 : {ten}", "0"]
    assert said["2006 to 2009"] == [f"10 : {ten}", "1 : Turkmenistan"]
    assert said["2010 to 2026"] == [f"9 : {nine}", "1 : Turkmenistan"]


def test_a_vague_date_leaves_open_who_belonged_on_the_first_of_january(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    replace_text(folders.content / COUNCIL, "date: 1991-03,", "date: 1990/1993,")
    page = LexborHTMLParser(check(folders, OPTIONS).files["organisations/sound-council/index.html"].decode())
    said = {words(row.css_first("th")): words(row.css_first("td")) for row in page.css("table.years tbody tr")}
    assert said["1991 to 1992"] == "between 0 and 1 ; the dates leave open: Alder"
    assert said["1993"] == "between 1 and 2 : Birch; the dates leave open: Alder"
    assert said["1994 to 2010"] == "2 : Alder, Birch"
