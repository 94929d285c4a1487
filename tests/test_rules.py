"""What the domain forbids is told where it was written, once, with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from explainer.codes import CODES
from explainer.link import link_site
from explainer.problems import Problem, Report
from explainer.read import read_content
from explainer.rules.registry import check_site

# A whole project without a fault: one country, one organisation, one event, one article. Tests replace a file of it.
PROJECT = {
    "site.yml": """\
title: Test
description: A test.
licence: {name: CC0, url: "https://example.org/licence"}
region: {name: Here, countries: [north]}
fact_groups: {all: All}
key_indicators: [population]
event_kinds: {act: Act}
""",
    "units.yml": """\
person: {symbol: p, one: person, many: people}
km: {symbol: km, one: kilometre, many: kilometres}
""",
    "indicators.yml": """\
population: {label: P, group: all, kind: number, unit: person, definition: D, max_age: 3 years, minimum: 0}
growth: {label: G, group: all, kind: percent, definition: D, minimum: -50, maximum: 50}
leader: {label: L, group: all, kind: person, definition: D}
motto: {label: M, group: all, kind: text, definition: D, max_age: 6 months}
languages: {label: La, group: all, kind: list, definition: D}
borders: {label: B, group: all, kind: list, mutual: true, unit: km, definition: D, minimum: 1}
groups: {label: Gr, group: all, kind: shares, definition: D}
""",
    "sources/all.yml": """\
census: {publisher: Office, title: Census, url: "https://example.org/census", accessed: 2026-01-10, kind: primary}
press: {publisher: Paper, title: News, published: 2025-03-01, accessed: 2026-01-10, kind: news}
""",
    "countries/north.yml": """\
name: North
codes: {alpha2: NO, alpha3: NOR, numeric: "578"}
sources: [census]
facts:
  population: {value: 100, as_of: 2025, sources: [census, press]}
""",
    "organisations/club.yml": """\
name: Club of Countries
short: Club
summary: A club.
founded: 1990-05-01
sources: [census]
known_to: 2026-01-10
start: {before: Not yet, never: Never, description: D}
statuses:
  signed: {label: S, description: D, counts_as: none, drawn: dotted, may_follow: [start]}
  member: {label: M, description: D, counts_as: member, drawn: solid, may_follow: [signed]}
parties:
  north:
    - {date: 1990-05-01, status: signed, title: Signs, kind: act, sources: [census], verification: primary}
    - {date: 1991, status: member, title: Joins, kind: act, sources: [census], verification: primary}
""",
    "events.yml": """\
visit: {date: 2001-02-03, title: A visit, kind: act, sources: [press], verification: one-source}
""",
    "articles/intro.md": """\
---
title: Introduction
description: What it is about.
date: 2025-01-01
---
Text.
""",
}

NORTH = """\
name: North
codes: {alpha2: NO, alpha3: NOR, numeric: "578"}
sources: [census]
facts:
"""
SOUTH = """\
name: South
codes: {alpha2: SO, alpha3: SOU, numeric: "579"}
sources: [press]
facts:
"""
CLUB = PROJECT["organisations/club.yml"]
STATUSES, PARTIES = CLUB.split("parties:\n")
ACT = "title: T, kind: act, sources: [census], verification: primary"


def problems(folder: Path, files: dict[str, str], *, as_of: str = "2026-02-01") -> list[Problem]:
    """Write the project with some files replaced, and return what the rules say of it."""
    for path, text in (PROJECT | files).items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_text(text, encoding="utf-8")
    report = Report()
    site = link_site(read_content(folder / "content", "content", report), report)
    assert site is not None
    before = len(report.problems)
    check_site(site, date.fromisoformat(as_of), report)
    return sorted(report.problems[before:], key=lambda problem: problem.sort_key)


def told(folder: Path, files: dict[str, str], *, as_of: str = "2026-02-01") -> list[str]:
    """Return the first line of each problem: its place, code and sentence."""
    return [str(problem).split("\n")[0] for problem in problems(folder, files, as_of=as_of)]


def facts(text: str) -> dict[str, str]:
    """Return the country of the project with other facts, which begin on line 5."""
    return {"countries/north.yml": NORTH + text}


def club(entries: str, *, statuses: str = STATUSES) -> dict[str, str]:
    """Return the organisation of the project with other entries for its one party, which begin on line 13."""
    return {"organisations/club.yml": f"{statuses}parties:\n  north:\n{entries}"}


def test_a_project_without_a_fault_is_not_told_anything(tmp_path: Path) -> None:
    assert told(tmp_path, {}) == []


def test_every_rule_has_its_code_explained() -> None:
    rules = Path(__file__).parent.parent / "explainer" / "rules"
    used = {word for path in rules.glob("*.py") for word in path.read_text("utf-8").split('"') if word[:1] == "D"}
    used = {word for word in used if word[1:].isdigit()}

    assert used and used == {code for code in CODES if code in used}


# Dates of facts


def test_a_value_cannot_hold_for_a_day_that_has_not_come(tmp_path: Path) -> None:
    population = "  population: {value: 100, as_of: 2027, sources: [census, press]}\n"

    assert told(tmp_path, facts(population), as_of="2026-02-01") == [
        "content/countries/north.yml:5:35: error D001: "
        '"population" is as of 2027, after the day of this build, 2026-02-01'
    ]
    assert told(tmp_path, facts(population.replace("2027", "2026")), as_of="2026-02-01") == []


def test_a_span_that_ends_in_the_future_lies_ahead_and_one_that_ends_this_year_may_not(tmp_path: Path) -> None:
    ahead = "  population: {value: 100, as_of: 2025-07/2026-06, sources: [census, press]}\n"
    perhaps = "  population: {value: 100, as_of: 2025-07/2026, sources: [census, press]}\n"

    assert [problem.code for problem in problems(tmp_path, facts(ahead))] == ["D001"]
    assert told(tmp_path, facts(perhaps)) == []


def test_an_alternative_cannot_hold_for_a_day_that_has_not_come(tmp_path: Path) -> None:
    population = """\
  population:
    value: 100
    as_of: 2025
    sources: [census]
    alternatives:
      - {value: 90, as_of: before 2020, sources: [press], rank: 2, reason: Older.}
      - {value: 80, as_of: 2026-03, sources: [press], rank: 3, reason: Later.}
