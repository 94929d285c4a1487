"""How English writes figures."""

from __future__ import annotations

from fractions import Fraction

from explainer.literals.quantities import Currency, Unit
from explainer.literals.words import Qualifier, RangeWords, RatioWord, Scale, Words

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_MONTHS = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sep", "Sept"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_QUALIFIERS = {
    Qualifier.ABOUT: ("about", "around", "roughly", "some"),
    Qualifier.MORE_THAN: ("more than", "over", "above"),
    Qualifier.AT_LEAST: ("at least",),
    Qualifier.NEARLY: ("nearly", "almost"),
    Qualifier.LESS_THAN: ("under", "less than", "fewer than"),
    Qualifier.UP_TO: ("up to",),
}


def _ratio(value: str, unit: str) -> RatioWord:
    return RatioWord(Fraction(value), Fraction(unit))


# A word has no last digit, so each has a unit of its own here: "half" alone is 45 to 55 per cent, "nearly half" 40 to
# just under 50, "twice" 1.75 to 2.25, "nearly twice" 1.5 to just under 2.
_RATIOS = {
    "half": _ratio("1/2", "1/10"),
    "a half": _ratio("1/2", "1/10"),
    "one half": _ratio("1/2", "1/10"),
    "a third": _ratio("1/3", "1/20"),
    "one third": _ratio("1/3", "1/20"),
    "two thirds": _ratio("2/3", "1/20"),
    "a quarter": _ratio("1/4", "1/20"),
    "one quarter": _ratio("1/4", "1/20"),
    "three quarters": _ratio("3/4", "1/20"),
    "a fifth": _ratio("1/5", "1/25"),
    "one fifth": _ratio("1/5", "1/25"),
    "two fifths": _ratio("2/5", "1/25"),
    "three fifths": _ratio("3/5", "1/25"),
    "four fifths": _ratio("4/5", "1/25"),
    "a tenth": _ratio("1/10", "1/50"),
    "one tenth": _ratio("1/10", "1/50"),
    "twice": _ratio("2", "1/2"),
    "double": _ratio("2", "1/2"),
    "triple": _ratio("3", "1/2"),
}

WORDS = Words(
    language="en",
    decimal_mark=".",
    group_marks=(",", "\u00a0", "\u202f"),
    numbers=tuple((word,) for word in _NUMBERS.split()),
    words_up_to=10,
    scales=(
        Scale(10**3, ("thousand",)),
        Scale(10**6, ("million",), ("m",)),
        Scale(10**9, ("billion",), ("bn",)),
        Scale(10**12, ("trillion",)),
    ),
    qualifiers={word: qualifier for qualifier, words in _QUALIFIERS.items() for word in words},
    ranges=(RangeWords("between", "and"), RangeWords("", "to"), RangeWords("", "–")),
    ratios=_RATIOS,
    times=Unit(many="times"),
    percent=Unit("%", "per cent", "per cent", ("percent",)),
    currencies=(
        Currency("USD", ("US$", "$"), ("US dollars", "dollars", "US dollar", "dollar")),
        Currency("EUR", ("€",), ("euros", "euro")),
        Currency("GBP", ("£",), ("pounds", "pounds sterling", "pound", "pound sterling")),
        Currency("JPY", ("¥",), ("yen",)),
    ),
    month_names=_MONTHS,
    day_form="{day} {month} {year}",
    month_form="{month} {year}",
)
