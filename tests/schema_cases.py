"""What the tests of the schemas need: YAML as an editor's editor reads it, and mistakes in every part of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from explainer.front_matter import split_front_matter
from explainer.models.article import FrontMatter
from explainer.models.map import MapDrawing
from explainer.models.settings import SiteSettings
from explainer.problems import Place, Problem, Report
from explainer.read import FOLDERS, VOCABULARIES, read_content
from explainer.read_facts import add_fact_kinds
from explainer.refs import is_id
from explainer.schema import validate
from explainer.schema_files import FRONT_MATTER, schemas
from explainer.source_yaml import parse_yaml
from explainer.yaml_values import Mapping
from tests.projects import ROOT

EVERY_FIELD = ROOT / "tests/fixtures/every_field/content"
FILES = sorted(path.relative_to(EVERY_FIELD).as_posix() for path in EVERY_FIELD.rglob("*") if path.is_file())
Steps = tuple[str | int, ...]


class _CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML by its core schema of 2009, which the language server of YAML follows; PyYAML follows that of 2005."""


_CoreLoader.yaml_implicit_resolvers = {}

for _kind, _pattern, _make in (
    ("null", r"~|null|Null|NULL|", None),
    ("bool", r"true|True|TRUE|false|False|FALSE", None),
    ("int", r"[-+]?[0-9]+", int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
):
    _tag = f"tag:yaml.org,2002:{_kind}"
    _CoreLoader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), None)
    if _make is not None:
        _CoreLoader.add_constructor(_tag, lambda loader, node, make=_make: make(node.value))


def as_json(text: str) -> Any:
    """Return what an editor's editor takes YAML for. Every key is a text."""

    def with_text_keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): with_text_keys(inner) for key, inner in value.items()}
        return [with_text_keys(inner) for inner in value] if isinstance(value, list) else value

    return with_text_keys(yaml.load(text, Loader=_CoreLoader))


def yaml_of(file: str, text: str) -> str:
    """Return the part of a file that is YAML."""
    if not file.endswith(".md"):
        return text
    parts = split_front_matter(text, file, Report())
    assert parts is not None
    return parts.header


def schema_name(file: str) -> str:
    """Return the name of the schema of a file, given by its path below the content."""
    return FRONT_MATTER if file.endswith(".md") else file.rpartition("/")[0] or Path(file).stem


@cache
def validator(name: str) -> Draft7Validator:
    schema = schemas()[name]
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def schema_says(file: str, header: str) -> list[str]:
    """Return the first that the schema has to say against the YAML of a file, or nothing."""
    error = next(validator(schema_name(file)).iter_errors(as_json(header)), None)
    return [] if error is None else [f"{error.json_path}: {error.message}"]


def reader_says(file: str, header: str) -> list[Problem]:
    """Return what our reader has to say against the YAML of a file."""
    report, place = Report(), Place(file, 1, 1)
    node = parse_yaml(header, file, report)
    folder = file.rpartition("/")[0]
    if file in VOCABULARIES or folder == "sources":
        model = VOCABULARIES[file][1] if file in VOCABULARIES else FOLDERS[folder][1]
        assert isinstance(node, Mapping)
        for key, value in node.items():
            if not is_id(key):
                report.add(place, "F010", "no id", "")
            validate(model, value, report, place=place)
        return report.problems
    model = {"site.yml": SiteSettings, "map.yml": MapDrawing}.get(file) or FOLDERS[folder][1]
    if folder == "countries" and isinstance(node, Mapping):
        add_fact_kinds(node, vocabulary(), report)
    if model is FrontMatter and node is None:
        node = Mapping(place)
    validate(model, node, report, place=place)
    return report.problems


@cache
def vocabulary() -> Any:
    """Return the content of the files with every field: the kinds of facts stand in it."""
    report = Report()
    content = read_content(EVERY_FIELD, "content", report)
    assert report.problems == []
    return content


_RECORDS = (None, "facts", "series", "parties", "statuses", "claims", "defects")
# A value as it stands in the file, quotes and all; or fields by their keys; or items.
Tree = Any
INSTEAD = (
    "",
    '""',
    "null",
    "true",
    "nothing",
    "5",
    "-1.5",
    "2024",
    "2024-05",
    "2026-02-30",
    '"A_b c!"',
    "[]",
    "[a]",
    "{a: b}",
)


def mistakes_in(text: str) -> Iterator[tuple[Steps, str, str]]:
    """Yield every way of making one change in a YAML text: where, what, and the text with it, on one line.

    Everything is exchanged for something else; fields are left out and added; items are added. Records of one kind
    have one schema, so a field is changed in one of them.
    """
    root = _tree(yaml.compose(text, Loader=yaml.BaseLoader), text)
    seen = set()
    for steps in list(_steps(root, ())):
        kind = _kind_of_place(steps)
        if kind in seen:
            continue
        seen.add(kind)
        for what, wrong in _changed(_at(root, steps)):
            # An item of a list is never nothing, and a file is always a mapping.
            if what == "with an unknown field" or (steps and (wrong != "" or isinstance(steps[-1], str))):
                yield steps, what, _written(_replaced(root, steps, wrong))
        if steps and isinstance(steps[-1], str):
            yield steps, "left out", _written(_replaced(root, steps, None))


def _kind_of_place(steps: Steps) -> Steps:
    """Return a place without the names of records. The value of a fact has another shape in each."""
    if "value" in steps:
        return steps
    return tuple(step for before, step in zip((None, *steps), steps, strict=False) if before not in _RECORDS)


def _changed(node: Tree) -> Iterator[tuple[str, Tree]]:
    yield from ((f"exchanged for {text or 'nothing'}", text) for text in INSTEAD if text != node)
    if isinstance(node, dict):
        yield "with an unknown field", {**node, "unknown": "5"}
        yield "without fields", {}
    if isinstance(node, list):
        yield "with an empty item", [*node, '""']


def _tree(node: yaml.Node, text: str) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _tree(value, text) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, text) for item in node.value]
    return text[node.start_mark.index : node.end_mark.index]


def _steps(node: Tree, steps: Steps) -> Iterator[Steps]:
    yield steps
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in inner:
        yield from _steps(value, (*steps, step))


def _at(node: Tree, steps: Steps) -> Tree:
    for step in steps:
        node = node[step]
    return node


def _replaced(node: Tree, steps: Steps, new: Tree) -> Tree:
    """Return a tree with another value somewhere; None leaves its field out."""
    if not steps:
        return new
    inner = _replaced(node[steps[0]], steps[1:], new)
    if isinstance(node, list):
        return [inner if number == steps[0] else item for number, item in enumerate(node)]
    return {
        key: inner if key == steps[0] else value for key, value in node.items() if key != steps[0] or inner is not None
    }


def _written(node: Tree) -> str:
    if isinstance(node, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_written(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(_written, node)) + "]"
    return str(node)