"""
    assert "content/countries/north.yml:11:28: error D001" in told(tmp_path, facts(population))[0]


def test_a_series_has_no_value_of_a_year_that_has_not_begun(tmp_path: Path) -> None:
    sheet = f"""\
{PROJECT["countries/north.yml"]}\
series:
  population:
    sources: [press]
    values: {{2024: 98, 2026: 101, 2027: 102}}
"""
    assert told(tmp_path, {"countries/north.yml": sheet}) == [
        "content/countries/north.yml:9:13: error D001: "
        'the series of "population" has values for 2027, after the day of this build, 2026-02-01'
    ]


def test_a_value_older_than_its_indicator_allows_is_reported_from_the_first_day_on(tmp_path: Path) -> None:
    population = facts("  population: {value: 100, as_of: 2023-01-31, sources: [census, press]}\n")

    assert told(tmp_path, population, as_of="2026-01-31") == []
    assert told(tmp_path, population, as_of="2026-02-01") == [
        "content/countries/north.yml:5:35: warning D002: "
        '"population" is as of 2023-01-31 and out of date since 2026-02-01: its indicator allows 3 years'
    ]


def test_an_age_is_told_in_the_words_of_the_indicator(tmp_path: Path) -> None:
    motto = facts("  motto: {value: Onward, as_of: 2024-06, sources: [census, press]}\n")

    assert told(tmp_path, motto)[0].endswith("out of date since 2024-12-31: its indicator allows 6 months")
    days = {"indicators.yml": PROJECT["indicators.yml"].replace("6 months", "10 days")}
    assert told(tmp_path, motto | days)[0].endswith("out of date since 2024-07-11: its indicator allows 10 days")


def test_a_waived_value_is_silent_until_its_waiver_ends(tmp_path: Path) -> None:
    population = facts("""\
  population:
    value: 100
    as_of: 2015
    sources: [census, press]
    waive: {reason: No census since., until: 2026-06-30}
""")
    assert told(tmp_path, population, as_of="2026-06-30") == []

    [problem] = problems(tmp_path, population, as_of="2026-07-01")
    assert (str(problem.place), problem.code, problem.severity) == (
        "content/countries/north.yml:7:12",
        "D002",
        "warning",
    )
    assert problem.message.endswith("its indicator allows 3 years (its waiver ended on 2026-06-30)")
    assert problem.fix == "look for a newer value, or renew the waiver with its reason and a new day"


@pytest.mark.parametrize("until", ["2026-06-30", "2024-06-30"])
def test_a_waiver_that_covers_nothing_is_reported(tmp_path: Path, until: str) -> None:
    population = facts(f"""\
  population:
    value: 100
    as_of: 2025
    sources: [census, press]
    waive: {{reason: No census since., until: {until}}}
""")
    assert told(tmp_path, population) == [
        "content/countries/north.yml:9:12: warning D003: "
        "this waiver covers nothing: there is no problem here that it could accept"
    ]


def test_the_date_of_an_edition_or_publication_is_one_date(tmp_path: Path) -> None:
    population = facts(
        "  population: {value: 1, as_of: 2024/2025, as_of_kind: edition, sources: [census, press]}\n"
        "  motto: {value: Onward, as_of: before 2026, as_of_kind: published, sources: [press]}\n"
    )

    assert told(tmp_path, population) == [
        'content/countries/north.yml:5:33: error D007: "population" is as of "2024/2025", '
        "which cannot be the date of an edition",
        'content/countries/north.yml:6:33: error D007: "motto" is as of "before 2026", '
        "which cannot be the date of a publication",
    ]


def test_the_date_of_publication_is_that_of_a_source(tmp_path: Path) -> None:
    text = "  population: {{value: 1, as_of: {}, as_of_kind: published, sources: [census, press]}}\n"

    assert told(tmp_path, facts(text.format("2025"))) == []
    assert told(tmp_path, facts(text.format("2025-03"))) == []
    assert told(tmp_path, facts(text.format("2025-04"))) == [
        'content/countries/north.yml:5:33: error D007: "population" is as of its publication, 2025-04, '
        "but its sources appeared: 2025-03-01"
    ]
    unknown = facts("  population: {value: 1, as_of: 2025-04, as_of_kind: published, sources: [census]}\n")
    assert told(tmp_path, unknown | {"events.yml": PROJECT["events.yml"]}) == []


def test_a_value_cannot_be_newer_than_the_last_look_at_its_sources(tmp_path: Path) -> None:
    text = "  population: {{value: 1, as_of: {}, sources: [census, press]}}\n"

    assert told(tmp_path, facts(text.format("2026-01-10"))) == []
    assert told(tmp_path, facts(text.format("2026-01-10")), as_of="2026-01-10") == []
    assert told(tmp_path, facts(text.format("2026"))) == []
    assert [problem.code for problem in problems(tmp_path, facts(text.format("2026-02-01")))] == ["D015"]
    assert told(tmp_path, facts(text.format("2026-01-11"))) == [
        'content/countries/north.yml:5:33: error D015: "population" is as of 2026-01-11, '
        "but its sources were last accessed on 2026-01-10"
    ]


def test_nobody_holds_an_office_before_the_term_began(tmp_path: Path) -> None:
    text = "  leader: {{value: {{name: N. N., office: Head, since: {}}}, as_of: 2025-06, sources: [census, press]}}\n"

    assert told(tmp_path, facts(text.format("2025"))) == []
    assert told(tmp_path, facts(text.format("2025-06-30"))) == []
    assert told(tmp_path, facts(text.format("2025-07"))) == [
        "content/countries/north.yml:5:54: error D014: N. N. holds the office since 2025-07, "
        'but "leader" is as of 2025-06'
    ]


# Values of facts


def test_a_number_lies_within_the_bounds_of_its_indicator(tmp_path: Path) -> None:
    growth = """\
  population: {value: -1, as_of: 2025, sources: [census, press]}
  growth: {value: {low: 49, high: 50.1}, as_of: 2025, sources: [census]}
  borders: {value: [{item: South, amount: 0.5}], as_of: 2025, sources: [census]}
