"""Say what to write instead of raw HTML."""

from __future__ import annotations

import re

TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)|<(?P<declaration>!--|!|\?)")
AUTOLINK = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>")
MAIL = re.compile(r"<(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")

_INSTEAD = {
    "a": "write [text](address)",
    "abbr": "terms of the glossary are explained by themselves",
    "b": "write **text**",
    "strong": "write **text**",
    "i": "write *text*",
    "em": "write *text*",
    "br": "leave an empty line, or end the line with a backslash",
    "p": "leave an empty line between paragraphs",
    "div": "set a class with {: .name } on the line after a paragraph",
    "span": "set a class on emphasis: *text*{: .name }",
    "img": "write ![what the image shows](../../static/images/file.png)",
    "ul": 'begin each item with "- "',
    "ol": 'begin each item with "1. "',
    "li": 'begin each item with "- "',
    "blockquote": 'begin the line with "> "',
    "code": "put it between backticks",
    "pre": "put it between two lines of ```",
    "hr": 'write a line of "---" between two empty lines',
    "sup": "a note is written [^label], a source [@id]; else use the sign itself, such as ²",
    "sub": "use the sign itself, such as ₂",
    "table": "write rows of | cells | with a line of |---|---| under the first",
    "details": "write a heading and a paragraph",
    "script": "pages run nothing that content brings; delete it",
    "style": "styles stand in static/css; delete it",
    "iframe": "pages show nothing from elsewhere; link to it",
    "video": "pages show nothing from elsewhere; link to it",
    "svg": "put the drawing into static/images and write ![what it shows](../../static/images/file.svg)",
    **{f"h{level}": f"write {'#' * max(2, level)} and a space before the words" for level in range(1, 7)},
    **dict.fromkeys(("thead", "tbody", "tr", "td", "th"), "write rows of | cells |"),
}


def message_and_fix(match: re.Match[str]) -> tuple[str, str]:
    """Return what is wrong with the beginning of a tag, and what to write instead."""
    if match["declaration"] == "!--":
        return "a comment of HTML would be lost", "delete it: texts have no hidden parts"
    if match["declaration"]:
        return "raw HTML is not allowed", 'delete it, or write "\\<" to show the sign'
    name = match["name"].lower()
    shown = f"<{match['closing']}{match['name'][:30]}>"
    instead = _INSTEAD.get(name, "write it in Markdown")
    return f'raw HTML is not allowed: "{shown}"', f'{instead} (to show the sign itself, write "\\<")'
