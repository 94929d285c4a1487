"""Every answer about standings equals what trying out all possible days gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.dates import DateSpan, PartialDate
from explainer.membership import Change, CountRange, count_histories, intervals, standing_on
from explainer.models.organisation import START

# A calendar of ten days across the end of a month and of a year, so that months and years can be vague dates too.
FIRST, LAST = date(1999, 12, 27), date(2000, 1, 5)
CALENDAR = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
AROUND = [FIRST - timedelta(days=1), *CALENDAR, LAST + timedelta(days=1)]
STATUSES = ["a", "b", "c", "d"]


def day_of(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


@st.composite
def vague_days(draw: st.DrawFn) -> PartialDate | DateSpan:
    first = draw(st.integers(0, len(CALENDAR) - 1))
    last = draw(st.integers(first, min(first + 4, len(CALENDAR) - 1)))
    return day_of(CALENDAR[first]) if first == last else DateSpan(day_of(CALENDAR[first]), day_of(CALENDAR[last]))


@st.composite
def histories(draw: st.DrawFn, most: int = 4) -> list[Change]:
    """Draw changes in an order that their dates allow, each to another status than the one before."""
    changes: list[Change] = []
    for when in draw(st.lists(vague_days(), max_size=most)):
        if any(when.latest < earlier.date.earliest for earlier in changes):
            continue
        before = changes[-1].status if changes else START
        changes.append(Change(when, draw(st.sampled_from([status for status in STATUSES if status != before]))))
    return changes


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def choices(history: Sequence[Change]) -> Iterator[tuple[date, ...]]:
    """Yield every choice of days for the changes in which none takes effect before the one that precedes it."""
    for days in product(*(days_between(change.date.earliest, change.date.latest) for change in history)):
        if all(one <= other for one, other in pairwise(days)):
            yield days


def number_on(days: Sequence[date], day: date) -> int:
    """Return how many changes have taken effect by the end of a day."""
    return sum(1 for changed in days if changed <= day)


def status_on(history: Sequence[Change], days: Sequence[date], day: date) -> str:
    number = number_on(days, day)
    return history[number - 1].status if number else START


@given(histories(), st.sampled_from(AROUND))
def test_a_standing_is_the_set_of_answers_of_all_choices(history: list[Change], day: date) -> None:
    assert standing_on(history, day) == {status_on(history, days, day) for days in choices(history)}


@given(histories(), st.sampled_from(["1999", "1999-12", "2000-01", "2000", "1999-12-30", "2001"]))
@settings(deadline=None)
def test_a_standing_in_a_month_or_year_is_that_of_all_its_days(history: list[Change], text: str) -> None:
    asked = PartialDate.parse(text)
    days = [day for day in AROUND if asked.earliest <= day <= asked.latest] or [asked.earliest]

    assert standing_on(history, asked) == frozenset().union(*(standing_on(history, day) for day in days))


@given(st.lists(histories(most=2), max_size=3), st.frozensets(st.sampled_from(STATUSES)), st.sampled_from(AROUND))
@settings(deadline=None)
def test_a_count_runs_from_the_least_to_the_greatest_of_all_choices(
    parties: list[list[Change]], group: frozenset[str], day: date
) -> None:
    counts = [
        sum(status_on(history, days, day) in group for history, days in zip(parties, combination, strict=True))
        for combination in product(*(list(choices(history)) for history in parties))
    ]

    assert count_histories(parties, group, day) == CountRange(min(counts), max(counts))


@given(
    st.lists(histories(most=2), max_size=4),
    st.frozensets(st.sampled_from(STATUSES)),
    st.sampled_from(["1999", "1999-12", "2000-01", "2000"]),
)
@settings(deadline=None)
def test_a_count_in_a_month_or_year_is_that_of_one_of_its_days(
    parties: list[list[Change]], group: frozenset[str], text: str
) -> None:
    asked = PartialDate.parse(text)
    by_day = [count_histories(parties, group, day) for day in days_between(asked.earliest, asked.latest)]

    expected = CountRange(min(count.low for count in by_day), max(count.high for count in by_day))
    assert count_histories(parties, group, asked) == expected


@given(histories(), st.sampled_from(CALENDAR), st.sampled_from(AROUND))
def test_an_interval_holds_on_a_day_surely_in_all_choices_and_possibly_in_some(
    history: list[Change], until: date, day: date
) -> None:
    found = intervals(history, until=until)
    for number, interval in enumerate(found, 1):
        assert interval.status == history[number - 1].status
        if day >= until:
            continue
        held = [number_on(days, day) == number for days in choices(history)]
        assert (interval.earliest_start <= day < interval.latest_end) == any(held)
        assert (interval.latest_start <= day < interval.earliest_end) == all(held)


@given(histories(), st.sampled_from(CALENDAR))
def test_intervals_run_on_from_each_other_and_end_with_knowledge(history: list[Change], until: date) -> None:
    found = intervals(history, until=until)

    for one, other in pairwise(found):
        assert (one.earliest_end, one.latest_end) == (other.earliest_start, other.latest_start)
        assert not one.ongoing
    for interval in found:
        assert interval.earliest_start <= interval.latest_start <= until
        assert interval.earliest_end <= interval.latest_end <= until
        assert interval.earliest_start <= interval.earliest_end and interval.latest_start <= interval.latest_end
    assert len(found) == max(number_on(days, until) for days in choices(history))
    if found:
        assert found[-1].ongoing and found[-1].earliest_end == found[-1].latest_end == until


@given(st.lists(st.builds(Change, vague_days(), st.sampled_from(STATUSES)), max_size=4), st.sampled_from(AROUND))
def test_even_contradictory_dates_have_an_answer(history: list[Change], day: date) -> None:
    answer = standing_on(history, day)

    assert answer and answer <= {START, *STATUSES}
