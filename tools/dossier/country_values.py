"""Compare the dossier's country sheets with ours: which indicator answers each of its values, and in what shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from explainer.content import Content
from tools.dossier import shapes
from tools.dossier.model import Match, missing
from tools.dossier.places import field_text
from tools.dossier.shapes import Side

Comparison = Callable[[Side, str, Any], Match]
"""Compares one leaf of a sheet with what an indicator says; the sheet's country stands in `Side`."""

BILLION, MILLION = 10**9, 10**6

# Each leaf of a sheet by its path: our indicator, and how the two are compared.
LEAVES: dict[str, tuple[str, Comparison]] = {
    "capital": ("capital", shapes.place),
    "area.total": ("area", shapes.number()),
    "area.land": ("land-area", shapes.number()),
    "area.water": ("water-area", shapes.number()),
    "borders.total_km": ("border-length", shapes.number()),
    "borders": ("borders", shapes.borders),
    "population.world_bank": ("population", shapes.number()),
    "population.factbook": ("population", shapes.number()),
    "population_census": ("population", shapes.number()),
    "age.median": ("median-age", shapes.number()),
    "age.share_0_14": ("age-0-14", shapes.number()),
    "age.share_65_plus": ("age-65-plus", shapes.number()),
    "age.share_under_25": ("age-under-25", shapes.number()),
    "age.share_under_30": ("age-under-30", shapes.number()),
    "urban": ("urban-share", shapes.number()),
    "internet_users": ("internet-users", shapes.number()),
    "languages": ("languages", shapes.items),
    "religions": ("religions", shapes.items),
    "ethnic_groups": ("ethnic-groups", shapes.items),
    "independence": ("independence", shapes.date),
    "government.type": ("government-type", shapes.words),
    "government.head_of_state": ("head-of-state", shapes.person),
    "government.head_of_government": ("head-of-government", shapes.person),
    "government.vice_president": ("vice-president", shapes.person),
    "government.parliament_chair": ("parliament-speaker", shapes.person),
    "gdp.nominal": ("gdp-nominal", shapes.number()),
    "gdp.nominal_world_bank": ("gdp-nominal", shapes.number(rounded_to=MILLION)),
    "gdp.ppp": ("gdp-ppp", shapes.number()),
    "gdp.ppp_per_capita": ("gdp-ppp-per-head", shapes.number()),
    "gdp.nominal_per_capita": ("gdp-per-head", shapes.number()),
    "gdp.real_growth": ("gdp-growth", shapes.number()),
    "inflation": ("inflation", shapes.number()),
    "remittances": ("remittances", shapes.number()),
    "currency.name": ("currency", shapes.words),
    "currency.iso4217": ("currency-code", shapes.words),
    "currency.iso4217_numeric": ("currency-number", shapes.words),
    "currency.rate_per_usd": ("exchange-rate", shapes.number()),
    "trade.exports.value": ("exports", shapes.number()),
    "trade.exports.partners": ("export-partners", shapes.items),
    "trade.exports.commodities": ("export-commodities", shapes.items),
    "trade.imports.value": ("imports", shapes.number()),
    "trade.imports.partners": ("import-partners", shapes.items),
    "trade.imports.commodities": ("import-commodities", shapes.items),
    "energy.petroleum_production": ("oil-production", shapes.number()),
    "energy.crude_reserves": ("oil-reserves", shapes.number()),
    "energy.gas_production": ("gas-production", shapes.number(BILLION)),
    "energy.gas_consumption": ("gas-consumption", shapes.number(BILLION)),
    "energy.gas_exports": ("gas-exports", shapes.number(BILLION)),
    "energy.gas_imports": ("gas-imports", shapes.number(BILLION)),
    "energy.gas_reserves": ("gas-reserves", shapes.number(BILLION)),
    "energy.coal_production": ("coal-production", shapes.number()),
    "energy.electricity_capacity": ("electricity-capacity", shapes.number()),
    "natural_resources": ("natural-resources", shapes.items),
    "constitution_2026.referendum": ("constitutional-referendum", shapes.date),
    "constitution_2026.yes_share": ("referendum-yes-share", shapes.number()),
    "constitution_2026.turnout": ("referendum-turnout", shapes.number()),
    "constitution_2026.entry_into_force_planned": ("constitution-in-force", shapes.date),
    "constitution_2026.entry_into_force": ("constitution-in-force", shapes.date),
    "constitution_2026.new_parliament": ("parliament", shapes.words),
    "constitution_2026.kurultai_seats": ("parliament-seats", shapes.number()),
    "constitution_2026.kurultai_election": ("event", shapes.event),
    "constitution_2026.kurultai_parties": ("election-parties", shapes.items),
    "constitution": ("constitutional-referendum", shapes.date),
    "uranium": ("uranium-production", shapes.number()),
    "uranium.world_share_2021": ("uranium-world-share", shapes.number()),
    "uranium.world_share_2022": ("uranium-world-share", shapes.number()),
    "uranium.kazatomprom_output": ("uranium-company-production", shapes.number()),
    "spaceport": ("spaceport", shapes.words),
    "gas_trade.to_china_2021": ("gas-exports-china", shapes.number(BILLION)),
    "gas_trade.pipeline_capacity_to_china": ("gas-pipeline-capacity-china", shapes.number(BILLION)),
    "gas_trade.russia_contract": ("gas-contract-russia", shapes.number(BILLION)),
    "gas_trade.russia_peak": ("gas-exports-russia-peak", shapes.number(BILLION)),
    "gas_trade.overtaken": ("gas-exports-china", shapes.month_in_note),
    "neutrality": ("permanent-neutrality", shapes.date),
    "border_treaty": ("event", shapes.event),
    "un_security_council": ("event", shapes.event),
    "sco_chair": ("event", shapes.event),
    "manas_base.opened": ("event", shapes.event),
    "manas_base.vote_to_close": ("event", shapes.event),
    "manas_base.new_lease": ("event", shapes.event),
    "manas_base.parliament_sets_end": ("event", shapes.event),
    "manas_base.handed_over": ("event", shapes.event),
    "manas_base.lease_end": ("event", shapes.event),
}
# What is no value: remarks on values, and what describes the dossier itself.
REMARKS = ("note", "disagreement", "verify_before_publishing", "iso3", "dossier_as_of", "data_as_of", "sources")


