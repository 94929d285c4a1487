"""The map of the site: the outlines of its countries on one flat sheet."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import field

from explainer.models import forms
from explainer.models.fields import CountryRef, Line, Number, SourceRef, WholeNumber, fault, scalar
from explainer.models.markers import AtLeast, ReadBy
from explainer.projection import Projection
from explainer.record import Record

_RING = re.compile(r"M-?\d+[ -]\d+l-?\d+(?:[ -]\d+)+z", re.ASCII)


def _outline(value: object) -> str:
    text = scalar(value)
    if _RING.sub("", text):
        message = "this is no outline"
        raise fault("F011", message, "let tools/map_outlines.py write it: `M x y l dx dy … z`, in whole numbers")
    return str(text)


Outline = Annotated[str, ReadBy(_outline), forms.matching(f"({_RING.pattern})+", "let tools/map_outlines.py write it")]
"""Closed rings as an SVG path: `M x y l dx dy … z`, in whole numbers."""


class MapProjection(Record, frozen=True, kw_only=True):
    """How points of the globe lie on the sheet: around which centre, in degrees, and at which scale."""

    kind: Literal["lambert-azimuthal-equal-area"]
    longitude: Number
    latitude: Number
    scale: Number
    x: Number
    y: Number

    def projection(self) -> Projection:
        """Return the projection as a function of points."""
        numbers = (self.longitude, self.latitude, self.scale, self.x, self.y)
        return Projection(*map(float, numbers))


class Simplification(Record, frozen=True, kw_only=True):
    """By how many units of the sheet outlines may differ from the source: in the region, elsewhere, for other land."""

    region: Number
    countries: Number
    land: Number


class MapDrawing(Record, frozen=True, kw_only=True):
    """The sheet with its outlines. Countries of the site have an outline each; all other land is one shape."""

    width: WholeNumber
    height: WholeNumber
    projection: MapProjection
    simplify: Simplification
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    note: Line
    """What readers must know of the borders and waters that the map shows, or does not show."""
    outlines: dict[CountryRef, Outline] = field(default_factory=dict)
    land: Outline | None = None
