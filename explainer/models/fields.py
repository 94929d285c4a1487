"""The types of single fields: what a scalar means is decided here, by the declared type, never by YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from decimal import Decimal
from typing import Annotated, Any

from explainer.asked import is_base_url
from explainer.dates import AsOf, DateError, DateSpan, PartialDate, parse_as_of
from explainer.models import forms
from explainer.models.markers import ReadBy
from explainer.record import NOWHERE
from explainer.refs import Kind, Ref, is_id, suggest_id
from explainer.yaml_values import Text

MAX_DIGITS = 20
"""How many digits a number may have: sums and scaling stay exact within the 28 that decimals carry."""

MAX_DECIMALS = 6
NUMBER = re.compile(r"-?[0-9]+(_[0-9]{3})*(\.[0-9]+)?", re.ASCII)
_HEX_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", re.ASCII)
_SCRIPT = re.compile(r"[A-Z][a-z]{3}", re.ASCII)
# A host without brackets, then whatever an address may hold.
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]/?#]+([/?#][^\s<>\"{}|\\^`]*)?", re.ASCII)
_ALIAS = re.compile(r"/([a-z0-9]+(-[a-z0-9]+)*/)+", re.ASCII)
_GONE = re.compile(r"/([a-z0-9]+([-.][a-z0-9]+)*/?)+", re.ASCII)


def fault(code: str, message: str, fix: str) -> Exception:
    """Return the error a field type raises; schema.py turns it into a problem at the value's place."""
    from pydantic_core import PydanticCustomError

    # The message travels in the context, so that braces in it are never taken for placeholders.
    return PydanticCustomError(code, "{message}", {"message": message, "fix": fix})


def scalar(value: object) -> str:
    """Return the text of a scalar that is not empty, or raise the fault of one that is no scalar, blank or null."""
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "no text"
        raise fault("F002", f"this should be a single value, but it is {kind}", "write one value here")
    if not value.strip() or (isinstance(value, Text) and value.is_null):
        raise fault("F005", "this has no value", "write the value, or delete the line")
    return value


def _line(value: object) -> str:
    return " ".join(scalar(value).split())


def _paragraphs(value: object) -> str:
    return scalar(value).strip()


def _partial_date(value: object) -> PartialDate:
    try:
        return PartialDate.parse(scalar(value))
    except DateError as error:
        raise fault("F007", str(error), error.fix) from None


def _full_date(value: object) -> PartialDate:
    date = _partial_date(value)
    if date.precision != "day":
        raise fault("F007", f'"{date}" is not a full date', "write the day too: YYYY-MM-DD")
    return date


def _as_of(value: object) -> AsOf:
    text = scalar(value)
    try:
        return parse_as_of(text)
    except DateError as error:
        raise fault("F007", str(error), error.fix) from None


def _span_or_date(value: object) -> PartialDate | DateSpan:
    as_of = _as_of(value)
    if not isinstance(as_of, (PartialDate, DateSpan)):
        raise fault("F007", f'"{value}" is not a date or a span', "write a date, or START/END")
    return as_of


def read_number(value: object) -> Decimal:
    """Read a number as typed, keeping its written decimals; raise a fault for any other form."""
    text = scalar(value)
    if not NUMBER.fullmatch(text):
        raise fault("F008", f'"{text}" is not a number', _number_fix(text))
    if sum(letter.isdigit() for letter in text) > MAX_DIGITS:
        message = f"this number has more than {MAX_DIGITS} digits"
        raise fault("F008", message, "check it: no source measures so finely")
    return Decimal(text.replace("_", ""))


def _number_fix(text: str) -> str:
    if re.fullmatch(r"-?\d{1,3}([, \u00a0\u202f]\d{3})+(\.\d+)?", text):
        return "write " + re.sub(r"[,\s\u00a0\u202f]", "_", text) + " (or without the underscores)"
    if re.fullmatch(r"-?\d+,\d+", text):
        return "write " + text.replace(",", ".")
    return "write digits, with a point for decimals; the unit stands in indicators.yml"


def _whole_number(value: object) -> int:
    number = read_number(value)
    if number != number.to_integral_value():
        raise fault("F008", f'"{value}" is not a whole number', "leave the decimals out")
    return int(number)


def _decimals(value: object) -> int:
    number = _whole_number(value)
    if not 0 <= number <= MAX_DECIMALS:
        raise fault("F008", f"{number} is no number of decimals", f"write a number from 0 to {MAX_DECIMALS}")
    return number


def _year(value: object) -> int:
    text = scalar(value)
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise fault("F007", f'"{text}" is not a year', "write four digits")
    return int(text)


def _yes_or_no(value: object) -> bool:
    text = scalar(value)
    if text not in ("true", "false"):
        guess = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.casefold())
        raise fault("F009", f'"{text}" is not true or false', f"write {guess}" if guess else "write true or false")
    return text == "true"


def _id(value: object) -> str:
    text = scalar(value)
    if not is_id(text):
        guess = suggest_id(text)
        rule = "an id is lower-case letters and digits in words joined by hyphens, at most 60 characters"
        raise fault("F010", f'"{text}" is not an id', f'write "{guess}": {rule}' if guess else rule)
    return str(text)


