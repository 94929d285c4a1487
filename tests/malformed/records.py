"""Records that are YAML and yet say what cannot be: fields, values, references, and the rules of the domain."""

from __future__ import annotations

from tests.malformed.changes import (
    ALDER,
    BIRCH,
    BOOKS,
    COUNCIL,
    DERIVED,
    EVENTS,
    GLOSSARY,
    INDICATORS,
    LETTER,
    SITE,
    UNITS,
    Change,
    append,
    both,
    remove,
    swap,
    write,
)

FIELDS: dict[str, Change] = {
    "field-unknown": swap(ALDER, "summary: The", "sumary: The"),
    "field-unknown-and-like-no-other": swap(ALDER, "summary: The", "weather: The"),
    "field-of-a-fact-unknown": swap(ALDER, "value: 1901-05-04, as_of: 2024,", "value: 1901-05-04, year: 2024,"),
    "field-kind-in-a-fact": swap(ALDER, "charter: {value:", "charter: {kind: date, value:"),
    "field-missing": swap(ALDER, "name: Alder\n", ""),
    "field-missing-in-an-entry": swap(COUNCIL, "{date: 2010-06-30, title: Leaves the Council, ", "{date: 2010-06-30, "),
    "field-missing-twice": write("countries/dune.yml", "name: Dune\n"),
    "field-blank": swap(ALDER, "name: Alder\n", "name:\n"),
    "field-null": swap(ALDER, "name: Alder\n", "name: null\n"),
    "field-list-for-text": swap(ALDER, "name: Alder\n", "name: [Alder]\n"),
    "field-mapping-for-text": swap(ALDER, "name: Alder\n", "name: {en: Alder}\n"),
    "field-text-for-list": swap(ALDER, "aliases: [Olkha]", "aliases: Olkha"),
    "field-mapping-for-list": swap(ALDER, "native: [{lang: ru, script: Cyrl, name: Ольха}]", "native: {ru: Ольха}"),
    "field-nested-list": swap(ALDER, "sources: [almanac-2024]\nneigh", "sources: [[almanac-2024]]\nneigh"),
    "field-empty-list": swap(ALDER, "sources: [almanac-2024]\nneigh", "sources: []\nneigh"),
    "field-blank-list": swap(ALDER, "sources: [almanac-2024]\nneigh", "sources:\nneigh"),
    "field-list-with-a-blank": swap(ALDER, "neighbours: [birch]", "neighbours: [birch, ]\naliases2: []"),
    "field-dash-without-a-value": swap(ALDER, "neighbours: [birch]", "neighbours:\n  - birch\n  -"),
    "field-two-in-one": swap(BIRCH, "neighbours: [alder]", "neighbours: [alder cedar]"),
    "field-text-for-mapping": swap(ALDER, 'codes: {alpha2: XA, alpha3: XAL, numeric: "901"}', "codes: XA"),
    "field-list-for-mapping": swap(ALDER, 'codes: {alpha2: XA, alpha3: XAL, numeric: "901"}', "codes: [XA, XAL]"),
    "field-file-is-a-list": write("countries/dune.yml", "- name: Dune\n"),
    "field-file-is-a-text": write("countries/dune.yml", "Dune is an isle.\n"),
    "field-vocabulary-is-a-list": write(UNITS, "- people\n- km2\n"),
    "field-record-is-a-text": swap(UNITS, "{symbol: people, one: person, many: people}", "people"),
    "field-record-is-empty": append(EVENTS, "great-calm:\n"),
    "field-facts-are-a-list": swap(BIRCH, "facts:\n  population: {", "facts:\n  - population: {").__call__
    and swap(
        BIRCH,
        "facts:\n  population: {value: 9_870, as_of: 2024, sources: [almanac-2024]}\n"
        "  area: {value: null, as_of: 2024, sources: [almanac-2024], reason: The coast is being measured anew.}\n"
        "  product: {value: 95_000_000, as_of: 2022, sources: [almanac-2024]}\n",
        "facts:\n  - population: {value: 9_870, as_of: 2024, sources: [almanac-2024]}\n",
    ),
    "field-fact-is-a-number": swap(BIRCH, "{value: 9_870, as_of: 2024, sources: [almanac-2024]}", "9_870"),
    "field-fact-is-a-list": swap(BIRCH, "{value: 9_870, as_of: 2024, sources: [almanac-2024]}", "[9_870, 2024]"),
    "field-fact-is-empty": swap(BIRCH, " {value: 9_870, as_of: 2024, sources: [almanac-2024]}", ""),
    "field-fact-of-an-organisation": append(COUNCIL, "facts:\n  population: {value: 3}\n"),
}