"""
    assert told(tmp_path, facts(growth)) == [
        'content/countries/north.yml:5:23: error D008: "population" is -1, below the minimum of 0',
        'content/countries/north.yml:6:35: error D008: "growth" is 50.1, above the maximum of 50',
        'content/countries/north.yml:7:43: error D008: "borders" is 0.5, below the minimum of 1',
    ]


def test_a_bound_itself_and_a_list_without_amounts_lie_within_the_bounds(tmp_path: Path) -> None:
    text = """\
  population: {value: 0, as_of: 2025, sources: [census, press]}
  growth: {value: {low: -50, high: 50}, as_of: 2025, sources: [census]}
  borders: {value: [{item: South, amount: 1}, {item: West}], as_of: 2025, sources: [census]}
"""
    assert told(tmp_path, facts(text)) == []


def test_an_indicator_may_have_one_bound_only(tmp_path: Path) -> None:
    indicators = PROJECT["indicators.yml"].replace("minimum: -50, maximum: 50", "maximum: 50")
    growth = "  growth: {value: 51, as_of: 2025, sources: [census, press]}\n"

    assert told(tmp_path, facts(growth) | {"indicators.yml": indicators}) == [
        'content/countries/north.yml:5:19: error D008: "growth" is 51, above the maximum of 50'
    ]


def test_the_values_of_a_series_lie_within_the_bounds_of_its_indicator(tmp_path: Path) -> None:
    sheet = f"""\
{PROJECT["countries/north.yml"]}\
series:
  growth: {{sources: [press], values: {{2023: 50, 2024: 51}}}}
"""
    assert told(tmp_path, {"countries/north.yml": sheet}) == [
        'content/countries/north.yml:7:38: error D008: the series of "growth" has 51 for 2024, above the maximum of 50'
    ]


def test_bounds_of_an_indicator_that_no_value_could_fit_are_reported(tmp_path: Path) -> None:
    indicators = PROJECT["indicators.yml"].replace("minimum: -50, maximum: 50", "minimum: 50, maximum: -50")

    assert told(tmp_path, {"indicators.yml": indicators}) == [
        'content/indicators.yml:2:71: error D016: indicator "growth" has the minimum 50 above its maximum -50'
    ]


def test_the_bounds_of_an_indicator_may_be_equal(tmp_path: Path) -> None:
    indicators = PROJECT["indicators.yml"].replace("minimum: -50, maximum: 50", "minimum: 50, maximum: 50")

    assert told(tmp_path, {"indicators.yml": indicators}) == []


def test_shares_of_one_whole_add_up_to_no_more_than_it_but_for_rounding(tmp_path: Path) -> None:
    text = """\
  population: {{value: 1, as_of: 2025, sources: [census, press]}}
  groups:
    as_of: 2025
    sources: [census]
    value: [{{item: A, share: 60.2}}, {{item: B, share: {}}}]
"""
    assert told(tmp_path, facts(text.format("40.3"))) == []
    assert told(tmp_path, facts(text.format("40.4"))) == [
        'content/countries/north.yml:9:13: error D009: the shares of "groups" add up to 100.6 %, more than the whole'
    ]
    assert told(tmp_path, facts(text.format("-40"))) == [
        'content/countries/north.yml:9:54: error D009: "B" has a share of -40 %, outside 0 to 100'
    ]
    assert told(tmp_path, facts(text.format("101"))) == [
        'content/countries/north.yml:9:54: error D009: "B" has a share of 101 %, outside 0 to 100'
    ]


def test_a_share_may_be_nothing_or_the_whole(tmp_path: Path) -> None:
    shares = "[{{item: A, share: 100}}, {{item: B, share: {}}}]"
    text = f"  groups: {{{{value: {shares}, as_of: 2025, sources: [census, press]}}}}\n"

    assert told(tmp_path, facts(text.format("0"))) == []
    assert told(tmp_path, facts(text.format("0.6"))) == [
        'content/countries/north.yml:5:20: error D009: the shares of "groups" add up to 100.6 %, more than the whole'
    ]


def test_the_shares_of_a_list_may_overlap(tmp_path: Path) -> None:
    languages = (
        "  languages: {value: [{item: A, share: 90}, {item: B, share: 80}], as_of: 2025, sources: [census, press]}\n"
    )

    assert told(tmp_path, facts(languages)) == []


def test_no_item_stands_twice_in_one_list(tmp_path: Path) -> None:
    text = """\
  languages: {value: [{item: Northern}, {item: Old}, {item: northern}], as_of: 2025, sources: [census]}
  groups:
    as_of: 2025
    sources: [census]
    value: [{item: A, share: 60}]
    alternatives:
      - as_of: 2025
        sources: [press]
        rank: 2
        reason: Counted differently.
        value:
          - {item: B, share: 20}
          - {item: B, share: 30}
"""
    assert told(tmp_path, facts(text)) == [
        'content/countries/north.yml:5:61: error D010: "northern" stands twice in "languages", first on line 5',
        'content/countries/north.yml:17:20: error D010: "B" stands twice in "groups", first on line 16',
    ]


def test_only_a_fact_without_a_value_has_a_reason(tmp_path: Path) -> None:
    population = "  population: {value: 1, as_of: 2025, sources: [census, press], reason: Because.}\n"

    [problem] = problems(tmp_path, facts(population))
    assert str(problem.place) == "content/countries/north.yml:5:73"
    assert (problem.code, problem.fix) == ("D006", "call it `note`")


def test_a_fact_without_a_value_has_no_alternatives(tmp_path: Path) -> None:
    text = """\
  population:
    value: null
    as_of: 2025
    sources: [census]
    reason: Never counted.
"""
    alternatives = """\
    alternatives:
      - {value: 90, as_of: 2025, sources: [press], rank: 2, reason: A guess.}
