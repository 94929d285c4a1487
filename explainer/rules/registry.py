"""All rules of records by name, and the functions that apply them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from explainer.derived import check_derived
from explainer.problems import Problem, Report
from explainer.rules import (
    countries,
    entries,
    fact_dates,
    fact_values,
    glossary,
    indicators,
    mutual_amounts,
    organisations,
    series,
    source_articles,
    sources,
    standings,
)
from explainer.rules.front_matter import check_document
from explainer.rules.sheets import SheetFact, SheetSeries, facts_of, series_of
from explainer.site import Site

FACT_RULES: tuple[Callable[[SheetFact], Iterable[Problem]], ...] = (
    fact_dates.check_no_value_lies_ahead,
    fact_dates.check_age,
    fact_dates.check_kind_of_date,
    fact_dates.check_source_is_not_older,
    fact_dates.check_term_of_office,
    fact_values.check_bounds,
    fact_values.check_shares,
    fact_values.check_items,
    fact_values.check_missing_value,
    fact_values.check_ranks,
    fact_values.check_alternatives_differ,
    series.check_fact_agrees_with_series,
)

SERIES_RULES: tuple[Callable[[SheetSeries], Iterable[Problem]], ...] = (
    fact_dates.check_no_year_lies_ahead,
    series.check_series_is_numeric,
    series.check_series_bounds,
)

SITE_RULES: tuple[Callable[[Site], Iterable[Problem]], ...] = (
    indicators.check_bounds_of_indicators,
    sources.check_addresses_of_sources,
    standings.check_changes_follow_the_statutes,
    standings.check_entries_stand_in_order,
    standings.check_one_change_a_day,
    standings.check_changes_follow_the_founding,
    organisations.check_statuses_can_be_reached,
    organisations.check_words_of_groups,
    organisations.check_readings_speak_of_parties,
    organisations.check_anchors,
    entries.check_other_dates,
    entries.check_witnesses,
    countries.check_codes,
    countries.check_names,
    countries.check_neighbours,
    mutual_amounts.check_mutual_amounts,
    source_articles.check_verdicts,
    source_articles.check_defects,
    glossary.check_names_of_terms,
    check_derived,
)

# Rules that compare with the day of the build.
DAY_RULES: tuple[Callable[[Site, date], Iterable[Problem]], ...] = (
    sources.check_dates_of_sources,
    standings.check_limit_of_knowledge,
    entries.check_plans,
    entries.check_what_lies_ahead_is_planned,
    entries.check_outcomes,
)

# Rules about what is absent. They speak only when everything could be read: what seems to be missing may stand in a
# record that has a typo, and one typo never makes a second, false complaint.
ABSENCE_RULES: tuple[Callable[[Site], Iterable[Problem]], ...] = (
    sources.check_sources_are_used,
    organisations.check_statuses_are_used,
    countries.check_neighbours_agree,
    countries.check_region_has_facts,
)


def check_site(site: Site, as_of: date, report: Report) -> None:
    """Report everything in a site that the domain forbids on the day of the build, its documents included."""
    check_records(site, as_of, report)
    for documents in (site.articles, site.pages):
        report.extend(problem for document in documents.values() for problem in check_document(document, as_of))


def check_records(site: Site, as_of: date, report: Report) -> None:
    """Report everything in the records of a site that the domain forbids on the day of the build."""
    site_rules = SITE_RULES if report.errors else SITE_RULES + ABSENCE_RULES
    report.extend(problem for fact in facts_of(site, as_of) for rule in FACT_RULES for problem in rule(fact))
    report.extend(problem for series in series_of(site, as_of) for rule in SERIES_RULES for problem in rule(series))
    report.extend(problem for rule in site_rules for problem in rule(site))
    report.extend(problem for rule in DAY_RULES for problem in rule(site, as_of))