VALUES: dict[str, Change] = {
    "value-not-a-number": swap(ALDER, "value: 20_592\n", "value: 20,592\n"),
    "value-decimal-comma": swap(ALDER, "value: 310.5", "value: '310,5'"),
    "value-with-a-unit": swap(ALDER, "value: 310.5", "value: 310.5 km²"),
    "value-with-a-percent-sign": swap(ALDER, "{item: Birchish, share: 12.5}", "{item: Birchish, share: 12.5%}"),
    "value-text-for-number": swap(ALDER, "value: 20_592\n", "value: many people\n"),
    "value-list-for-number": swap(ALDER, "value: 20_592\n", "value: [20_592, 20_100]\n"),
    "value-mapping-for-number": swap(ALDER, "value: 20_592\n", "value: {number: 20_592}\n"),
    "value-missing": swap(ALDER, "    value: 20_592\n", ""),
    "value-blank": swap(ALDER, "value: 20_592\n", "value:\n"),
    "value-too-long": swap(ALDER, "value: 20_592\n", f"value: {'9' * 30}\n"),
    "value-too-fine": swap(ALDER, "value: 310.5", "value: 310.5123456789012"),
    "value-text-for-place": swap(ALDER, "value: {name: Quay, latitude: 58.1, longitude: -6.2}", "value: Quay"),
    "value-text-for-person": swap(
        BIRCH, "facts:\n", "facts:\n  warden: {value: A. Keeper, as_of: 2024, sources: [almanac-2024]}\n"
    ),
    "value-person-without-office": swap(
        BIRCH, "facts:\n", "facts:\n  warden: {value: {name: A. Keeper}, as_of: 2024, sources: [almanac-2024]}\n"
    ),
    "value-list-for-text": swap(ALDER, "value: Wind and wool", "value: [Wind, wool]"),
    "value-text-for-date": swap(ALDER, "value: 1901-05-04", "value: in May 1901"),
    "value-number-for-list": swap(ALDER, "value: [{item: Sea, share: 60}, {item: Wind, share: 40}]", "value: 60"),
    "value-words-for-list": swap(
        ALDER, "value: [{item: Sea, share: 60}, {item: Wind, share: 40}]", "value: [Sea, Wind]"
    ),
    "value-mapping-for-list": swap(
        ALDER, "value: [{item: Sea, share: 60}, {item: Wind, share: 40}]", "value: {Sea: 60, Wind: 40}"
    ),
    "value-item-without-share": swap(ALDER, "{item: Wind, share: 40}", "{item: Wind}"),
    "value-item-field-unknown": swap(ALDER, "{item: Wind, share: 40}", "{item: Wind, shar: 40}"),
    "value-empty-list": swap(ALDER, "value: [{item: Sea, share: 60}, {item: Wind, share: 40}]", "value: []"),
    "value-null-without-reason": swap(BIRCH, ", reason: The coast is being measured anew.", ""),
    "value-range-backwards": swap(ALDER, "{low: 55, high: 60}", "{low: 60, high: 55}"),
    "value-range-without-end": swap(ALDER, "{low: 55, high: 60}", "{low: 55}"),
    "value-range-as-text": swap(ALDER, "{low: 55, high: 60}", "55-60"),
    "value-range-misspelt": swap(ALDER, "{low: 55, high: 60}", "{low: 55, hihg: 60}"),
    "value-true-or-false": swap(INDICATORS, "comparable: false}\nurban", "comparable: no}\nurban"),
    "value-alternative-is-no-list": swap(
        ALDER,
        "      - {value: 20_100, as_of: 2023, sources: [gazette], rank: 2,",
        "      {value: 20_100, as_of: 2023, sources: [gazette], rank: 2,",
    ),
    "value-alternative-without-rank": swap(ALDER, "sources: [gazette], rank: 2, reason", "sources: [gazette], reason"),
    "value-of-an-alternative": swap(ALDER, "- {value: 20_100,", "- {value: twenty thousand,"),
    "value-status-unknown": swap(ALDER, "status: estimate", "status: guess"),
    "value-waiver-without-end": swap(
        BIRCH, "value: 9_870, as_of: 2024,", "value: 9_870, waive: {reason: None.}, as_of: 2024,"
    ),
    "value-series-year": swap(ALDER, "{2022: 20_001,", "{22: 20_001,"),
    "value-series-number": swap(ALDER, "{2022: 20_001,", "{2022: about 20_000,"),
    "value-series-empty": swap(ALDER, "values: {2022: 20_001, 2023: 20_300, 2024: 20_592}", "values: {}"),
    "value-series-is-a-list": swap(ALDER, "{2022: 20_001, 2023: 20_300, 2024: 20_592}", "[20_001, 20_300, 20_592]"),
    "date-day-first": swap(ALDER, "    as_of: 2024\n", "    as_of: 31.12.2023\n"),
    "date-in-words": swap(ALDER, "    as_of: 2024\n", "    as_of: March 2024\n"),
    "date-impossible": swap(ALDER, "    as_of: 2024\n", "    as_of: 2024-02-30\n"),
    "date-span-backwards": swap(ALDER, "    as_of: 2024\n", "    as_of: 2024/2023\n"),
    "date-without-day": swap(COUNCIL, "known_to: 2024-12-31", "known_to: 2024-12"),
    "date-before-of-an-event": swap(EVENTS, "date: 2003-11", "date: before 2003-11"),
    "choice-unknown": swap(BOOKS, "kind: news", "kind: newspaper"),
    "choice-of-verification": swap(EVENTS, "verification: one-source", "verification: certain"),
    "choice-counts-as": swap(COUNCIL, "counts_as: member, drawn", "counts_as: true, drawn"),
    "colour-unknown": swap(ALDER, 'light: "#1f6f9f"', "light: blue"),
    "code-in-small-letters": swap(ALDER, "alpha2: XA,", "alpha2: xa,"),
    "language-unknown": swap(ALDER, "lang: ru,", "lang: Russian,"),
    "script-unknown": swap(ALDER, "script: Cyrl", "script: cyrillic"),
    "language-of-the-site": swap(SITE, "language: en\n", "language: eng-uk\n"),
    "address-without-scheme": swap(BOOKS, "url: https://gazette.example/treaty", "url: gazette.example/treaty"),
    "address-of-the-site": swap(SITE, "base_url: https://isles.example/", "base_url: isles.example"),
    "indicator-without-unit": swap(INDICATORS, "  unit: people\n", ""),
    "indicator-without-group": swap(INDICATORS, "  group: people\n", ""),
    "indicator-without-currency": swap(INDICATORS, "  currency: USD\n", ""),
    "indicator-of-dates-with-unit": swap(INDICATORS, "kind: date, definition", "kind: date, unit: people, definition"),
    "indicator-with-half-a-decimal": swap(INDICATORS, "kind: percent, decimals: 1", "kind: percent, decimals: 1.5"),
    "indicator-kind-misspelt": swap(INDICATORS, "kind: place", "kind: palce"),
    "age-unreadable": swap(INDICATORS, "  max_age: 5 years\narea", "  max_age: five years\narea"),
    "id-in-capitals": swap(BOOKS, "gazette:\n", "Gazette:\n"),
    "id-with-a-line-below": swap(SITE, "economy: Economy", "home_economy: Economy"),
    "reference-in-capitals": swap(ALDER, "neighbours: [birch]", "neighbours: [Birch]"),
    "status-named-start": swap(COUNCIL, "  signed: {label: Signed,", "  start: {label: Signed,"),
    "outcome-without-plan": swap(
        EVENTS,
        "verification: one-source",
        "verification: one-source\n  outcome: {result: took-place, checked: 2025-01-01}",
    ),
    "plan-is-yes": swap(EVENTS, "verification: one-source", "verification: one-source\n  planned: yes"),
    "derived-with-three-parts": swap(DERIVED, "kind: sum\n  of: [", "kind: ratio\n  of: [birch.product, "),
    "derived-with-one-part": swap(DERIVED, "of: [alder.population, birch.population]", "of: [alder.population]"),
    "glossary-without-definition": swap(
        GLOSSARY, "  definition: The act by which a state binds itself to a treaty.\n", ""
    ),
    "claims-are-a-list": swap(LETTER, "  c1: {text: Two", "  - {text: Two").__call__
    and both(swap(LETTER, "  c1: {text: Two", "  - {text: Two"), swap(LETTER, "  c2: {text", "  - {text")),
    "claim-kind-unknown": swap(LETTER, "kind: opinion", "kind: guess"),
    "settings-without-region": swap(
        SITE, "region:\n  name: Northern Isles\n  countries: [alder, birch]\n  organisation: sound-council\n", ""
    ),
    "settings-licence-is-a-name": swap(
        SITE, '{name: CC0 1.0, url: "https://creativecommons.org/publicdomain/zero/1.0/"}', "CC0 1.0"
    ),
    "settings-navigation-without-page": swap(SITE, "{title: Sources, page: /sources/}", "{title: Sources}"),
    "settings-topics-are-a-list": swap(SITE, "topics: {history: History}", "topics: [history]"),
}