def _matching(pattern: re.Pattern[str], what: str, fix: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = scalar(value)
        if not pattern.fullmatch(text):
            raise fault("F011", f'"{text}" is not {what}', fix)
        return str(text)

    return check


COLLECTED: ContextVar[list[Ref] | None] = ContextVar("collected", default=None)
"""Takes the references that are read meanwhile: those of a record that turns out to be at fault, too."""


def _ref(kind: Kind) -> Callable[[object], Ref]:
    def read(value: object) -> Ref:
        ref = Ref(kind, _id(value), value.place if isinstance(value, Text) else NOWHERE)
        if (collected := COLLECTED.get()) is not None:
            collected.append(ref)
        return ref

    return read


def none_if_null(value: Any) -> Any:
    """Turn an unquoted `null` into None, for the fields that may have no value."""
    return None if isinstance(value, Text) and value.is_null else value


Line = Annotated[str, ReadBy(_line), forms.TEXT]
"""Text that is not empty, its white space folded into single blanks."""

Paragraphs = Annotated[str, ReadBy(_paragraphs), forms.TEXT]
"""Text that is not empty, its lines kept."""

Date = Annotated[PartialDate, ReadBy(_partial_date), forms.DATE]
"""A year, a month or a day."""

FullDate = Annotated[PartialDate, ReadBy(_full_date), forms.FULL_DATE]
"""A day."""

AsOfDate = Annotated[AsOf, ReadBy(_as_of), forms.AS_OF]
"""The date a value holds for: a partial date, START/END, or `before DATE`."""

DateOrSpan = Annotated[PartialDate | DateSpan, ReadBy(_span_or_date), forms.DATE_OR_SPAN]
"""When something happened: a partial date, or START/END."""

Number = Annotated[Decimal, ReadBy(read_number), forms.NUMBER]
"""A number with its written decimals."""

WholeNumber = Annotated[int, ReadBy(_whole_number), forms.WHOLE_NUMBER]
Decimals = Annotated[int, ReadBy(_decimals), forms.DECIMALS]
"""How many decimals a figure is shown with."""

Year = Annotated[int, ReadBy(_year), forms.YEAR]
"""A year in four digits."""

YesNo = Annotated[bool, ReadBy(_yes_or_no), forms.YES_OR_NO]
Id = Annotated[str, ReadBy(_id), forms.ID]
Colour = Annotated[
    str,
    ReadBy(_matching(_HEX_COLOUR, "a colour", 'write six hexadecimal digits in quotes: "#1f6f9f"')),
    forms.matching(_HEX_COLOUR.pattern, 'write six hexadecimal digits in quotes: "#1f6f9f"'),
]
LanguageTag = Annotated[
    str,
    ReadBy(_matching(_LANGUAGE, "a language tag", "write BCP 47: kk, ru, en-GB")),
    forms.matching(_LANGUAGE.pattern, "write BCP 47: kk, ru, en-GB"),
]
ScriptCode = Annotated[
    str,
    ReadBy(_matching(_SCRIPT, "a script code", "write ISO 15924: Cyrl, Latn, Arab")),
    forms.matching(_SCRIPT.pattern, "write ISO 15924: Cyrl, Latn, Arab"),
]
WebAddress = Annotated[
    str,
    ReadBy(_matching(_ADDRESS, "a web address", "write the whole address, beginning with https://")),
    forms.matching(_ADDRESS.pattern, "write the whole address, beginning with https://"),
]


def _blank_or_web_address(value: object) -> str:
    if value == "":
        return ""
    address = _matching(_ADDRESS, "a web address", 'write https://… or leave it empty: ""')(value)
    if not is_base_url(address):
        raise fault("F011", f'"{address}" is not the address of a site', "leave out what follows ? or #")
    return address


AliasAddress = Annotated[
    str,
    ReadBy(
        _matching(_ALIAS, "an address of this site", "write /old/name/: lower-case words and hyphens between slashes")
    ),
    forms.matching(_ALIAS.pattern, "write /old/name/: lower-case words and hyphens between slashes"),
]
"""An address of this site that a page once had."""

GoneAddress = Annotated[
    str,
    ReadBy(
        _matching(_GONE, "an address of this site", "write /old/name/ or /data/old.json, as check --against tells it")
    ),
    forms.matching(_GONE.pattern, "write /old/name/ or /data/old.json, as check --against tells it"),
]
"""An address of this site, of a page or of a file, that nothing has any more."""

BlankOrWebAddress = Annotated[
    str,
    ReadBy(_blank_or_web_address),
    forms.matching(r"(https?://[^\s<>\"{}|\\^`\[\]/?#]+(/[^\s<>\"{}|\\^`?#]*)?)?", 'write https://… or ""', "null"),
]
"""Empty, or an address below which others lie: it has no query and no fragment."""

CountryRef = Annotated[Ref, ReadBy(_ref("country")), forms.ID]
IndicatorRef = Annotated[Ref, ReadBy(_ref("indicator")), forms.ID]
UnitRef = Annotated[Ref, ReadBy(_ref("unit")), forms.ID]
GroupRef = Annotated[Ref, ReadBy(_ref("group")), forms.ID]
OrganisationRef = Annotated[Ref, ReadBy(_ref("organisation")), forms.ID]
EventKindRef = Annotated[Ref, ReadBy(_ref("event kind")), forms.ID]
SourceRef = Annotated[Ref, ReadBy(_ref("source")), forms.ID]
TopicRef = Annotated[Ref, ReadBy(_ref("topic")), forms.ID]
