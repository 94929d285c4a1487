"""Check that two countries give the same amount for what they share, such as the length of a border."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from explainer.models.fact import ListFact, ListItem
from explainer.problems import Problem
from explainer.site import Site


def check_mutual_amounts(site: Site) -> Iterator[Problem]:
    """Of what two countries share, the list of each gives the other the same amount. The indicator says `mutual`."""
    given: dict[tuple[str, str, str], tuple[ListItem, Decimal]] = {}
    for key, country in site.countries.items():
        for indicator, fact in country.facts.items():
            if not isinstance(fact, ListFact) or not site.indicators[indicator.id].mutual:
                continue
            for item in fact.value or ():
                if item.country is None or item.amount is None:
                    continue
                given[indicator.id, key, item.country.id] = (item, item.amount)
                back, amount = given.get((indicator.id, item.country.id, key), (item, item.amount))
                if amount != item.amount:
                    message = (
                        f'"{indicator.id}" gives {item.amount} for {item.country.id} here,'
                        f" but {amount} for {key} there ({back.place_of('amount')})"
                    )
                    yield Problem(item.place_of("amount"), "D064", message, "both must say the same: correct one")
