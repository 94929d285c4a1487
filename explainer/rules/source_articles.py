"""Check the claims of source articles: who needs a verdict, and the defects they name."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import Problem, did_you_mean
from explainer.site import Site


def check_verdicts(site: Site) -> Iterator[Problem]:
    """An opinion has a holder and no verdict; a fact or a caption has one. An announcement may have one."""
    for article in site.source_articles.values():
        for key, claim in article.claims.items():
            if claim.kind == "opinion" and claim.verdict is not None:
                message = f'claim "{key}" is an opinion, which is neither right nor wrong'
                yield Problem(claim.place_of("verdict"), "D070", message, "delete the verdict, or change the kind")
            elif claim.kind in ("fact", "caption") and claim.verdict is None:
                message = f'claim "{key}" is a {claim.kind} without a verdict'
                fix = "add a line such as `verdict: confirmed`, or change the kind to opinion"
                yield Problem(claim.place, "D071", message, fix)


def check_defects(site: Site) -> Iterator[Problem]:
    """The defects that a claim names exist, and no defect has the id of a claim: both are anchors of one page."""
    for article in site.source_articles.values():
        for key, claim in article.claims.items():
            for defect in claim.defects:
                if defect not in article.defects:
                    fix = did_you_mean(defect, article.defects, otherwise="add it to `defects` of the article")
                    message = f'claim "{key}" names a defect "{defect}", which does not exist'
                    yield Problem(claim.place_of("defects"), "D072", message, fix)
        for key, fault in article.defects.items():
            if key in article.claims:
                message = f'"{key}" is the id of a claim and of a defect ({article.claims[key].place})'
                yield Problem(fault.place, "D073", message, "choose another id for one of the two")