"""
    assert told(tmp_path, facts(text)) == []
    assert told(tmp_path, facts(text + alternatives)) == [
        'content/countries/north.yml:11:7: error D006: "population" has no value, but alternatives to it'
    ]


@pytest.mark.parametrize(
    ("ranks", "line", "wrong", "right"),
    [((1, 2), 10, 1, 2), ((3, 4), 10, 3, 2), ((2, 2), 11, 2, 3), ((2, 4), 11, 4, 3), ((3, 2), 10, 3, 2)],
)
def test_alternatives_stand_in_the_order_of_their_ranks(
    tmp_path: Path, ranks: tuple[int, int], line: int, wrong: int, right: int
) -> None:
    text = f"""\
  population:
    value: 100
    as_of: 2025
    sources: [census]
    alternatives:
      - {{value: 90, as_of: 2025, sources: [press], reason: Older., rank: {ranks[0]}}}
      - {{value: 80, as_of: 2025, sources: [press], reason: Older., rank: {ranks[1]}}}
"""
    [problem] = problems(tmp_path, facts(text))
    assert (problem.code, problem.place.line, problem.place.column) == ("D004", line, 74)
    assert problem.message == f'alternative {line - 9} of "population" has rank {wrong}'
    assert problem.fix.startswith(f"write rank: {right}: ")


def test_an_alternative_says_something_else_than_the_value(tmp_path: Path) -> None:
    text = """\
  leader:
    value: {name: N. N., office: Head, since: 2020}
    as_of: 2025
    sources: [census]
    alternatives:
      - {value: {name: N. N., office: Head, since: 2020-01}, as_of: 2025, sources: [press], rank: 2, reason: Exact.}
      - {value: {name: N. N., office: Head, since: 2020}, as_of: 2024, sources: [press], rank: 3, reason: Older.}
      - {value: {name: N. N., office: Head, since: 2020}, as_of: 2025, sources: [press], rank: 4, reason: Same.}
"""
    assert told(tmp_path, facts(text)) == [
        "content/countries/north.yml:12:9: error D005: "
        'this alternative says of "leader" what stands above it already, for 2025'
    ]


def test_numbers_that_differ_in_written_decimals_only_say_the_same(tmp_path: Path) -> None:
    text = """\
  population:
    value: 100
    as_of: 2025
    sources: [census]
    alternatives:
      - {value: 100.0, as_of: 2025, sources: [press], rank: 2, reason: Exact.}
"""
    assert [problem.code for problem in problems(tmp_path, facts(text))] == ["D005"]


# Series


SERIES = """\
series:
  population: {sources: [census], values: {2023: 98, 2024: 99.5}}
"""


@pytest.mark.parametrize(
    "fact",
    [
        "{value: 99.5, as_of: 2024, sources: [census, press]}",
        "{value: 99.50, as_of: 2024, sources: [census, press]}",
        "{value: {low: 99.5, high: 100}, as_of: 2024, sources: [census, press]}",
        "{value: {low: 99, high: 99.5}, as_of: 2024, sources: [census, press]}",
        "{value: 97, as_of: 2024-07, sources: [census, press]}",
        "{value: 97, as_of: 2025, sources: [census, press]}",
        "{value: 97, as_of: 2024, sources: [press]}",
    ],
)
def test_a_fact_may_differ_from_a_series_of_other_years_or_sources(tmp_path: Path, fact: str) -> None:
    assert told(tmp_path, facts(f"  population: {fact}\n{SERIES}")) == []


def test_a_fact_of_the_year_and_source_of_a_series_has_its_value(tmp_path: Path) -> None:
    population = "  population: {value: 97, as_of: 2024, sources: [census, press]}\n"

    assert told(tmp_path, facts(population + SERIES)) == [
        'content/countries/north.yml:5:23: error D011: "population" of 2024 is 97, but its series from the same source '
        "has 99.5 (content/countries/north.yml:7:43)"
    ]


def test_an_alternative_and_a_range_agree_with_the_series_of_their_source_too(tmp_path: Path) -> None:
    text = f"""\
  population:
    value: 97
    as_of: 2024
    sources: [press]
    alternatives:
      - {{as_of: 2024, sources: [census], rank: 2, reason: Lower., value: {{low: 90, high: 95}}}}
{SERIES}"""
    assert told(tmp_path, facts(text)) == [
        'content/countries/north.yml:10:74: error D011: "population" of 2024 is 90 to 95, but its series from the same '
        "source has 99.5 (content/countries/north.yml:12:43)"
    ]


def test_only_numbers_have_a_series(tmp_path: Path) -> None:
    sheet = PROJECT["countries/north.yml"] + "series:\n  motto: {sources: [press], values: {2023: 50}}\n"

    assert told(tmp_path, {"countries/north.yml": sheet}) == [
        "content/countries/north.yml:7:3: error D012: "
        'the series of "motto" is numbers, but the indicator is of kind "text"'
    ]


# Sources


def sources(text: str) -> dict[str, str]:
    """Return the sources of the project with more of them, which begin on line 3."""
    return {"sources/all.yml": PROJECT["sources/all.yml"] + text}


def test_a_source_that_nothing_uses_is_reported_where_it_stands(tmp_path: Path) -> None:
    spare = sources("spare: {publisher: P, title: T, accessed: 2026-01-10, kind: news}\n")

    assert told(tmp_path, spare) == ['content/sources/all.yml:3:1: warning D020: no fact or event uses source "spare"']


@pytest.mark.parametrize("body", ["It is so [@press; @spare, p. 3].", "See [the paper](../sources/all.yml#spare)."])
def test_a_source_that_an_article_mentions_is_used(tmp_path: Path, body: str) -> None:
    spare = sources("spare: {publisher: P, title: T, accessed: 2026-01-10, kind: news}\n")

    assert told(tmp_path, spare | {"articles/intro.md": PROJECT["articles/intro.md"] + body}) == []


def test_a_source_whose_only_user_has_a_typo_is_not_called_unused(tmp_path: Path) -> None:
    event = PROJECT["events.yml"].replace("title", "titel")
    country = facts("  population: {value: 100, as_of: 2025, sources: [census]}\n")

    assert told(tmp_path, country | {"events.yml": event}) == []


def test_a_source_is_looked_at_by_the_day_of_the_build_and_after_it_appeared(tmp_path: Path) -> None:
    spare = sources("""\
