"""Give each fact of a raw fact sheet the kind that its indicator declares, before it is validated."""

from __future__ import annotations

from collections.abc import Collection

from explainer.content import Content
from explainer.problems import Place, Report, did_you_mean
from explainer.refs import Kind
from explainer.yaml_values import Mapping, Text


def add_fact_kinds(sheet: Mapping, content: Content, report: Report) -> None:
    """Set `kind` in every fact of a sheet, and take out facts whose indicator does not exist or is broken.

    A fact of an unknown indicator is reported here, since without its kind nothing can be said of its value.
    """
    facts = sheet.get("facts")
    if not isinstance(facts, Mapping):
        return
    known = content.places.get("indicator")
    for key in list(facts):
        fact, place = facts[key], facts.key_places[key]
        indicator = content.indicators.get(key)
        if indicator is None:
            report_missing_file("indicator", content, report)
            if known is not None and key not in known:
                report_unknown_indicator(key, place, known, report)
            del facts[key]
        elif isinstance(fact, Mapping):
            if "kind" in fact:
                report.add(
                    fact.key_places["kind"],
                    "F004",
                    'unknown field "kind"',
                    "delete it: the kind of a fact stands in indicators.yml",
                )
            fact["kind"] = Text(indicator.kind, place)
            fact.key_places.setdefault("kind", place)


def report_missing_file(kind: Kind, content: Content, report: Report) -> None:
    """Report that the file of a kind is not there, once, however many references need it."""
    path = content.missing.pop(kind, None)
    if path is not None:
        report.add(Place(path), "R021", "this file is missing, and references lead to what it should hold", "write it")


def report_unknown_indicator(key: str, place: Place, known: Collection[str], report: Report) -> None:
    """Report an indicator id that indicators.yml does not have."""
    fix = did_you_mean(key, known, otherwise="add it to indicators.yml, or use one that stands there")
    report.add(place, "L001", f'there is no indicator "{key}"', fix)
