"""Check the dates of an article or a page against each other and against the day of the build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from explainer.config import Options
from explainer.content import Document
from explainer.problems import Problem
from explainer.publication import publication_of


def check_order_of_dates(document: Document, _as_of: date) -> Iterator[Problem]:
    """A text is published before it is updated, and before it expires."""
    front = document.front
    if front.updated is not None and front.updated.latest < front.date.earliest:
        message = f"updated on {front.updated}, before its date, {front.date}"
        yield Problem(front.place_of("updated"), "D080", message, "correct one of the two dates")
    if front.expires is not None and front.expires.latest <= front.date.earliest:
        message = f"expires on {front.expires}, so it is never published: its date is {front.date}"
        yield Problem(front.place_of("expires"), "D080", message, "correct one of the two dates")


def check_dates_have_come(document: Document, as_of: date) -> Iterator[Problem]:
    """No published text was updated or reviewed on a day that has not come."""
    for field in ("updated", "reviewed"):
        value = getattr(document.front, field)
        if value is not None and value.earliest > as_of and _is_published(document, as_of):
            message = f"{field} on {value}, after the day of this build, {as_of}"
            yield Problem(document.front.place_of(field), "D082", message, "correct the date")


def check_review(document: Document, as_of: date) -> Iterator[Problem]:
    """A published text that was to be reviewed by a day has been, and says by when it is to be reviewed next."""
    review_by = document.front.review_by
    if review_by is not None and review_by.latest < as_of and _is_published(document, as_of):
        message = f"was to be reviewed by {review_by}"
        fix = "review it, then set `reviewed` to that day and `review_by` to the next"
        yield Problem(document.front.place_of("review_by"), "D081", message, fix, "warning")


def _is_published(document: Document, as_of: date) -> bool:
    return publication_of(document, Options(as_of=as_of)).state == "published"


RULES: tuple[Callable[[Document, date], Iterable[Problem]], ...] = (
    check_order_of_dates,
    check_dates_have_come,
    check_review,
)


def check_document(document: Document, as_of: date) -> Iterator[Problem]:
    """Yield what is wrong with the front matter of an article or a page."""
    return (problem for rule in RULES for problem in rule(document, as_of))
