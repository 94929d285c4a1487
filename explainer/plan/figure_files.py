"""Give each figure of a text its data file, beside the page that shows the figure."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.page import Page, View


def figure_files(page: Page) -> Iterator[Page]:
    """Yield the CSV files of the figures in the text of a page."""
    body: View = page.view.get("body") or {}
    for part in body.get("parts", ()):
        csv = part["view"].get("csv") if isinstance(part, dict) else None
        if csv is not None:
            yield Page(csv["address"], "writer:text", {"text": csv["text"]}, page.source)
