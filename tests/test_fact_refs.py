"""References to facts: what their targets mean, and where a wrong one is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.dates import PartialDate
from explainer.fact_refs import (
    CountRef,
    DerivedRef,
    FactReference,
    FactRefError,
    Quotient,
    RatioRef,
    ResolvedRef,
    Term,
    ValueRef,
    parse_fact_ref,
    resolve_fact_ref,
)

ORGANISATIONS = {"cis", "eurasian-union"}


def read(text: str) -> ResolvedRef:
    return resolve_fact_ref(parse_fact_ref(text), ORGANISATIONS.__contains__)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("fact:kazakhstan.population", ValueRef("kazakhstan", "population")),
        ("fact:uzbekistan.population@1991", ValueRef("uzbekistan", "population", 1991)),
        ("fact:turkmenistan.population~3", ValueRef("turkmenistan", "population", rank=3)),
        ("fact:a.gdp~2/b.gdp", RatioRef(ValueRef("a", "gdp", rank=2), ValueRef("b", "gdp"))),
        ("fact:kyrgyzstan.head-of-state", ValueRef("kyrgyzstan", "head-of-state")),
        ("fact:cis.members@2026-03-20", CountRef("cis", "members", PartialDate(2026, 3, 20))),
        ("fact:cis.members@1995", CountRef("cis", "members", PartialDate(1995))),
        ("fact:eurasian-union.observer@2020-12", CountRef("eurasian-union", "observer", PartialDate(2020, 12))),
        ("fact:derived.largest-economy", DerivedRef("largest-economy")),
        (
            "fact:uzbekistan.population/kazakhstan.population",
            RatioRef(ValueRef("uzbekistan", "population"), ValueRef("kazakhstan", "population")),
        ),
        (
            "fact:a.gdp@2023/a.gdp@1991",
            RatioRef(ValueRef("a", "gdp", 2023), ValueRef("a", "gdp", 1991)),
        ),
    ],
)
def test_a_target_says_what_it_asks_for_and_is_written_back_the_same(text: str, meaning: ResolvedRef) -> None:
    assert read(text) == meaning
    assert str(meaning) == text


def test_the_same_form_is_a_year_of_a_series_for_a_country_and_a_date_for_an_organisation() -> None:
    assert isinstance(read("fact:georgia.members@1995"), ValueRef)
    assert isinstance(read("fact:cis.members@1995"), CountRef)


@dataclass(frozen=True)
class Wrong:
    text: str
    pointed_at: str
    message: str
    fix: str


WRONG = [
    Wrong("fact:", "fact:", 'nothing follows "fact:"', "write "),
    Wrong("facts:a.b", "facts:a.b", "is no reference to a fact", "write "),
    Wrong("fact:kazakhstan", "kazakhstan", "names no indicator", 'write "fact:kazakhstan.INDICATOR"'),
    Wrong("fact:kazakhstan.", "kazakhstan.", "names no indicator", 'write "fact:kazakhstan.INDICATOR"'),
    Wrong("fact:.population", ".population", "the id of the entity is missing", "ENTITY.INDICATOR"),
    Wrong("fact:Kazakhstan.population", "K", '"K" cannot stand in an id', 'did you mean "kazakhstan"?'),
    Wrong("fact:a.head_of_state", "_", '"_" cannot stand in an id', 'did you mean "head-of-state"?'),
    Wrong("fact:a.b#c", "#", '"#" cannot stand in an id', 'did you mean "b-c"?'),
    Wrong("fact:қазақстан.population", "қ", '"қ" cannot stand in an id', "lower-case letters"),
    Wrong("fact:a.gdp١", "١", "cannot stand in an id", "gdp"),
    Wrong("fact:a.-gdp", "-gdp", "single hyphens stand inside", 'did you mean "gdp"?'),
    Wrong("fact:a.head--state", "head--state", "single hyphens stand inside", 'did you mean "head-state"?'),
    Wrong(f"fact:a.{'b' * 61}", "b" * 61, "at most 60 characters, and this has 61", "content/"),
    Wrong("fact:a.b c", " ", "has no spaces", "ids have hyphens"),
    Wrong("fact:a.b%20c", "%20", "has no spaces", "ids have hyphens"),
    Wrong("fact:a.b\u00a0c", "\u00a0", "has no spaces", "ids have hyphens"),
    Wrong("fact:a.b.c", ".c", "more than one point", "ENTITY.INDICATOR"),
    Wrong("fact:a.b@", "@", 'no date follows the "@"', "YYYY"),
    Wrong("fact:a.b~", "~", "no rank of an alternative", "write ~2"),
    Wrong("fact:a.b~1", "~1", "no rank of an alternative", "without"),
    Wrong("fact:a.b~x", "~x", "no rank of an alternative", "write ~2"),
    Wrong("fact:a.b~2@1991", "~2", "a year of a series has no rank", 'take "~2" or the year out'),
    Wrong("fact:cis.members~2", "2", "a count has no rank", "fact:cis.members@YYYY-MM-DD"),
    Wrong("fact:a.b@91", "91", '"91" is not a date', "YYYY"),
    Wrong("fact:a.b@1991-13", "1991-13", "there is no month 13", "01 to 12"),
    Wrong("fact:a.b@1991-02-30", "1991-02-30", "there is no day", "01 to 28"),
    Wrong("fact:a.b@1991@1992", "1991@1992", "is not a date", "YYYY"),
    Wrong("fact:a.b@1991-12", "1991-12", "one value a year", 'write "@1991"'),
    Wrong("fact:a.b@1991-12-08", "1991-12-08", "one value a year", 'write "@1991"'),
    Wrong("fact:cis.members", "cis.members", "a count needs the date it holds on", "fact:cis.members@YYYY-MM-DD"),
    Wrong("fact:derived.", "derived.", "the id of the derived figure is missing", "fact:derived.ID"),
    Wrong("fact:derived", "derived", "the id of the derived figure is missing", "fact:derived.ID"),
    Wrong("fact:derived.sum@1991", "@1991", "no date of its own", 'take "@1991" out'),
    Wrong("fact:derived@1991", "@1991", "no date of its own", 'take "@1991" out'),
    Wrong("fact:derived.a.b", ".", '"." cannot stand in an id', 'did you mean "a-b"?'),
    Wrong("fact:derived.sum/a.b", "derived.sum", "cannot be part of a ratio", "content/derived.yml"),
    Wrong("fact:a.b/derived.sum", "derived.sum", "cannot be part of a ratio", "content/derived.yml"),
    Wrong("fact:a.b/", "/", 'missing after the "/"', "ENTITY.INDICATOR/ENTITY.INDICATOR"),
    Wrong("fact:/a.b", "/", 'missing before the "/"', "ENTITY.INDICATOR/ENTITY.INDICATOR"),
    Wrong("fact:a.b/c.d/e.f", "/e.f", "one slash between them", "content/derived.yml"),
    Wrong("fact:a.b/c", "c", '"c" names no indicator', 'did you mean "c.b"?'),
    Wrong("fact:a.b/C.d", "C", '"C" cannot stand in an id', 'did you mean "c"?'),
    Wrong("fact:a.b/c.d@19", "19", '"19" is not a date', "YYYY"),
    Wrong("fact:a.b/cis.members", "cis.members", "a ratio is of two values", "content/derived.yml"),
    Wrong("fact:cis.members@1995/a.b", "cis.members@1995", "a ratio is of two values", "content/derived.yml"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.text)
def test_a_wrong_target_is_pointed_at_where_it_is_wrong(wrong: Wrong) -> None:
    with pytest.raises(FactRefError) as caught:
        read(wrong.text)

    error = caught.value
    assert wrong.text[error.offset : error.offset + error.length] == wrong.pointed_at
    assert wrong.message in error.message
    assert wrong.fix in error.fix


def test_a_term_knows_where_its_parts_stand_in_the_target() -> None:
    target = "fact:uzbekistan.population@1991/kazakhstan.gdp"
    quotient = parse_fact_ref(target)
    assert isinstance(quotient, Quotient)

    def at(span: tuple[int, int]) -> str:
        return target[span[0] : span[0] + span[1]]

    first, second = quotient.numerator, quotient.denominator
    assert [at(first.entity_span), at(first.name_span), at(first.at_span)] == ["uzbekistan", "population", "1991"]
    assert [at(second.entity_span), at(second.name_span), at(second.at_span)] == [
        "kazakhstan",
        "gdp",
        "kazakhstan.gdp",
    ]
    derived = parse_fact_ref("fact:derived.sum")
    assert isinstance(derived, DerivedRef)
    assert derived.id_span == (len("fact:derived."), len("sum"))


IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(lambda ident: ident != "derived")
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1000, 2999)),
    st.builds(PartialDate, st.integers(1000, 2999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 28)),
)
RANKS = st.integers(2, 99)
TERMS = st.builds(Term, IDS, IDS, st.none() | DATES) | st.builds(Term, IDS, IDS, st.none(), RANKS)
REFERENCES = st.one_of(TERMS, st.builds(Quotient, TERMS, TERMS), st.builds(DerivedRef, IDS))
VALUES = st.builds(ValueRef, IDS, IDS, st.none() | st.integers(1000, 2999))
VALUES |= st.builds(ValueRef, IDS, IDS, st.none(), RANKS)


@given(REFERENCES)
def test_every_reference_is_read_back_from_its_text(reference: FactReference) -> None:
    assert parse_fact_ref(str(reference)) == reference


@given(VALUES, VALUES)
def test_every_value_and_ratio_is_read_back_from_its_text(first: ValueRef, second: ValueRef) -> None:
    for reference in (first, RatioRef(first, second)):
        assert resolve_fact_ref(parse_fact_ref(str(reference)), lambda _: False) == reference


@given(st.builds(CountRef, IDS, IDS, DATES))
def test_every_count_is_read_back_from_its_text(count: CountRef) -> None:
    assert resolve_fact_ref(parse_fact_ref(str(count)), lambda ident: ident == count.organisation) == count


@given(
    st.text(max_size=80).map(lambda text: f"fact:{text}") | st.from_regex(r"fact:[a-z./@~0-9 -]{0,40}", fullmatch=True)
)
def test_any_target_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    try:
        assert str(parse_fact_ref(text)) == text
    except FactRefError as error:
        assert 0 <= error.offset < error.offset + error.length <= len(text)
        assert error.message
        assert error.fix
