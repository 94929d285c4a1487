"""Say what a reference to a fact shows on a page: its words, its exact value, its dates and where it can be found."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from explainer.addresses import country_address, organisation_address
from explainer.derived import Figures
from explainer.fact_refs import (
    CountRef,
    DerivedRef,
    FactReference,
    FactRefError,
    RatioRef,
    ResolvedRef,
    Term,
    ValueRef,
    parse_fact_ref,
    resolve_fact_ref,
)
from explainer.figures import Figure, FigureError
from explainer.formats import format_number
from explainer.freshness import is_stale
from explainer.literals.quantities import Count, Number, Ratio, Text
from explainer.membership import ASSOCIATES, MEMBERS
from explainer.models.fact import Alternative
from explainer.views.facts import AS_OF_LABELS, as_of_view
from explainer.views.values import CURRENCY_SIGNS, value_text, value_view

_GROUPS = {MEMBERS: "members", ASSOCIATES: "associates"}
_RATIO_DECIMALS = 2


def read_reference(target: str, figures: Figures) -> tuple[FactReference, ResolvedRef]:
    """Return a target as it was written and as it is meant. Raises FactRefError."""
    written = parse_fact_ref(target)
    return written, resolve_fact_ref(written, figures.is_organisation)


def fault_span(written: FactReference, error: FigureError) -> tuple[int, int]:
    """Return the offset and the length in the target of the part that leads to no figure."""
    if isinstance(written, DerivedRef):
        return written.id_span
    term = written if isinstance(written, Term) else (written.numerator, written.denominator)[error.term]
    if error.part == "all":
        return 0, len(str(written))
    return {"entity": term.entity_span, "name": term.name_span, "at": term.at_span}[error.part]


def fact_address(ref: ResolvedRef, figures: Figures) -> str | None:
    """Return where a figure can be found on the site, or None for one that only its note shows."""
    site = figures.site
    if isinstance(ref, ValueRef):
        anchor = ref.indicator if ref.year is None else f"{ref.indicator}-by-year"
        return f"{country_address(site, ref.entity)}#{anchor}"
    if isinstance(ref, CountRef):
        return f"{organisation_address(site, ref.organisation)}#years"
    return None


def fact_note(ref: ResolvedRef, figure: Figure, figures: Figures, as_of: date) -> dict[str, Any]:
    """Return what the note of a figure shows, but for its sources, which the note book numbers."""
    site = figures.site
    view: dict[str, Any] = {
        "key": figure.key,
        "label": _label(ref, figures),
        "value": exact_words(ref, figure, figures),
        "address": fact_address(ref, figures),
        "as_of": [as_of_view(when, site) for when in figure.as_of],
        "price_basis": None,
        "is_stale": False,
        "status": None,
        "note": None,
        "mixed": None,
        "has_alternatives": False,
    }
    if isinstance(ref, ValueRef):
        indicator = site.indicators[ref.indicator]
        view["price_basis"] = indicator.price_basis
        fact = site.countries[ref.entity].fact(ref.indicator)
        other = _alternative(ref, figures)
        if other is not None:
            view |= {"note": other.reason, "has_alternatives": True}
        elif ref.year is None and fact is not None:
            view |= {
                "as_of": [as_of_view(fact.as_of, site, AS_OF_LABELS[fact.as_of_kind])],
                "is_stale": is_stale(fact.as_of, indicator.max_age, as_of),
                "status": None if fact.status == "confirmed" else fact.status,
                "note": fact.note,
                "has_alternatives": bool(fact.alternatives),
            }
    elif isinstance(ref, DerivedRef):
        record = site.derived[ref.id]
        view |= {"note": record.note, "mixed": record.mixed}
    return view


def exact_words(ref: ResolvedRef, figure: Figure, figures: Figures) -> str:
    """Return the value in words, as exactly as it is known; a computed one with the decimals it was given."""
    site, value, language = figures.site, figure.value, figures.site.settings.language
    if isinstance(ref, ValueRef):
        indicator = site.indicators[ref.indicator].replaced(scale="one")
        country = site.countries[ref.entity]
        series, fact = country.series_of(ref.indicator), country.fact(ref.indicator)
        said = _alternative(ref, figures) or fact
        known = series.values[ref.year] if ref.year is not None and series else said and said.value
        return value_text(value_view(known, indicator, site))
    if isinstance(value, Count):
        return str(value.low) if value.low == value.high else f"between {value.low} and {value.high}"
    if isinstance(value, Ratio):
        decimals = site.derived[ref.id].decimals if isinstance(ref, DerivedRef) else None
        places = _RATIO_DECIMALS if decimals is None else decimals
        ends = dict.fromkeys(format_number(_rounded(end, places), language) for end in value.ends)
        return f"{' to '.join(ends)} {figures.words.times.many}"
    if isinstance(value, Number):
        ends = dict.fromkeys(_amount(end, value, language) for end in (value.low, value.high))
        unit = "" if value.unit is None or value.unit.is_attached else f" {value.unit.symbol or value.unit.many}"
        return " to ".join(ends) + unit
    assert isinstance(value, Text)
    return value.value


def _alternative(ref: ValueRef, figures: Figures) -> Alternative | None:
    """Return what another source says, where a reference names its rank."""
    fact = figures.site.countries[ref.entity].fact(ref.indicator)
    return next((other for other in fact.alternatives if other.rank == ref.rank), None) if fact else None


def _label(ref: ResolvedRef, figures: Figures) -> str:
    site = figures.site
    if isinstance(ref, ValueRef):
        by = "" if ref.rank is None else ", by another source"
        return f"{site.countries[ref.entity].name}: {site.indicators[ref.indicator].label}{by}"
    if isinstance(ref, CountRef):
        organisation = site.organisations[ref.organisation]
        status = organisation.statuses.get(ref.group)
        counted = f"states with the status “{status.label}”" if status else _GROUPS[ref.group]
        return f"{organisation.short}: number of {counted}"
    if isinstance(ref, RatioRef):
        return f"{_label(ref.numerator, figures)}, divided by {_label(ref.denominator, figures)}"
    return site.derived[ref.id].label


def _amount(end: Decimal, value: Number, language: str) -> str:
    shown = end if value.decimals is None else _rounded(Fraction(end), value.decimals)
    text = format_number(shown, language)
    if value.currency is not None:
        text = f"{CURRENCY_SIGNS.get(value.currency.code, value.currency.code + ' ')}{text}"
    return text + (value.unit.symbol if value.unit is not None and value.unit.is_attached else "")


def _rounded(number: Fraction, decimals: int) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


__all__ = ["FactRefError", "exact_words", "fact_address", "fact_note", "fault_span", "read_reference"]
