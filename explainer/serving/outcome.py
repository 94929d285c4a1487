"""What came of one build for the server: what changed on the disk, or why nothing did."""

from __future__ import annotations

from msgspec import Struct

from explainer.problems import Problem


class Outcome(Struct, frozen=True):
    """The end of a build, in a form that can be sent from one process to another.

    After a good one, `changed` holds the files that were written or removed, `base_path` the path the site expects to
    be served under, and `problems` its warnings. After a bad one, `changed` is None; `problems` holds every problem of
    the content, errors and warnings, or `fault` the words of a fault that is ours. `missing_package` names a package
    that the generator cannot do without.
    """

    problems: tuple[Problem, ...] = ()
    changed: frozenset[str] | None = None
    base_path: str = "/"
    seconds: float = 0.0
    fault: str = ""
    missing_package: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there is a site."""
        return self.changed is not None
