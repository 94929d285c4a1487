"""Whether style sheets name files that are there, and XML files can be read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote
from xml.parsers.expat import ExpatError, ParserCreate

from explainer.inspection.findings import Finding

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NAMED = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)


def check_style_sheet(path: str, data: bytes, files: Collection[str]) -> Iterator[Finding]:
    """Each `url(…)` and `@import` of a style sheet leads to a file of the site; nothing is fetched from elsewhere."""
    for match in _NAMED.finditer(_COMMENT.sub("", data.decode("utf-8", "replace"))):
        named = next(group for group in match.groups() if group is not None).strip()
        if not named or named.startswith(("#", "data:")):
            continue
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", named):
            message = f'names "{named}", which is not on the site'
            yield Finding("H024", named, message, "put the file into the site: pages fetch nothing from elsewhere")
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(re.split("[?#]", named)[0])))
        if named.startswith("/") or target not in files:
            message = f'names "{named}", and there is no such file'
            yield Finding("H021", named, message, "write the path from this style sheet to a file of the site")


def check_xml(data: bytes) -> Iterator[Finding]:
    """An XML file is well-formed."""
    try:
        ParserCreate().Parse(data, True)
    except ExpatError as error:
        message = f"is not well-formed XML: {error}"
        yield Finding("H022", "xml", message, "mend the template that writes it")
