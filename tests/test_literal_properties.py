"""Laws of checked literals: what holds for every fact and every text."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from literal_facts import AMOUNTS, DATES, DECIMALS, ENGLISH, PLAIN_UNITS, VALUES, WORDINGS
from msgspec.structs import replace

from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.literals.quantities import (
    Amount,
    Count,
    DateValue,
    LiteralValue,
    Number,
    Range,
    Ratio,
    Unit,
)
from explainer.literals.restyle import restyle
from explainer.literals.words import Words


def agrees(text: str, value: LiteralValue, words: Words = ENGLISH) -> bool:
    return check_literal(text, value, words) is None


SCALES = {"": 1, " thousand": 10**3, " million": 10**6, "m": 10**6, "bn": 10**9, " trillion": 10**12}


class Written:
    """A number as the laws see it: its words, its worth n, and the worth d of its last digit."""

    def __init__(self, digits: int, places: int, scale: str) -> None:
        whole = f"{abs(digits):0{places + 1}d}"
        integer, decimals = (whole[:-places], "." + whole[-places:]) if places else (whole, "")
        self.words = ("−" if digits < 0 else "") + f"{int(integer):,}" + decimals + scale
        self.d = Fraction(SCALES[scale], 10**places)
        self.n = digits * self.d
        zeros = len(str(digits)) - len(str(digits).rstrip("0")) if digits and not places else 0
        self.u = self.d * 10**zeros
        self.c = min(self.u, max(self.d / 2, abs(self.n) / 4))

    def __repr__(self) -> str:
        return self.words


WRITTEN = st.builds(
    Written,
    st.integers(-9999, 9999) | st.integers(-20, 20).map(lambda n: n * 100),
    st.integers(0, 3),
    st.sampled_from([*SCALES]),
)
QUARTERS = st.integers(-9, 9)


def exact(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(decimal) == value
    return decimal


# ---- the rule --------------------------------------------------------------------------------------------------------


@given(WRITTEN, QUARTERS)
def test_a_number_alone_agrees_within_half_of_its_last_digit_ties_included(written: Written, quarters: int) -> None:
    fact = written.n + quarters * written.d / 4

    assert agrees(written.words, Number(exact(fact))) == (abs(fact - written.n) <= written.d / 2)


@pytest.mark.parametrize("word", ENGLISH.qualifiers)
@given(written=WRITTEN, step=st.sampled_from("duc"), quarters=QUARTERS)
def test_a_qualified_number_agrees_within_the_interval_of_its_word(
    word: str, written: Written, step: str, quarters: int
) -> None:
    n, u, c = written.n, written.u, written.c
    f = n + quarters * getattr(written, step) / 4
    assume(n >= 0)
    allowed = {
        "about": n - c <= f <= n + c,
        "around": n - c <= f <= n + c,
        "roughly": n - c <= f <= n + c,
        "some": n - c <= f <= n + c,
        "more than": n < f <= n + u,
        "over": n < f <= n + u,
        "above": n < f <= n + u,
        "at least": n <= f <= n + u,
        "nearly": n - c <= f < n,
        "almost": n - c <= f < n,
        "under": n - u <= f < n,
        "less than": n - u <= f < n,
        "fewer than": n - u <= f < n,
        "up to": n - u <= f <= n,
    }

    assert agrees(f"{word} {written.words}", Number(exact(f))) == allowed[word]


@given(WRITTEN, st.sampled_from([*ENGLISH.qualifiers]), QUARTERS)
def test_words_of_one_side_are_never_read_before_a_number_below_zero(
    written: Written, word: str, quarters: int
) -> None:
    assume(written.n < 0)
    fact = written.n + quarters * written.d / 4
    is_close = abs(fact - written.n) <= written.c

    assert agrees(f"{word} {written.words}", Number(exact(fact))) == (
        word in ("about", "around", "roughly", "some") and is_close
    )


@given(WRITTEN, st.sampled_from(["", *ENGLISH.qualifiers]), QUARTERS, QUARTERS)
def test_a_range_agrees_with_one_number_when_both_its_ends_do(
    written: Written, word: str, first: int, second: int
) -> None:
    low, high = (exact(written.n + quarters * written.u / 4) for quarters in sorted((first, second)))
    words = f"{word} {written.words}".strip()

    assert agrees(words, Number(Range(low, high))) == (agrees(words, Number(low)) and agrees(words, Number(high)))


@given(
    st.integers(0, 10**6), st.integers(1, 10**6), st.integers(-9, 9), st.integers(-9, 9), st.sampled_from(["to", "–"])
)
def test_a_range_in_words_holds_a_certain_fact_and_matches_the_ends_of_a_range(
    low: int, width: int, first: int, second: int, middle: str
) -> None:
    high = low + width
    words = f"{low:,} {middle} {high:,}"
    fact = low + Fraction(width * first, 8)
    assert agrees(words, Number(exact(fact))) == (low <= fact <= high)

    ends = low + Fraction(first, 8), high + Fraction(second, 8)
    assume(ends[0] < ends[1])
    matches = abs(ends[0] - low) <= Fraction(1, 2) and abs(ends[1] - high) <= Fraction(1, 2)
    assert agrees(words, Number(Range(exact(ends[0]), exact(ends[1])))) == matches


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 2))
def test_a_count_is_equal_and_an_uncertain_one_is_worded_as_exactly_its_range(low: int, number: int, more: int) -> None:
    count = Count(low, low + more)

    assert agrees(str(number), count) == (number == low and more == 0)
    for words in (f"between {low} and {number}", f"{low} to {number}", f"{low}–{number}"):
        assert agrees(words, count) == (number == low + more > low)


@given(DATES, DATES)
def test_a_date_agrees_with_itself_and_with_every_more_exact_date_that_begins_with_it(
    words: DateValue, fact: DateValue
) -> None:
    for exact_one in (fact.date, replace(words.date, year=fact.date.year)):
        written = str(words.date)
        assert agrees(written, DateValue(exact_one)) == str(exact_one).startswith(written)


# ---- what we write ---------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(VALUES)
@example(Ratio(Fraction(135, 100) - Fraction(1, 10**15), Fraction(135, 100)))
@example(Number(Range(Decimal("1000000"), Decimal("900000000000"))))
def test_the_canonical_words_for_a_fact_agree_with_it(value: LiteralValue) -> None:
    assert agrees(canonical_literal(value, ENGLISH), value)


@settings(max_examples=300)
@given(WORDINGS, VALUES)
def test_words_rewritten_for_a_fact_agree_with_it_and_stay_when_they_did(text: str, value: LiteralValue) -> None:
    rewritten = restyle(text, value, ENGLISH)

    assert agrees(rewritten, value)
    assert rewritten == text or not agrees(text, value)


@given(
    WRITTEN, st.sampled_from(["", "about ", "nearly ", "more than ", "up to "]), DECIMALS.filter(lambda fact: fact >= 0)
)
def test_a_figure_of_any_style_can_be_rewritten_for_any_fact(written: Written, qualifier: str, fact: Decimal) -> None:
    assert agrees(restyle(qualifier + written.words, Number(fact), ENGLISH), Number(fact))


@settings(max_examples=300)
@given(WORDINGS, VALUES)
def test_every_refusal_is_one_line_and_proposes_words_that_agree(text: str, value: LiteralValue) -> None:
    disagreement = check_literal(text, value, ENGLISH)

    if disagreement is not None and isinstance(value, Number | Count | Ratio | DateValue):
        assert "\n" not in disagreement.message
        proposals = disagreement.fix.removeprefix('write "').removesuffix('"').split('" or "')
        assert all(agrees(words, value) for words in proposals)


@given(WRITTEN, st.sampled_from([*ENGLISH.qualifiers]), AMOUNTS)
def test_the_case_of_words_and_the_kind_of_spaces_do_not_matter(written: Written, word: str, value: Amount) -> None:
    text = f"{word} {written.words}"
    other = text.replace(word, word.title().replace(" ", "\u00a0  ")).replace(" million", "\n Million")

    assert agrees(text, value) == agrees(other, value)


# ---- no misreading ---------------------------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=1, max_size=4)
MARKS = st.sampled_from(
    [",", ".", "'", "’", " ", "\u00a0", "\u202f", "\u2009", "_", "-", "−", "·", "٬", "\u200b", "", "\n"]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(DIGITS, MARKS), min_size=1, max_size=4))
def test_no_grouping_but_ours_is_ever_read_as_the_number_it_looks_like(parts: list[tuple[str, str]]) -> None:
    text = "".join(digits + mark for digits, mark in parts)
    number = int("".join(digits for digits, _ in parts))
    ours = re.fullmatch(
        r"0|[1-9][0-9]{0,3}|[1-9][0-9]{0,2}(?:(,[0-9]{3})+|(\u00a0[0-9]{3})+|(\u202f[0-9]{3})+)", text.strip()
    )

    if number:
        assert agrees(text, Count(number, number)) == (ours is not None)


@given(st.integers(1, 10**9), st.integers(0x660, 0x1FBF9).map(chr).filter(lambda letter: letter.isdecimal()))
def test_digits_of_other_scripts_are_refused_and_named(number: int, digit: str) -> None:
    disagreement = check_literal(str(number)[:-1] + digit, Count(number, number), ENGLISH)

    assert disagreement is not None
    assert disagreement.message == f'"{digit}" is not a digit that is read here: the digits are 0 to 9'


@given(WRITTEN, st.sampled_from(["km²", "tonnes", "%", "euros", "€", "people", "KM", "Per Cent"]), PLAIN_UNITS)
def test_a_unit_that_is_not_the_facts_is_named_beside_it(written: Written, unit: str, own: Unit | None) -> None:
    value = Number(exact(written.n), own)
    ways = [] if own is None else [own.symbol, own.one, own.many, *own.aliases]
    disagreement = check_literal(f"{written.words} {unit}", value, ENGLISH)

    assert (disagreement is None) == (unit in ways or unit.lower() in ways[1:])
    if disagreement is not None:
        assert unit in disagreement.message
        assert (own.name.split()[0] if own else "no unit") in disagreement.message
