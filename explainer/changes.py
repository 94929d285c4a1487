"""Find out what is other than it was for the build before: answers to questions, and templates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from functools import partial
from typing import Final

from msgspec import Struct, field

from explainer.answers import Answers
from explainer.blobs import Pack, pack_numbers, unpack_numbers
from explainer.build_state import BuildState
from explainer.questions import Questions
from explainer.read_site import Documents
from explainer.site_answers import ENTRY, OF_CARDS, OF_FILES, OF_LISTS
from explainer.watch import Question, words_of

LATE = "addresses to list"
"""The topic that has answers only when all pages but those that ask for it are made."""

_FEW: Final = 8
"""So many changed answers are looked for one by one among those that something rests on."""


class Before(Struct):
    """What is left of the build before: its state, its pack, and which answers and templates are other ones now.

    `changed` are numbers of questions in the state.
    """

    state: BuildState = field(default_factory=BuildState)
    pack: Pack | None = None
    changed: set[int] = field(default_factory=set)
    templates: frozenset[str] = frozenset()
    _packed: list[bytes] = field(default_factory=list)

    def compiled(self) -> dict[str, Callable[[], bytes]]:
        """Return what reads each template that was compiled, by its key."""
        pack = self.pack
        return {} if pack is None else {key: partial(pack.read, spot) for key, spot in self.state.compiled.items()}

    def reason(self, asked: bytes) -> str | None:
        """Return in words the first question among some, packed, whose answer changed; None where none did."""
        if not self.changed or not self.may_have_changed(asked):
            return None
        number = next((number for number in unpack_numbers(asked) if number in self.changed), None)
        return None if number is None else f"{words_of(self.state.questions.question(number))} changed"

    def may_have_changed(self, asked: bytes) -> bool:
        """Whether some answer may have changed among those that something rests on; False where none did."""
        # Whether four bytes stand in others is told much quicker than whether some number does.
        if len(self.changed) > _FEW:
            return not self.changed.isdisjoint(unpack_numbers(asked))
        if len(self._packed) != len(self.changed):
            self._packed = [pack_numbers([number]) for number in self.changed]
        for packed in self._packed:  # noqa: SIM110 (`any` over a generator takes four times as long)
            if packed in asked:
                return True
        return False


def find_changes(
    before: Before,
    answers: Answers,
    topics: Collection[str] | None,
    is_settled: Callable[[Question], bool] = lambda _: False,
) -> None:
    """Find out which questions of the build before have other answers now; `topics` None looks at all but the late.

    `is_settled` says of a question, or of a topic alone, that no answer can have changed: then it is not asked.
    """
    questions = before.state.questions
    for topic in questions.topics if topics is None else topics:
        if is_settled((topic,)) or (topics is None and topic == LATE):
            continue
        for number, question in questions.of_topic(topic):
            if not is_settled(question) and answers.digest(question) != questions.digest(number):
                before.changed.add(number)


def take_answers(before: Before, answers: Answers, questions: Questions) -> Questions:
    """Return questions of which those whose answers changed have the answers of now."""
    for number in before.changed:
        questions.set_digest(number, answers.digest(before.state.questions.question(number)))
    return questions


def settled_by(documents: Documents, *, same_day: bool, same_language: bool) -> Callable[[Question], bool]:
    """Return what knows the questions that documents have settled which are as they were.

    Those are all questions for a part of such a document, for what its file is, and, in the same language, for what a
    list shows of it; and, when no document has another card, came or went, and the day is that of the build before,
    those for the order and the state of all, and, in the same language, for lists of them.
    """
    same = {
        ("articles" if card.kind == "article" else "pages", card.id)
        for path, card in documents.cards.items()
        if path not in documents.changed
    }
    topics: Set[str] = frozenset()
    if same_day and not documents.moved:
        topics = OF_CARDS | OF_LISTS | {ENTRY} if same_language else OF_CARDS
    cards, changed = documents.cards, documents.changed

    def is_settled(question: Question) -> bool:
        topic = question[0]
        if topic in topics:
            return True
        if len(question) == 1:
            return False
        if topic in OF_FILES:
            return question[1] in cards and question[1] not in changed
        if topic == ENTRY:
            return same_language and ("articles", question[1]) in same
        return topic == "site" and question[1:3] in same

    return is_settled


def changed_templates(now: Mapping[str, str], before: Mapping[str, str]) -> frozenset[str]:
    """Return the templates that are new, gone, or reach another text than they did."""
    names: Set[str] = now.keys() | before.keys()
    return frozenset(name for name in names if now.get(name) != before.get(name))
