"""A page before it is rendered: its address, its template, and the plain data the template may see."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

View = Mapping[str, Any]
"""Text, numbers, yes/no, None, lists and mappings of these, and safe HTML (markupsafe.Markup): nothing else."""


class Page(Struct, frozen=True):
    """One file of the site that comes from a template, or, where it is data, from a writer.

    `address` begins with a slash and is what links lead to: `/countries/x/`, `/404.html`, `/sitemap.xml`. `source` is
    the content file the page is about, for messages and the manifest; `title` names it in the manifest and is None
    for files that nobody opens as a page. `known` are digests of parts of the view, by their names in it: what stands
    for all that such a part says need not be found out for each page anew. `said` is the digest of all that the
    page says, where that was found out already.
    """

    address: str
    template: str
    view: View
    source: str
    title: str | None = None
    known: Mapping[str, bytes] = {}
    said: bytes = b""

    @property
    def rest(self) -> View:
        """The view without the parts whose digests are known: None stands for each."""
        known = self.known
        return {name: None if name in known else part for name, part in self.view.items()} if known else self.view

    @property
    def path(self) -> str:
        """The file of the site that holds the page, relative and with forward slashes."""
        return output_path(self.address)


@lru_cache(maxsize=1 << 17)
def output_path(address: str) -> str:
    """Return the file that answers for an address: `/a/` is `a/index.html`, `/feed.xml` is `feed.xml`."""
    path = address.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def relative_link(origin: str, target: str) -> str:
    """Return the link from one address of the site to another, such that it works in any folder of any server.

    A fragment of the target is kept. A page links to itself as `./`, unless the fragment alone will do.
    """
    target, mark, fragment = target.partition("#")
    if target == origin and mark:
        return f"#{fragment}"
    here = origin.split("/")[1:-1]
    there = target.split("/")[1:]
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    link = "../" * (len(here) - shared) + "/".join(there[shared:])
    return f"{link or './'}{mark}{fragment}"
