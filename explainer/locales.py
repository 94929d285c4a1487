"""Know the few words of a language that most pages need, without reading all that Babel knows of it each time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from babel import Locale


class LocaleWords(NamedTuple):
    """What most pages need of a language, as plain data.

    `months` are their names within a date, from January on; `languages` the names of languages by their tags; `tag` the
    language with its territory, the usual one where it has none: `en_GB`. `script` is the one it is mostly written in,
    by its code of four letters, or empty. `number_signs` stand between thousands, and before decimals.
    """

    months: tuple[str, ...]
    languages: Mapping[str, str]
    tag: str
    script: str
    number_signs: tuple[str, str]


# Babel answers the same each time. To read a language takes it 30 ms, more than to make a page: what it said once is
# kept for the next process.
_KNOWN: Final[dict[str, LocaleWords]] = {}


def words_of_locale(language: str) -> LocaleWords:
    """Return the words of a language, given by its BCP 47 tag."""
    found = _KNOWN.get(language)
    if found is None:
        found = _KNOWN[language] = _ask(language)
    return found


def known_locales() -> dict[str, tuple[Any, ...]]:
    """Return the words that this process has found, as plain data by language."""
    return {language: (words.months, dict(words.languages), *words[2:]) for language, words in _KNOWN.items()}


def recall_locales(known: Mapping[str, tuple[Any, ...]]) -> None:
    """Use the words that another process found, with the same version of Babel."""
    for language, words in known.items():
        _KNOWN.setdefault(language, LocaleWords(*words))


def _ask(language: str) -> LocaleWords:
    from babel.core import get_global
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = locale_of(language)
    likely = get_global("likely_subtags")
    usual = str(likely.get(locale.language, "")).split("_")
    territory = locale.territory or (usual[-1] if len(usual) > 1 else None)
    scripts = str(likely.get(language.split("-")[0], "")).split("_")
    return LocaleWords(
        tuple(str(name) for _, name in sorted(locale.months["format"]["wide"].items())),
        {str(tag): str(name) for tag, name in locale.languages.items()},
        "_".join(filter(None, (locale.language, territory))),
        scripts[1] if len(scripts) > 1 else "",
        (get_group_symbol(locale), get_decimal_symbol(locale)),
    )


@lru_cache(maxsize=4)
def locale_of(language: str) -> Locale:
    """Return the locale of a BCP 47 language tag; an unknown region falls back to the language.

    A language unknown to babel is answered with English: that there are no words for it is told elsewhere (M057).
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        pass
    try:
        return Locale.parse(language.split("-")[0])
    except UnknownLocaleError:
        return Locale("en")
