"""Place numbers on a scale with round marks, in percent of its length."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from msgspec import Struct

from explainer.formats import SCALES, format_number, scaled
from explainer.models.indicator import Indicator
from explainer.site import Site
from explainer.views.values import value_view

_ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class Scale(Struct, frozen=True):
    """A scale from `low` to `high`, which are round numbers, with a mark at each `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def marks(self) -> list[Decimal]:
        """The marks from the lowest to the highest."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    def at(self, number: Decimal) -> float:
        """Return where a number lies, from 0 (the lowest) to 100."""
        return float(100 * (number - self.low) / (self.high - self.low))


def round_scale(numbers: Iterable[Decimal], *, from_zero: bool = True, steps: int = 4) -> Scale:
    """Return the shortest scale with about `steps` round steps that holds all numbers, of which there is at least one.

    A scale `from_zero` holds zero, so that lengths on it are in proportion to the numbers.
    """
    found = list(numbers)
    low, high = min(found), max(found)
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, Decimal(0))
    rough = (high - low) / steps
    unit = Decimal(1).scaleb(rough.adjusted())
    step = next(unit * factor for factor in _ROUND_STEPS if unit * factor >= rough)
    return Scale(
        (low / step).to_integral_value(ROUND_FLOOR) * step, (high / step).to_integral_value(ROUND_CEILING) * step, step
    )


def mark_labels(scale: Scale, indicator: Indicator, site: Site) -> list[str]:
    """Return the words of a scale's marks, the lowest first: `0`, `10`, `20 million`. Only the last says the unit."""
    exponent = SCALES[indicator.scale]
    decimals = max(0, -int(scale.step.scaleb(-exponent).normalize().as_tuple().exponent))
    short = indicator.replaced(decimals=decimals)
    *others, highest = scale.marks
    return [short_number(number, short, site) for number in others] + [_words(highest, short, site)]


def short_number(number: Decimal, indicator: Indicator, site: Site) -> str:
    """Return a number in the indicator's scale, without currency, scale word and unit: those stand at the axis."""
    return format_number(scaled(_tidy(number), indicator.scale, indicator.decimals), site.settings.language)


def _words(number: Decimal, indicator: Indicator, site: Site) -> str:
    view: dict[str, Any] = value_view(_tidy(number), indicator, site)
    return str(view["text"])


def _tidy(number: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals, and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def percent(number: float) -> str:
    """Return a length or a position as SVG understands it: `12.5%`."""
    return f"{plain(number)}%"


def plain(number: float) -> str:
    """Return a coordinate with at most two decimals: `12.5`."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
