"""The key under which a rendered page may be kept: it changes whenever the page's bytes could."""

from __future__ import annotations

import marshal
import re
from hashlib import sha256
from typing import Any, Final

from explainer.page import Page
from explainer.templates import Templates
from explainer.writers import WRITERS

_ATOMS: Final = frozenset({str, int, float, bool, type(None)})
_TEXT_KEYS: Final = frozenset({str})


def page_key(page: Page, template_digest: str, generator_digest: str) -> str:
    """Return the key of a page, in hexadecimal, from all that its bytes depend on.

    Equal views have equal keys; views that differ in a value, in the kind of a value (`1`, `"1"`, `True`, safe HTML)
    or in the order of a mapping have different ones: a template may loop over a mapping, so its order shows.
    Raises TypeError for a view that is not plain data, naming the part: that is a mistake of the plan stage.
    """
    said = page.said or said_by(page)
    return sha256(f"{template_digest} {generator_digest} ".encode() + said).hexdigest()


def said_by(page: Page) -> bytes:
    """Return the digest of all that a page says: of its address, its template's name, and its view.

    Parts of a view with a known digest are not looked at. Raises TypeError as `page_key` does.
    """
    view = page.rest
    try:
        if not _is_plain(view):
            raise TypeError(f"{page.address}: {_impurity(view, 'view')}")
    except RecursionError:
        raise TypeError(f"{page.address}: view contains itself") from None
    said: Any = (page.address, page.template, view, sorted(page.known.items()))
    try:
        # The first version of this form says what is said and nothing of how it lies in memory; it keeps all digits.
        return sha256(marshal.dumps(said, 1)).digest()
    except ValueError:
        # Safe HTML has no such form. For plain data, `repr` is exact too, and marks it as such.
        return sha256(repr(said).encode()).digest()


def template_digests(templates: Templates) -> dict[str, str]:
    """Return for each template a digest of its text and of the texts of all templates it can reach.

    A template reaches another when the other's name stands in it in quotes. That is a little more than what it
    extends, includes and imports, and never less, as `check_templates` sees to it. Writers, which stand in place of
    templates, are a part of the generator, whose digest is in each key.
    """
    sources = templates.sources
    if not sources:
        return dict.fromkeys(WRITERS, "")
    names = "|".join(map(re.escape, sorted(sources, key=len, reverse=True)))
    named = re.compile(rf"[\"']({names})(?=[\"'])")
    reached = {name: set(named.findall(source)) for name, source in sources.items()}
    own = {name: sha256(repr((name, source)).encode()).hexdigest() for name, source in sources.items()}
    digests = {name: _digest(sorted(own[other] for other in _closure(name, reached))) for name in sources}
    return digests | dict.fromkeys(WRITERS, "")


def _closure(name: str, reached: dict[str, set[str]]) -> set[str]:
    found, waiting = {name}, [name]
    while waiting:
        for other in reached[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def _digest(parts: list[Any]) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _is_plain(value: Any) -> bool:
    """Return whether a container and all within it are plain data. This runs for each page of each build."""
    kind = type(value)
    if kind is dict:
        if not _TEXT_KEYS.issuperset(map(type, value)):
            return False
        parts = value.values()
    elif kind is list or kind is tuple:
        parts = value
    else:
        return _is_safe_html(kind)
    for part in parts:  # noqa: SIM110 (`all` over a generator takes half as long again)
        if type(part) not in _ATOMS and not _is_plain(part):
            return False
    return True


def _is_safe_html(kind: type) -> bool:
    # By name: a build with nothing to do makes keys, and need not import markupsafe for that.
    return kind.__name__ == "Markup" and kind.__module__ == "markupsafe"


def _impurity(value: Any, way: str) -> str:
    """Return where in a view, and what, the first thing is that is not plain data; nothing when there is none."""
    kind = type(value)
    if kind in _ATOMS or _is_safe_html(kind):
        return ""
    if kind is dict:
        keys = [f"{way} has the key {key!r}, which is not text" for key in value if type(key) is not str]
        return next(iter(keys), "") or next(
            filter(None, (_impurity(value[key], f"{way}[{key!r}]") for key in value)), ""
        )
    if kind is list or kind is tuple:
        return next(filter(None, (_impurity(part, f"{way}[{index}]") for index, part in enumerate(value))), "")
    return f"{way} is a {kind.__name__}, which is not plain data"
