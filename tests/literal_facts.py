"""Facts for the tests of checked literals: one of each kind by name, and strategies for all there may be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from explainer.dates import PartialDate
from explainer.literals.quantities import (
    Count,
    Currency,
    DateValue,
    LiteralValue,
    Name,
    Number,
    Range,
    Ratio,
    Text,
    Unit,
)
from explainer.literals.words import load_words

ENGLISH = load_words("en")
DOLLARS = ENGLISH.currency("USD")

FACTS: dict[str, LiteralValue] = {
    "population": Number(Decimal("20592571"), Unit("people", "person", "people", ("inhabitants",))),
    "area": Number(Decimal("2724900"), Unit("km²", "square kilometre", "square kilometres", ("sq km",))),
    "coast": Number(Decimal("1894.5"), Unit("km", "kilometre", "kilometres")),
    "depth": Number(Decimal("5"), Unit("m", "metre", "metres")),
    "gdp": Number(Decimal("264900000000"), currency=DOLLARS),
    "gdp per person": Number(Decimal("14570"), Unit(many="per person"), DOLLARS),
    "balance": Number(Decimal("-1250000000"), currency=DOLLARS),
    "gas": Number(Range(Decimal("55"), Decimal("60")), Unit("bcm", many="billion cubic metres")),
    "growth": Number(Decimal("5.2"), ENGLISH.percent),
    "fall": Number(Decimal("-5.2"), ENGLISH.percent),
    "urban": Number(Decimal("58.0"), ENGLISH.percent),
    "members": Count(9, 9, Unit(many="members", one="member")),
    "twelve": Count(12, 12),
    "vague": Count(9, 10),
    "ratio": Ratio(Fraction(9, 5), Fraction(9, 5)),
    "part": Ratio(Fraction(11, 20), Fraction(11, 20)),
    "third": Ratio(Fraction(1, 3), Fraction(1, 3)),
    "capital": Text("Astana", ("Nur-Sultan",)),
    "president": Name("Kassym-Jomart Tokayev", ("Tokayev",)),
    "joined": DateValue(PartialDate(1993, 12, 3)),
    "signed": DateValue(PartialDate(1991, 12)),
    "founded": DateValue(PartialDate(1991)),
}

DECIMALS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.one_of(st.integers(-1000, 1000), st.integers(-(10**9), 10**9), st.integers(-(10**20), 10**20)),
    st.integers(0, 6),
)
UNITS = st.sampled_from(
    [
        None,
        ENGLISH.percent,
        Unit("km²", "square kilometre", "square kilometres", ("sq km",)),
        Unit("m", "metre", "metres"),
        Unit(many="million tonnes", aliases=("Mt",)),
        Unit("°C"),
        Unit(many="per 1,000 people"),
        Unit("to 5", many="million"),
        Unit(many="very " * 60),
    ]
)
# "0 million tonnes" has the unit "million tonnes" and none besides.
PLAIN_UNITS = UNITS.filter(lambda unit: unit is None or "million" not in unit.many)
CURRENCIES = st.sampled_from(
    [None, DOLLARS, ENGLISH.currency("EUR"), Currency("XTS"), Currency("XXX", (), ("francs",))]
)
RANGES = st.builds(lambda ends: Range(min(ends), max(ends)), st.tuples(DECIMALS, DECIMALS))
NUMBERS = st.builds(Number, DECIMALS | RANGES, UNITS, CURRENCIES, st.none() | st.integers(0, 8))
COUNTS = st.builds(
    lambda low, more: Count(low, low + more), st.integers(0, 30) | st.integers(0, 10**9), st.integers(0, 2)
)
FRACTIONS = st.fractions(-3, 100, max_denominator=10**6) | st.builds(
    Fraction, st.integers(-(10**12), 10**12), st.integers(1, 10**12)
)
RATIOS = st.builds(
    lambda low, more: Ratio(low, low + more), FRACTIONS, st.just(Fraction(0)) | st.fractions(0, 3) | FRACTIONS.map(abs)
)
NON_BLANK = st.text(min_size=1, max_size=300).filter(lambda text: text.strip() != "")
TEXTS = st.builds(Text, NON_BLANK, st.lists(NON_BLANK, max_size=2).map(tuple))
NAMES = st.builds(Name, NON_BLANK)
DATES = st.builds(
    DateValue,
    st.one_of(
        st.builds(PartialDate, st.integers(1000, 2999)),
        st.builds(PartialDate, st.integers(1000, 2999), st.integers(1, 12)),
        st.builds(PartialDate, st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 28)),
    ),
)
AMOUNTS = st.one_of(NUMBERS, COUNTS, RATIOS)
VALUES = st.one_of(AMOUNTS, TEXTS, NAMES, DATES)

PIECES = st.sampled_from(
    [
        *ENGLISH.qualifiers,
        *(way for names in ENGLISH.month_names for way in names),
        *ENGLISH.ratios,
        *ENGLISH.number_of_word,
        *("between", "and", "to", "–", "-", "−", ",", ".", "'", "%", "$", "US$", "USD", "€", "per cent", "percent"),
        *("thousand", "million", "billion", "m", "bn", "times", "km²", "metres", "dollars", "1993", "3", "1,234"),
        *("0", "20", "20.6", "900,000", "5.25", "1993-12-03", "٣", "３", "ı", "\u200b", "\n", "\u00a0", "\u202f"),
    ]
)
WORDINGS = st.one_of(
    st.text(max_size=30),
    st.lists(PIECES, max_size=7).map(" ".join),
    st.lists(PIECES, max_size=5).map("".join),
)
