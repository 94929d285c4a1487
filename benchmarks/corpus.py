"""Write a benchmark site for one generator: articles that are the same text everywhere, and its theme of equal work.

Every theme renders one page for each article (base template, navigation, header, links to tags, footer), an index that
lists every article, one page for each tag, a feed of the newest 20 and a sitemap. Themes stand in themes/NAME and are
copied as they are. What generators read differently (front matter, links, facts) is in `dialects.py`.
"""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path

from benchmarks.dialects import DIALECTS, FACT_TEXT, Article, Dialect, slug

THEMES = Path(__file__).parent / "themes"
_TAGS = (
    "history economy trade energy water rivers borders transport culture language cities mountains "
    "steppe climate law elections treaty union customs migration"
)
_WORDS = (
    "the of and to in a is that for it was on are as with by from at which be an each their has had not but "
    "were have its also more than one two first after between during over into most other some many such these "
    "region country state city river basin border treaty council member union republic parliament president "
    "government minister agency court law charter protocol summit agreement accession withdrawal founding year "
    "century decade period reform policy budget export import gas oil cotton grain copper gold uranium power "
    "hydropower dam canal glacier valley range desert steppe lake sea port railway road corridor pipeline transit "
    "population language script alphabet school university census capital province district village nomad trade "
    "market currency bank loan debt growth inflation wage migration remittance worker family house culture music "
    "poetry craft silk carpet felt horse eagle apple melon bread tea festival calendar spring winter summer"
)
TAGS, WORDS = _TAGS.split(), _WORDS.split()
FACT_PAGES = 100
"""So many articles show the one fact, spread evenly over all of them."""


def write(pages: int, name: str, folder: Path) -> None:
    """Write a corpus of some number of articles for a generator into a new folder."""
    dialect = DIALECTS[name]
    theme = THEMES / name
    shutil.copytree(theme, folder) if theme.is_dir() else folder.mkdir(parents=True)
    articles = folder / dialect.articles
    articles.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        text = dialect.front_matter(_article(number, pages)) + body(number, pages, dialect)
        (articles / f"{slug(number)}.md").write_text(text, encoding="utf-8")
    dialect.complete(folder)


def shows_fact(number: int, pages: int) -> bool:
    """Return whether an article shows the fact."""
    step = max(1, pages // FACT_PAGES)
    return number % step == 0 and number // step < FACT_PAGES


def body(number: int, pages: int, dialect: Dialect) -> str:
    """Return about 600 words of Markdown: headings, lists, a table, links, a note, marks of real prose."""
    chance = random.Random(number)  # noqa: S311 -- the same articles in every run
    first, second = (dialect.link(chance.randrange(pages)) for _ in range(2))
    items = "\n".join(f"- {_sentence(chance)}" for _ in range(4))
    steps = "\n".join(f"{count}. {_sentence(chance)}" for count in range(1, 4))
    rows = "\n".join(
        f"| {chance.choice(WORDS)} | {chance.randint(1, 999)} | {chance.choice(WORDS)} {chance.choice(WORDS)} |"
        for _ in range(5)
    )
    fact = f"The country has {dialect.fact or FACT_TEXT} people." if shows_fact(number, pages) else ""
    return f"""{_paragraph(chance, fact)}

{_paragraph(chance, f"See [a related article]({first}) for *more on this*.")}

## Background

{_paragraph(chance, "The key fact is **well established** in the record.[^1]")}

{items}

## Figures

{_paragraph(chance)}

| Item | Value | Note{dialect.table_source} |
|------|------:|------|
{rows}

### How it works

{_paragraph(chance, f"The identifier is `code_{number}` and it is stable.")}

{steps}

## Outlook

{_paragraph(chance, f"Compare [another article]({second}) on the same subject.")}

{_paragraph(chance)}

[^1]: {_sentence(chance)}
"""


def _article(number: int, pages: int) -> Article:
    chance = random.Random(-number - 1)  # noqa: S311 -- the same articles in every run
    day = datetime.date(2000, 1, 1) + datetime.timedelta(days=number % 9000)
    title = f"Article {number} {' '.join(chance.choices(WORDS, k=3))}"
    tags = chance.sample(TAGS, 3)
    description = _sentence(chance).replace('"', "").replace(" --", ",")
    return Article(number, title, day, tags, description, shows_fact(number, pages))


def _sentence(chance: random.Random) -> str:
    """Return nine to nineteen words with the marks that prose has: commas, apostrophes, quotation marks, dashes."""
    words = chance.choices(WORDS, k=chance.randint(9, 19))
    kind = chance.random()
    if kind < 0.4:
        words[len(words) // 2] += ","
    if kind < 0.12:
        words[3] += "'s"
    elif kind < 0.18:
        words[2], words[4] = f'"{words[2]}', f'{words[4]}"'
    elif kind < 0.22:
        words[5] += " --"
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def _paragraph(chance: random.Random, more: str = "") -> str:
    return " ".join([*(_sentence(chance) for _ in range(chance.randint(3, 5))), more]).strip()
