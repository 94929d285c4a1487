"""A figure or statement about a country, with its date and its sources."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

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
from explainer.models.record import Record


class Waiver(Record):
    """Why a problem is accepted, and until which day."""

    reason: Line
    until: FullDate


class NumberRange(Record):
    """A value that its source gives between two bounds."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise fault("F014", f"the range starts at {self.low} and ends at {self.high}", "swap low and high")
        return self


def _number_or_range(value: Any) -> Decimal | NumberRange:
    if isinstance(value, dict):
        return NumberRange.model_validate(value)
    return read_number(value)


class Person(Record):
    """Who holds an office, since when."""

    name: Line
    office: Line
    since: Date | None = None


class GeographicPlace(Record):
    """A town, with its position in degrees."""

    model_config = ConfigDict(
        json_schema_extra=forms.rules(
            {"dependencies": {"latitude": ["longitude"], "longitude": ["latitude"]}},
            {"properties": {"latitude": {"minimum": -90, "maximum": 90}}},
            {"properties": {"longitude": {"minimum": -180, "maximum": 180}}},
        )
    )

    name: Line
    latitude: Number | None = Field(default=None)
    longitude: Number | None = Field(default=None)
    former_names: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _lies_on_earth(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise fault("F019", "a position has a latitude and a longitude", "write both, or neither")
        if abs(Decimal(self.latitude or 0)) > 90 or abs(Decimal(self.longitude or 0)) > 180:
            raise fault("F019", "there is no such position", "latitudes go to 90, longitudes to 180 degrees")
        return self


class ListItem(Record):
    """One item of a list: a language, a neighbour, a commodity. `amount` is in the indicator's unit."""

    item: Line
    lang: LanguageTag | None = None
    status: Line | None = None
    country: CountryRef | None = None
    share: Number | None = None
    amount: Number | None = None
    note: Line | None = None


class Share(Record):
    """One part of a whole, in percent."""

    item: Line
    share: Number
    country: CountryRef | None = None
    note: Line | None = None


NumberValue = Annotated[
    Decimal | NumberRange, PlainValidator(_number_or_range, json_schema_input_type=Number | NumberRange)
]
ListItems = Annotated[tuple[ListItem, ...], Field(min_length=1)]
Shares = Annotated[tuple[Share, ...], Field(min_length=1)]
OrNone = BeforeValidator(none_if_null)


class Alternative(Record):
    """What another source says, how far we trust it (1 is the value shown), and why it stands behind.

    Each shape of value has a class of its own below. Generic ones would say the same more shortly; to make them takes
    pydantic longer than all other models together, at the start of every build.
    """

    value: Any
    as_of: AsOfDate
    sources: tuple[SourceRef, ...] = Field(min_length=1)
    rank: WholeNumber
    reason: Line


class AnyFact(Record):
    """What all facts have, whatever the shape of their value. A value of None needs a reason."""

    model_config = ConfigDict(json_schema_extra=forms.rules(forms.when("value", (None,), {"required": ["reason"]})))

    value: Any
    as_of: AsOfDate
    as_of_kind: Literal["observed", "edition", "published"] = "observed"
    sources: tuple[SourceRef, ...] = Field(min_length=1)
    status: Literal["confirmed", "estimate", "disputed", "unverified"] = "confirmed"
    note: Line | None = None
    reason: Line | None = None
    alternatives: tuple[Alternative, ...] = ()
    waive: Waiver | None = None

    @model_validator(mode="after")
    def _says_why_there_is_no_value(self) -> Self:
        if self.value is None and self.reason is None:
            raise fault("F015", "a fact without a value needs a reason", "add `reason: …` in one sentence")
        return self


class NumberAlternative(Alternative):
    """Another source's value of this shape."""

    value: NumberValue


class NumberFact(AnyFact):
    """A number in the indicator's unit."""

    kind: Literal["number"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class PercentFact(AnyFact):
    """A number in percent."""

    kind: Literal["percent"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class MoneyFact(AnyFact):
    """An amount in the indicator's currency and price basis."""

    kind: Literal["money"]
    value: Annotated[NumberValue | None, OrNone]
    alternatives: tuple[NumberAlternative, ...] = ()


class TextAlternative(Alternative):
    """Another source's value of this shape."""

    value: Line


class TextFact(AnyFact):
    """A name or phrase."""

    kind: Literal["text"]
    value: Annotated[Line | None, OrNone]
    alternatives: tuple[TextAlternative, ...] = ()


class DateAlternative(Alternative):
    """Another source's value of this shape."""

    value: Date


class DateFact(AnyFact):
    """A date."""

    kind: Literal["date"]
    value: Annotated[Date | None, OrNone]
    alternatives: tuple[DateAlternative, ...] = ()


class PersonAlternative(Alternative):
    """Another source's value of this shape."""

    value: Person


class PersonFact(AnyFact):
    """A holder of an office."""

    kind: Literal["person"]
    value: Annotated[Person | None, OrNone]
    alternatives: tuple[PersonAlternative, ...] = ()


class PlaceAlternative(Alternative):
    """Another source's value of this shape."""

    value: GeographicPlace


class PlaceFact(AnyFact):
    """A town."""

    kind: Literal["place"]
    value: Annotated[GeographicPlace | None, OrNone]
    alternatives: tuple[PlaceAlternative, ...] = ()


class ListAlternative(Alternative):
    """Another source's value of this shape."""

    value: ListItems


class ListFact(AnyFact):
    """Several items, in the order of the source."""

    kind: Literal["list"]
    value: Annotated[ListItems | None, OrNone]
    alternatives: tuple[ListAlternative, ...] = ()


class SharesAlternative(Alternative):
    """Another source's value of this shape."""

    value: Shares


class SharesFact(AnyFact):
    """Parts of one whole, in percent."""

    kind: Literal["shares"]
    value: Annotated[Shares | None, OrNone]
    alternatives: tuple[SharesAlternative, ...] = ()


Fact = Annotated[
    NumberFact | PercentFact | MoneyFact | TextFact | DateFact | PersonFact | PlaceFact | ListFact | SharesFact,
    Field(discriminator="kind"),
]
"""A fact of any kind; the reader adds `kind` from the indicator before it validates."""


class Series(Record):
    """The values of an indicator year by year, from the same sources."""

    sources: tuple[SourceRef, ...] = Field(min_length=1)
    note: Line | None = None
    values: dict[Year, Number] = Field(min_length=1)


def as_of_year(as_of: AsOf) -> int:
    """Return the year in which a value's date ends."""
    return as_of.latest.year
