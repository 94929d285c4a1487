"""Check the words of an article against a fact, and propose words that agree."""

from __future__ import annotations

from msgspec import Struct

from explainer.literals.agreement import find_disagreement
from explainer.literals.quantities import LiteralValue, Text
from explainer.literals.restyle import canonical_like, restyle
from explainer.literals.words import Words


class Disagreement(Struct, frozen=True):
    """The words do not say what the fact says. `message` is a sentence of cause, `fix` says what to write."""

    message: str
    fix: str


def check_literal(text: str, value: LiteralValue, words: Words) -> Disagreement | None:
    """Return how the words of a link disagree with the fact it names, or None where they agree.

    `text` is the plain text of the link, without markup. Raises nothing, whatever the text.
    """
    message = find_disagreement(text, value, words)
    if message is None:
        return None
    proposals = dict.fromkeys([canonical_like(text, value, words), restyle(text, value, words)])
    if isinstance(value, Text):
        proposals |= dict.fromkeys(value.aliases[:1])
    return Disagreement(message, "write " + " or ".join(f'"{proposal}"' for proposal in proposals))
