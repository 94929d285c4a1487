"""Check the vocabulary of facts."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import Problem
from explainer.site import Site


def check_bounds_of_indicators(site: Site) -> Iterator[Problem]:
    """The minimum of an indicator is not above its maximum: no value could ever fit."""
    for key, indicator in site.indicators.items():
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            message = f'indicator "{key}" has the minimum {low} above its maximum {high}'
            yield Problem(indicator.place_of("minimum"), "D016", message, "swap minimum and maximum")
