"""The JSON Schema of each type of scalar: what an editor's editor may know of a value while it is typed.

An editor's editor reads YAML by its core schema, so a value that looks like a number or like true and false comes as
one; we keep its text. A form therefore lets through whatever our own reading would take, and stops what it surely
would not. The patterns are those of ECMA-262. `patternErrorMessage` is what VS Code says instead of the pattern.
"""

from __future__ import annotations

from typing import Any, Final

from explainer.models.markers import JsonForm

Form = dict[str, Any]

_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|1[0-9]|2[0-9])"
_LATE = "(?:(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
_YEAR = "[12][0-9]{3}"
# A year of this kind has no 29 February.
_COMMON_YEAR = "(?:[0-9]{2}(?:[02468][1235679]|[13579][01345789])|(?:1[01345789]|2[1235679])00)"
_FULL_DATE = f"(?!{_COMMON_YEAR}-02-29){_YEAR}-(?:{_MONTH}-{_DAY}|{_LATE})"
_PARTIAL_DATE = f"(?:{_FULL_DATE}|{_YEAR}(?:-{_MONTH})?)"
_SPAN = f"{_PARTIAL_DATE}\\s*/\\s*{_PARTIAL_DATE}"
_NUMBER = r"-?[0-9]+(?:_[0-9]{3})*"
_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_YEARS: Final[Form] = {"minimum": 1000, "maximum": 2999}
_DATES = "dates are YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source says"
_AN_ID = "an id is lower-case letters and digits in words joined by hyphens"


def _form(pattern: str, hint: str, *others: str, **more: Any) -> Form:
    """Return the form of a text that matches a pattern; `others` are the types it may have, too, when it is plain."""
    types: str | list[str] = ["string", *others] if others else "string"
    return {"type": types, "pattern": pattern, "patternErrorMessage": hint, **more}


def matching(pattern: str, hint: str, *others: str, **more: Any) -> JsonForm:
    """Return the form of a text that matches a pattern as a whole."""
    return JsonForm(_form(f"^(?:{pattern})$", hint, *others, **more))


TEXT = JsonForm(_form(r"\S", "write the value, or delete the line", "number"))
DATE = matching(_PARTIAL_DATE, _DATES, "integer", **_YEARS)
FULL_DATE = matching(_FULL_DATE, "write the whole day: YYYY-MM-DD")
AS_OF = matching(
    f"{_PARTIAL_DATE}|{_SPAN}|before +{_PARTIAL_DATE}", f"{_DATES}; or START/END, before DATE", "integer", **_YEARS
)
DATE_OR_SPAN = matching(f"{_PARTIAL_DATE}|{_SPAN}", f"{_DATES}; or START/END", "integer", **_YEARS)
NUMBER = matching(
    rf"{_NUMBER}(?:\.[0-9]+)?", "write digits, with a point for decimals; the unit stands in indicators.yml", "number"
)
WHOLE_NUMBER = matching(rf"{_NUMBER}(?:\.0+)?", "write a whole number", "integer")
DECIMALS = matching("0*[0-6]", "write a number from 0 to 6", "integer", minimum=0, maximum=6)
YEAR = matching("[0-9]{4}", "a year has four digits", "integer", minimum=0, maximum=9999)
YES_OR_NO = matching("true|false", "write true or false", "boolean")
ID = matching(_ID, _AN_ID, "integer", maxLength=60, minimum=0)
STATUS_ID = matching(f"(?!(?:start|members)$){_ID}", f"{_AN_ID}; start and members are taken", maxLength=60)


def rules(*conditions: Form) -> Form:
    """Return what a record adds to its schema for the rules that hold between its fields."""
    return {"allOf": list(conditions)}


def when(field: str, values: tuple[str | None, ...], then: Form) -> Form:
    """Return the rule that holds where a field has one of some values."""
    return {"if": {"properties": {field: {"enum": list(values)}}, "required": [field]}, "then": then}
