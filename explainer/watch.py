"""Hand out values of which every answer is noted, so that what is made from them knows what it rests on.

A question is the way to an answer: `("site", "countries", "x", "name")`. Whoever makes a page or converts a body gets
watched values in place of the real ones. They look the same and answer the same, and each answer's question goes into
a trace. Nobody has to say what a page depends on, so nobody can forget to.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct, field

from explainer.record import Record, field_names

Question = tuple[str, ...]

# Steps of a question that are no names of fields or keys: those never begin with a NUL.
KEYS: Final = "\0keys"
"""The keys of a mapping, in their order."""
HAS: Final = "\0has"
"""Whether the step before is a key of the mapping; for a field, whether and what kind of thing it holds."""
CALL: Final = "\0call"
"""The step before is a method, the next one its argument."""
ABSENT: Final = "\0absent"

# Methods that answer about one part of a record: to ask the whole record instead would make far too much depend on it.
_PARTIAL_METHODS: Final = frozenset({"fact", "series_of"})
_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


class Trace(Struct):
    """The questions that were asked, each once, in order of first asking."""

    asked: dict[Question, None] = field(default_factory=dict)

    def note(self, question: Question) -> None:
        """Remember a question."""
        self.asked[question] = None


def watched(value: Any, question: Question, trace: Trace) -> Any:
    """Return a value that notes what it is asked. Plain values are noted as a whole and returned as they are."""
    form = _FORMS[type(value)]
    if form is WatchedRecord:
        return WatchedRecord(value, question, trace)
    if form is WatchedMapping and type(next(iter(value), "")) is str:
        return WatchedMapping(value, question, trace)
    trace.asked[question] = None
    return value


class WatchedMapping(Mapping[str, Any]):
    """A mapping with texts for keys that notes which keys are looked up, and whether all of them are."""

    __slots__ = ("_mapping", "_question", "_trace")

    def __init__(self, mapping: Mapping[str, Any], question: Question, trace: Trace) -> None:
        self._mapping, self._question, self._trace = mapping, question, trace

    def __getitem__(self, key: str) -> Any:
        """Return the value of a key, watched. Raises KeyError, which is an answer too."""
        self._trace.note((*self._question, key, HAS))
        return watched(self._mapping[key], (*self._question, key), self._trace)

    def __contains__(self, key: object) -> bool:
        """Whether a key is there."""
        if not isinstance(key, str):
            return False
        self._trace.note((*self._question, key, HAS))
        return key in self._mapping

    def __iter__(self) -> Iterator[str]:
        """Yield all keys: from then on, any new one matters."""
        self._trace.note((*self._question, KEYS))
        return iter(self._mapping)

    def __len__(self) -> int:
        """Return how many keys there are."""
        self._trace.note((*self._question, KEYS))
        return len(self._mapping)


class WatchedRecord:
    """A record, or another value with named parts, that notes which of its parts are asked for.

    It passes for an instance of the record's class. What is no part, a method for example, may use them all, so asking
    for it asks for the whole record.
    """

    __slots__ = ("_question", "_record", "_trace")

    def __init__(self, record: Any, question: Question, trace: Trace) -> None:
        self._record, self._question, self._trace = record, question, trace

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """The class of the record."""
        return type(self._record)

    def __getattr__(self, name: str) -> Any:
        """Return a part, watched; or anything else the record has."""
        record = self._record
        part = getattr(record, name)
        if name in _PARTS[type(record)]:
            question = (*self._question, name)
            if _FORMS[type(part)] is None:
                self._trace.asked[question] = None
                return part
            found = watched(part, question, self._trace)
            if found is not part:
                self._trace.note((*question, HAS))
            return found
        if name in _PARTIAL_METHODS:
            return lambda argument: self._call(name, argument)
        self._trace.note((*self._question, name) if name == "place" else self._question)
        return part

    def _call(self, name: str, argument: str) -> Any:
        self._trace.note((*self._question, name, CALL, argument))
        return getattr(self._record, name)(argument)


class WatchedDay:
    """The day of the build, which notes only the outcome of comparisons: a page changes when one of them does."""

    __slots__ = ("_day", "_question", "_trace")

    def __init__(self, day: date, question: Question, trace: Trace) -> None:
        self._day, self._question, self._trace = day, question, trace

    def _compare(self, sign: str, other: date) -> bool:
        self._trace.note((*self._question, sign, other.isoformat()))
        return _COMPARISONS[sign](self._day, other)

    def __lt__(self, other: date) -> bool:
        """Whether the day lies before another."""
        return self._compare("<", other)

    def __le__(self, other: date) -> bool:
        """Whether the day is another or lies before it."""
        return self._compare("<=", other)

    def __gt__(self, other: date) -> bool:
        """Whether the day lies after another."""
        return self._compare(">", other)

    def __ge__(self, other: date) -> bool:
        """Whether the day is another or lies after it."""
        return self._compare(">=", other)

    def __eq__(self, other: object) -> bool:
        """Whether the day is another."""
        return isinstance(other, date) and self._compare("=", other)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        """Return the day itself, which is then what was asked for."""
        self._trace.note(self._question)
        return str(self._day)

    def __getattr__(self, name: str) -> Any:
        """Return whatever a date has; the day itself was asked for then."""
        self._trace.note(self._question)
        return getattr(self._day, name)


def answer(value: Any, steps: Question) -> Any:
    """Return the answer to a question, from the value that its first step names. What is not there is ABSENT."""
    for number, step in enumerate(steps):
        if isinstance(value, date):
            return _COMPARISONS[step](value, date.fromisoformat(steps[number + 1]))
        if step == KEYS:
            return tuple(value) if isinstance(value, Mapping) else ABSENT
        if step == HAS:
            return type(value).__name__
        if step == CALL:
            return value(steps[number + 1])
        if isinstance(value, Mapping):
            if step not in value:
                return ABSENT
            value = value[step]
        elif hasattr(value, step):
            value = getattr(value, step)
        else:
            return ABSENT
    return value


def words_of(question: Question) -> str:
    """Return a question in words, for people who want to know why a page was made anew."""
    words = [step for step in question if not step.startswith("\0") and step not in ("site", "fact")]
    return " ".join(words)


class _Forms(dict[type, type | None]):
    """How each kind of value is watched, found out once: by parts, or as a whole."""

    def __missing__(self, kind: type) -> type | None:
        is_record = issubclass(kind, Record) or getattr(kind, "is_watched_by_parts", False)
        found = WatchedRecord if is_record else WatchedMapping if issubclass(kind, Mapping) else None
        self[kind] = found
        return found


class _Parts(dict[type, frozenset[str]]):
    """The names of the parts of each kind of record, found out once."""

    def __missing__(self, kind: type) -> frozenset[str]:
        names: Iterable[str] = getattr(kind, "__struct_fields__", getattr(kind, "__dataclass_fields__", ()))
        if issubclass(kind, Record):
            names = field_names(kind)
        self[kind] = found = frozenset(names)
        return found


_PARTS: Final = _Parts()
_FORMS: Final = _Forms()
