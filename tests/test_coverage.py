"""Content holds what the dossier of research holds: the committed list of coverage, and the tool that makes it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from explainer.content import Content
from explainer.problems import Report
from explainer.read import read_content
from tools import coverage
from tools.dossier.excuses import judge, read_excuses
from tools.dossier.places import holds
from tools.dossier.table import Row, normal, read_table, write_table

FIVE = ["kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"]


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(coverage.ROOT / "content", "content", Report())


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_table(coverage.DOCUMENT.read_text(encoding="utf-8"))


# The committed list, without the dossier


def test_every_listed_item_still_stands_in_content_as_the_list_says(content: Content, rows: list[Row]) -> None:
    gone = [row for row in rows if row.address and not holds(content, row.address, row.shown)]
    assert gone == [], "content changed: correct it, or run `python -m tools.coverage --dossier DIR`"


def test_every_listed_item_stands_somewhere_or_has_a_reason(rows: list[Row]) -> None:
    assert [row.id for row in rows if not row.address and not row.excuse and "time_series" not in row.id] == []
    assert not any("NOT EXCUSED" in row.excuse for row in rows)


def test_the_list_names_each_item_once_and_none_is_lost(rows: list[Row]) -> None:
    assert [identifier for identifier, times in Counter(row.id for row in rows).items() if times > 1] == []
    parts = Counter(row.id.partition(":")[0] for row in rows)
    assert (parts["claims"], parts["sources"]) == (78 + 16, 222)
    assert len(rows) >= 900


def test_every_excuse_belongs_to_an_item_of_the_list(rows: list[Row]) -> None:
    reasons = {row.id: row.excuse for row in rows}
    for identifier, parts in read_excuses(coverage.EXCUSES).items():
        for part, reason in parts.items():
            assert f"*{part}*: {normal(reason)}" in reasons[identifier].replace("\\|", "|")


def test_every_claim_and_defect_of_the_source_article_is_listed(content: Content, rows: list[Row]) -> None:
    (article,) = content.source_articles.values()
    listed = {row.address for row in rows if row.id.startswith("claims:")}
    assert listed == {f"claims#{key}" for key in (*article.claims, *article.defects)}


def test_the_content_has_the_breadth_it_was_asked_for(content: Content) -> None:
    (article,) = content.source_articles.values()
    assert list(article.claims) == [f"c{number:02d}" for number in range(1, 79)]
    assert list(article.defects) == [f"d{number}" for number in range(1, 17)]
    assert set(content.organisations) == {"cis", "csto", "eaeu", "osce", "ots", "sco", "un", "wto"}
    assert len(content.sources) >= 150
    assert {key: len(content.countries[key].facts) >= 40 for key in FIVE} == dict.fromkeys(FIVE, True)
    for key in FIVE:
        series = content.countries[key].series_of("population")
        assert series is not None and sorted(series.values) == list(range(1991, 2025))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("kazakhstan.area", "2724901 (2026-01-22)"),
        ("kazakhstan.area", "2724900 (2027-01-22)"),
        ("kazakhstan.arae", "2724900 (2026-01-22)"),
        ("kazakhstan.population!1", "20432663 (2025)"),
        ("kazakhstan.population@1990", "17278600"),
        ("kazakhstan.population@*", "2 years, 1991: 17278600, 1992: 17332626, sum 34611226"),
        ("kazakhstan.trade-share-china:note", "21.8 billion dollars"),
        ("cis#moldova-nothing", "2026-03-20, two-sources: Votes"),
        ("cis:status.moldova", "member on 2026-03-20"),
        ("sources#no-such-source", "CIA: Factbook"),
        ("claims#c99", "fact, confirmed, author"),
    ],
)
def test_a_list_that_content_does_not_bear_out_is_found_out(content: Content, address: str, shown: str) -> None:
    assert not holds(content, address, shown)


def test_a_fact_brought_up_to_date_and_a_series_that_grew_are_no_loss(content: Content) -> None:
    assert holds(content, "kazakhstan.population", "20330104 (2023)")
    assert holds(content, "kazakhstan.population!1", "20592571 (2024)")
    assert holds(content, "kazakhstan.population@*", "2 years, 1991: 17278600, 1992: 17332625, sum 34611225")


# The tool, on a dossier small enough to show whole

SHEET = """\
names:
  english: {value: {official: Republic of Kazakhstan, short: Kazakhstan}}
  native: [{lang_code: kk, short: Қазақстан, official: Қазақстан Республикасы}]
