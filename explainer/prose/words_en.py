"""Words of English that mean something else when read later, and words before numbers that are names."""

from __future__ import annotations

from explainer.prose.time_words import TimeWords


def _singular_and_plural(*words: str) -> tuple[str, ...]:
    return (*words, *(f"{word}s" for word in words))


WORDS = TimeWords(
    language="en",
    relative=(
        *("currently", "recently", "lately", "today", "nowadays", "presently", "now", "yesterday", "tomorrow"),
        *("at present", "at the moment", "these days", "to date", "until now", "up to now", "as of now"),
        *("in the past few years", "in the coming years", "in recent times", "for the time being", "right now"),
    ),
    sequences=(
        ((*_singular_and_plural("year", "month", "week", "day", "decade"), "century", "centuries"), ("ago",)),
        (
            ("this", "last", "next", "the past", "the coming", "in recent", "the current"),
            _singular_and_plural("year", "month", "week", "decade", "quarter", "season"),
        ),
        (("this", "last", "next"), ("century",)),
    ),
    unless_before=(("so far", "as"),),  # "in so far as" speaks of no time
    labels=(
        *(
            "article",
            "articles",
            "section",
            "sections",
            "chapter",
            "chapters",
            "page",
            "pages",
            "p.",
            "pp.",
            "no.",
            "nos.",
        ),
        *("number", "paragraph", "point", "points", "part", "resolution", "protocol", "decree", "order", "law", "act"),
        *(
            "figure",
            "table",
            "note",
            "rule",
            "step",
            "version",
            "volume",
            "vol.",
            "issue",
            "annex",
            "appendix",
            "clause",
        ),
        *("python", "line", "flight", "route", "group", "agenda", "form", "level", "phase", "stage", "day", "week"),
    ),
)
