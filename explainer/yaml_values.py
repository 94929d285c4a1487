"""Values of YAML that know where they were written."""

from __future__ import annotations

from typing import Any

from explainer.problems import Place


class Text(str):
    """A scalar exactly as typed. `plain` tells that it stood without quotes; what it means, its field decides."""

    __slots__ = ("place", "plain")
    place: Place
    plain: bool

    def __new__(cls, text: str, place: Place, *, plain: bool = True) -> Text:
        """Make a scalar that stood at a place, with or without quotes."""
        self = super().__new__(cls, text)
        self.place, self.plain = place, plain
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Let pickle keep the text alone: where it stood is known by the record it became a part of."""
        return str, (str(self),)

    @property
    def is_null(self) -> bool:
        """Whether this can stand for "no value" where a field allows none: `null` or `~`, unquoted."""
        return self.plain and self in ("~", "null")


class Mapping(dict[str, Any]):
    """A mapping whose keys are Text. `place` is where it begins; `key_places` says where each key stands."""

    __slots__ = ("key_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, Place] = {}


class Sequence(list[Any]):
    """A list that knows where it begins."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


Node = Text | Mapping | Sequence
