"""The generator knows no region: all that is said of one comes from content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.problems import Report
from explainer.read import read_content

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for folder in ("explainer", "templates", "static")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".html", ".xml", ".txt", ".css", ".js", ".svg")
]


def region_words() -> list[str]:
    """Return every name by which the shipped content calls a country, an organisation or the region."""
    content = read_content(ROOT / "content", "content", Report())
    words = {"Central Asia", "CIS", "Soviet", "Eurasian"}
    for country in content.countries.values():
        words |= {country.name, country.official or country.name, *country.aliases, *(n.name for n in country.native)}
    for organisation in content.organisations.values():
        words |= {organisation.name, organisation.short}
    words |= set(content.countries)
    return sorted((word for word in words if len(word) > 2), key=len, reverse=True)


WORDS = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, region_words())) + r")(?!\w)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_of_the_generator_names_the_region(path: Path) -> None:
    # A font may bear the name of a country: Georgia is one.
    text = re.sub(r'local\("[^"]*"\)', "", path.read_text(encoding="utf-8"))
    found = WORDS.search(text)
    assert found is None, f"{path.name} names {found[0]!r}"