codes: {value: {alpha2: KZ, alpha3: KAZ, numeric: '398', tld: .kz}, as_of: '2026', sources: [country_codes]}
area:
  total: {value: 2724900, as_of: edition 2026-01-22, sources: [factbook, world_countries]}
religions: {items: [{name: Muslim, share_pct: 69.3}, {name: Christian, share_pct: 17.2},
  {name: Buddhist, share_pct: 0.1}, {name: other, share_pct: 0.1}, {name: non-believers, share_pct: 2.3},
  {name: unspecified, share_pct: 11}], as_of: '2021', sources: [factbook]}
memberships:
- {organisation: OSCE (CSCE), status: participating State, date: 1992-01, sources: [osce_timeline]}
time_series:
  population: {sources: [wb_pop], values: {POPULATION}}
  gdp_nominal: {sources: [wb_gdp], values: {GDP}}
  partner_shares:
    sources: [factbook_hist]
    values: []
"""
CIS = """\
states:
  GEO:
    status: former_member
    status_as_of: '2009-08-18'
    events:
    - {date: '2008-08-18', kind: notice, event: Note to the CIS, sources: [todayaz_2009], verification: two_sources}
cis_events: []
regional_events:
- {date: '2026-08-23', kind: planned_election, event: Election, sources: [timesca_2026_07_01], verification: unverified}
"""
TRADE = """\
china_customs: {rows: [{year: '2023', KAZ: 41.0, region: 89.4, sources: [eurasianet_trade_2024]}]}
national_statistics: {rows: [{country: TJK, period: '2023', russia_pct: 20.6, sources: [tass_tjk_2024_01]}]}
russia_with_region: {rows: [], kazakhstan: []}
"""
CLAIMS = """\
## 1. The week

| # | Claim | Who | Date | Kind | Where | Check |
|---|---|---|---|---|---|---|
| 5 | He is there on Thursday | author | 2023-11-09 | F | kaz | ok `kyivindep_2023` `rtl_2023` |

