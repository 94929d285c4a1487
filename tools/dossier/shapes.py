"""Compare one value of the dossier with one indicator of ours, shape by shape: numbers, dates, names, lists, series."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from explainer.content import Content
from explainer.models.country import Country
from explainer.models.fact import NumberRange
from tools.dossier.entries import match_entry
from tools.dossier.model import Match, is_null, missing, source_faults
from tools.dossier.places import notes_of, plain, series_text, value_text

MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True)
class Side:
    """Our side of a comparison: the content, and the country in question."""

    content: Content
    country: str

    @property
    def record(self) -> Country:
        """The country's sheet."""
        return self.content.countries[self.country]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a sheet says of an indicator: the fact, an alternative, or a year of a series."""

    address: str
    value: Any
    as_of: str
    sources: tuple[str, ...]


def said_of(side: Side, indicator: str) -> list[Said]:
    """Return all that a sheet says of an indicator: the fact first, then its alternatives, then its years."""
    found: list[Said] = []
    fact, series = side.record.fact(indicator), side.record.series_of(indicator)
    name = f"{side.country}.{indicator}"
    if fact is not None:
        found.append(Said(name, fact.value, str(fact.as_of), tuple(ref.id for ref in fact.sources)))
        for number, other in enumerate(fact.alternatives, 1):
            ids = tuple(ref.id for ref in other.sources)
            found.append(Said(f"{name}!{number}", other.value, str(other.as_of), ids))
    if series is not None:
        ids = tuple(ref.id for ref in series.sources)
        found += [Said(f"{name}@{year}", value, str(year), ids) for year, value in sorted(series.values.items())]
    return found


def says(leaf: dict[str, Any]) -> str:
    """Return what a leaf says, in one line."""
    value = leaf.get("value", leaf.get("items"))
    if isinstance(value, dict):
        value = ", ".join(map(str, value.values()))
    elif isinstance(value, list):
        value = "; ".join(" ".join(map(str, item.values())) if isinstance(item, dict) else item for item in value)
    return f"{value} ({leaf['as_of']})" if "as_of" in leaf else str(value)


def same(identifier: str, said: str, address: str, shown: str) -> Match:
    """Match two texts that must be equal."""
    return Match(identifier, said, address, shown, {} if said == shown else {"value": f"{said!r} against {shown!r}"})


def _best(side: Side, key: str, leaf: dict[str, Any], fits: Callable[[Any], bool]) -> Match:
    """Match a leaf with the first thing said of its indicator whose value fits, of the same date where there is one."""
    identifier, indicator = key.split("|")
    candidates = said_of(side, indicator)
    if not candidates:
        return missing(identifier, says(leaf), f"{side.country} has no {indicator}")
    as_of = _as_of(leaf.get("as_of", ""))
    fitting = [said for said in candidates if fits(said.value)]
    chosen = next((said for said in fitting if said.as_of == as_of), (fitting or candidates)[0])
    faults = {} if fitting else {"value": f"{says(leaf)} against {value_text(chosen.value)}"}
    if not is_null(as_of) and chosen.as_of != as_of:
        faults["as_of"] = f"{as_of} against {chosen.as_of}"
    faults |= source_faults(leaf.get("sources", []), chosen.sources)
    shown = value_text(chosen.value) if "@" in chosen.address else f"{value_text(chosen.value)} ({chosen.as_of})"
    return Match(identifier, says(leaf), chosen.address, shown, faults)


def _as_of(text: str) -> str:
    text = text.removeprefix("edition ")
    return text.replace(" to ", "/")


def number(times: int = 1, rounded_to: int | None = None) -> Callable[[Side, str, Any], Match]:
    """Return the comparison of numbers: ours is theirs `times` so many, or theirs rounded to a unit."""

    def compare(side: Side, key: str, leaf: dict[str, Any]) -> Match:
        if is_null(leaf["value"]):
            return _best(side, key, leaf, lambda value: value is None)
        low, _, high = leaf["value"].partition("-") if leaf["value"][:1] != "-" else (leaf["value"], "", "")
        wanted = [Decimal(low) * times, Decimal(high or low) * times]

        def fits(value: Any) -> bool:
            ours = [value.low, value.high] if isinstance(value, NumberRange) else [value, value]
            if rounded_to and value is not None:
                return bool(round(wanted[0] / rounded_to) * rounded_to == ours[0])
            return ours == wanted

        return _best(side, key, leaf, fits)

    return compare


def date(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Compare dates: they are equal, and equally exact. Words behind a date of the dossier are a remark."""
    return _best(side, key, leaf, lambda value: str(value) == leaf["value"].split(" ")[0])


