"""What a rule finds on a page, as plain data that a cache can keep."""

from __future__ import annotations

from typing import NamedTuple

from explainer.problems import Severity


class Finding(NamedTuple):
    """Something a page does that it may not do. `message` goes on from the page's address: `has no h1`.

    Findings of several pages with the same code and `about` are one problem: a template's, most likely.
    """

    code: str
    about: str
    message: str
    fix: str
    severity: Severity = "error"
