"""Dates are as exact as their source: what is read, what is refused, and how unequal ones compare."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.dates import AsOf, BeforeDate, DateError, DateSpan, PartialDate, parse_as_of

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    length = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:length])


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("1993", "year", date(1993, 1, 1), date(1993, 12, 31)),
        ("1993-12", "month", date(1993, 12, 1), date(1993, 12, 31)),
        ("1993-02", "month", date(1993, 2, 1), date(1993, 2, 28)),
        ("2000-02", "month", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", "month", date(1900, 2, 1), date(1900, 2, 28)),
        ("1993-12-03", "day", date(1993, 12, 3), date(1993, 12, 3)),
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
        ("1000", "year", date(1000, 1, 1), date(1000, 12, 31)),
        ("2999-12", "month", date(2999, 12, 1), date(2999, 12, 31)),
    ],
)
def test_a_date_means_every_day_that_its_source_leaves_open(
    text: str, precision: str, earliest: date, latest: date
) -> None:
    when = PartialDate.parse(text)

    assert (when.precision, when.earliest, when.latest) == (precision, earliest, latest)
    assert str(when) == text


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2023-13", "months go from 01 to 12: YYYY-MM-DD"),
        ("2023-00", "months go from 01 to 12: YYYY-MM-DD"),
        ("2023-02-29", "2023-02 has days 01 to 28"),
        ("2023-04-31", "2023-04 has days 01 to 30"),
        ("2023-04-00", "2023-04 has days 01 to 30"),
        ("0999", "write a year from 1000 to 2999"),
        ("3000-01", "write a year from 1000 to 2999"),
        ("2023-1-5", "write 2023-01-05"),
        ("2023-1", "write 2023-01"),
        ("2023/01/05", "write 2023-01-05"),
        ("2023.01.05", "write 2023-01-05"),
        ("2023–01–05", "write 2023-01-05"),
        ("20230105", "write 2023-01-05"),
        ("2023-01-05T12:00:00Z", "write 2023-01-05"),
        ("2023-01-05 12:00", "write 2023-01-05"),
        ("01/2023", "write 2023-01"),
        ("1.2023", "write 2023-01"),
        ("05.01.2023", "dates are YYYY-MM-DD: 2023-01-05 (if the day came first)"),
        ("05-01-2023", "dates are YYYY-MM-DD: 2023-01-05 (if the day came first)"),
        ("31.12.2023", "dates are YYYY-MM-DD: 2023-12-31"),
        ("12/31/2023", "dates are YYYY-MM-DD: 2023-12-31"),
        ("5/5/2023", "dates are YYYY-MM-DD: 2023-05-05"),
        ("31/31/2023", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("2023.14.01", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("20231301", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("13.2023", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("5 January 2023", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("93", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        (" 2023", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("2023\n", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("-2023", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("٢٠٢٣", "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
    ],
)
def test_a_mistyped_date_is_refused_with_what_it_was_meant_to_be(text: str, fix: str) -> None:
    with pytest.raises(DateError) as caught:
        PartialDate.parse(text)

    assert caught.value.fix == fix


@pytest.mark.parametrize(
    "text", ["2024", "2024-05-06", "2019-07/2024-06", "2024/2024-03", "before 2009", "before 1000-02"]
)
def test_the_date_of_a_value_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_as_of(text)) == text


def test_a_span_reaches_from_the_first_day_of_its_start_to_the_last_of_its_end() -> None:
    span = parse_as_of("2019-07/2024-06")

    assert isinstance(span, DateSpan)
    assert (span.earliest, span.latest) == (date(2019, 7, 1), date(2024, 6, 30))


def test_a_span_may_have_blanks_around_its_stroke() -> None:
    assert parse_as_of("2019-07 / 2024") == parse_as_of("2019-07/2024")


def test_before_a_date_ends_on_the_day_that_precedes_it() -> None:
    before = parse_as_of("before 2009")

    assert isinstance(before, BeforeDate)
    assert before.latest == date(2008, 12, 31)


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("2024-06/2019-07", '"2024-06/2019-07" ends before it starts', "write 2019-07/2024-06"),
        ("2024-06/2024-13", 'there is no month 13 in "2024-13"', "months go from 01 to 12: YYYY-MM-DD"),
        ("before 1000", 'nothing can be "before 1000"', "write a date after the beginning of 1000"),
        ("before 1000-01-01", 'nothing can be "before 1000-01-01"', "write a date after the beginning of 1000"),
        (
            "before the war",
            '"the war" is not a date',
            "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says",
        ),
        ("before", '"before" is not a date', "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("Before 2009", '"Before 2009" is not a date', 'write "before 2009"'),
        ("befor 2009-05", '"befor 2009-05" is not a date', 'write "before 2009-05"'),
        ("05/2023", '"05/2023" is not a date', "write 2023-05"),
        ("2023/05", '"2023/05" is not a date', "write 2023-05"),
        ("2023/24", '"2023/24" is not a date', "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("2023/", '"2023/" is not a date', "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"),
        ("12/31/2023", '"12/31/2023" is not a date', "dates are YYYY-MM-DD: 2023-12-31"),
    ],
)
def test_a_mistyped_date_of_a_value_is_refused_with_a_fix(text: str, message: str, fix: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_as_of(text)

    assert (str(caught.value), caught.value.fix) == (message, fix)


def test_a_year_and_a_day_in_it_may_be_the_same() -> None:
    year, day = PartialDate.parse("1993"), PartialDate.parse("1993-12-03")

    assert year.may_equal(day) and day.may_equal(year)
    assert not year.surely_before(day) and not day.surely_before(year)


def test_a_timeline_puts_a_bare_year_before_its_first_month_and_that_before_its_first_day() -> None:
    written = ["1994", "1993-01-01", "1993-01", "1993", "1992-12-31"]

    in_order = sorted(map(PartialDate.parse, written), key=lambda when: when.sort_key)

    assert [str(when) for when in in_order] == ["1992-12-31", "1993", "1993-01", "1993-01-01", "1994"]


@given(partial_dates())
def test_every_date_is_read_back_from_its_text(when: PartialDate) -> None:
    assert PartialDate.parse(str(when)) == when


@given(partial_dates(), partial_dates())
def test_two_dates_are_surely_in_order_or_may_be_equal(one: PartialDate, other: PartialDate) -> None:
    assert one.surely_before(other) + other.surely_before(one) + one.may_equal(other) == 1
    assert one.surely_before(other) == (one.latest < other.earliest)


@given(partial_dates(), DAYS)
def test_a_day_lies_within_the_bounds_of_a_date_exactly_if_it_begins_like_it(when: PartialDate, day: date) -> None:
    assert (when.earliest <= day <= when.latest) == day.isoformat().startswith(str(when))


@given(st.one_of(partial_dates(), st.builds(lambda a, b: (a, b), partial_dates(), partial_dates())))
def test_no_date_of_a_value_ends_before_it_starts(parts: PartialDate | tuple[PartialDate, PartialDate]) -> None:
    text = "/".join(map(str, parts)) if isinstance(parts, tuple) else f"before {parts}"
    try:
        as_of: AsOf = parse_as_of(text)
    except DateError:
        return

    assert as_of.earliest <= as_of.latest
    assert as_of.latest - as_of.earliest < timedelta(days=366 * 2000)


@given(st.text(alphabet="0123456789-/. Tbefor–", max_size=14))
def test_no_text_whatever_ends_in_anything_but_a_date_or_a_fix(text: str) -> None:
    try:
        assert str(parse_as_of(text)).replace(" ", "") == text.replace(" ", "")
    except DateError as error:
        assert error.fix
