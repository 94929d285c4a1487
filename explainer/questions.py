"""Number the questions of a build and keep each once, as text, with the digest of its answer."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field

from explainer.blobs import pack_numbers, unpack_numbers
from explainer.canonical import DIGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from explainer.watch import Question

_STEP: Final = "\x1f"
_ESCAPED: Final = (("\x1e", "\x1e1"), (_STEP, "\x1e2"))


def as_text(question: Question) -> str:
    """Return a question as one text: there are many, and so they take little memory, and hardly any time to load."""
    text = _STEP.join(question)
    if "\x1e" in text or text.count(_STEP) != len(question) - 1:  # a key may be any text
        for sign, escaped in _ESCAPED:
            question = tuple(step.replace(sign, escaped) for step in question)
        text = _STEP.join(question)
    return text


def as_question(text: str) -> Question:
    """Return the question that `as_text` made a text of."""
    steps = tuple(text.split(_STEP))
    if "\x1e" in text:
        for sign, escaped in reversed(_ESCAPED):
            steps = tuple(step.replace(escaped, sign) for step in steps)
    return steps


class Questions(Struct):
    """Questions by their numbers, from 0: `texts` are they, `digests` those of their answers, one behind the other.

    `topics` are the numbers of the questions that begin with the same step. `is_changed` says that some question is
    new, or has another answer.
    """

    texts: list[str] = field(default_factory=list)
    digests: bytearray = field(default_factory=bytearray)
    topics: dict[str, array[int]] = field(default_factory=dict)
    is_changed: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def unpack(cls, data: bytes) -> Questions:
        """Return the questions that `pack` packed."""
        texts, digests, topics = marshal.loads(data)  # noqa: S302 - its checksum was right
        return cls(texts, bytearray(digests), {topic: unpack_numbers(numbers) for topic, numbers in topics.items()})

    def pack(self) -> bytes:
        """Return the questions as bytes."""
        topics = {topic: numbers.tobytes() for topic, numbers in self.topics.items()}
        return marshal.dumps((self.texts, bytes(self.digests), topics))

    def only(self, numbers: Iterable[int]) -> Questions:
        """Return some of these questions, numbered from 0 in the order in which they are named."""
        kept = Questions()
        for number in numbers:
            kept.number(self.texts[number], self.digest(number))
        return kept

    def copy(self) -> Questions:
        """Return the same questions, to which others can be added."""
        topics = {topic: numbers[:] for topic, numbers in self.topics.items()}
        return Questions(self.texts[:], self.digests[:], topics)

    @property
    def are_indexed(self) -> bool:
        """Whether the number of a question is found at once."""
        return bool(self._numbers)

    def question(self, number: int) -> Question:
        """Return a question."""
        return as_question(self.texts[number])

    def digest(self, number: int) -> bytes:
        """Return the digest of a question's answer."""
        return bytes(self.digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES])

    def set_digest(self, number: int, digest: bytes) -> None:
        """Say that a question has another answer now."""
        self.digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES] = digest
        self.is_changed = True

    def of_topic(self, topic: str) -> Iterator[tuple[int, Question]]:
        """Yield number and question for all that begin with a step."""
        for number in self.topics.get(topic, ()):
            yield number, self.question(number)

    def number(self, text: str, digest: bytes) -> int:
        """Return the number of a question; a new one, with the digest of its answer, gets the next."""
        if not self._numbers:
            self._numbers = {text: number for number, text in enumerate(self.texts)}
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.texts)
            self.is_changed = True
            self.texts.append(text)
            self.digests += digest
            self.topics.setdefault(text.partition(_STEP)[0], array("I")).append(number)
        return number


class Told(NamedTuple):
    """What was asked, as a worker tells it: by numbers of his own, packed. `new` are the questions not told before."""

    worker: int
    numbers: bytes
    new: tuple[tuple[str, bytes], ...]


class Teller(Struct):
    """What tells questions: each worker asks for the digest of an answer once, and tells each question in full once."""

    digest: Callable[[Question], bytes]
    _known: dict[int, dict[Question, int]] = field(default_factory=dict)

    def told(self, asked: Iterable[Question], worker: int) -> Told:
        """Return what a worker asked, each question once. The parent has to hear all that this returns, in order."""
        known = self._known.setdefault(worker, {})
        questions = list(asked)
        unknown = [question for question in questions if question not in known]
        new = [(as_text(question), self.digest(question)) for question in unknown]
        known.update(zip(unknown, range(len(known), len(known) + len(unknown)), strict=True))
        return Told(worker, pack_numbers(map(known.__getitem__, questions)), tuple(new))


class Hearer(Struct):
    """What hears of questions, and gives them the numbers under which they are kept."""

    questions: Questions
    _known: dict[int, list[int]] = field(default_factory=dict)

    def heard(self, told: Told, before: bytes = b"") -> bytes:
        """Return the numbers of what was asked, packed. `before` are those of what was asked in its place before."""
        known: Any = self._known.setdefault(told.worker, [])
        questions = self.questions
        if told.new:
            # Most of it was asked before: that needs no look at all questions, of which there may be many thousands.
            near = (
                {} if questions.are_indexed else {questions.texts[number]: number for number in unpack_numbers(before)}
            )
            for text, digest in told.new:
                number = near.get(text)
                known.append(questions.number(text, digest) if number is None else number)
        return pack_numbers(map(known.__getitem__, unpack_numbers(told.numbers)))
