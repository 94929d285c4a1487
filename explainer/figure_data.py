"""Collect the data files of the figures of all texts: each stands beside the page that shows the figure."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.prose.result import Prose


def figure_data(bodies: Iterable[Prose]) -> dict[str, bytes]:
    """Return the CSV files of the figures of converted bodies, by their path in the site."""
    return {
        view["csv"]["address"].removeprefix("/"): view["csv"]["text"].encode()
        for body in bodies
        for part in body.parts
        if isinstance(part, dict) and (view := part["view"]).get("csv") is not None
    }