spare: {publisher: P, title: T, accessed: 2026-02-02, kind: news}
other: {publisher: P, title: T, published: 2026-01, accessed: 2025-12-31, kind: news}
fine: {publisher: P, title: T, published: 2026-01-31, accessed: 2026-01, kind: news}
""")
    article = {"articles/intro.md": PROJECT["articles/intro.md"] + "[@spare; @other; @fine]"}

    assert told(tmp_path, spare | article, as_of="2026-02-01") == [
        'content/sources/all.yml:3:43: error D021: source "spare" was accessed on 2026-02-02, '
        "after the day of this build, 2026-02-01",
        'content/sources/all.yml:4:44: error D022: source "other" appeared on 2026-01, '
        "after it was accessed on 2025-12-31",
    ]


def test_one_address_under_two_ids_and_a_copy_at_the_address_of_its_original_are_reported(tmp_path: Path) -> None:
    spare = sources("""\
spare:
  publisher: P
  title: T
  url: https://example.org/census/
  accessed: 2026-01-10
  kind: news
other:
  publisher: P
  title: T
  url: https://example.org/other
  archive_url: https://example.org/other
  accessed: 2026-01-10
  kind: news
""")
    article = {"articles/intro.md": PROJECT["articles/intro.md"] + "[@spare; @other]"}

    assert told(tmp_path, spare | article) == [
        'content/sources/all.yml:6:8: warning D023: source "spare" has the address of source "census" '
        "(content/sources/all.yml:1:49)",
        'content/sources/all.yml:13:16: error D024: the copy of source "other" has the address of the original',
    ]


# Standings in organisations


def test_a_status_follows_only_those_that_the_organisation_allows(tmp_path: Path) -> None:
    unused, problem = problems(tmp_path, club(f"    - {{date: 1991, status: member, {ACT}}}\n"))

    assert unused.message == 'no party of Club has or had status "signed"'
    assert str(problem.place) == "content/organisations/club.yml:13:28"
    assert (problem.code, problem.message) == ("D030", 'north cannot become "member" before any status')
    assert problem.fix == '"member" may follow: signed; add the step between, or change `may_follow`'


def test_a_status_cannot_come_back_after_the_one_that_followed_it(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1991, status: signed, {ACT}}}
    - {{date: 1992, status: member, {ACT}}}
    - {{date: 1993, status: signed, {ACT}}}
"""
    assert told(tmp_path, club(entries)) == [
        'content/organisations/club.yml:15:28: error D030: north cannot become "signed" after "member"'
    ]


def test_a_plan_must_fit_the_status_before_it_and_is_no_step_itself(tmp_path: Path) -> None:
    statuses = STATUSES + "  left: {label: L, description: D, counts_as: none, drawn: empty, may_follow: [member]}\n"
    entries = f"""\
    - {{date: 1991, status: signed, {ACT}}}
    - {{date: 2027, status: member, planned: true, {ACT}}}
    - {{date: 2028, status: left, planned: true, {ACT}}}
"""
    assert told(tmp_path, club(entries, statuses=statuses)) == [
        'content/organisations/club.yml:16:28: error D030: north cannot become "left" after "signed"'
    ]


def test_a_status_that_does_not_exist_makes_no_second_complaint(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1991, status: sined, {ACT}}}
    - {{date: 1992, status: member, {ACT}}}
"""
    assert told(tmp_path, club(entries)) == []


def test_entries_stand_in_the_order_of_their_dates_as_far_as_these_tell(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-12-03, status: signed, {ACT}}}
    - {{date: 1990, {ACT}, id: one}}
    - {{date: 1991-06, status: member, {ACT}}}
    - {{date: 1991, {ACT}, id: two}}
    - {{date: 1991-05-31, {ACT}, id: three}}
"""
    assert told(tmp_path, club(entries)) == [
        'content/organisations/club.yml:17:14: error D031: "T" of 1991-05-31 stands after "T" of 1991-06'
    ]


def test_one_misplaced_entry_is_told_once(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-12-03, status: signed, {ACT}}}
    - {{date: 1991-05, status: member, {ACT}}}
    - {{date: 1990-01-01, {ACT}}}
    - {{date: 1992, {ACT}}}
"""
    assert [problem.code for problem in problems(tmp_path, club(entries))] == ["D031"]


def test_a_span_begins_with_its_first_day_but_a_vague_change_may_come_on_its_last(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-12-03, status: signed, {ACT}}}
    - {{date: 1990-11-01/1991-03-01, status: member, {ACT}}}
    - {{date: 1990-11-01/1991-03-01, {ACT}, id: talks}}
"""
    assert told(tmp_path, club(entries)) == [
        'content/organisations/club.yml:15:14: error D031: "T" of 1990-11-01/1991-03-01 stands after "T" of 1990-12-03'
    ]


def test_milestones_stand_in_the_order_of_their_dates_too(tmp_path: Path) -> None:
    milestones = f"milestones:\n  - {{date: 1995, {ACT}}}\n  - {{date: 1994, {ACT}}}\n"

    assert told(tmp_path, {"organisations/club.yml": CLUB + milestones}) == [
        'content/organisations/club.yml:17:12: error D031: "T" of 1994 stands after "T" of 1995'
    ]


def test_a_status_changes_at_most_once_on_a_certain_day(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: {{}}, status: signed, {ACT}, id: one}}
    - {{date: {{}}, status: member, {ACT}, id: two}}
"""
    same = entries.replace("{}", "1991-05-01")

    assert told(tmp_path, club(same)) == [
        "content/organisations/club.yml:14:34: error D032: "
        'north becomes "member" on 1991-05-01, the day on which it became "signed"'
    ]
    assert told(tmp_path, club(entries.replace("{}", "1991-05"))) == []


def test_nobody_joins_before_the_founding(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1989, {ACT}}}
    - {{date: 1990-04-30, status: signed, {ACT}}}
    - {{date: 1990, status: member, {ACT}}}
"""
    assert told(tmp_path, club(entries)) == [
        "content/organisations/club.yml:14:14: error D033: "
        'north becomes "signed" on 1990-04-30, before Club was founded on 1990-05-01'
    ]


