"""Compare the dossier's table of claims, and its list of defects, with the source article as content takes it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.content import Content
from explainer.models.source_article import Claim, SourceArticle
from tools.dossier.model import Match, missing, source_faults

KINDS = {"F": {"fact"}, "O": {"opinion"}, "A": {"announcement"}, "C": {"caption"}}
# What a check of the dossier allows as verdict; an opinion has none. The first word that fits decides.
VERDICTS = {
    "wrong": {"wrong"},
    "stale": {"outdated"},
    "nuance/stale": {"outdated", "contested"},
    "nuance": {"contested", "outdated", "confirmed"},
    "ok1": {"confirmed", "single-source"},
    "ok": {"confirmed"},
    "summit": {"confirmed", "single-source"},
    "article only": {"single-source"},
    "seed": {"single-source"},
    "contested": {"contested"},
}
# The speaker of a section whose table does not name one.
SECTION_SPEAKERS = {"4": "Max Hess", "6": "Temur Umarov", "7": "caption"}


def compare_claims(content: Content, text: str, countries: dict[str, str]) -> Iterator[Match]:
    """Yield a match for each claim and each defect of the dossier."""
    article = next(iter(content.source_articles.values()))
    section, columns = "", []
    for line in text.splitlines():
        if match := re.match(r"## (\d)\.", line):
            section = match[1]
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and cells[0] == "#":
            columns = [name.casefold() for name in cells]
        elif cells and cells[0].isdigit():
            yield _claim(article, dict(zip(columns, cells, strict=True)), section, countries)
        elif match := re.match(r"- \*\*D(\d+) (.+?)\.\*\* (.+)", line):
            yield _defect(article, *match.groups())


def _claim(article: SourceArticle, row: dict[str, str], section: str, countries: dict[str, str]) -> Match:
    number = row["#"]
    identifier, says = f"claims:{number}", f"{row['claim']} ({row['check']})"
    claim = article.claims.get(f"c{int(number):02d}")
    if claim is None:
        return missing(identifier, says)
    faults = {}
    kinds = _kinds(row.get("kind", "C"))
    if claim.kind not in kinds:
        faults["kind"] = f"{row.get('kind', 'C')} against {claim.kind}"
    allowed = next((verdicts for word, verdicts in VERDICTS.items() if row["check"].strip("* ").startswith(word)), None)
    if claim.verdict is not None and allowed is not None and claim.verdict not in allowed:
        faults["verdict"] = f"{row['check']!r} against {claim.verdict}"
    if claim.verdict is None and claim.kind != "opinion":
        faults["verdict"] = "content has none"
    speaker = SECTION_SPEAKERS.get(section) or row["who"].split(",")[0].split(" (")[0]
    if speaker.split(" ")[-1].casefold() not in claim.speaker.casefold():
        faults["speaker"] = f"{speaker} against {claim.speaker}"
    faults |= _date_faults(row.get("date", row.get("date given", "")), claim)
    wanted = {countries[code.upper()] for code in re.findall(r"\b(kaz|kgz|tjk|tkm|uzb)\b", row.get("where", ""))}
    left_out = wanted - {ref.id for ref in claim.countries}
    if left_out:
        faults["countries"] = f"not named: {', '.join(sorted(left_out))}"
    faults |= source_faults(re.findall(r"`([a-z0-9_]+)`", row["check"]), (ref.id for ref in claim.sources))
    named = {f"d{int(defect)}" for defect in re.findall(r"\bD(\d+)\b", row["check"])}
    if not named <= set(claim.defects):
        faults["defects"] = f"not named: {', '.join(sorted(named - set(claim.defects)))}"
    shown = f"{claim.kind}, {claim.verdict or 'no verdict'}, {claim.speaker}"
    return Match(identifier, says, f"claims#c{int(number):02d}", shown, faults)


def _kinds(text: str) -> set[str]:
    """Return the kinds a claim may have: "F/O" and "F that he said it; O content" leave two."""
    return set().union(*(KINDS[letter] for letter in re.findall(r"\b[FOAC]\b", text)))


def _date_faults(said: str, claim: Claim) -> dict[str, str]:
    """A full date, a month or a year of the dossier is the one of ours; vaguer words are ours to word."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", said):
        return {}
    return {} if str(claim.date) == said else {"date": f"{said} against {claim.date}"}


def _defect(article: SourceArticle, number: str, title: str, text: str) -> Match:
    identifier, key = f"claims:D{number}", f"d{int(number)}"
    defect = article.defects.get(key)
    if defect is None:
        return missing(identifier, title)
    faults = source_faults(re.findall(r"`([a-z0-9_]+)`", text), (ref.id for ref in defect.sources))
    return Match(identifier, title, f"claims#{key}", defect.title, faults)
