"""Dates and names of languages are those of Babel, also where Babel was not asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.core import get_global
from babel.dates import format_date as format_by_pattern
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from explainer import locales
from explainer.dates import PartialDate
from explainer.formats import format_date, format_number, language_name, territory_locale
from explainer.locales import known_locales, recall_locales, words_of_locale

LANGUAGES = (
    "en",
    "en-US",
    "de",
    "ru",
    "kk",
    "ky-Latn",
    "tg",
    "tk",
    "uz",
    "uz-Cyrl",
    "fi",
    "sr-Latn-RS",
    "zh-Hant",
    "ar",
)
DATES = {PartialDate(987): "y", PartialDate(1993): "y"}
DATES |= {PartialDate(1993, month): "MMMM y" for month in range(1, 13)}
DATES |= {PartialDate(2024, month, 29): "d MMMM y" for month in range(1, 13)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_babel_writes_them(language: str) -> None:
    locale = Locale.parse(language, sep="-")
    for when, pattern in DATES.items():
        assert format_date(when, language) == format_by_pattern(when.earliest, pattern, locale=locale)


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.decimals(-(10**17), 10**17, places=3) | st.decimals(-9999, 9999, places=0))
def test_numbers_are_written_as_babel_writes_them(language: str, number: Decimal) -> None:
    decimals = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    locale = Locale.parse(language, sep="-")
    by_babel = format_decimal(number, format=pattern, locale=locale, decimal_quantization=False)
    assert format_number(number, language) == by_babel.replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_called_as_babel_calls_them(language: str) -> None:
    names = Locale.parse(language, sep="-").languages
    for tag in ("en", "ru", "kk", "uz-Cyrl", "qaa"):
        assert language_name(tag, language) == names.get(tag.split("-")[0], tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_written_in_the_script_that_is_likely(language: str) -> None:
    likely = get_global("likely_subtags").get(language.split("-")[0], "_")
    assert words_of_locale(language).script == likely.split("_")[1]


@pytest.mark.parametrize(("language", "tag"), [("en", "en_US"), ("en-GB", "en_GB"), ("kk", "kk_KZ"), ("qaa", "en_US")])
def test_a_language_has_its_own_territory_or_the_usual_one(language: str, tag: str) -> None:
    assert territory_locale(language) == tag


def test_what_is_remembered_of_a_language_is_used_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of_locale("de")
    kept = known_locales()
    monkeypatch.setattr(locales, "_KNOWN", {})
    monkeypatch.setattr(locales, "_ask", lambda language: pytest.fail(f"Babel was asked about {language}"))
    recall_locales(kept)
    assert words_of_locale("de") == words
    assert words.months[2] == "März"
