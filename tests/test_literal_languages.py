"""Checked literals in another language than English."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from literal_facts import ENGLISH, VALUES, WORDINGS
from msgspec.structs import replace

from explainer.dates import PartialDate
from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.literals.quantities import Count, DateValue, LiteralValue, Number, Unit
from explainer.literals.restyle import restyle
from explainer.literals.words import LanguageError, RangeWords, Scale, languages, load_words

GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
# The whole of what another language needs is such a table, in a file of its own.
OTHER = replace(
    ENGLISH,
    language="de",
    decimal_mark=",",
    group_marks=("\u202f", "."),
    numbers=(("null",), ("ein", "eins", "eine"), ("zwei",), ("drei",)),
    scales=(Scale(10**6, ("Millionen", "Million"), ("Mio.",)), Scale(10**9, ("Milliarden",), ("Mrd.",))),
    ranges=(RangeWords("zwischen", "und"), RangeWords("", "bis")),
    percent=Unit("%", many="Prozent"),
    month_names=tuple((name,) for name in GERMAN_MONTHS.split()),
    day_form="{day}. {month} {year}",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20,6 Millionen", Number(Decimal("20592571"))),
        ("20,6\u00a0Mio.", Number(Decimal("20592571"))),
        ("20.592.571", Number(Decimal("20592571"))),
        ("zwischen eins und drei", Count(1, 3)),
        ("5,2 Prozent", Number(Decimal("5.2"), OTHER.percent)),
        ("3. märz 1993", DateValue(PartialDate(1993, 3, 3))),
    ],
)
def test_another_language_is_only_other_tables(text: str, value: LiteralValue) -> None:
    assert check_literal(text, value, OTHER) is None
    assert check_literal(text, value, ENGLISH) is not None


@given(VALUES, WORDINGS)
def test_the_laws_hold_in_another_language(value: LiteralValue, text: str) -> None:
    assert check_literal(canonical_literal(value, OTHER), value, OTHER) is None
    assert check_literal(restyle(text, value, OTHER), value, OTHER) is None


def test_the_languages_are_the_files_that_are_there() -> None:
    assert "en" in languages()
    assert load_words("en-GB") is ENGLISH
    with pytest.raises(LanguageError) as caught:
        load_words("xx")
    assert 'the language "xx"' in str(caught.value)
    assert '"en"' in caught.value.fix
