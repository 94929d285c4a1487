"""Read where a link leads, and refuse what could run."""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from explainer.prose.marks import Span

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_DESTINATION = re.compile(
    r"""\([ \t\r\n]*+
    (?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?:[^\s()\\<]|\\[!-~]|\((?:[^\s()\\]|\\[!-~])*+\))*+))
    (?:[ \t\r\n]++(?P<title>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'))?+
    [ \t\r\n]*+\)""",
    re.VERBOSE | re.DOTALL,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")
# Browsers leave these out before they read an address: "java\tscript:" runs.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
# Most targets: a path to a file, or a figure. None of what is refused below has this form.
_HARMLESS = re.compile(r"(?:fact:)?(?!//)[A-Za-z0-9_./#-]+")
ALLOWED_SCHEMES = ("http", "https", "mailto", "fact")


class Destination(NamedTuple):
    """What stands in the round brackets of a link: target as meant, title, place of the target, end of the brackets."""

    target: str
    title: str
    span: Span
    end: int
    is_plain: bool


def parse_destination(text: str, offset: int, end: int) -> Destination | None:
    """Read the destination whose opening bracket is at an offset, or return None where it is not closed as one."""
    match = _DESTINATION.match(text, offset, end)
    if match is None:
        return None
    group = "angle" if match["angle"] is not None else "bare"
    written = match[group] or ""
    target = resolve_escapes(written)
    title = resolve_escapes((match["title"] or "")[1:-1])
    return Destination(target, title, Span(match.start(group), len(written)), match.end(), target == written)


def resolve_escapes(written: str) -> str:
    """Return a text as it is meant: entities and escaped characters resolved."""
    if "\\" not in written:
        return html.unescape(written) if "&" in written else written
    parts, position = [], 0
    for match in _ESCAPE.finditer(written):
        parts += [html.unescape(written[position : match.start()]), match[1]]
        position = match.end()
    return "".join([*parts, html.unescape(written[position:])])


def refusal(target: str) -> tuple[str, str] | None:
    """Return cause and fix when a link may not lead to a target, or None when it may, as far as its form goes."""
    if _HARMLESS.fullmatch(target):
        return None
    plain = _IGNORED.sub("", target)
    known = _SCHEME.match(plain)
    scheme = known[0].lower() if known else ""
    if scheme and scheme not in ALLOWED_SCHEMES:
        allowed = ", ".join(f'"{name}:"' for name in ALLOWED_SCHEMES)
        return (
            f'a link may not begin with "{known[0] if known else ""}:"',
            f"links begin with {allowed}, or are paths to files",
        )
    if plain != target:
        return (
            "this address has a space or an invisible character",
            "write %20 for a space, and delete what cannot be seen",
        )
    if "\\" in target:
        return "this address has a backslash", 'write "/"'
    if found := re.search('["<>`]', target):
        return f"this address has a {found[0]} in it", f'write "%{ord(found[0]):02X}" for it'
    if target.startswith("//"):
        return "this address does not say its scheme", f'write "https:{target}"'
    if scheme in ("http", "https"):
        try:
            host = urlsplit(target).hostname
        except ValueError:
            host = None
        if not target.lower().startswith(f"{scheme}://") or not host:
            return "this address names no site", f'write "{scheme}://", then the name of the site'
        if "@" in urlsplit(target).netloc:
            return "this address has a user name before its site", 'write the address without what stands before "@"'
    if scheme == "mailto" and not re.fullmatch(r"mailto:[^@:/]+@[^@:/?]+\.[^@:/?]+(?:\?.*)?", target, re.IGNORECASE):
        return "this is not an address of mail", 'write "mailto:name@example.org"'
    return None
