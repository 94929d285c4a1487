"""Place points of the globe on a flat sheet such that areas keep their proportions (Lambert azimuthal equal-area)."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

from msgspec import Struct

Point = tuple[float, float]


class Projection(Struct, frozen=True):
    """A projection around a centre, given in degrees, which lies at `x`, `y` on the sheet.

    `scale` is the length of the Earth's radius on the sheet; y grows downwards, as in SVG.
    """

    longitude: float
    latitude: float
    scale: float
    x: float
    y: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a point, given in degrees, lies on the sheet."""
        phi, centre = radians(latitude), radians(self.latitude)
        away = radians(longitude - self.longitude)
        # Towards the antipode of the centre, which no sheet shows, the denominator goes to nothing.
        factor = sqrt(2 / max(1e-6, 1 + sin(centre) * sin(phi) + cos(centre) * cos(phi) * cos(away)))
        east = factor * cos(phi) * sin(away)
        north = factor * (cos(centre) * sin(phi) - sin(centre) * cos(phi) * cos(away))
        return self.x + self.scale * east, self.y - self.scale * north