def words(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Compare texts: each word of ours stands in theirs, for we only shorten."""
    theirs = set(re.findall(r"[\w.]+", leaf["value"].casefold()))
    return _best(side, key, leaf, lambda value: set(re.findall(r"[\w.]+", str(value).casefold())) <= theirs)


def person(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Compare holders of an office by name and first day."""
    if is_null(leaf["value"]):
        return _best(side, key, leaf, lambda value: value is None)
    said = leaf["value"]
    return _best(
        side, key, leaf, lambda value: value and (value.name, str(value.since)) == (said["name"], said["since"])
    )


def place(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Compare a town by name, and its position, which we give in hundredths of a degree."""
    degrees = [
        (Decimal(whole) + Decimal(minutes) / 60) * (-1 if side_of in "SW" else 1)
        for whole, minutes, side_of in re.findall(r"(\d+) (\d+) ([NSEW])", leaf["value"]["coordinates"])
    ]

    def fits(value: Any) -> bool:
        ours = [value.latitude, value.longitude]
        near = all(abs(one - other) <= Decimal("0.005") for one, other in zip(degrees, ours, strict=True))
        return bool(value.name == leaf["value"]["name"] and near)

    return _best(side, key, leaf, fits)


def items(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Compare lists item by item, names and shares."""
    wanted = {_item(item) for item in leaf["items"]}
    match = _best(side, key, leaf, lambda value: value is not None and {_ours(item) for item in value} == wanted)
    if "value" in match.faults:
        ours = {_ours(item) for item in said_of(side, key.split("|")[1])[0].value or ()}
        apart = f"only in the dossier: {_list(wanted - ours)}; only in content: {_list(ours - wanted)}"
        return Match(match.id, match.says, match.address, match.shown, {**match.faults, "value": apart})
    return match


def _item(item: Any) -> tuple[str, str]:
    if isinstance(item, str):
        return item, ""
    share = item.get("share_pct", item.get("length_km", ""))
    name = item.get("name") or item.get("partner") or item["neighbour"]
    return name, "" if is_null(share) else plain(Decimal(share))


def _ours(item: Any) -> tuple[str, str]:
    amount = item.share if item.share is not None else getattr(item, "amount", None)
    return item.item, "" if amount is None else plain(amount)


def _list(pairs: set[tuple[str, str]]) -> str:
    return ", ".join(" ".join(pair).strip() for pair in sorted(pairs)) or "nothing"


borders = items


def event(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Find the event that a value speaks of: by its date, or, where the value is none, by the day it was told."""
    is_date = re.match(r"\d{4}", leaf["value"])
    return match_entry(
        side.content,
        key.split("|")[0],
        (leaf["value"] if is_date else leaf["as_of"]).split(" ")[0],
        leaf["sources"],
        says(leaf),
        country=side.country,
        is_told=not is_date,
        is_shared="shared" in leaf,
    )


def month_in_note(side: Side, key: str, leaf: dict[str, Any]) -> Match:
    """Find a month in the note of an indicator."""
    identifier, indicator = key.split("|")
    year, month = leaf["value"].split("-")
    said = f"{MONTHS[int(month) - 1]} {year}"
    return in_note(side, identifier, indicator, said, leaf)


def in_note(side: Side, identifier: str, indicator: str, said: str, leaf: dict[str, Any]) -> Match:
    """Find words beside the values of an indicator."""
    if said not in notes_of(side.content, side.country, indicator):
        return missing(identifier, says(leaf), f"no note of {side.country}.{indicator} says {said!r}")
    ours = [source for found in said_of(side, indicator) for source in found.sources]
    faults = source_faults(leaf["sources"], ours)
    return Match(identifier, says(leaf), f"{side.country}.{indicator}:note", said, faults)


def compare_series(side: Side, code: str, found: dict[str, Any]) -> Iterator[Match]:
    """Yield a match for each series of a sheet: every year and every value."""
    for name, indicator in (("population", "population"), ("gdp_nominal", "gdp-nominal")):
        values = {int(year): Decimal(value) for year, value in found[name]["values"].items()}
        yield _series(side, f"{code}:time_series.{name}", indicator, values, found[name]["sources"])
    shares = found["partner_shares"]
    for flow, ours in (("exports", "export"), ("imports", "import")):
        for partner in ("china", "russia"):
            rows = {int(row["year"]): row[flow][f"{partner}_pct"] for row in shares["values"]}
            known = {year: Decimal(value) for year, value in rows.items() if not is_null(value)}
            identifier = f"{code}:time_series.{flow}.{partner}"
            yield _series(side, identifier, f"{ours}-share-{partner}", known, shares["sources"])


def _series(side: Side, identifier: str, indicator: str, values: dict[int, Decimal], sources: list[str]) -> Match:
    if not values:
        series = side.record.series_of(indicator)
        faults = {} if series is None else {"value": "the dossier has no year, content has some"}
        return Match(identifier, "no year has a value", None, "", faults)
    series = side.record.series_of(indicator)
    if series is None:
        return missing(identifier, series_text(values), f"{side.country} has no series of {indicator}")
    apart = [
        f"{year}: {values.get(year)} against {series.values.get(year)}"
        for year in sorted({*values, *series.values})
        if values.get(year) != series.values.get(year)
    ]
    faults = ({"value": "; ".join(apart)} if apart else {}) | source_faults(sources, (ref.id for ref in series.sources))
    return Match(identifier, series_text(values), f"{side.country}.{indicator}@*", series_text(series.values), faults)