REFERENCES: dict[str, Change] = {
    "ref-source": swap(ALDER, "sources: [almanac-2024]\nneighbours", "sources: [almanac-2023]\nneighbours"),
    "ref-source-like-no-other": swap(EVENTS, "sources: [gazette]", "sources: [my-uncle]"),
    "ref-country": swap(ALDER, "neighbours: [birch]", "neighbours: [brich]"),
    "ref-country-in-the-region": swap(SITE, "countries: [alder, birch]", "countries: [alder, brich]"),
    "ref-country-that-is-a-party": swap(COUNCIL, "  cedar: []", "  cedra: []"),
    "ref-indicator": swap(ALDER, "  charter: {", "  chartr: {"),
    "ref-indicator-of-a-series": swap(ALDER, "series:\n  population:", "series:\n  populaton:"),
    "ref-unit": swap(INDICATORS, "unit: km2", "unit: km3"),
    "ref-group": swap(INDICATORS, "group: economy", "group: economics"),
    "ref-status": swap(COUNCIL, "status: former", "status: formr"),
    "ref-event-kind": swap("events.yml", "kind: summit", "kind: sumit"),
    "ref-organisation": swap(SITE, "organisation: sound-council", "organisation: council"),
    "ref-organisation-of-an-event": append(EVENTS, "  organisations: [sound-counsel]\n"),
    "ref-part-of-a-derived-figure": swap(DERIVED, "birch.population", "birch.populaton"),
    "ref-part-that-is-no-figure": swap(DERIVED, "of: [alder.population, birch.pop", "of: [alder population, birch.pop"),
    "ref-defect": swap(LETTER, "defects: [d1]", "defects: [d2]"),
    "ref-duplicate-id": write(
        "sources/web.yml", "gazette: {publisher: A, title: B, accessed: 2025-01-01, kind: news}\n"
    ),
    "ref-country-and-organisation": lambda root: (
        (root / "content/organisations/sound-council.yml").rename(root / "content/organisations/cedar.yml")
        and swap(SITE, "organisation: sound-council", "organisation: cedar")(root)
    ),
    "ref-to-a-removed-file": remove("content/countries/cedar.yml"),
    "ref-two-typos-in-two-files": both(
        swap(ALDER, "neighbours: [birch]", "neighbours: [brich]"), swap(BOOKS, "kind: news", "kind: newz")
    ),
}

