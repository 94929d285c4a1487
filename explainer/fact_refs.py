"""Read the target of a link that names a fact, `fact:…`, into what it asks for.

    target  = "fact:" ( term | term "/" term | "derived." ID )
    term    = ID "." ID [ "@" DATE | "~" RANK ]

A term is a value (`ENTITY.INDICATOR[@YEAR]`), what another source says (`ENTITY.INDICATOR~RANK`, by the rank of the
alternative) or a count (`ORGANISATION.GROUP@DATE`). The text alone cannot tell:
`@1995` may be a year of a series or the date of a count. So `parse_fact_ref` reads the neutral form, and
`resolve_fact_ref` decides once it is known which ids are organisations. `derived` is a reserved word, no entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import Struct

from explainer.dates import DateError, PartialDate
from explainer.refs import MAX_ID_LENGTH, is_id, suggest_id

SCHEME = "fact:"
DERIVED = "derived"

_RANK = re.compile(r"[2-9]|[1-9][0-9]")
_NOT_OF_AN_ID = re.compile(r"[^a-z0-9-]")
_FORMS = f'"{SCHEME}ENTITY.INDICATOR", "{SCHEME}ORGANISATION.GROUP@DATE" or "{SCHEME}{DERIVED}.ID"'

Span = tuple[int, int]


class FactRefError(ValueError):
    """A target names no fact. `offset` (from 0) and `length` say which characters of the target are wrong."""

    def __init__(self, message: str, fix: str, offset: int, length: int) -> None:
        super().__init__(message)
        self.message, self.fix, self.offset, self.length = message, fix, offset, max(1, length)


@dataclass(frozen=True, slots=True)
class Term:
    """`ENTITY.NAME[@AT]` or `ENTITY.NAME~RANK` as written.

    The spans say where its parts stand in the target; equality ignores them.
    """

    entity: str
    name: str
    at: PartialDate | None = None
    rank: int | None = None
    offset: int = field(default=len(SCHEME), compare=False, repr=False)

    @property
    def entity_span(self) -> Span:
        """Offset and length of the entity's id."""
        return self.offset, len(self.entity)

    @property
    def name_span(self) -> Span:
        """Offset and length of the indicator's or group's id."""
        return self.offset + len(self.entity) + 1, len(self.name)

    @property
    def at_span(self) -> Span:
        """Offset and length of the date or the rank; of the whole term where it has neither."""
        if self.at is None and self.rank is None:
            return self.offset, len(self.written)
        last = self.at if self.rank is None else self.rank
        return self.offset + len(self.entity) + len(self.name) + 2, len(str(last))

    @property
    def written(self) -> str:
        """The term without the scheme."""
        rank = f"~{self.rank}" if self.rank is not None else ""
        return f"{self.entity}.{self.name}" + (f"@{self.at}" if self.at else rank)

    def __str__(self) -> str:
        return SCHEME + self.written


class Quotient(Struct, frozen=True):
    """`TERM/TERM` as written."""

    numerator: Term
    denominator: Term

    def __str__(self) -> str:
        return f"{SCHEME}{self.numerator.written}/{self.denominator.written}"


class DerivedRef(Struct, frozen=True):
    """A figure that content/derived.yml names."""

    id: str

    @property
    def id_span(self) -> Span:
        """Offset and length of the id."""
        return len(SCHEME) + len(DERIVED) + 1, len(self.id)

    def __str__(self) -> str:
        return f"{SCHEME}{DERIVED}.{self.id}"


class ValueRef(Struct, frozen=True):
    """The value of an indicator for an entity: the fact itself, a year of its series, or an alternative by its rank."""

    entity: str
    indicator: str
    year: int | None = None
    rank: int | None = None

    def __str__(self) -> str:
        rank = f"~{self.rank}" if self.rank is not None else ""
        return f"{SCHEME}{self.entity}.{self.indicator}" + (f"@{self.year:04d}" if self.year is not None else rank)


class CountRef(Struct, frozen=True):
    """How many parties of an organisation were in a group on a date."""

    organisation: str
    group: str
    date: PartialDate

    def __str__(self) -> str:
        return f"{SCHEME}{self.organisation}.{self.group}@{self.date}"


class RatioRef(Struct, frozen=True):
    """One value divided by another."""

    numerator: ValueRef
    denominator: ValueRef

    def __str__(self) -> str:
        return f"{self.numerator}/{str(self.denominator).removeprefix(SCHEME)}"


FactReference = Term | Quotient | DerivedRef
ResolvedRef = ValueRef | RatioRef | CountRef | DerivedRef


def parse_fact_ref(text: str) -> FactReference:
    """Read a link's target. `parse_fact_ref(str(ref)) == ref` for every reference.

    Raises FactRefError, which points at the first part that is wrong.
    """
    if not text.startswith(SCHEME):
        raise FactRefError(f'"{text}" is no reference to a fact', f"write {_FORMS}", 0, len(text))
    body, start = text[len(SCHEME) :], len(SCHEME)
    if not body:
        raise FactRefError(f'nothing follows "{SCHEME}"', f"write {_FORMS}", 0, len(text))
    if space := re.search(r"\s+|%20", body):
        message = "a reference to a fact has no spaces"
        raise FactRefError(message, "take the space out: ids have hyphens", start + space.start(), len(space[0]))
    head, slash, tail = body.partition("/")
    if not slash:
        return _parse_single(head, start)
    if "/" in tail:
        extra = start + len(head) + 1 + tail.index("/")
        message = "a ratio has two values, and one slash between them"
        raise FactRefError(message, "name longer sums in content/derived.yml", extra, len(text) - extra)
    for part, offset in ((head, start), (tail, start + len(head) + 1)):
        if not part:
            message = f'a value is missing {"before" if offset == start else "after"} the "/"'
            raise FactRefError(message, f'write "{SCHEME}ENTITY.INDICATOR/ENTITY.INDICATOR"', start + len(head), 1)
        if part.split(".")[0] == DERIVED:
            message = "a derived figure cannot be part of a ratio"
            fix = "name the ratio in content/derived.yml and refer to that"
            raise FactRefError(message, fix, offset, len(part))
    numerator = _parse_term(head, start)
    return Quotient(numerator, _parse_term(tail, start + len(head) + 1, like=numerator))