def test_nothing_but_plans_is_dated_after_the_end_of_knowledge(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-05-01, status: signed, {ACT}}}
    - {{date: 1991, status: member, {ACT}}}
    - {{date: 2026, {ACT}}}
    - {{date: 2026-01-10, {ACT}, id: last}}
    - {{date: 2026-01-11, {ACT}, id: visit}}
    - {{date: 2026-01-20, planned: true, outcome: {{result: unknown, checked: 2026-02-01}}, {ACT}}}
"""
    [problem] = problems(tmp_path, club(entries))
    assert problems(tmp_path, club(entries.replace("2026-02-01", "2026-01-11")), as_of="2026-01-11") == [problem]
    assert str(problem.place) == "content/organisations/club.yml:17:14"
    assert problem.message == '"T" is dated 2026-01-11, but Club is known only to 2026-01-10'
    assert problem.fix == "set `known_to` to the last day your sources reach, or add `planned: true`"


def test_a_plan_that_took_place_is_known_to_that_day(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-05-01, status: signed, {ACT}}}
    - date: 2026-01-20
      status: member
      planned: true
      outcome: {{result: took-place, checked: 2026-01-21, sources: [press]}}
      {ACT.replace(", ", chr(10) + "      ").replace("sources: [press]", "")}
"""
    [problem] = problems(tmp_path, club(entries))
    assert (problem.code, problem.fix) == ("D034", "set `known_to` to the last day your sources reach")


def test_knowledge_does_not_reach_beyond_the_day_of_the_build(tmp_path: Path) -> None:
    assert told(tmp_path, {}, as_of="2026-01-10") == []
    assert [line for line in told(tmp_path, {}, as_of="2026-01-09") if "D035" in line] == [
        "content/organisations/club.yml:6:11: error D035: "
        "Club is known to 2026-01-10, after the day of this build, 2026-01-09"
    ]


# The vocabulary of an organisation


def test_a_status_that_nobody_had_is_reported(tmp_path: Path) -> None:
    statuses = STATUSES + "  left: {label: L, description: D, counts_as: none, drawn: empty, may_follow: [member]}\n"

    assert told(tmp_path, {"organisations/club.yml": statuses + "parties:\n" + PARTIES}) == [
        'content/organisations/club.yml:11:9: warning D037: no party of Club has or had status "left"'
    ]


def test_a_status_does_not_follow_itself(tmp_path: Path) -> None:
    statuses = CLUB.replace("may_follow: [signed]", "may_follow: [signed, member]")

    assert told(tmp_path, {"organisations/club.yml": statuses}) == [
        "content/organisations/club.yml:10:92: error D039: "
        'status "member" is said to follow itself, which would change nothing'
    ]


def test_statuses_that_no_chain_of_changes_reaches_are_reported(tmp_path: Path) -> None:
    statuses = STATUSES + (
        "  left: {label: L, description: D, counts_as: none, drawn: empty, may_follow: [back]}\n"
        "  back: {label: L, description: D, counts_as: none, drawn: empty, may_follow: [left]}\n"
    )
    found = told(tmp_path, {"organisations/club.yml": statuses + "parties:\n" + PARTIES})

    assert [line for line in found if "D040" in line] == [
        'content/organisations/club.yml:11:79: error D040: no chain of changes leads from "start" to status "left"',
        'content/organisations/club.yml:12:79: error D040: no chain of changes leads from "start" to status "back"',
    ]


def test_a_mistyped_status_to_follow_does_not_make_others_unreachable(tmp_path: Path) -> None:
    statuses = CLUB.replace("may_follow: [signed]", "may_follow: [sined]")

    assert [line for line in told(tmp_path, {"organisations/club.yml": statuses}) if "D040" in line] == []


def test_a_status_that_follows_only_itself_is_told_once(tmp_path: Path) -> None:
    statuses = STATUSES + "  odd: {label: L, description: D, counts_as: none, drawn: empty, may_follow: [odd]}\n"
    found = problems(tmp_path, {"organisations/club.yml": statuses + "parties:\n" + PARTIES})

    assert [problem.code for problem in found if problem.severity == "error"] == ["D039"]


def test_the_word_for_all_associates_is_no_status(tmp_path: Path) -> None:
    statuses = CLUB.replace("signed", "associates")

    assert told(tmp_path, {"organisations/club.yml": statuses}) == [
        "content/organisations/club.yml:9:15: error D041: "
        '"associates" is the name of all statuses that count as associate'
    ]


def test_readings_and_open_questions_concern_parties(tmp_path: Path) -> None:
    more = """\
readings:
  - {id: view, country: south, holder: H, summary: S, as_of: 2020, sources: [census]}
open_questions:
  - {country: south, question: Q, checked: 2026-01-01}
  - {country: north, question: Q, checked: 2026-01-01}
"""
    files = {
        "organisations/club.yml": CLUB + more,
        "countries/south.yml": SOUTH.replace("facts:\n", ""),
    }
    assert told(tmp_path, files) == [
        'content/organisations/club.yml:16:25: error D036: Club lists no party "south"',
        'content/organisations/club.yml:18:15: error D036: Club lists no party "south"',
    ]


def test_every_anchor_of_an_organisations_page_is_its_own(tmp_path: Path) -> None:
    entries = f"""\
    - {{date: 1990-05-01, status: signed, {ACT}}}
    - {{date: 1991-03, status: member, {ACT}}}
    - {{date: 1991-03, {ACT}}}
    - {{date: 1992, {ACT}, id: north}}
milestones:
  - {{date: 1992, {ACT}, id: signed}}
"""
    found = problems(tmp_path, club(entries))

    assert [str(problem).split("\n")[0] for problem in found] == [
        'content/organisations/club.yml:15:7: error D038: "#north-1991-03" would stand twice on the page of Club, '
        "first for content/organisations/club.yml:14:7",
        'content/organisations/club.yml:16:87: error D038: "#north" would stand twice on the page of Club, '
        "first for content/organisations/club.yml:12:3",
        'content/organisations/club.yml:18:85: error D038: "#signed" would stand twice on the page of Club, '
        "first for content/organisations/club.yml:9:11",
    ]
    assert [problem.fix for problem in found][:2] == ["give this entry an `id` of its own", "choose another id"]