RULES: dict[str, Change] = {
    "rule-value-of-the-future": swap(ALDER, "    as_of: 2024\n", "    as_of: 2027\n"),
    "rule-leaves-before-joining": swap(COUNCIL, "may_follow: [member]", "may_follow: [signed]"),
    "rule-before-the-founding": swap(COUNCIL, "founded: 1990-05-01", "founded: 1995-05-01"),
    "rule-out-of-order": swap(COUNCIL, "date: 1992-01-10", "date: 2012-01-10"),
    "rule-after-known-to": swap(COUNCIL, "date: 2010-06-30", "date: 2025-01-30"),
    "rule-shares-over-100": swap(ALDER, "{item: Wind, share: 40}", "{item: Wind, share: 50}"),
    "rule-item-twice": swap(ALDER, "{item: Wind, share: 40}", "{item: Sea, share: 40}"),
    "rule-outside-the-bounds": swap(ALDER, "{low: 55, high: 60}", "{low: 55, high: 160}"),
    "rule-series-differs": swap(ALDER, "2024: 20_592}", "2024: 20_593}"),
    "rule-rank-twice": swap(ALDER, "rank: 2", "rank: 1"),
    "rule-neighbour-one-sided": swap(BIRCH, "neighbours: [alder]", "neighbours: [cedar]"),
    "rule-neighbour-itself": swap(BIRCH, "neighbours: [alder]", "neighbours: [alder, birch]"),
    "rule-one-code-twice": swap(BIRCH, "alpha2: XB", "alpha2: XA"),
    "rule-source-of-the-future": swap(
        BOOKS, "accessed: 2025-01-10\n  kind: news", "accessed: 2026-01-10\n  kind: news"
    ),
    "rule-event-of-the-future": swap(EVENTS, "date: 2003-11", "date: 2030-11"),
    "rule-opinion-with-a-verdict": swap(LETTER, "kind: opinion", "kind: opinion, verdict: wrong"),
    "rule-reading-of-no-party": swap(COUNCIL, "country: birch, holder", "country: alder, holder").__call__
    and both(swap(COUNCIL, "  cedar: []\n", "")),
    "rule-term-twice": append(GLOSSARY, "ratify: {term: Ratified, definition: Bound by a treaty.}\n"),
    "rule-figure-of-itself": swap(DERIVED, "birch.population", "derived.both-isles"),
    "rule-people-and-land": swap(DERIVED, "birch.population", "alder.area"),
    "rule-two-sources-claimed": swap(
        COUNCIL,
        "title: The Council meets for the first time, kind: summit, sources: [gazette], verification: unverified",
        "title: The Council meets for the first time, kind: summit, sources: [gazette], verification: two-sources",
    ),
}
