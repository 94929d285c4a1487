"""Validate what was read against a record, and say each fault where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic_core import ErrorDetails, ValidationError

from explainer.models.fact import AnyFact
from explainer.models.fields import COLLECTED
from explainer.problems import Place, Report, closest, did_you_mean
from explainer.record import Record
from explainer.refs import Ref
from explainer.validation import UNIONS, fields_of, place_of_node, validated
from explainer.yaml_values import Mapping, Node, Sequence

RecordType = TypeVar("RecordType", bound=Record)
Location = tuple[int | str, ...]


def validate(
    model: type[RecordType],
    node: Node | None,
    report: Report,
    *,
    place: Place,
    foreign_fields: dict[str, str] | None = None,
    loose: list[Ref] | None = None,
) -> RecordType | None:
    """Return the record a node describes, or None when it is at fault; all its faults are reported.

    `place` is where a missing field is told: the key of the record, or the top of its file. `foreign_fields` names
    the words other programs use for our fields, so that they are answered with ours. `loose` takes the
    references of a record that is at fault.
    """
    if not isinstance(node, Mapping):
        found = "empty" if node is None or node == "" else "a list" if isinstance(node, Sequence) else "a single value"
        report.add(
            place_of_node(node) or place,
            "F002",
            f"this should be a mapping of fields, but it is {found}",
            "write lines of `field: value`",
        )
        return None
    refs: list[Ref] = []
    token = COLLECTED.set(refs)
    try:
        return validated(model, node)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    finally:
        COLLECTED.reset(token)
    if loose is not None:
        loose.extend(refs)
    mistyped = {
        (*fault["loc"][:-1], meant)
        for fault in faults
        if fault["type"] == "extra_forbidden"
        and (meant := _meant(model, fault["loc"], foreign_fields or {})) is not None
    }
    for fault in faults:
        # A mistyped field is told once, as what it is, and not as missing too.
        if not (fault["type"] == "missing" and fault["loc"] in mistyped):
            _report_fault(model, node, fault, report, place, foreign_fields or {})
    return None


def _report_fault(
    model: type[Record], root: Mapping, details: ErrorDetails, report: Report, place: Place, foreign: dict[str, str]
) -> None:
    location, kind, context = details["loc"], details["type"], details.get("ctx") or {}
    node, steps = _walk(root, location)
    at = _place(root, steps, place)
    if location and location[-1] == "[key]":  # the word of pydantic's core for a fault of the key, not of its value
        at = _key_place(root, location[:-1]) or at
    field = _field_name(location)
    if kind == "missing":
        report.add(at, "F001", f'"{field}" is missing', f"add a line `{field}: …`")
    elif kind == "extra_forbidden":
        key = str(location[-1])
        fix = _number_cut_in_two(root, location) or _known_field(model, location, foreign)
        report.add(_key_place(root, location) or at, "F004", f'unknown field "{key}"', fix)
    elif kind == "literal_error":
        choices = _choices(model, location) or [part.strip("' ") for part in str(context["expected"]).split(" or ")]
        fix = did_you_mean(str(node), choices, otherwise="write one of: " + ", ".join(choices))
        if node == "":
            report.add(at, "F005", "this has no value", fix)
            return
        report.add(at, "F006", f'"{node}" is not one of the values of "{field}"', fix)
    elif kind in ("tuple_type", "list_type"):
        report.add(
            at,
            "F002",
            f'"{field}" should be a list',
            f"write [{node}]" if isinstance(node, str) and node else "write a list",
        )
    elif kind in ("dict_type", "model_type", "model_attributes_type", "union_tag_not_found"):
        fields = _fields_at(model, location)
        form = (
            f"write {{{fields[0]}: {node}}}, with what else belongs to it" if fields and isinstance(node, str) else None
        )
        fix = form or "write lines of `field: value`, indented"
        report.add(at, "F002", f'"{field}" should be a mapping of fields', fix)
    elif kind == "too_short":
        report.add(at, "F003", f'"{field}" needs at least {context.get("min_length", 1)}', "add what is missing")
    elif "fix" in context:
        needed = kind == "F005" and _is_required(model, location)
        report.add(at, kind, str(context["message"]), "write the value" if needed else str(context["fix"]))
    else:
        report.add(
            at, "F003", f'"{field}": {details["msg"].lower()}', "see docs/architecture.md for the shape of this field"
        )


def _walk(root: Mapping, location: Location) -> tuple[Any, list[int | str]]:
    """Follow a location as far as it was written. Steps that only name a kind of fact are left out."""
    node: Any = root
    steps: list[int | str] = []
    for step in location:
        if (isinstance(node, Mapping) and step in node) or (
            isinstance(node, Sequence) and isinstance(step, int) and step < len(node)
        ):
            node = node[step]  # type: ignore[index]
            steps.append(step)
    return node, steps


def _place(root: Mapping, steps: list[int | str], place: Place) -> Place:
    """Return where a value was written, or the key of the record it is missing from."""
    node: Any = root
    at = place
    for step in steps:
        parent, node = node, node[step]
        is_container = isinstance(node, (Mapping, Sequence))
        key_place = parent.key_places.get(str(step)) if isinstance(parent, Mapping) else None
        at = (key_place if is_container or node == "" else None) or place_of_node(node) or at
    return at


def _key_place(root: Mapping, location: Location) -> Place | None:
    node, _ = _walk(root, location[:-1])
    return node.key_places.get(str(location[-1])) if isinstance(node, Mapping) else None


def _field_name(location: Location) -> str:
    names = [step for step in location if isinstance(step, str) and step != "[key]"]
    return names[-1] if names else "value"


def _meant(model: type[Record], location: Location, foreign: dict[str, str]) -> str | None:
    """Return the field that an unknown one was probably meant to be."""
    key = str(location[-1])
    if len(location) == 1 and key.casefold() in foreign:
        return foreign[key.casefold()]
    return closest(key, _fields_at(model, location[:-1]))


def _number_cut_in_two(root: Mapping, location: Location) -> str | None:
    """Return the fix for `{value: 92,9}`, where YAML reads a comma as the end of the value and 9 as a field."""
    record, _ = _walk(root, location[:-1])
    keys = list(record) if isinstance(record, Mapping) else []
    at = keys.index(location[-1]) if location[-1] in keys else 0
    before = str(record[keys[at - 1]]) if at else ""
    if not (str(location[-1]).isdecimal() and re.fullmatch(r"-?[0-9_]+", before)):
        return None
    digits = str(location[-1])
    thousands = f" (or {before}_{digits} for thousands)" if len(digits) == 3 else ""
    return f"a comma ends a value here: write {before}.{digits}{thousands}"


def _known_field(model: type[Record], location: Location, foreign: dict[str, str]) -> str:
    key, known = str(location[-1]), _fields_at(model, location[:-1])
    if len(location) == 1 and key.casefold() in foreign:
        return f'we call it "{foreign[key.casefold()]}"'
    return did_you_mean(key, known, otherwise="delete it; known are: " + ", ".join(known))


def _fields_at(model: type[Record], location: Location) -> list[str]:
    """Return the fields an editor may write at a location. A fact's kind is set by its indicator, not by hand."""
    fields: dict[str, None] = {}
    for record in _records_at(model, location):
        by_hand = [name for name in fields_of(record) if not (name == "kind" and issubclass(record, AnyFact))]
        fields.update(dict.fromkeys(by_hand))
    return list(fields)


