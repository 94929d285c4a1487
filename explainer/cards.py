"""Keep documents as plain data that costs next to nothing to load, and make records of them when they are asked for."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from typing import Any, Final, NamedTuple, cast

from explainer.canonical import DIGEST_BYTES
from explainer.content import Document
from explainer.dates import PartialDate
from explainer.models.article import FrontMatter
from explainer.problems import Place
from explainer.record import field_names
from explainer.refs import Kind, Ref

_MOST_MADE: Final = 500
"""How many documents are kept in memory: each takes up four times as much as its card."""


class Card(NamedTuple):
    """All of a document but its body. Every field is plain data that marshal knows, and there are many cards in memory.

    `front` is the front matter, as `unpack_front` reads it; beside it stands what is asked of all documents. `mentions`
    are the ids that the body names, with spaces between. `day`, `changed` and `expires` are ordinals: of its `date`, of
    `updated` where it has been, and of the day from which it is gone. `subjects` are the topics and countries it names,
    each as kind and id with a slash between, with spaces between them. `header` stands for the text of the front
    matter, and is empty where there was something to tell about it; `digest` stands for all that a page may show of the
    document but its body.
    """

    id: str
    kind: Kind
    path: str
    body_line: int
    mentions: str
    front: bytes
    draft: bool
    day: int
    changed: int
    expires: int | None
    order: int | None
    slug: str | None
    has_aliases: bool
    subjects: str
    header: bytes
    digest: bytes


def in_reading_order(cards: Iterable[Card]) -> list[Card]:
    """Return cards in the order in which they are read: articles by their `order`, then newest first; then pages."""
    return sorted(
        cards, key=lambda card: (card.kind != "article", card.order is None, card.order or 0, -card.day, card.id)
    )


def make_card(document: Document) -> Card:
    """Return the card of a document."""
    front = document.front
    own, places = front.place, front.field_places
    names = [name for name in field_names(FrontMatter) if name in places]
    fields = {name: _pack(getattr(front, name)) for name in names}
    places_of_fields = {name: _numbers(place) for name in names if (place := places.get(name, own)) != own}
    return Card(
        id=document.id,
        kind=document.kind,
        path=document.path,
        body_line=document.body_line,
        mentions=" ".join(sorted(document.mentions)),
        front=marshal.dumps((fields, places_of_fields)),
        draft=front.draft,
        day=front.date.earliest.toordinal(),
        changed=(front.updated or front.date).earliest.toordinal(),
        expires=None if front.expires is None else front.expires.earliest.toordinal(),
        order=front.order,
        slug=front.slug,
        has_aliases=bool(front.aliases),
        subjects=" ".join(f"{ref.kind}/{ref.id}" for ref in (*(front.tags or ()), *(front.countries or ()))),
        header=document.header,
        digest=_digest((document.id, document.kind, document.path, *map(_shown, fields.items()))),
    )


def unpack_front(card: Card) -> tuple[dict[str, Any], dict[str, tuple[int, int, int]]]:
    """Return the fields of a card's front matter, packed, and where each was written: line, column, length."""
    fields, places = marshal.loads(card.front)  # noqa: S302 - made by make_card, and kept behind a checksum
    return fields, places


def make_document(card: Card, body: Callable[[], str]) -> Document:
    """Return the document of a card; its body is read when it is asked for."""
    path, (fields, numbers) = card.path, unpack_front(card)
    values = {name: _unpack(value, path) if type(value) is tuple else value for name, value in fields.items()}
    places = {name: Place(path, *three) for name, three in numbers.items()}
    front = FrontMatter(place=Place(path, 1, 1), field_places=places, **values)
    return Document(card.id, card.kind, path, front, body, card.body_line, frozenset(card.mentions.split()))


class LazyDocuments(Mapping[str, Document]):
    """Documents by id, each made of its card when it is first asked for."""

    def __init__(self, cards: Mapping[str, Card], read_body: Callable[[Card], str]) -> None:
        self._cards, self._read_body = cards, read_body
        self._made: dict[str, Document] = {}

    def __getitem__(self, key: str) -> Document:
        """Return a document. Raises KeyError."""
        found = self._made.get(key)
        if found is None:
            card = self._cards[key]
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            found = self._made[key] = make_document(card, lambda: self._read_body(card))
        return found

    def __contains__(self, key: object) -> bool:
        """Whether there is a document of this id."""
        return key in self._cards

    def __iter__(self) -> Iterator[str]:
        """Yield all ids."""
        return iter(self._cards)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self._cards)


class PlacesOfDocuments(Mapping[str, Place]):
    """The places of documents by id, each made when it is asked for; `others` are those of files without a card."""

    def __init__(self, cards: Mapping[str, Card], others: Mapping[str, Place]) -> None:
        self._cards = cards
        self._others = {key: place for key, place in others.items() if key not in cards}

    def __getitem__(self, key: str) -> Place:
        """Return where a document stands. Raises KeyError."""
        return Place(self._cards[key].path, 1, 1) if key in self._cards else self._others[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is a document of this id, or a file that was to be one."""
        return key in self._cards or key in self._others

    def __iter__(self) -> Iterator[str]:
        """Yield all ids."""
        return chain(self._cards, self._others)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._cards) + len(self._others)


def _numbers(place: Place) -> tuple[int, int, int]:
    return (place.line, place.column, place.length)


def _pack(value: Any) -> Any:
    """Return a value of a field as plain data. A tuple says by its first item what it was."""
    kind = type(value)
    if value is None or kind in (str, int, bool):
        return value
    if kind is PartialDate:
        return ("date", value.year, value.month, value.day)
    if kind is Ref:
        return ("ref", value.kind, value.id, *_numbers(value.place))
    if kind is tuple:
        return ("tuple", *map(_pack, value))
    return ("other", pickle.dumps(value))


def _shown(field: tuple[str, Any]) -> tuple[str, Any]:
    """Return name and value of a packed field without the places of references: no page shows where they stand."""
    name, value = field
    if type(value) is tuple and value[0] in ("ref", "tuple"):
        parts = value[1:] if value[0] == "tuple" else (value,)
        value = (value[0], *(part[:3] if type(part) is tuple and part[0] == "ref" else part for part in parts))
    return name, value


def _digest(value: object) -> bytes:
    return blake2b(repr(value).encode(), digest_size=DIGEST_BYTES).digest()


def _unpack(value: Any, path: str) -> Any:
    if type(value) is not tuple:
        return value
    kind, *parts = value
    if kind == "date":
        return PartialDate(*parts)
    if kind == "ref":
        return Ref(cast(Kind, parts[0]), parts[1], Place(path, *parts[2:]))
    if kind == "tuple":
        return tuple(_unpack(part, path) for part in parts)
    return pickle.loads(parts[0])  # noqa: S301 - the cache's own, behind its checksum