def compare_sheet(content: Content, country: str, code: str, sheet: dict[str, Any]) -> Iterator[Match]:
    """Yield a match for each value of a country's sheet; `code` is the sheet's own, which begins every id."""
    side = Side(content, country)
    yield _names(side, code, sheet["names"]["english"])
    yield _native(side, code, sheet["names"]["native"])
    yield from _codes(side, code, sheet["codes"])
    for path, leaf in _leaves(sheet):
        identifier = f"{code}:{path}"
        if path not in LEAVES:
            yield missing(identifier, shapes.says(leaf), "no indicator is known for this value: see tools/dossier")
            continue
        indicator, compare = LEAVES[path]
        yield compare(side, f"{identifier}|{indicator}", leaf)
    yield from shapes.compare_series(side, code, sheet["time_series"])


def _leaves(sheet: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each value with its path; a value carries `value` or `items`, or is a bare date of a list of dates."""
    done = ("names", "codes", "memberships", "time_series", *REMARKS)

    def walk(node: dict[str, Any], path: tuple[str, ...], sources: list[str]) -> Iterator[tuple[str, Any]]:
        sources = node.get("sources", sources)
        for key, value in node.items():
            here = ".".join((*path, key))
            if key in done if not path else key in REMARKS:
                continue
            if isinstance(value, dict) and ("items" in value or ("value" in value and "sources" in value)):
                yield here, value
            elif isinstance(value, dict):
                yield from walk(value, (*path, key), sources)
            elif isinstance(value, list):  # the neighbours
                yield ".".join(path), {"items": value, "as_of": node["as_of"], "sources": sources}
            elif key != "as_of":
                # One list of sources for several dates: which of them stands behind which date is not said.
                yield here, {"value": value, "sources": sources, "shared": True}

    yield from walk(sheet, (), [])


def _names(side: Side, code: str, leaf: dict[str, Any]) -> Match:
    says = f"{leaf['value']['short']} / {leaf['value']['official']}"
    shown = field_text(side.content, side.country, "names")
    return shapes.same(f"{code}:names.english", says, f"{side.country}:names", shown)


def _native(side: Side, code: str, names: list[dict[str, str]]) -> Match:
    said = [name[form] for name in names for form in ("short", "official")]
    record, shown = side.record, field_text(side.content, side.country, "native")
    ours = [
        record.name,
        *record.aliases,
        *(text for name in record.native for text in (name.name, name.official) if text),
    ]
    left_out = {name for name in said if _letters(name) not in set(map(_letters, ours))}
    says = "; ".join(f"{name['lang_code']} {name['short']} / {name['official']}" for name in names)
    faults = {"value": f"not among names and aliases: {', '.join(sorted(left_out))}"} if left_out else {}
    return Match(f"{code}:names.native", says, f"{side.country}:native", shown, faults)


def _letters(name: str) -> str:
    """Return a name with one sign for all apostrophes: sources differ in which they type."""
    return re.sub("[\u2018\u2019\u02bb\u02bc`]", "'", name)


def _codes(side: Side, code: str, leaf: dict[str, Any]) -> Iterator[Match]:
    said = leaf["value"]
    says = f"{said['alpha2']} {said['alpha3']} {said['numeric']}"
    shown = field_text(side.content, side.country, "codes")
    yield shapes.same(f"{code}:codes", says, f"{side.country}:codes", shown)
    yield shapes.words(side, f"{code}:codes.tld|internet-domain", leaf | {"value": said["tld"]})
