"""Make the index of the search from the texts of all pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from explainer.build_state import PageRow
from explainer.kept import Readings
from explainer.models.settings import SiteSettings
from explainer.problems import ContentError, Report
from explainer.search_index import SearchError, search_files


def search_index(
    rows: Iterable[PageRow], readings: Readings, cache: Path, settings: SiteSettings, report: Report
) -> dict[str, bytes]:
    """Return the files of the index by their path in the site. Raises ContentError where it cannot be made."""
    found = {row.address: readings.text(row.path) for row in rows if row.path in readings}
    try:
        return search_files({address: text for address, text in found.items() if text is not None}, cache)
    except SearchError as error:
        fix = "install the packages of requirements.txt, or write `search: false` in site.yml"
        report.add(settings.place_of("search"), "U011", f"there is no index for the search: {error}", fix)
        raise ContentError(report.problems) from None
