"""What an editor reads when something is wrong: the whole text, for every kind of mistake.

Each case is a small change to the fixture region. `tests/golden/malformed/NAME.txt` holds what is printed then;
`make golden` writes these files anew, and the diff is to be read as an editor would read the messages.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.cli import main
from tests.projects import ROOT, copy_isles, replace_text, tree

GOLDEN = ROOT / "tests" / "golden" / "malformed"
Change = Callable[[Path], None]

ALDER, BIRCH, COUNCIL = "countries/alder.yml", "countries/birch.yml", "organisations/sound-council.yml"
BOOKS, SITE, INDICATORS, FOUNDING = "sources/books.yml", "site.yml", "indicators.yml", "articles/founding.md"


def swap(file: str, old: str, new: str) -> Change:
    """Return the change of one stretch of a content file."""
    return lambda root: replace_text(root / "content" / file, old, new)


def template(file: str, old: str, new: str) -> Change:
    """Return the change of one stretch of a template."""
    return lambda root: replace_text(root / "templates" / file, old, new)


def write(file: str, data: bytes | str) -> Change:
    """Return the writing of a whole content file."""

    def change(root: Path) -> None:
        path = root / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return change


def link_away(root: Path) -> None:
    (root / "content/countries/dune.yml").symlink_to(root / "content/countries/alder.yml")


def pipe(root: Path) -> None:
    os.mkfifo(root / "content/countries/dune.yml")


def folder_for_a_file(root: Path) -> None:
    (root / "content/countries/dune.yml").mkdir()


ARTICLE = "---\ntitle: A\ndescription: B.\ndate: 2024-01-01\n{}---\n\n{}\n"
COUNTRY = 'name: Dune\ncodes: {alpha2: XD, alpha3: XDU, numeric: "904"}\nsources: [gazette]\n'

CASES: dict[str, Change] = {
    # YAML
    "yaml-tab": swap(ALDER, "  population:\n    value: 20_592\n", "  population:\n\tvalue: 20_592\n"),
    "yaml-unclosed-quote": swap(ALDER, "name: Alder\n", 'name: "Alder\n'),
    "yaml-unclosed-list": swap(ALDER, "aliases: [Olkha]", "aliases: [Olkha"),
    "yaml-second-colon": swap(ALDER, "summary: The largest", "summary: Note: the largest"),
    "yaml-duplicate-key": swap(ALDER, "aliases: [Olkha]", "aliases: [Olkha]\naliases: [Olha]"),
    "yaml-anchor": swap(ALDER, "name: Alder\n", "name: &n Alder\n"),
    "yaml-tag": swap(ALDER, "name: Alder\n", "name: !!str Alder\n"),
    "yaml-merge-key": swap(ALDER, "name: Alder\n", "<<: {name: Alder}\n"),
    "yaml-second-document": swap(ALDER, "name: Alder\n", "name: Alder\n---\n"),
    "yaml-no-colon": swap(ALDER, "aliases: [Olkha]", "aliases"),
    "yaml-bad-indentation": swap(ALDER, "    as_of: 2024\n", "   as_of: 2024\n"),
    "yaml-at-sign": swap(ALDER, "summary: The largest of the isles.", "summary: @largest"),
    "yaml-too-deep": write("countries/dune.yml", "a: " + "[" * 30 + "]" * 30),
    "yaml-apostrophe": swap(ALDER, "summary: The largest of the isles.", "summary: 'It's the largest.'"),
    # encoding and hidden characters
    "bytes-windows-1251": write("countries/dune.yml", COUNTRY.encode() + b"aliases: [\xc4\xfe\xed\xe0]\n"),
    "bytes-nul": write("countries/dune.yml", COUNTRY + "aliases: [D\x00]\n"),
    "bytes-right-to-left": write("countries/dune.yml", COUNTRY + "aliases: [D\u202eune]\n"),
    "bytes-too-many": write("countries/dune.yml", COUNTRY + "# " + "x" * (1 << 20)),
    # file system
    "file-symbolic-link": link_away,
    "file-named-pipe": pipe,
    "file-is-a-folder": folder_for_a_file,
    "file-empty": write("countries/dune.yml", ""),
    "file-only-comments": write("countries/dune.yml", "# name: Dune\n# codes: x\n"),
    "file-wrong-ending": write("countries/dune.yaml", COUNTRY),
    "file-wrong-folder": write("country/dune.yml", COUNTRY),
    "file-bad-name": write("countries/Dune Isle.yml", COUNTRY),
    "file-site-missing": lambda root: (root / "content/site.yml").unlink(),
    # fields
    "field-unknown": swap(ALDER, "summary: The", "sumary: The"),
    "field-missing": swap(ALDER, "name: Alder\n", ""),
    "field-blank": swap(ALDER, "name: Alder\n", "name:\n"),
    "field-list-for-text": swap(ALDER, "name: Alder\n", "name: [Alder]\n"),
    "field-text-for-list": swap(ALDER, "aliases: [Olkha]", "aliases: Olkha"),
    "field-text-for-mapping": swap(ALDER, 'codes: {alpha2: XA, alpha3: XAL, numeric: "901"}', "codes: XA"),
    "field-file-is-a-list": write("countries/dune.yml", "- name: Dune\n"),
    "value-not-a-number": swap(ALDER, "value: 20_592\n", "value: 20,592\n"),
    "value-text-for-number": swap(ALDER, "value: 20_592\n", "value: many people\n"),
    "value-too-long": swap(ALDER, "value: 20_592\n", f"value: {'9' * 30}\n"),
    "value-wrong-shape": swap(ALDER, "value: {name: Quay, latitude: 58.1, longitude: -6.2}", "value: Quay"),
    "value-number-for-list": swap(ALDER, "value: [{item: Sea, share: 60}, {item: Wind, share: 40}]", "value: 60"),
    "value-null-without-reason": swap(BIRCH, ", reason: The coast is being measured anew.", ""),
    "value-range-backwards": swap(ALDER, "{low: 55, high: 60}", "{low: 60, high: 55}"),
    "value-true-or-false": swap(INDICATORS, "comparable: false}\nurban", "comparable: no}\nurban"),
    "date-day-first": swap(ALDER, "    as_of: 2024\n", "    as_of: 31.12.2023\n"),
    "date-impossible": swap(ALDER, "    as_of: 2024\n", "    as_of: 2024-02-30\n"),
    "date-span-backwards": swap(ALDER, "    as_of: 2024\n", "    as_of: 2024/2023\n"),
    "choice-unknown": swap(BOOKS, "kind: news", "kind: newspaper"),
    "colour-unknown": swap(ALDER, 'light: "#1f6f9f"', "light: blue"),
    "address-without-scheme": swap(BOOKS, "url: https://gazette.example/treaty", "url: gazette.example/treaty"),
    "indicator-without-unit": swap(INDICATORS, "  unit: people\n", ""),
    "age-unreadable": swap(INDICATORS, "  max_age: 5 years\narea", "  max_age: five years\narea"),
    # references
    "ref-source": swap(ALDER, "sources: [almanac-2024]\nneighbours", "sources: [almanac-2023]\nneighbours"),
    "ref-country": swap(ALDER, "neighbours: [birch]", "neighbours: [brich]"),
    "ref-indicator": swap(ALDER, "  charter: {", "  chartr: {"),
    "ref-unit": swap(INDICATORS, "unit: km2", "unit: km3"),
    "ref-status": swap(COUNCIL, "status: former", "status: formr"),
    "ref-event-kind": swap("events.yml", "kind: summit", "kind: sumit"),
    "ref-organisation": swap(SITE, "organisation: sound-council", "organisation: council"),
    "ref-duplicate-id": write(
        "sources/web.yml", "gazette: {publisher: A, title: B, accessed: 2025-01-01, kind: news}\n"
    ),
    "ref-navigation": swap(SITE, "page: /sources/", "page: /source/"),
    "ref-one-address-twice": swap(BIRCH, "name: Birch", "name: Birch\nslug: alder"),
    # rules of the domain
    "rule-value-of-the-future": swap(ALDER, "    as_of: 2024\n", "    as_of: 2027\n"),
    "rule-leaves-before-joining": swap(COUNCIL, "may_follow: [member]", "may_follow: [signed]"),
    "rule-before-the-founding": swap(COUNCIL, "founded: 1990-05-01", "founded: 1995-05-01"),
    "rule-out-of-order": swap(COUNCIL, "date: 1992-01-10", "date: 2012-01-10"),
    "rule-after-known-to": swap(COUNCIL, "date: 2010-06-30", "date: 2025-01-30"),
    "rule-shares-over-100": swap(ALDER, "{item: Wind, share: 40}", "{item: Wind, share: 50}"),
    "rule-series-differs": swap(ALDER, "2024: 20_592}", "2024: 20_593}"),
    "rule-rank-twice": swap(ALDER, "rank: 2", "rank: 1"),
    "rule-neighbour-one-sided": swap(BIRCH, "neighbours: [alder]", "neighbours: [cedar]"),
    "rule-two-sources-claimed": swap(
        COUNCIL,
        "title: The Council meets for the first time, kind: summit, sources: [gazette], verification: unverified",
        "title: The Council meets for the first time, kind: summit, sources: [gazette], verification: two-sources",
    ),
    # front matter and prose
    "front-matter-missing": write("articles/first.md", "Hello.\n"),
    "front-matter-unclosed": write("articles/first.md", "---\ntitle: A\n"),
    "front-matter-foreign": write("articles/first.md", ARTICLE.format("lastmod: 2024-02-01\n", "Text.")),
    "front-matter-topic": write("articles/first.md", ARTICLE.format("tags: [histori]\n", "Text.")),
    "prose-figure-disagrees": swap(FOUNDING, "[20,592 people]", "[20,600 people]"),
    "prose-figure-unknown": swap(FOUNDING, "(fact:alder.population)", "(fact:alder.populaton)"),
    "prose-source-unknown": swap(FOUNDING, "[@almanac-2024, p. 3]", "[@almanac-2042, p. 3]"),
    "prose-link-broken": swap(FOUNDING, "sound-council.yml#alder-1990-05-01", "sound-council.yml#alder-1990-05-02"),
    "prose-raw-html": swap(FOUNDING, "in 1990;", "<b>in 1990</b>;"),
    "prose-script-link": swap(
        FOUNDING, "(../organisations/sound-council.yml#birch-2010-06-30)", "(javascript:alert(1))"
    ),
    "prose-relative-time": swap(FOUNDING, "sat on the Council", "currently sit on the Council"),
    "prose-unclosed-fence": swap(FOUNDING, "organisation: sound-council\n```", "organisation: sound-council\n"),
    "prose-note-undefined": swap(FOUNDING, "Council.[^1]", "Council.[^2]"),
    "prose-block-field": swap(FOUNDING, "indicators: [population]", "indicatrs: [population]"),
    "prose-heading-of-the-first-level": swap(FOUNDING, "## Who stayed", "# Who stayed"),
    "prose-heading-too-deep": swap(FOUNDING, "## Who stayed", "#### Who stayed"),
    "prose-citation-without-an-at": swap(FOUNDING, "[@almanac-2024, p. 3]", "[@gazette; almanac-2024]"),
    "prose-link-with-a-blank": swap(
        FOUNDING, "(../organisations/sound-council.yml#birch", "(../organisations/sound council.yml#birch"
    ),
    "prose-root-link": swap(
        FOUNDING, "(../organisations/sound-council.yml#birch-2010-06-30)", "(/organisations/sound-council/)"
    ),
    "prose-figure-empty": swap(FOUNDING, "[20,592 people]", "[]"),
    "prose-block-name": swap(FOUNDING, "```compare", "```compair"),
    "prose-emphasis-open": swap(FOUNDING, "isles sat on the Council", "isles sat on the **Council"),
    "prose-event-date-differs": swap(FOUNDING, "[30 June 2010]", "[30 June 2011]"),
    "front-matter-date-missing": write("articles/first.md", "---\ntitle: A\ndescription: B.\n---\n\nText.\n"),
    "front-matter-choice-blank": swap(BOOKS, "kind: news", "kind:"),
    "two-mistakes-in-one-record": swap(
        ALDER,
        "value: 20_592\n    as_of: 2024\n    sources: [almanac-2024]",
        "value: many\n    as_of: 2024\n    sources: [almanac-2042]",
    ),
    "rule-source-from-the-future": swap(
        BOOKS, "accessed: 2025-01-10\n  kind: news", "accessed: 2052-01-10\n  kind: news"
    ),
    # templates and styles
    "template-misspelt-block": template("pages/sources.html", "{% block main %}", "{% block mian %}"),
    "template-missing-parent": template("pages/sources.html", '"base.html"', '"bse.html"'),
    "template-undefined-name": template("pages/sources.html", "{{ page.description }}", "{{ page.descripton }}"),
    "template-output-outside-a-block": template("pages/sources.html", "{% block main %}", "Hello\n{% block main %}"),
    "template-style-attribute": template("pages/sources.html", "<h1>Sources", '<h1 style="color: red">Sources'),
    "template-syntax": template("pages/sources.html", "{% endblock %}", "{% endblok %}"),
    "template-filter": template("pages/sources.html", "{{ group.heading }}", "{{ group.heading | titel }}"),
    "template-image-without-text": template("pages/sources.html", "<h1>Sources", '<img src="x.png"><h1>Sources'),
    "style-missing-file": lambda root: (
        (root / "static/css/99-x.css").write_text("a { src: url(../x.woff2); }\n") and None
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the fixture region with its good site."""
    root = tmp_path_factory.mktemp("built")
    copy_isles(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build", "--as-of", "2025-06-01", "-q"]) == 0
    return root


@pytest.mark.golden
@pytest.mark.parametrize("name", CASES)
def test_an_editor_is_told_where_what_and_how_to_mend_it(
    name: str,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    rewrite_golden: bool,
) -> None:
    root = tmp_path / "project"
    shutil.copytree(built, root)
    CASES[name](root)
    before = tree(root / "site")
    monkeypatch.chdir(root)
    code = main(["build", "--as-of", "2025-06-01"])
    told = capsys.readouterr().err
    assert code == 1
    assert "Traceback" not in told
    assert tree(root / "site") == before
    golden = GOLDEN / f"{name}.txt"
    if rewrite_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_every_golden_text_belongs_to_a_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CASES)
