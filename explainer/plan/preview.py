"""Say on a page that is not published what keeps it from readers, and until when."""

from __future__ import annotations

from datetime import date

from explainer.config import Options
from explainer.content import Document
from explainer.formats import format_date
from explainer.plan.frame import Frame
from explainer.publication import publication_of


def preview_notice(frame: Frame, document: Document) -> dict[str, str] | None:
    """Return the banner of a document in a preview: its state as a label, and words. None when it is published.

    Outside a preview there is no banner: a site for readers shows only what is published.
    """
    # The day is asked for by documents alone: other pages of a preview do not change at midnight.
    day: date | None = frame.asker.ask("frame", "preview_day")
    if day is None:
        return None
    state = publication_of(document, Options(day, drafts=True, future=True)).state
    when = format_date(document.front.date, frame.site.settings.language)
    if state == "draft":
        return {"label": "Draft", "words": f"dated {when}; not published while its front matter says draft: true."}
    if state == "scheduled":
        return {"label": "Scheduled", "words": f"published on {when}; until then only a preview shows it."}
    return None