# Events and plans


def event(text: str) -> dict[str, str]:
    """Return the events of the project with another one, on line 2."""
    return {"events.yml": PROJECT["events.yml"] + f"meeting: {{{text}, {ACT.replace('title: T', 'title: Meeting')}}}\n"}


def test_a_plan_whose_day_is_over_needs_an_outcome(tmp_path: Path) -> None:
    plan = event("date: 2026-01, planned: true")

    assert told(tmp_path, plan, as_of="2026-01-31") == []
    assert told(tmp_path, plan, as_of="2026-02-01") == [
        'content/events.yml:2:17: warning D050: "Meeting" was planned for 2026-01; no outcome is recorded'
    ]
    known = event("date: 2026-01, planned: true, outcome: {result: unknown, checked: 2026-02-01}")
    assert told(tmp_path, known) == []


def test_a_waived_plan_is_silent_until_its_waiver_ends(tmp_path: Path) -> None:
    plan = event("date: 2026-01, planned: true, waive: {reason: No news., until: 2026-03-01}")

    assert told(tmp_path, plan, as_of="2026-03-01") == []
    assert told(tmp_path, plan, as_of="2026-03-02")[0].endswith("(its waiver ended on 2026-03-01)")
    assert [problem.code for problem in problems(tmp_path, plan, as_of="2026-01-15")] == ["D003"]


def test_what_lies_ahead_is_a_plan(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, event("date: 2026-02-02"), as_of="2026-02-01")

    assert str(problem.place) == "content/events.yml:2:17"
    assert problem.message == '"Meeting" is dated 2026-02-02, after the day of this build, 2026-02-01'
    assert problem.fix == "add `planned: true`, or correct the date"
    assert told(tmp_path, event("date: 2026-02")) == []
    assert told(tmp_path, event("date: 2026-02-02, planned: true")) == []


def test_an_entry_ahead_of_us_in_an_organisation_is_told_once(tmp_path: Path) -> None:
    milestones = f"milestones:\n  - {{date: 2027, {ACT}}}\n"

    found = problems(tmp_path, {"organisations/club.yml": CLUB + milestones})
    assert [problem.code for problem in found] == ["D051"]


def test_that_a_plan_took_place_needs_a_source_and_a_look_after_its_day(tmp_path: Path) -> None:
    plan = "date: 2026-01-20, planned: true, outcome: {{result: took-place, checked: {}{}}}"

    assert told(tmp_path, event(plan.format("2026-01-20", ", sources: [press]"))) == []
    assert told(tmp_path, event(plan.format("2026-01-20", ""))) == [
        'content/events.yml:2:53: error D052: "Meeting" is said to have taken place, without a source'
    ]
    assert told(tmp_path, event(plan.format("2026-01-19", ", sources: [press]"))) == [
        "content/events.yml:2:83: error D053: "
        '"Meeting" took place, yet this was checked on 2026-01-19, before 2026-01-20'
    ]
    assert told(tmp_path, event(plan.format("2026-02-02", ", sources: [press]"))) == [
        "content/events.yml:2:83: error D053: "
        "the outcome was checked on 2026-02-02, after the day of this build, 2026-02-01"
    ]


def test_a_plan_did_not_take_place_on_a_day_that_has_not_come(tmp_path: Path) -> None:
    plan = "date: 2026-03, planned: true, outcome: {result: took-place, checked: 2026-02-01, sources: [press]}"

    assert {problem.code for problem in problems(tmp_path, event(plan))} == {"D051", "D053"}


def test_another_date_differs_from_the_date(tmp_path: Path) -> None:
    other = "{date: %s, sources: [press], reason: R}"
    both = ", ".join(other % when for when in ("2001", "2001-02-04", "2001-02-03"))

    assert told(tmp_path, event(f"date: 2001-02-03, other_dates: [{both}]")) == [
        "content/events.yml:2:142: error D054: "
        'this other date of "Meeting" is 2001-02-03, which stands above it already'
    ]


def test_two_independent_sources_are_two(tmp_path: Path) -> None:
    text = "meeting: {date: 2001, title: Meeting, kind: act, verification: two-sources, sources: [%s]}\n"

    assert told(tmp_path, {"events.yml": text % "census, press"}) == []
    assert told(tmp_path, {"events.yml": text % "press, press"}) == [
        'content/events.yml:1:64: error D055: "Meeting" is said to have two independent sources, but names one'
    ]


# Countries


def test_no_two_countries_share_a_code(tmp_path: Path) -> None:
    south = SOUTH.replace("facts:\n", "").replace("SOU", "NOR")

    assert told(tmp_path, {"countries/south.yml": south}) == [
        'content/countries/south.yml:2:29: error D060: "NOR" is the alpha3 code of north already '
        "(content/countries/north.yml:2:29)"
    ]


def test_no_name_or_alias_leads_to_two_countries(tmp_path: Path) -> None:
    south = SOUTH.replace("facts:\n", "") + "aliases: [Austral, NORTH]\n"

    assert told(tmp_path, {"countries/south.yml": south}) == [
        'content/countries/south.yml:4:10: error D061: "NORTH" is a name of north already '
        "(content/countries/north.yml:1:7)"
    ]


def test_an_alias_may_repeat_the_name_of_its_own_country(tmp_path: Path) -> None:
    north = PROJECT["countries/north.yml"].replace("facts:", "aliases: [north]\nfacts:")

    assert told(tmp_path, {"countries/north.yml": north}) == []


def test_neighbours_name_each_other(tmp_path: Path) -> None:
    north = PROJECT["countries/north.yml"].replace("facts:", "neighbours: [south]\nfacts:")
    south = SOUTH.replace("facts:\n", "")
    west = south.replace("South", "West").replace("SO", "WE").replace("579", "580")
    files = {"countries/north.yml": north, "countries/west.yml": west}

    assert told(tmp_path, files | {"countries/south.yml": south}) == []
    assert told(tmp_path, files | {"countries/south.yml": south + "neighbours: [north]\n"}) == []
    [problem] = problems(tmp_path, files | {"countries/south.yml": south + "neighbours: [west]\n"})
    assert str(problem.place) == "content/countries/south.yml:4:13"
    assert problem.message == (
        "north names south as neighbour (content/countries/north.yml:4:14), but south does not name north"
    )
    assert (problem.code, problem.fix) == ("D062", "add north here, or delete south there")


