"""Answer questions about a site, and tell which answers are other than they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any, cast

from msgspec import Struct, field

from explainer.canonical import digest_of
from explainer.site import Site
from explainer.watch import HAS, Question, Trace, WatchedDay, WatchedMapping, answer, watched


class Answers(Struct):
    """What can be asked in one build.

    `values` are asked by parts: the first step of a question is a name in it, the rest the way into the value.
    `functions` answer for what has to be found out: the rest of the question are their arguments. `shortcuts` give the
    digest of an answer where that of the answer itself would take long. `shared` is what was made of answers for
    several, with the questions.
    """

    values: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    shortcuts: dict[str, Callable[..., bytes]] = field(default_factory=dict)
    shared: dict[Hashable, tuple[Any, dict[Question, None]]] = field(default_factory=dict)
    _digests: dict[Question, bytes] = field(default_factory=dict)
    _parts: list[tuple[str, Any, Question, bool]] = field(default_factory=list)

    def parts_of_site(self) -> list[tuple[str, Any, Question, bool]]:
        """Return each part of the site that may be asked for: name, value, question, and if it is a mapping."""
        if not self._parts:
            site: Site = self.values["site"]
            found = [(name, getattr(site, name)) for name in site.__struct_fields__ if name != "mentions"]
            self._parts = [(name, value, ("site", name), isinstance(value, Mapping)) for name, value in found]
        return self._parts

    def find(self, question: Question) -> Any:
        """Return the answer to a question; ABSENT where there is none."""
        name, rest = question[0], question[1:]
        if name in self.functions:
            return self.functions[name](*rest)
        return answer(self.values[name], rest)

    def digest(self, question: Question) -> bytes:
        """Return the digest of an answer, found once in a build."""
        found = self._digests.get(question)
        if found is None:
            shortcut = self.shortcuts.get(question[0])
            found = digest_of(self.find(question)) if shortcut is None else shortcut(*question[1:])
            self._digests[question] = found
        return found


class Asker(Struct):
    """Somebody who makes something from answers, and of whom each question is noted."""

    answers: Answers
    trace: Trace = field(default_factory=Trace)

    def ask(self, *question: str) -> Any:
        """Return the answer to a question."""
        self.trace.note(question)
        return self.answers.find(question)

    def digest(self, *question: str) -> bytes:
        """Return the digest of the answer to a question, found once in a build."""
        self.trace.note(question)
        return self.answers.digest(question)

    def shared(self, key: Hashable, make: Callable[[Asker], Any]) -> Any:
        """Return what `make` makes of answers, made once for all who ask for it by a key: its questions are theirs too.

        `make` asks by the asker it is given and by nothing else. Nobody may change what it returns.
        """
        found = self.answers.shared.get(key)
        if found is None:
            own = Asker(self.answers)
            try:
                found = self.answers.shared[key] = (make(own), own.trace.asked)
            finally:  # what raises an exception leans on its questions too
                self.trace.asked.update(own.trace.asked)
        else:
            self.trace.asked.update(found[1])
        return found[0]

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return a mapping among the values, watched."""
        return WatchedMapping(self.answers.values[name], (name,), self.trace)

    def day(self) -> date:
        """Return the day of the build; only what it is compared with will matter."""
        return cast(date, WatchedDay(self.answers.values["day"], ("day",), self.trace))

    def site(self) -> Site:
        """Return the site, watched."""
        trace = self.trace
        parts: dict[str, Any] = {}
        for name, value, question, is_mapping in self.answers.parts_of_site():
            # An empty mapping is one too: what is asked of it may be there one day.
            found = WatchedMapping(value, question, trace) if is_mapping else watched(value, question, trace)
            if found is not value and not is_mapping:
                trace.note((*question, HAS))
            parts[name] = found
        # For the rules alone: no page may lean on all bodies at once.
        parts["mentions"] = frozenset()
        return Site(**parts)
