"""Compute the figures that content/derived.yml names: differences, ratios, shares, sums and ranks of other figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

from msgspec import Struct, field

from explainer.fact_refs import (
    SCHEME,
    CountRef,
    DerivedRef,
    FactRefError,
    RatioRef,
    ResolvedRef,
    parse_fact_ref,
    resolve_fact_ref,
)
from explainer.figures import (
    Figure,
    FigureError,
    Measure,
    combined,
    count_figure,
    incomparable,
    ratio_figure,
    value_figure,
)
from explainer.literals.quantities import MAX_DECIMALS, Amount, Count, LiteralValue, Number, Range, Ratio
from explainer.literals.words import LanguageError, Words, languages, load_words
from explainer.models.derived import DerivedFigure
from explainer.problems import Place, Problem, did_you_mean
from explainer.site import Site
from explainer.yaml_values import Text

DEFAULT_DECIMALS = 1
"""How many decimals a share is worded with where its figure does not say."""


class DerivedError(Exception):
    """A derived figure cannot be computed: what is wrong, and where in content/derived.yml."""

    def __init__(self, place: Place, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.place, self.code, self.message, self.fix = place, code, message, fix


class Figures(Struct):
    """The figures of a site, each computed once. Not for use by several threads."""

    site: Site
    words: Words
    _derived: dict[str, Figure | DerivedError | None] = field(default_factory=dict)

    def figure(self, ref: ResolvedRef) -> Figure:
        """Return what a reference stands for. Raises FigureError."""
        if isinstance(ref, DerivedRef):
            return self._named(ref.id)
        if isinstance(ref, CountRef):
            return count_figure(self.site, ref)
        if isinstance(ref, RatioRef):
            return ratio_figure(self.site, ref, self.words)
        return value_figure(self.site, ref, self.words)

    def is_organisation(self, key: str) -> bool:
        """Whether an id is that of an organisation, also of one that could not be read."""
        return key in self.site.places.get("organisation", {})

    def derived(self, key: str) -> Figure:
        """Return a figure of derived.yml. Raises DerivedError, also for figures that rest on each other in a ring."""
        if key not in self._derived:
            self._derived[key] = None  # being computed: to come here again is a ring
            try:
                self._derived[key] = self._compute(key)
            except DerivedError as error:
                self._derived[key] = error
        found = self._derived[key]
        if found is None:
            record = self.site.derived[key]
            message = f'"{key}" is computed from itself'
            raise DerivedError(record.place_of("of"), "D102", message, "take one of its parts out of the ring")
        if isinstance(found, DerivedError):
            raise found
        return found

    def _named(self, key: str) -> Figure:
        known = self.site.places.get("derived figure", {})
        if key not in self.site.derived:
            fix = did_you_mean(key, known, otherwise="add it to content/derived.yml")
            raise FigureError(f'there is no derived figure "{key}"', fix, part="name", is_told=key in known)
        try:
            return self.derived(key)
        except DerivedError as error:
            # It is told where the figure stands, whether prose uses it or not.
            raise FigureError(error.message, error.fix, part="name", is_told=True) from None

    def _compute(self, key: str) -> Figure:
        record = self.site.derived[key]
        parts = [self._part(text) for text in record.of]
        for text, before in _pairs(record.of):
            raise DerivedError(text.place, "D107", f'"{text}" stands in "{key}" twice', f"delete one ({before.place})")
        problem = incomparable(parts, mixed=record.mixed is not None)
        if problem is not None:
            is_unit = incomparable(parts, mixed=True) is not None
            code = "D103" if is_unit else "D104" if "years" in problem else "D105"
            fix = "take figures of one unit" if is_unit else "take others, or say why in a line `mixed: …`"
            raise DerivedError(record.place_of("of"), code, problem, fix)
        try:
            with localcontext() as context:
                context.prec = 80
                value, measure = _value(record, parts, self.site, self.words)
        except (ValueError, ArithmeticError) as error:
            message = f'"{key}" cannot be computed: {error}'
            raise DerivedError(
                record.place_of("of"), "D106", message, "check its parts, its kind and its decimals"
            ) from None
        return combined(f"derived.{key}", value, measure, parts)

    def _part(self, text: Text) -> Figure:
        shift = len(SCHEME)
        try:
            reference = resolve_fact_ref(parse_fact_ref(SCHEME + text), self.is_organisation)
            if isinstance(reference, RatioRef):
                fix = "make it a derived figure of its own and take that"
                raise FactRefError("a ratio cannot be a part", fix, shift, len(text))
            if isinstance(reference, DerivedRef) and reference.id in self.site.derived:
                return self._part_of_ring(reference.id, text)
            return self.figure(reference)
        except FactRefError as error:
            raise DerivedError(
                _inside(text, error.offset - shift, error.length), "D100", error.message, error.fix
            ) from None
        except FigureError as error:
            code = "" if error.is_told else "D101"
            raise DerivedError(text.place, code, error.message, error.fix) from None

    def _part_of_ring(self, key: str, text: Text) -> Figure:
        if self._derived.get(key, key) is None:
            message, fix = f'"{key}" is computed from itself', "take this part out"
            raise DerivedError(text.place, "D102", message, fix)
        try:
            return self.derived(key)
        except DerivedError as error:
            raise DerivedError(text.place, "", error.message, error.fix) from None


def check_derived(site: Site) -> Iterator[Problem]:
    """Every derived figure can be computed, whether prose uses it or not: its parts exist, and fit together.

    A figure that fails only because one of its parts does is not told: the part is.
    """
    try:
        words = load_words(site.settings.language)
    except LanguageError:  # told where prose is converted; units do not depend on it
        words = load_words(languages()[0])
    figures = Figures(site, words)
    for key in site.derived:
        try:
            figures.derived(key)
        except DerivedError as error:
            if error.code:
                yield Problem(error.place, error.code, error.message, error.fix)


def _value(record: DerivedFigure, parts: list[Figure], site: Site, words: Words) -> tuple[LiteralValue, Measure]:
    """Return the value of a figure and what it is counted in. Raises ValueError, ArithmeticError."""
    ends = [_amount(part).ends for part in parts]
    first, last = ends[0], ends[-1]
    if record.kind == "rank":
        return _rank(ends, _is_higher_first(parts[0], site)), ("rank",)
    if record.kind == "sum":
        low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
        return _like(parts[0], Fraction(low), Fraction(high), record.decimals), parts[0].measure
    if record.kind == "difference":
        return _like(parts[0], first[0] - last[1], first[1] - last[0], record.decimals), parts[0].measure
    if last[0] <= 0 <= last[1]:
        raise ZeroDivisionError("its divisor is or may be zero")
    quotients = [above / below for above in first for below in last]
    if record.kind == "ratio":
        return Ratio(min(quotients), max(quotients)), ("ratio",)
    lowest, highest = _decimal(100 * min(quotients)), _decimal(100 * max(quotients))
    decimals = DEFAULT_DECIMALS if record.decimals is None else record.decimals
    return Number(lowest if lowest == highest else Range(lowest, highest), words.percent, decimals=decimals), (
        "percent",
    )


def _like(part: Figure, low: Fraction, high: Fraction, decimals: int | None) -> Amount:
    """Return an amount in the unit of a part."""
    if isinstance(part.value, Count):
        return Count(int(low), int(high), part.value.unit)
    if isinstance(part.value, Ratio):
        return Ratio(low, high)
    assert isinstance(part.value, Number)
    ends = _decimal(low), _decimal(high)
    value = ends[0] if ends[0] == ends[1] else Range(*ends)
    return Number(value, part.value.unit, part.value.currency, decimals)


def _decimal(number: Fraction) -> Decimal:
    """Return a fraction as a decimal, with no more decimals than an amount of prose may have."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)
    return exact if exponent >= -MAX_DECIMALS else exact.quantize(Decimal(1).scaleb(-MAX_DECIMALS))


