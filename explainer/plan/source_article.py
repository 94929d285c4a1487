"""The pages of source articles: each claim of an article, who makes it, and what became of it when it was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from explainer.addresses import claim_address, country_address, source_article_address
from explainer.formats import format_as_of, format_date
from explainer.models.source_article import Claim, SourceArticle, Verdict
from explainer.page import Page
from explainer.plan.citation import citation
from explainer.plan.frame import Frame
from explainer.site import Site
from explainer.views.notes import SourceNotes

VERDICT_LABELS: dict[Verdict, str] = {
    "confirmed": "confirmed",
    "single-source": "one source only",
    "contested": "contested",
    "outdated": "out of date",
    "wrong": "wrong",
}


def source_article_pages(frame: Frame) -> Iterator[Page]:
    """Yield the page of each source article."""
    for key, article in frame.site.source_articles.items():
        yield _page(frame, key, article)


def _page(frame: Frame, key: str, article: SourceArticle) -> Page:
    site, notes = frame.site, SourceNotes(frame.site)
    copy_notes = notes.cite([article.source])
    sections: dict[str, list[dict[str, Any]]] = {}
    for claim_id, claim in article.claims.items():
        sections.setdefault(claim.section or "Claims", []).append(claim_view(site, claim_id, claim, notes))
    verdicts = Counter(claim.verdict for claim in article.claims.values())
    title, address = f"Checked: {article.title}", source_article_address(key)
    return frame.page(
        address,
        "pages/source_article.html",
        article.place.path,
        title=title,
        description=article.summary,
        trail=[("/", site.settings.title)],
        article={
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "published": article.published and format_date(article.published, site.settings.language),
            "copy_note": article.copy_note,
            "summary": article.summary,
            "notes": copy_notes,
            "total": len(article.claims),
            "opinions": sum(claim.kind == "opinion" for claim in article.claims.values()),
            "verdicts": [
                {"id": verdict, "label": label, "count": verdicts[verdict]}
                for verdict, label in VERDICT_LABELS.items()
                if verdicts[verdict]
            ],
        },
        sections=[
            {"id": f"section-{number}", "title": title, "claims": claims}
            for number, (title, claims) in enumerate(sections.items(), 1)
        ],
        defects=[
            {"id": defect_id, "title": defect.title, "text": defect.text, "notes": notes.cite(defect.sources)}
            for defect_id, defect in article.defects.items()
        ],
        sources=notes.view(),
        cite=citation(frame, address, title=title, date=notes.last_read(), words="Sources read to"),
    )


def claim_view(site: Site, key: str, claim: Claim, notes: SourceNotes) -> dict[str, Any]:
    """Return the view of one claim: what is said, by whom, and our verdict. An opinion has a holder and no verdict."""
    return {
        "id": key,
        "text": claim.text,
        "speaker": "the article itself" if claim.speaker == "author" else claim.speaker,
        "date": claim.date and format_as_of(claim.date, site.settings.language),
        "kind": claim.kind,
        "verdict": claim.verdict,
        "verdict_label": VERDICT_LABELS[claim.verdict] if claim.verdict else None,
        "note": claim.note,
        "notes": notes.cite(claim.sources),
        "defects": list(claim.defects),
        "countries": [
            {"name": site.countries[ref.id].name, "address": country_address(site, ref.id)} for ref in claim.countries
        ],
    }


def claims_about(site: Site, country: str, notes: SourceNotes) -> list[dict[str, Any]]:
    """Return the claims of all source articles that concern a country, each with its address."""
    found = []
    for article_id, article in site.source_articles.items():
        for claim_id, claim in article.claims.items():
            if any(ref.id == country for ref in claim.countries):
                address = claim_address(article_id, claim_id)
                found.append(
                    claim_view(site, claim_id, claim, notes) | {"address": address, "publisher": article.publisher}
                )
    return found
