"""Read YAML from parser events into values that know where they were written, and refuse what could mislead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from explainer.problems import Place, Report
from explainer.yaml_syntax import explain_syntax
from explainer.yaml_values import Mapping, Node, Sequence, Text

MAX_DEPTH = 20
MAX_VALUES = 50_000

_VALUES = (yaml.ScalarEvent, yaml.CollectionStartEvent)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """The file is refused; the problem is in the arguments: place, code, message, fix."""


def parse_yaml(text: str, path: str, report: Report, *, first_line: int = 1) -> Node | None:
    """Return the one document of a YAML text, or None when it is empty or was refused and reported.

    `first_line` is the line of the file on which the text begins, so that front matter has true line numbers.
    """
    try:
        return _Builder(text, path, first_line, report).build()
    except _Refused as refused:
        place, code, message, fix = refused.args
        report.add(place, code, message, fix)
        return None


class _Builder:
    """Turns the events of one document into nodes without recursion, so that depth cannot exhaust the stack."""

    def __init__(self, text: str, path: str, first_line: int, report: Report) -> None:
        self.text = text
        self.report = report
        self.path = path
        self.first_line = first_line
        self.lines = text.split("\n")
        self.root: Node | None = None
        self.stack: list[tuple[Mapping | Sequence, list[Text]]] = []
        self.values = 0

    def build(self) -> Node | None:
        """Read all events; raise _Refused at the first that we do not take."""
        documents = 0
        try:
            for event in self._events():
                if isinstance(event, _VALUES):
                    self._take(event)
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._refusal(
                            event.start_mark,
                            "R012",
                            'a second document starts here ("---")',
                            "keep one document a file",
                        )
                    if event.version or event.tags:
                        raise self._refusal(
                            event.start_mark, "R018", "a YAML directive (%) is not allowed", "remove the line"
                        )
                elif isinstance(event, yaml.AliasEvent):
                    raise self._refusal(
                        event.start_mark,
                        "R013",
                        f'alias "*{event.anchor}" is not allowed',
                        "write the value out in full (a text that begins with * needs quotes)",
                    )
                elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                    self.stack.pop()
        except yaml.MarkedYAMLError as error:
            raise self._syntax_refusal(error) from None
        except yaml.YAMLError as error:  # characters that YAML has no room for; the reader of files lets none through
            place = Place(self.path, self.first_line)
            raise _Refused(place, "R010", f"this is not YAML: {error}", "check the file") from None
        return self.root

    def _events(self) -> Iterator[Any]:
        # As yaml.parse does, which asks before each event whether there is one.
        loader = _LOADER(self.text)
        try:
            while (event := loader.get_event()) is not None:
                yield event
        finally:
            loader.dispose()

    def _take(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._refusal(
                event.start_mark,
                "R013",
                f'anchor "&{event.anchor}" is not allowed',
                "write the value out in full (a text that begins with & needs quotes)",
            )
        if event.tag is not None:
            raise self._refusal(
                event.start_mark,
                "R014",
                f'tag "{event.tag.replace("tag:yaml.org,2002:", "!!")}" is not allowed',
                "remove it (a text that begins with ! needs quotes)",
            )
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._refusal(event.start_mark, "R016", f"more than {MAX_VALUES:,} values", "split the file")
        stack = self.stack
        if stack and not stack[-1][1] and isinstance(stack[-1][0], Mapping):
            self._take_key(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._put(Text(event.value, self._place(event), plain=not event.style))
        else:
            if len(stack) >= MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH} levels"
                raise self._refusal(event.start_mark, "R015", message, "flatten the data")
            place = self._place(event)
            node: Mapping | Sequence = Mapping(place) if isinstance(event, yaml.MappingStartEvent) else Sequence(place)
            self._put(node)
            stack.append((node, []))

    def _take_key(self, event: Any) -> None:
        mapping, pending = self.stack[-1]
        assert isinstance(mapping, Mapping)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refusal(
                event.start_mark,
                "R017",
                "a key must be plain text",
                "put quotes around a value that begins with { or [",
            )
        place = self._place(event)
        key = Text(event.value, place, plain=not event.style)
        if key == "<<" and key.plain:
            raise self._refusal(
                event.start_mark, "R013", 'merge key "<<" is not allowed', "write the values out in full"
            )
        if key in mapping:
            first = mapping.key_places[key]
            message = f'duplicate key "{key}": it stands on line {first.line} already'
            self.report.add(place, "R011", message, "keep one of the two")
        mapping.key_places.setdefault(key, place)
        pending.append(key)

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        container, pending = self.stack[-1]
        if isinstance(container, Mapping):
            container.setdefault(pending.pop(), node)  # of a duplicate key the first counts; it has been told
        else:
            container.append(node)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        return Place(self.path, line + self.first_line, column + 1, length if length > 1 else 1)

    def _at(self, mark: Any, length: int = 1) -> Place:
        return Place(self.path, mark.line + self.first_line, mark.column + 1, length)

    def _refusal(self, mark: Any, code: str, message: str, fix: str, *, length: int = 1) -> _Refused:
        return _Refused(self._at(mark, length), code, message, fix)

    def _syntax_refusal(self, error: yaml.MarkedYAMLError) -> _Refused:
        fault = explain_syntax(error, self.lines)
        place = Place(self.path, fault.index + self.first_line, fault.column, fault.length)
        return _Refused(place, "R010", fault.message, fault.fix)
