"""A figure or statement about a country, with its date and its sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from explainer.dates import AsOf
from explainer.models import forms
from explainer.models.fields import (
    AsOfDate,
    CountryRef,
    Date,
    FullDate,
    LanguageTag,
    Line,
    Number,
    SourceRef,
    WholeNumber,
    Year,
    fault,
    none_if_null,
    read_number,
)
from explainer.models.markers import AtLeast, FirstBy, ReadBy, ToldApartBy
from explainer.record import Record


class Waiver(Record, frozen=True, kw_only=True):
    """Why a problem is accepted, and until which day."""

    reason: Line
    until: FullDate


class NumberRange(Record, frozen=True, kw_only=True):
    """A value that its source gives between two bounds."""

    low: Number
    high: Number

    def check(self) -> None:
        """The range begins with its lower end."""
        if self.low > self.high:
            raise fault("F014", f"the range starts at {self.low} and ends at {self.high}", "swap low and high")


def _number_or_range(value: Any) -> Decimal | NumberRange:
    from explainer.validation import validated

    if isinstance(value, dict):
        return validated(NumberRange, value)
    return read_number(value)


class Person(Record, frozen=True, kw_only=True):
    """Who holds an office, since when."""

    name: Line
    office: Line
    since: Date | None = None


class GeographicPlace(Record, frozen=True, kw_only=True):
    """A town, with its position in degrees."""

    rules = forms.rules(
        {"dependencies": {"latitude": ["longitude"], "longitude": ["latitude"]}},
        {"properties": {"latitude": {"minimum": -90, "maximum": 90}}},
        {"properties": {"longitude": {"minimum": -180, "maximum": 180}}},
    )

    name: Line
    latitude: Number | None = None
    longitude: Number | None = None
    former_names: tuple[Line, ...] = ()

    def check(self) -> None:
        """A position has both of its numbers, and they lie on the globe."""
        if (self.latitude is None) != (self.longitude is None):
            raise fault("F019", "a position has a latitude and a longitude", "write both, or neither")
        if abs(Decimal(self.latitude or 0)) > 90 or abs(Decimal(self.longitude or 0)) > 180:
            raise fault("F019", "there is no such position", "latitudes go to 90, longitudes to 180 degrees")


class ListItem(Record, frozen=True, kw_only=True):
    """One item of a list: a language, a neighbour, a commodity. `amount` is in the indicator's unit."""

    item: Line
    lang: LanguageTag | None = None
    status: Line | None = None
    country: CountryRef | None = None
    share: Number | None = None
    amount: Number | None = None
    note: Line | None = None


class Share(Record, frozen=True, kw_only=True):
    """One part of a whole, in percent."""

    item: Line
    share: Number
    country: CountryRef | None = None
    note: Line | None = None


NumberValue = Annotated[Decimal | NumberRange, ReadBy(_number_or_range, form=Number | NumberRange)]
ListItems = Annotated[tuple[ListItem, ...], AtLeast(1)]
Shares = Annotated[tuple[Share, ...], AtLeast(1)]
OrNone = FirstBy(none_if_null)


class Alternative(Record, frozen=True, kw_only=True):
    """What another source says, how far we trust it (1 is the value shown), and why it stands behind.

    Each shape of value has a class of its own below.
    """

    value: Any
    as_of: AsOfDate
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    rank: WholeNumber
    reason: Line


class AnyFact(Record, frozen=True, kw_only=True):
    """What all facts have, whatever the shape of their value. A value of None needs a reason."""

    rules = forms.rules(forms.when("value", (None,), {"required": ["reason"]}))

    value: Any
    as_of: AsOfDate
    as_of_kind: Literal["observed", "edition", "published"] = "observed"
    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    status: Literal["confirmed", "estimate", "disputed", "unverified"] = "confirmed"
    note: Line | None = None
    reason: Line | None = None
    alternatives: tuple[Alternative, ...] = ()
    waive: Waiver | None = None

    def check(self) -> None:
        """A fact without a value needs a reason."""
        if self.value is None and self.reason is None:
            raise fault("F015", "a fact without a value needs a reason", "add `reason: …` in one sentence")


class NumberAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: NumberValue


class NumberFact(AnyFact, frozen=True, kw_only=True):
    """A number in the indicator's unit."""

    kind: Literal["number"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class PercentFact(AnyFact, frozen=True, kw_only=True):
    """A number in percent."""

    kind: Literal["percent"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class MoneyFact(AnyFact, frozen=True, kw_only=True):
    """An amount in the indicator's currency and price basis."""

    kind: Literal["money"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class TextAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: Line


class TextFact(AnyFact, frozen=True, kw_only=True):
    """A name or phrase."""

    kind: Literal["text"]
    value: Annotated[Line | None, OrNone]
    alternatives: tuple[TextAlternative, ...] = ()


class DateAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: Date


class DateFact(AnyFact, frozen=True, kw_only=True):
    """A date."""

    kind: Literal["date"]
    value: Annotated[Date | None, OrNone]
    alternatives: tuple[DateAlternative, ...] = ()


class PersonAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: Person


class PersonFact(AnyFact, frozen=True, kw_only=True):
    """A holder of an office."""

    kind: Literal["person"]
    value: Annotated[Person | None, OrNone]
    alternatives: tuple[PersonAlternative, ...] = ()


class PlaceAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: GeographicPlace


class PlaceFact(AnyFact, frozen=True, kw_only=True):
    """A town."""

    kind: Literal["place"]
    value: Annotated[GeographicPlace | None, OrNone]
    alternatives: tuple[PlaceAlternative, ...] = ()


class ListAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: ListItems


class ListFact(AnyFact, frozen=True, kw_only=True):
    """Several items, in the order of the source."""

    kind: Literal["list"]
    value: Annotated[ListItems | None, OrNone]
    alternatives: tuple[ListAlternative, ...] = ()


class SharesAlternative(Alternative, frozen=True, kw_only=True):
    """Another source's value of this shape."""

    value: Shares


class SharesFact(AnyFact, frozen=True, kw_only=True):
    """Parts of one whole, in percent."""

    kind: Literal["shares"]
    value: Annotated[Shares | None, OrNone]
    alternatives: tuple[SharesAlternative, ...] = ()


Fact = Annotated[
    NumberFact | PercentFact | MoneyFact | TextFact | DateFact | PersonFact | PlaceFact | ListFact | SharesFact,
    ToldApartBy("kind"),
]
"""A fact of any kind; the reader adds `kind` from the indicator before it validates."""


class Series(Record, frozen=True, kw_only=True):
    """The values of an indicator year by year, from the same sources."""

    sources: Annotated[tuple[SourceRef, ...], AtLeast(1)]
    note: Line | None = None
    values: Annotated[dict[Year, Number], AtLeast(1)]


def as_of_year(as_of: AsOf) -> int:
    """Return the year in which a value's date ends."""
    return as_of.latest.year
