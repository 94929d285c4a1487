"""Who stood where on which day, as exactly as the dates allow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from explainer.dates import DateSpan, PartialDate
from explainer.membership import (
    Change,
    CountRange,
    Interval,
    Names,
    count_on,
    groups_of,
    history_of,
    intervals,
    members_on,
    standing_on,
    statuses_of,
)
from explainer.models.organisation import START, Organisation
from explainer.validation import validated


def history(*changes: tuple[str, str]) -> list[Change]:
    """Return changes from pairs of a date, `1993-12` or `1993/1995`, and a status."""
    found = []
    for when, status in changes:
        start, stroke, end = when.partition("/")
        first = PartialDate.parse(start)
        found.append(Change(DateSpan(first, PartialDate.parse(end)) if stroke else first, status))
    return found


def status(counts_as: str, *may_follow: str) -> dict[str, Any]:
    return {"label": "L", "description": "D", "counts_as": counts_as, "drawn": "solid", "may_follow": list(may_follow)}


def entry(when: str, becomes: str | None = None, **more: Any) -> dict[str, Any]:
    change = {} if becomes is None else {"status": becomes}
    return {"date": when, "title": "T", "kind": "k", "sources": ["s"], "verification": "primary"} | change | more


def club(**parties: list[dict[str, Any]]) -> Organisation:
    """Return an organisation with the statuses signed, member, leaving (a member still), friend and former."""
    return validated(
        Organisation,
        {
            "name": "Club",
            "short": "Club",
            "summary": "S",
            "founded": "1990",
            "sources": ["s"],
            "known_to": "2026-01-01",
            "start": {"before": "B", "never": "N", "description": "D"},
            "statuses": {
                "signed": status("none", "start"),
                "member": status("member", "signed"),
                "leaving": status("member", "member"),
                "friend": status("associate", "signed"),
                "former": status("none", "leaving"),
            },
            "parties": parties,
        },
    )


def test_a_change_holds_from_its_day_on_until_the_next() -> None:
    changes = history(("1993-12-03", "party"), ("1993-12-09", "member"))

    assert standing_on(changes, date(1993, 12, 2)) == {START}
    assert standing_on(changes, date(1993, 12, 3)) == {"party"}
    assert standing_on(changes, date(1993, 12, 8)) == {"party"}
    assert standing_on(changes, date(1993, 12, 9)) == {"member"}
    assert standing_on(changes, date(2020, 1, 1)) == {"member"}


def test_a_party_without_changes_stands_at_the_start_for_ever() -> None:
    assert standing_on([], date(1066, 10, 14)) == {START}
    assert standing_on([], PartialDate.parse("2026")) == {START}


def test_a_vague_date_leaves_both_answers_open_on_its_days_but_the_last() -> None:
    changes = history(("1991-12-21", "signed"), ("1992-10", "refused"))

    assert standing_on(changes, date(1992, 9, 30)) == {"signed"}
    assert standing_on(changes, date(1992, 10, 1)) == {"signed", "refused"}
    assert standing_on(changes, date(1992, 10, 30)) == {"signed", "refused"}
    assert standing_on(changes, date(1992, 10, 31)) == {"refused"}


def test_a_vague_change_never_takes_effect_before_its_predecessor() -> None:
    changes = history(("1993-12-03", "party"), ("1993", "member"))

    assert standing_on(changes, date(1993, 12, 2)) == {START}
    assert standing_on(changes, date(1993, 12, 3)) == {"party", "member"}
    assert standing_on(changes, date(1993, 12, 31)) == {"member"}


def test_a_vague_change_never_takes_effect_after_its_successor() -> None:
    changes = history(("1993", "party"), ("1993-03-05", "member"))

    assert standing_on(changes, date(1993, 3, 4)) == {START, "party"}
    assert standing_on(changes, date(1993, 3, 5)) == {"member"}


def test_three_changes_of_one_year_may_each_hold_on_most_of_its_days() -> None:
    changes = history(("1993", "signed"), ("1993", "party"), ("1993", "member"))

    assert standing_on(changes, date(1993, 1, 1)) == {START, "signed", "party", "member"}
    assert standing_on(changes, date(1993, 12, 31)) == {"member"}


def test_a_span_is_some_day_between_its_ends() -> None:
    changes = history(("2000-01-10/2000-01-12", "member"))

    assert standing_on(changes, date(2000, 1, 9)) == {START}
    assert standing_on(changes, date(2000, 1, 11)) == {START, "member"}
    assert standing_on(changes, date(2000, 1, 12)) == {"member"}


def test_a_question_about_a_year_is_answered_for_all_of_its_days() -> None:
    changes = history(("1991-12-21", "signed"), ("1994-04-08", "party"), ("1994-06-27", "member"))

    assert standing_on(changes, PartialDate.parse("1993")) == {"signed"}
    assert standing_on(changes, PartialDate.parse("1994")) == {"signed", "party", "member"}
    assert standing_on(changes, PartialDate.parse("1994-04")) == {"signed", "party"}
    assert standing_on(changes, PartialDate.parse("1991-12-20")) == {START}


def test_dates_that_contradict_their_order_are_taken_as_late_as_the_order_demands() -> None:
    changes = history(("1994-05-01", "party"), ("1993-02", "member"))

    assert standing_on(changes, date(1994, 4, 30)) == {START}
    assert standing_on(changes, date(1994, 5, 1)) == {"member"}


def test_only_what_took_place_makes_the_history_of_a_party() -> None:
    organisation = club(
        north=[
            entry("1991", "signed"),
            entry("1992-01-05"),
            entry("1993", "member", planned="true", outcome={"result": "took-place", "checked": "1994-01-01"}),
            entry("1995", "leaving", planned="true", outcome={"result": "cancelled", "checked": "1996-01-01"}),
            entry("2030", "leaving", planned="true"),
        ]
    )

    assert history_of(organisation, "north") == tuple(history(("1991", "signed"), ("1993", "member")))


def test_a_country_that_the_organisation_does_not_list_has_no_history() -> None:
    with pytest.raises(KeyError):
        history_of(club(), "north")


def test_the_groups_are_all_statuses_members_and_associates() -> None:
    organisation = club()

    assert groups_of(organisation) == ("signed", "member", "leaving", "friend", "former", "members", "associates")
    assert statuses_of(organisation, "members") == {"member", "leaving"}
    assert statuses_of(organisation, "associates") == {"friend"}
    assert statuses_of(organisation, "leaving") == {"leaving"}
    with pytest.raises(KeyError):
        statuses_of(organisation, "outsiders")


def test_a_party_that_is_leaving_is_counted_until_it_has_left() -> None:
    organisation = club(
        north=[
            entry("1991-01-01", "signed"),
            entry("1992-01-01", "member"),
            entry("2008-08-18", "leaving"),
            entry("2009-08-18", "former"),
        ],
        south=[entry("1991-01-01", "signed"), entry("1992-01-01", "member")],
    )

    assert count_on(organisation, "members", date(1991, 12, 31)) == CountRange(0, 0)
    assert count_on(organisation, "members", date(2009, 8, 17)) == CountRange(2, 2)
    assert count_on(organisation, "leaving", date(2009, 8, 17)) == CountRange(1, 1)
    assert count_on(organisation, "members", date(2009, 8, 18)) == CountRange(1, 1)


def test_a_count_on_a_day_that_a_vague_date_makes_uncertain_is_a_range() -> None:
    organisation = club(
        north=[entry("1991", "signed"), entry("1993-06", "member")],
        south=[entry("1991", "signed"), entry("1993", "member")],
        west=[entry("1991", "signed"), entry("1992", "member")],
        east=[],
    )

    answer = count_on(organisation, "members", date(1993, 6, 15))

    assert answer == CountRange(1, 3) and not answer.is_exact
    assert members_on(organisation, date(1993, 6, 15)) == Names(certain=("west",), possible=("north", "south"))
    assert count_on(organisation, "members", date(1993, 12, 31)) == CountRange(3, 3)
    assert members_on(organisation, date(1993, 12, 31)) == Names(certain=("north", "south", "west"), possible=())


def test_an_uncertain_step_between_two_statuses_of_one_group_leaves_its_count_exact() -> None:
    organisation = club(north=[entry("1991", "signed"), entry("1992", "member"), entry("2008", "leaving")])

    assert count_on(organisation, "members", date(2008, 5, 5)) == CountRange(1, 1)
    assert count_on(organisation, "leaving", date(2008, 5, 5)) == CountRange(0, 1)
    assert members_on(organisation, date(2008, 5, 5), "leaving") == Names(certain=(), possible=("north",))
    assert members_on(organisation, date(2008, 12, 31), "leaving") == Names(certain=("north",), possible=())


def test_a_count_in_a_vague_year_never_adds_up_members_of_different_days() -> None:
    # One leaves on the day on which the other joins: on every day of the year there is one member, never two or none.
    organisation = club(
        north=[
            entry("1991-01-01", "signed"),
            entry("1992-01-01", "member"),
            entry("1995-05-05", "leaving"),
            entry("2000-07-01", "former"),
        ],
        south=[entry("1991-01-01", "signed"), entry("2000-07-01", "member")],
    )

    assert count_on(organisation, "members", PartialDate.parse("2000")) == CountRange(1, 1)
    assert members_on(organisation, PartialDate.parse("2000")) == Names(certain=(), possible=("north", "south"))


def test_an_organisation_without_parties_has_no_members() -> None:
    assert count_on(club(), "members", PartialDate.parse("2000")) == CountRange(0, 0)


def test_intervals_tell_what_is_certain_and_end_where_knowledge_ends() -> None:
    changes = history(("1991-12-21", "signed"), ("1992-10", "refused"), ("1993-09-24", "party"))

    assert intervals(changes, until=date(2026, 3, 20)) == (
        Interval("signed", date(1991, 12, 21), date(1991, 12, 21), date(1992, 10, 1), date(1992, 10, 31), False),
        Interval("refused", date(1992, 10, 1), date(1992, 10, 31), date(1993, 9, 24), date(1993, 9, 24), False),
        Interval("party", date(1993, 9, 24), date(1993, 9, 24), date(2026, 3, 20), date(2026, 3, 20), True),
    )


def test_an_interval_that_may_be_empty_has_no_sure_part() -> None:
    first, second = intervals(history(("1993", "party"), ("1993", "member")), until=date(2000, 1, 1))

    assert not first.is_sure and second.is_sure
    assert (first.earliest_start, first.latest_end) == (date(1993, 1, 1), date(1993, 12, 31))


def test_what_surely_came_after_the_end_of_knowledge_is_not_drawn() -> None:
    changes = history(("1991-12-21", "signed"), ("1994-04-08", "party"), ("1995", "member"))

    assert intervals(changes, until=date(1994, 6, 30)) == (
        Interval("signed", date(1991, 12, 21), date(1991, 12, 21), date(1994, 4, 8), date(1994, 4, 8), False),
        Interval("party", date(1994, 4, 8), date(1994, 4, 8), date(1994, 6, 30), date(1994, 6, 30), True),
    )


def test_a_vague_last_change_reaches_no_further_than_knowledge() -> None:
    before, after = intervals(history(("1991", "member"), ("2026", "leaving")), until=date(2026, 3, 20))

    assert before == Interval(
        "member", date(1991, 1, 1), date(1991, 12, 31), date(2026, 1, 1), date(2026, 3, 20), False
    )
    assert after == Interval("leaving", date(2026, 1, 1), date(2026, 3, 20), date(2026, 3, 20), date(2026, 3, 20), True)
    assert not after.is_sure


def test_a_party_without_changes_has_no_intervals() -> None:
    assert intervals([], until=date(2026, 3, 20)) == ()
