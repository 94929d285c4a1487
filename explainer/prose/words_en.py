"""Words of English that mean something else when read later, and words before numbers that are names."""

from __future__ import annotations

from explainer.prose.time_words import TimeWords

WORDS = TimeWords(
    language="en",
    relative=(
        *("currently", "recently", "lately", "today", "nowadays", "presently", "now", "yesterday", "tomorrow"),
        *("at present", "at the moment", "these days", "to date", "until now", "up to now", "as of now"),
        *("in the past few years", "in the coming years", "in recent times", "for the time being", "right now"),
    ),
    patterns=(
        r"(?:years?|months?|weeks?|days?|decades?|centur(?:y|ies)) ago",
        r"(?:this|last|next|the past|the coming|in recent|the current) (?:year|month|week|decade|quarter|season)s?",
        r"(?:this|last|next) century",
        r"so far(?! as\b)",  # "in so far as" speaks of no time
    ),
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
