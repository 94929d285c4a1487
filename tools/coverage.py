"""Compare content with the dossier of research it was made from, and write docs/content-coverage.md.

    python -m tools.coverage --dossier DIR            compare, and write the list anew
    python -m tools.coverage --dossier DIR --check    compare, and write nothing

Exit codes: 0 everything is in or excused with a reason; 1 something is not, or an excuse excuses nothing; 2 the dossier
or the excuses cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from explainer.content import Content
from explainer.problems import Report
from explainer.read import read_content
from tools.dossier.claims import compare_claims
from tools.dossier.country_values import compare_sheet
from tools.dossier.excuses import judge, read_excuses
from tools.dossier.model import Match, read_dossier
from tools.dossier.organisations import compare_cis, compare_memberships
from tools.dossier.sources import compare_sources
from tools.dossier.table import write_table
from tools.dossier.trade import compare_trade

ROOT = Path(__file__).resolve().parent.parent
EXCUSES = ROOT / "tools" / "dossier" / "excuses.yml"
DOCUMENT = ROOT / "docs" / "content-coverage.md"


def compare(content: Content, dossier: Path) -> list[Match]:
    """Return a match for every item of a dossier, in its order. Raises OSError and yaml.YAMLError for its files."""
    countries = {country.codes.alpha3: key for key, country in content.countries.items()}
    matches: list[Match] = []
    for path in sorted((dossier / "countries").glob("*.yml")):
        sheet, code = read_dossier(path), path.stem
        matches += compare_sheet(content, countries[code.upper()], code, sheet)
        matches += compare_memberships(content, countries[code.upper()], code, sheet["memberships"])
    matches += compare_cis(content, read_dossier(dossier / "cis-membership.yml"), countries)
    matches += compare_trade(content, read_dossier(dossier / "trade-china-russia.yml"), countries)
    claims = (dossier / "source-article-claims.md").read_text(encoding="utf-8")
    matches += compare_claims(content, claims, countries)
    matches += compare_sources(content, read_dossier(dossier / "sources.yml")["sources"])
    return matches


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison, and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.coverage", description=__doc__.split("\n")[0])
    parser.add_argument("--dossier", type=Path, required=True, metavar="DIR", help="the folder of the dossier")
    parser.add_argument("--excuses", type=Path, default=EXCUSES, metavar="FILE", help="reasons for what differs")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    report = Report()
    content = read_content(ROOT / "content", "content", report)
    if report.errors:
        print("content has errors: run `make check` first", file=sys.stderr)
        return 1
    try:
        excuses, matches = read_excuses(options.excuses), compare(content, options.dossier)
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        print(f"the dossier or the excuses cannot be read: {error!r}", file=sys.stderr)
        return 2
    wrong = judge(matches, excuses)
    for line in wrong:
        print(line, file=sys.stderr)
    if not options.check:
        DOCUMENT.write_text(write_table(matches, excuses), encoding="utf-8")
    held = sum(not match.faults for match in matches)
    print(f"{len(matches)} items: {held} the same, {len(matches) - held} other; {len(wrong)} without a reason.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
