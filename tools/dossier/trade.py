"""Compare the dossier's figures on trade with China and Russia with the sheets, the derived figures and the claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from explainer.content import Content
from tools.dossier.model import Match, is_null, missing, source_faults, source_id
from tools.dossier.places import notes_of, plain, value_text
from tools.dossier.shapes import Side, said_of

BILLION = 10**9
# Where the amount or share of a partner may stand in a sheet: what the partner reports first, then national figures.
REPORTED = {"china": ["trade-with-china"], "russia": ["trade-with-russia"]}
NATIONAL = {
    "china_bn": ["trade-with-china-national", "trade-share-china"],
    "russia_bn": ["trade-with-russia-national", "trade-with-russia", "trade-share-russia"],
    "china_pct": ["trade-share-china"],
    "russia_pct": ["trade-share-russia", "trade-share-china"],
    "russia_import_pct": ["import-share-russia", "trade-share-russia"],
    "total_bn": ["trade-with-china-national"],
}


def compare_trade(content: Content, trade: dict[str, Any], countries: dict[str, str]) -> Iterator[Match]:
    """Yield a match for each figure of the dossier's file on trade."""
    for row in trade["china_customs"]["rows"]:
        for key, value in row.items():
            identifier = f"trade:china-customs.{row['year']}.{key}"
            if key in countries:
                yield _figure(
                    Side(content, countries[key]), identifier, row["year"], value, row["sources"], REPORTED["china"]
                )
            elif key not in ("year", "sources", "note"):
                yield _told(content, identifier, row["year"], value, row["sources"])
    seen: dict[str, int] = {}
    for row in trade["national_statistics"]["rows"]:
        for key, value in row.items():
            if key not in NATIONAL:
                continue
            identifier = f"trade:{row['country'].casefold()}.{row['period']}.{key}"
            seen[identifier] = seen.get(identifier, 0) + 1
            if seen[identifier] > 1:
                identifier += f".{seen[identifier]}"
            side = Side(content, countries[row["country"]])
            yield _figure(side, identifier, row["period"], value, row["sources"], NATIONAL[key], is_share="pct" in key)
    russia = trade["russia_with_region"]
    for row in russia["rows"]:
        for key in ("value", "share_of_region_trade_pct"):
            if key in row:
                yield _told(content, f"trade:russia-region.{row['year']}.{key}", row["year"], row[key], row["sources"])
    for row in russia["kazakhstan"]:
        side = Side(content, countries["KAZ"])
        identifier = f"trade:russia-kaz.{row['year']}"
        yield _figure(side, identifier, row["year"], row["value"], row["sources"], REPORTED["russia"])


def _figure(
    side: Side,
    identifier: str,
    period: str,
    value: str,
    sources: list[str],
    indicators: list[str],
    *,
    is_share: bool = False,
) -> Match:
    """Match a figure with a fact, an alternative or a year; failing these, with words of a note beside them."""
    says = f"{value} {'%' if is_share else 'billion dollars'} ({period})"
    wanted = Decimal(value) * (1 if is_share else BILLION)
    found = [said for name in indicators for said in said_of(side, name)]
    fitting = [said for said in found if said.value == wanted and said.as_of == period]
    if fitting:
        chosen = max(fitting, key=lambda said: len({source_id(name) for name in sources} & set(said.sources)))
        shown = value_text(chosen.value)
        shown = shown if "@" in chosen.address else f"{shown} ({chosen.as_of})"
        return Match(identifier, says, chosen.address, shown, source_faults(sources, chosen.sources))
    for name in indicators:
        for number in dict.fromkeys([value, plain(Decimal(value)), f"{Decimal(value):.1f}", f"{Decimal(value):.2f}"]):
            words = rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)( (per cent|billion dollars|billion))?"
            if (told := re.search(words, notes_of(side.content, side.country, name))) and told[1]:
                ours = [source for said in said_of(side, name) for source in said.sources]
                address = f"{side.country}.{name}:note"
                return Match(identifier, says, address, told[0], source_faults(sources, ours))
    return missing(identifier, says, f"no figure of {', '.join(indicators)} says it for {period}")


def _told(content: Content, identifier: str, year: str, value: str, sources: list[str]) -> Match:
    """Match a figure of the whole region, which no sheet holds, with the words of a claim's note."""
    says = f"{value} ({year})"
    if is_null(value):
        return missing(identifier, says)
    words = re.compile(rf"(?<![\d.,]){re.escape(plain(Decimal(value)))}(\.?0)?(?![\d]|[.,]\d) (per cent|billion)")
    for key, figure in content.derived.items():
        if figure.note and (told := words.search(figure.note)) and year in figure.label:
            return Match(identifier, says, f"derived#{key}:note", told[0])
    for article in content.source_articles.values():
        for key, claim in article.claims.items():
            if (told := words.search(claim.note or "")) and year in (claim.note or ""):
                faults = source_faults(sources, (ref.id for ref in claim.sources))
                return Match(identifier, says, f"claims#{key}:note", told[0], faults)
    return missing(identifier, says, "neither a claim nor a derived figure tells it")
