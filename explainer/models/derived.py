"""Figures that are computed from facts, under a name of their own."""

from __future__ import annotations

from typing import Annotated, Literal

from explainer.models import forms
from explainer.models.fields import Decimals, Line, fault, scalar
from explainer.models.markers import AtLeast, ReadBy
from explainer.record import NOWHERE, Record
from explainer.yaml_values import Text


def _part(value: object) -> Text:
    place = value.place if isinstance(value, Text) else NOWHERE
    return Text(scalar(value).strip(), place)


Part = Annotated[Text, ReadBy(_part), forms.TEXT]
"""A reference to a fact as written, with the place where it was."""

_OF_TWO = ("difference", "ratio", "share")


class DerivedFigure(Record, frozen=True, kw_only=True):
    """A named difference, ratio, share, sum or rank of facts. Sources and dates are those of its parts.

    `of` lists fact references without `fact:` (`country.indicator`). A difference, a ratio and a share have
    two: the first minus, or divided by, the second; a share is in percent. A rank is that of the first among all.
    """

    rules = forms.rules(forms.when("kind", _OF_TWO, {"properties": {"of": {"maxItems": 2}}}))

    label: Line
    kind: Literal["difference", "ratio", "share", "sum", "rank"]
    of: Annotated[tuple[Part, ...], AtLeast(2)]
    decimals: Decimals | None = None
    mixed: Line | None = None
    """Why values of different years or definitions may be put together here; the reader sees it."""
    note: Line | None = None

    def check(self) -> None:
        """A difference, a ratio and a share have two parts."""
        if self.kind in _OF_TWO and len(self.of) != 2:
            raise fault("F018", f"a {self.kind} has two parts, not {len(self.of)}", "list two references under `of`")