def _records_at(annotation: Any, location: Location) -> Iterator[type[Record]]:
    """Yield the record types that a location may hold, following lists, mappings and unions."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _records_at(get_args(annotation)[0], location)
    elif origin in UNIONS:
        members = get_args(annotation)
        tagged = [member for member in members if location and _is_tagged(member, location[0])]
        for member in tagged or members:
            yield from _records_at(member, location[1:] if tagged else location)
    elif origin is dict and location:
        yield from _records_at(get_args(annotation)[1], location[1:])
    elif origin in (tuple, list) and location:
        yield from _records_at(get_args(annotation)[0], location[1:])
    elif isinstance(annotation, type) and issubclass(annotation, Record):
        if not location:
            yield annotation
        elif (field := fields_of(annotation).get(str(location[0]))) is not None:
            yield from _records_at(field.type, location[1:])


def _is_tagged(member: Any, tag: int | str) -> bool:
    """Whether a member of a union is the one that a step of a location names by its kind."""
    is_record = isinstance(member, type) and issubclass(member, Record)
    field = fields_of(member).get("kind") if is_record else None
    return field is not None and tag in get_args(field.type)


def _is_required(model: type[Record], location: Location) -> bool:
    """Whether a location is a field that must be there."""
    fields = [fields_of(record).get(str(location[-1])) for record in _records_at(model, location[:-1])]
    return bool(fields) and all(field is not None and field.required for field in fields)


def _choices(model: type[Record], location: Location) -> list[str]:
    for record in _records_at(model, location[:-1]):
        field = fields_of(record).get(str(location[-1]))
        if field is not None:
            for annotation in (field.type, *get_args(field.type)):
                if (values := get_args(annotation)) and all(isinstance(value, str) for value in values):
                    return list(values)
    return []
