"""Write problems as one JSON document, for editors and other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from explainer.problems import Problem


def json_text(problems: Sequence[Problem]) -> str:
    """Return `{"format": 1, "errors", "warnings", "problems": […]}`.

    Lines and columns count from 1, columns and lengths in characters; a problem of a whole file has neither.
    """
    errors = sum(problem.severity == "error" for problem in problems)
    document = {
        "format": 1,
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [_entry(problem) for problem in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _entry(problem: Problem) -> dict[str, Any]:
    place = problem.place
    where = {"line": place.line, "column": place.column, "length": place.length} if place.line else {}
    return {
        "path": place.path,
        **where,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "fix": problem.fix,
        **({} if problem.excerpt is None else {"excerpt": problem.excerpt}),
    }