def _rank(ends: list[tuple[Fraction, Fraction]], higher_first: bool) -> Count:
    """Return the place of the first among all; ranges that overlap leave it open."""
    own, others = ends[0], ends[1:]
    if higher_first:
        surely, maybe = sum(low > own[1] for low, _ in others), sum(high > own[0] for _, high in others)
    else:
        surely, maybe = sum(high < own[0] for _, high in others), sum(low < own[1] for low, _ in others)
    return Count(1 + surely, 1 + maybe)


def _is_higher_first(part: Figure, site: Site) -> bool:
    orders = {site.indicators[name].order for name in part.definitions if name in site.indicators}
    if "none" in orders:
        raise ValueError("its indicator has no order")
    return "lower-first" not in orders


def _amount(part: Figure) -> Amount:
    assert isinstance(part.value, Number | Count | Ratio)
    return part.value


def _pairs(parts: tuple[Text, ...]) -> Iterator[tuple[Text, Text]]:
    seen: dict[str, Text] = {}
    for text in parts:
        if text in seen:
            yield text, seen[text]
        seen.setdefault(text, text)


def _inside(text: Text, offset: int, length: int) -> Place:
    place = text.place
    if offset < 0 or offset + length > len(text) or place.length != len(text):
        return place
    return Place(place.path, place.line, place.column + offset, length)
