"""The site's file on the CIS says of each state and day what the sources say.

The pairs are taken from the research on the history of membership, not from the file that is tested.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from explainer.dates import PartialDate
from explainer.membership import CountRange, count_on, history_of, intervals, members_on, standing_on
from explainer.models.organisation import Organisation
from explainer.problems import Report
from explainer.read import read_content

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="module")
def cis() -> Organisation:
    return read_content(CONTENT, "content", Report()).organisations["cis"]


# State, day, and what it was on that day; several words where the sources leave it open.
STANDINGS = [
    # The three first signatories
    ("russia", "1991-12-07", "start"),
    ("russia", "1991-12-08", "signed"),
    ("russia", "1991-12-11", "signed"),
    ("russia", "1991-12-12", "party"),
    ("russia", "1993-04-14", "party"),
    ("russia", "1993-07-20", "member"),
    ("russia", "2026-03-20", "member"),
    ("belarus", "1991-12-08", "signed"),
    ("belarus", "1991-12-10", "party"),
    ("belarus", "1994-01-17", "party"),
    ("belarus", "1994-01-18", "member"),
    ("ukraine", "1991-12-08", "signed"),
    ("ukraine", "1991-12-10", "party"),
    # It did not sign the Charter, and recalled its representatives by decree
    ("ukraine", "1993-01-22", "party"),
    ("ukraine", "1994-06-27", "party"),
    ("ukraine", "2014-03-19", "party"),
    ("ukraine", "2018-05-18", "party"),
    ("ukraine", "2018-05-19", "outside"),
    ("ukraine", "2026-03-20", "outside"),
    # Central Asia, from the meeting in Alma-Ata on
    ("kazakhstan", "1991-12-20", "start"),
    ("kazakhstan", "1991-12-21", "signed"),
    ("kazakhstan", "1991-12-23", "party"),
    ("kazakhstan", "1994-04-19", "party"),
    ("kazakhstan", "1994-04-20", "member"),
    ("kyrgyzstan", "1992-03-05", "signed"),
    ("kyrgyzstan", "1992-03-06", "party"),
    ("kyrgyzstan", "1994-04-12", "member"),
    ("tajikistan", "1993-06-25", "signed"),
    ("tajikistan", "1993-06-26", "party"),
    ("tajikistan", "1993-08-04", "member"),
    ("uzbekistan", "1992-03-31", "signed"),
    ("uzbekistan", "1992-04-01", "party"),
    ("uzbekistan", "1994-02-08", "party"),
    ("uzbekistan", "1994-02-09", "member"),
    # Turkmenistan never took on the Charter and became an associate in Kazan
    ("turkmenistan", "1991-12-25", "signed"),
    ("turkmenistan", "1991-12-26", "party"),
    ("turkmenistan", "1994-06-27", "party"),
    ("turkmenistan", "2005-08-25", "party"),
    ("turkmenistan", "2005-08-26", "associate"),
    ("turkmenistan", "2026-01-01", "associate"),
    # The south Caucasus
    ("armenia", "1991-12-21", "signed"),
    ("armenia", "1992-02-18", "party"),
    ("armenia", "1994-03-15", "party"),
    ("armenia", "1994-03-16", "member"),
    ("armenia", "2025-12-22", "member"),
    # Parliament of Azerbaijan voted against ratification in October 1992; the day is not verified
    ("azerbaijan", "1991-12-21", "signed"),
    ("azerbaijan", "1992-09-30", "signed"),
    ("azerbaijan", "1992-10-01", "signed refused"),
    ("azerbaijan", "1992-10-07", "signed refused"),
    ("azerbaijan", "1992-10", "signed refused"),
    ("azerbaijan", "1992-10-31", "refused"),
    ("azerbaijan", "1993-09-23", "refused"),
    ("azerbaijan", "1993-09-24", "party"),
    ("azerbaijan", "1993-12-13", "party"),
    ("azerbaijan", "1993-12-14", "member"),
    # Georgia came last, and left a year after its note
    ("georgia", "1991-12-21", "start"),
    ("georgia", "1993-10-08", "start"),
    ("georgia", "1993-12-02", "start"),
    ("georgia", "1993-12-03", "party"),
    ("georgia", "1993-12-08", "party"),
    ("georgia", "1993-12-09", "member"),
    ("georgia", "2008-08-14", "member"),
    ("georgia", "2008-08-17", "member"),
    ("georgia", "2008-08-18", "leaving"),
    ("georgia", "2009-08-17", "leaving"),
    ("georgia", "2009-08-18", "former"),
    ("georgia", "2026-03-20", "former"),
    # Moldova ratified both texts in 1994; staying away since 2022 changed nothing in law
    ("moldova", "1991-12-21", "signed"),
    ("moldova", "1994-04-07", "signed"),
    ("moldova", "1994-04-08", "party"),
    ("moldova", "1994-04-26", "party"),
    ("moldova", "1994-06-26", "party"),
    ("moldova", "1994-06-27", "member"),
    ("moldova", "2022", "member"),
    ("moldova", "2024-02-08", "member"),
    ("moldova", "2026-03-10", "member"),
    ("moldova", "2026-03-20", "leaving"),
    # The Baltic states never signed
    ("estonia", "1991-12-21", "start"),
    ("estonia", "2026-03-20", "start"),
    ("latvia", "1991-12-21", "start"),
    ("latvia", "2026-03-20", "start"),
    ("lithuania", "1991-12-21", "start"),
    ("lithuania", "2026-03-20", "start"),
]


@pytest.mark.parametrize(("state", "when", "expected"), STANDINGS)
def test_a_state_stood_on_a_day_where_the_sources_say(cis: Organisation, state: str, when: str, expected: str) -> None:
    assert standing_on(history_of(cis, state), PartialDate.parse(when)) == set(expected.split())


@pytest.mark.parametrize(
    ("group", "when", "low", "high"),
    [
        # Nobody is a member before the first took on the Charter, adopted on 22 January 1993
        ("members", "1991-12-21", 0, 0),
        ("members", "1993-01-22", 0, 0),
        ("members", "1993-12-14", 4, 4),
        ("members", "1994-06-26", 9, 9),
        ("members", "1994-06-27", 10, 10),
        ("members", "1995-01-01", 10, 10),
        ("members", "2006", 10, 10),
        ("members", "2009-08-17", 10, 10),
        ("members", "2009-08-18", 9, 9),
        ("members", "2009", 9, 10),
        ("members", "2010", 9, 9),
        ("members", "2026-03-20", 9, 9),
        ("leaving", "2008-12-31", 1, 1),
        ("leaving", "2026-03-20", 1, 1),
        ("associates", "2005-08-25", 0, 0),
        ("associates", "2026-03-20", 1, 1),
        ("outside", "2026-03-20", 1, 1),
        ("former", "2026-03-20", 1, 1),
        # Eleven states had signed by Alma-Ata; two of the three first ones had ratified four days before
        ("signed", "1991-12-08", 3, 3),
        ("signed", "1991-12-21", 8, 8),
        # Azerbaijan in October 1992; Moldova and Tajikistan had not ratified either
        ("refused", "1992-10-15", 0, 1),
        ("signed", "1992-10-15", 2, 3),
        ("refused", "1992-10-31", 1, 1),
        ("signed", "1992-10-31", 2, 2),
    ],
)
def test_a_group_counts_as_many_states_as_the_sources_say(
    cis: Organisation, group: str, when: str, low: int, high: int
) -> None:
    assert count_on(cis, group, PartialDate.parse(when)) == CountRange(low, high)


def test_the_nine_members_of_march_2026_are_those_that_the_sources_name(cis: Organisation) -> None:
    names = members_on(cis, date(2026, 3, 20))

    assert set(names.certain) == {
        "armenia",
        "azerbaijan",
        "belarus",
        "kazakhstan",
        "kyrgyzstan",
        "moldova",
        "russia",
        "tajikistan",
        "uzbekistan",
    }
    assert names.possible == ()


def test_all_fifteen_states_are_listed(cis: Organisation) -> None:
    assert len(cis.parties) == 15


def test_the_refusal_of_1992_is_drawn_vague_at_its_beginning_only(cis: Organisation) -> None:
    refused = intervals(history_of(cis, "azerbaijan"), until=date(2026, 3, 20))[1]

    assert refused.status == "refused"
    assert (refused.earliest_start, refused.latest_start) == (date(1992, 10, 1), date(1992, 10, 31))
    assert (refused.earliest_end, refused.latest_end) == (date(1993, 9, 24), date(1993, 9, 24))


def test_a_state_that_never_signed_has_no_standing_to_draw(cis: Organisation) -> None:
    assert intervals(history_of(cis, "estonia"), until=date(2026, 3, 20)) == ()