def test_no_country_is_its_own_neighbour(tmp_path: Path) -> None:
    north = PROJECT["countries/north.yml"].replace("facts:", "neighbours: [south, north]\nfacts:")

    assert told(tmp_path, {"countries/north.yml": north, "countries/south.yml": SOUTH.replace("facts:\n", "")}) == [
        "content/countries/north.yml:4:21: error D063: north is named as its own neighbour",
    ]


BORDER = "  borders: {{value: [{{item: {}, country: {}, amount: {}}}], as_of: 2025, sources: [census, press]}}\n"


def test_two_countries_give_one_amount_for_what_they_share(tmp_path: Path) -> None:
    files = facts(BORDER.format("South", "south", "12.50"))

    assert told(tmp_path, files | {"countries/south.yml": SOUTH + BORDER.format("North", "north", "12.5")}) == []
    assert told(tmp_path, files | {"countries/south.yml": SOUTH + BORDER.format("North", "north", "13")}) == [
        'content/countries/south.yml:5:59: error D064: "borders" gives 13 for north here, but 12.50 for south there '
        "(content/countries/north.yml:5:59)"
    ]


def test_a_country_of_the_region_without_facts_is_reported_and_another_is_not(tmp_path: Path) -> None:
    files = {
        "countries/north.yml": NORTH.replace("facts:\n", "").replace("census", "press"),
        "countries/south.yml": SOUTH.replace("facts:\n", ""),
    }
    assert told(tmp_path, files) == [
        "content/countries/north.yml:1:1: warning D013: North belongs to the region, but has no facts"
    ]


# Source articles


def article(claims: str) -> dict[str, str]:
    """Return a source article with some claims, which begin on line 7."""
    head = "title: T\npublisher: P\nsource: press\ncopy_note: C\nsummary: S\nclaims:\n"
    return {"source-articles/piece.yml": head + claims}


def test_an_opinion_has_no_verdict_and_a_fact_has_one(tmp_path: Path) -> None:
    claims = """\
  one: {text: T, speaker: S, kind: opinion, verdict: wrong}
  two: {text: T, speaker: S, kind: fact}
  three: {text: T, speaker: S, kind: caption}
  four: {text: T, speaker: S, kind: opinion}
  five: {text: T, speaker: S, kind: announcement}
  six: {text: T, speaker: S, kind: announcement, verdict: outdated}
  seven: {text: T, speaker: S, kind: fact, verdict: confirmed}
"""
    assert told(tmp_path, article(claims)) == [
        "content/source-articles/piece.yml:7:54: error D070: "
        'claim "one" is an opinion, which is neither right nor wrong',
        'content/source-articles/piece.yml:8:8: error D071: claim "two" is a fact without a verdict',
        'content/source-articles/piece.yml:9:10: error D071: claim "three" is a caption without a verdict',
    ]


def test_a_claim_names_defects_that_exist(tmp_path: Path) -> None:
    claims = """\
  one: {text: T, speaker: S, kind: opinion, defects: [wrong-month, wrong-moth]}
defects:
  wrong-month: {title: T, text: T}
  one: {title: T, text: T}
"""
    found = problems(tmp_path, article(claims))

    assert [str(problem).split("\n")[0] for problem in found] == [
        "content/source-articles/piece.yml:7:54: error D072: "
        'claim "one" names a defect "wrong-moth", which does not exist',
        'content/source-articles/piece.yml:10:8: error D073: "one" is the id of a claim and of a defect '
        "(content/source-articles/piece.yml:7:8)",
    ]
    assert found[0].fix == 'did you mean "wrong-month"?'


# Articles and pages


def front(*lines: str) -> dict[str, str]:
    """Return the article of the project with more lines of front matter, which begin on line 5."""
    text = PROJECT["articles/intro.md"].replace("2025-01-01\n", "2025-01-01\n" + "".join(f"{line}\n" for line in lines))
    return {"articles/intro.md": text}


def test_an_article_is_published_before_it_is_updated_and_before_it_expires(tmp_path: Path) -> None:
    assert told(tmp_path, front("updated: 2025-01-01", "expires: 2025-01-02")) == []
    assert told(tmp_path, front("updated: 2024-12-31", "expires: 2025-01-01")) == [
        "content/articles/intro.md:5:10: error D080: updated on 2024-12-31, before its date, 2025-01-01",
        "content/articles/intro.md:6:10: error D080: expires on 2025-01-01, so it is never published: "
        "its date is 2025-01-01",
    ]


def test_a_published_article_was_not_updated_on_a_day_that_has_not_come(tmp_path: Path) -> None:
    files = front("updated: 2026-03-01", "reviewed: 2026-03-02")

    assert told(tmp_path, files, as_of="2026-02-01") == [
        "content/articles/intro.md:5:10: error D082: updated on 2026-03-01, after the day of this build, 2026-02-01",
        "content/articles/intro.md:6:11: error D082: reviewed on 2026-03-02, after the day of this build, 2026-02-01",
    ]
    assert told(tmp_path, front("updated: 2026-02-01", "reviewed: 2026-02-01"), as_of="2026-02-01") == []
    later = {"articles/intro.md": files["articles/intro.md"].replace("date: 2025-01-01", "date: 2026-02-15")}
    assert told(tmp_path, later, as_of="2026-02-01") == []


def test_a_review_that_is_due_is_reported_for_what_is_published(tmp_path: Path) -> None:
    due = "review_by: 2026-01-31"

    assert told(tmp_path, front(due), as_of="2026-01-31") == []
    assert told(tmp_path, front(due), as_of="2026-02-01") == [
        "content/articles/intro.md:5:12: warning D081: was to be reviewed by 2026-01-31"
    ]
    assert told(tmp_path, front(due, "draft: true")) == []
    assert told(tmp_path, front(due, "expires: 2026-01-31")) == []