def resolve_fact_ref(ref: FactReference, is_organisation: Callable[[str], bool]) -> ResolvedRef:
    """Decide what a reference asks for: a term of an organisation is a count, any other is a value.

    `is_organisation` answers for an id, also for one that failed validation. Whether the ids exist is not asked here.
    Raises FactRefError for a count without a date, a count in a ratio, and a value at a month or a day.
    """
    if isinstance(ref, DerivedRef):
        return ref
    if isinstance(ref, Quotient):
        for term in (ref.numerator, ref.denominator):
            if is_organisation(term.entity):
                message = f'a ratio is of two values, and "{term.written}" is a count'
                raise FactRefError(message, "name the ratio in content/derived.yml", term.offset, len(term.written))
        return RatioRef(_value_ref(ref.numerator), _value_ref(ref.denominator))
    if not is_organisation(ref.entity):
        return _value_ref(ref)
    if ref.rank is not None:
        raise FactRefError("a count has no rank", f'write "{SCHEME}{ref.entity}.{ref.name}@YYYY-MM-DD"', *ref.at_span)
    if ref.at is None:
        fix = f'write "{ref}@YYYY-MM-DD", or as exact a date as you mean'
        raise FactRefError("a count needs the date it holds on", fix, *ref.at_span)
    return CountRef(ref.entity, ref.name, ref.at)


def _value_ref(term: Term) -> ValueRef:
    if term.at is not None and term.at.precision != "year":
        fix = f'write "@{term.at.year}"'
        raise FactRefError(f'a series has one value a year, and "@{term.at}" is no year', fix, *term.at_span)
    return ValueRef(term.entity, term.name, term.at.year if term.at else None, term.rank)


def _parse_single(text: str, offset: int) -> Term | DerivedRef:
    if text.split(".")[0].split("@")[0] != DERIVED:
        return _parse_term(text, offset)
    name, at, date = text.partition("@")
    if at:
        message = "a derived figure has no date of its own: it takes the dates of its facts"
        raise FactRefError(message, f'take "@{date}" out', offset + len(name), len(at + date))
    _, point, ident = name.partition(".")
    if not ident:
        message, fix = "the id of the derived figure is missing", f'write "{SCHEME}{DERIVED}.ID"'
        raise FactRefError(message, fix, offset, len(text))
    return DerivedRef(_check_id(ident, offset + len(DERIVED + point)))


def _parse_term(text: str, offset: int, like: Term | None = None) -> Term:
    """Read a term that stands at an offset of the target. `like` is the numerator, from which a fix can be guessed."""
    named, at, date = text.partition("@")
    entity, point, name = named.partition(".")
    if not entity:
        raise FactRefError("the id of the entity is missing", "write ENTITY.INDICATOR", offset, len(text))
    _check_id(entity, offset)
    if not name:
        fix = f'did you mean "{entity}.{like.name}"?' if like else f'write "{SCHEME}{entity}.INDICATOR"'
        raise FactRefError(f'"{text}" names no indicator', fix, offset, len(text))
    if "." in name:
        extra = offset + len(entity + point) + name.index(".")
        message = f'"{named}" has more than one point'
        raise FactRefError(message, "write ENTITY.INDICATOR", extra, offset + len(named) - extra)
    name, tilde, rank = name.partition("~")
    _check_id(name, offset + len(entity + point))
    when = _parse_date(date, offset + len(named) + 1) if at else None
    return Term(
        entity, name, when, _parse_rank(rank, offset + len(entity + point + name), when) if tilde else None, offset
    )


def _parse_rank(text: str, offset: int, when: PartialDate | None) -> int:
    """Read the rank behind a tilde that stands at an offset."""
    if when is not None:
        message, fix = "a year of a series has no rank", f'take "~{text}" or the year out'
        raise FactRefError(message, fix, offset, len(text) + 1)
    if _RANK.fullmatch(text):
        return int(text)
    fix = "write ~2 for the first alternative; the fact itself, which has rank 1, is written without"
    raise FactRefError(f'"~{text}" is no rank of an alternative', fix, offset, len(text) + 1)


def _parse_date(text: str, offset: int) -> PartialDate:
    if not text:
        raise FactRefError('no date follows the "@"', "write @YYYY, @YYYY-MM or @YYYY-MM-DD", offset - 1, 1)
    try:
        return PartialDate.parse(text)
    except DateError as error:
        raise FactRefError(str(error), error.fix, offset, len(text)) from None


def _check_id(text: str, offset: int) -> str:
    """Return the id. Raises FactRefError at the first character that no id has, else at the whole."""
    if len(text) > MAX_ID_LENGTH:
        message = f"an id has at most {MAX_ID_LENGTH} characters, and this has {len(text)}"
        raise FactRefError(message, "use the id as it stands in content/", offset, len(text))
    if is_id(text):
        return text
    guess = suggest_id(text)
    fix = f'did you mean "{guess}"?' if guess else "ids are lower-case letters, digits and single hyphens"
    if wrong := _NOT_OF_AN_ID.search(text):
        raise FactRefError(f'"{wrong[0]}" cannot stand in an id', fix, offset + wrong.start(), 1)
    raise FactRefError(f'"{text}" is no id: single hyphens stand inside an id', fix, offset, len(text))