- **D3 Base closure.** The base closed later (`rferl_manas_2014`).
"""
SOURCES = """\
sources:
- {id: wb_pop, publisher: P, title: T, url: null, date: undated, lang: en, kind: reference}
"""


@pytest.fixture
def dossier(tmp_path: Path, content: Content) -> Path:
    kazakhstan = content.countries["kazakhstan"]

    def years(indicator: str) -> str:
        series = kazakhstan.series_of(indicator)
        assert series is not None
        return "{" + ", ".join(f"'{year}': {value}" for year, value in series.values.items()) + "}"

    sheet = SHEET.replace("{POPULATION}", years("population")).replace("{GDP}", years("gdp-nominal"))
    (tmp_path / "countries").mkdir()
    for name, text in {
        "countries/kaz.yml": sheet,
        "cis-membership.yml": CIS,
        "trade-china-russia.yml": TRADE,
        "source-article-claims.md": CLAIMS,
        "sources.yml": SOURCES,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def faults(content: Content, dossier: Path) -> list[str]:
    # Kazakhstan's series of partners' shares are in content only: the small dossier has none.
    matches = [match for match in coverage.compare(content, dossier) if "time_series.exports" not in match.id]
    return judge([match for match in matches if "time_series.imports" not in match.id], {})


def test_a_dossier_that_content_bears_out_has_no_fault(content: Content, dossier: Path) -> None:
    assert faults(content, dossier) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("countries/kaz.yml", "value: 2724900", "value: 2724901", "kaz:area.total: value: 2724901"),
        ("countries/kaz.yml", "edition 2026-01-22", "edition 2025-01-22", "kaz:area.total: as_of: 2025-01-22 against"),
        ("countries/kaz.yml", "world_countries", "wb_pop", "kaz:area.total: sources: not named: wb-pop"),
        ("countries/kaz.yml", "share_pct: 11", "share_pct: 12", "only in the dossier: unspecified 12; only in content"),
        ("countries/kaz.yml", "'1991': 17278600", "'1991': 17278601", "kaz:time_series.population: value: 1991"),
        ("countries/kaz.yml", "'1991': 17278600, ", "", "kaz:time_series.population: value: 1991: None against"),
        (
            "countries/kaz.yml",
            "date: 1992-01",
            "date: '1992-01-30'",
            "kaz:memberships.osce: missing: osce has no entry",
        ),
        ("countries/kaz.yml", "numeric: '398'", "numeric: '399'", "kaz:codes: value: 'KZ KAZ 399' against"),
        ("countries/kaz.yml", "area:\n", "coast:\n", "kaz:coast.total: missing: no indicator is known"),
        ("cis-membership.yml", "former_member", "member", "cis:status.GEO: value: member against former"),
        ("cis-membership.yml", "'2008-08-18'", "'2008-08-20'", "cis:GEO.2008-08-20: missing: no entry of 2008-08-20"),
        ("cis-membership.yml", "two_sources", "primary", "cis:GEO.2008-08-18: verification: primary against"),
        ("cis-membership.yml", "planned_election", "election", "regional-events.2026-08-23: planned"),
        ("trade-china-russia.yml", "41.0", "41.1", "trade:china-customs.2023.KAZ: missing: no figure"),
        ("trade-china-russia.yml", "20.6", "20.7", "trade:tjk.2023.russia_pct: missing: no figure"),
        ("trade-china-russia.yml", "89.4", "89.5", "trade:china-customs.2023.region: missing: neither a claim"),
        ("source-article-claims.md", "| ok ", "| wrong ", "claims:5: verdict: 'wrong"),
        ("source-article-claims.md", "| F |", "| O |", "claims:5: kind: O against fact"),
        ("source-article-claims.md", "| 5 |", "| 79 |", "claims:79: missing"),
        ("source-article-claims.md", "`rferl_manas_2014`", "`wb_pop`", "claims:D3: sources: not named: wb-pop"),
        ("sources.yml", "id: wb_pop", "id: wb_popp", "sources:wb_popp: missing"),
        ("sources.yml", "kind: reference", "kind: news", "sources:wb_pop: kind: news against reference"),
    ],
)
def test_each_difference_is_told(content: Content, dossier: Path, file: str, old: str, new: str, expected: str) -> None:
    path = dossier / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = faults(content, dossier)
    assert any(expected in line for line in told), told


def test_a_difference_without_a_reason_and_a_reason_without_a_difference_stop_the_comparison(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    excuses = tmp_path / "excuses.yml"
    shares = "".join(
        f"kaz:time_series.{flow}.{partner}: {{value: The small dossier has none.}}\n"
        for flow in ("exports", "imports")
        for partner in ("china", "russia")
    )
    command = ["--dossier", str(dossier), "--excuses", str(excuses), "--check"]

    excuses.write_text(shares, encoding="utf-8")
    assert coverage.main(command) == 0

    excuses.write_text("", encoding="utf-8")
    assert coverage.main(command) == 1
    assert "kaz:time_series.exports.china: value: " in capsys.readouterr().err

    excuses.write_text(shares + "kaz:area.total: {value: Why not.}\n", encoding="utf-8")
    assert coverage.main(command) == 1
    assert "kaz:area.total: value: this excuse excuses nothing" in capsys.readouterr().err

    excuses.write_text(shares + "kaz:area.totl: {missing: Why not.}\n", encoding="utf-8")
    assert coverage.main(command) == 1

    excuses.write_text("kaz:area.total: no\n", encoding="utf-8")
    assert coverage.main(command) == 2
    assert coverage.main(["--dossier", str(tmp_path / "nowhere"), "--check"]) == 2


def test_the_list_is_read_back_as_it_was_written(content: Content, dossier: Path) -> None:
    matches = coverage.compare(content, dossier)
    rows = read_table(write_table(matches, {}))
    assert [row.id for row in rows] == sorted((match.id for match in matches), key=[row.id for row in rows].index)
    assert len(rows) == len(matches)
    assert {row.id: row.shown for row in rows} == {match.id: normal(match.shown) for match in matches}
