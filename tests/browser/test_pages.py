"""The pages of the real site, each in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.audits import ALL_WIDTHS, WIDTHS, page_faults
from tests.browser.browsers import audit_all
from tests.browser.printing import print_faults
from tests.browser.site_files import one_of_each_kind, page_addresses
from tests.browser.visits import visit

pytestmark = pytest.mark.browser


def test_every_page_is_quiet_light_and_still_fits_its_screen_and_is_usable_by_everybody(
    built_site: Path, server: str, chromium: Path, request: pytest.FixtureRequest
) -> None:
    """Each page in both schemes on a wide and a small screen; one of each kind, or with --soak all, on four."""
    addresses = page_addresses(built_site)
    soak = request.config.getoption("--soak")
    everywhere = set(addresses if soak else one_of_each_kind(addresses))
    widths = {server + address: ALL_WIDTHS if address in everywhere else WIDTHS for address in addresses}
    assert_no_faults(server, chromium, addresses, partial(_audit, widths=widths, soak=soak))


def _audit(browser: Browser, url: str, widths: Mapping[str, tuple[int, ...]], soak: bool) -> list[str]:
    return page_faults(browser, url, widths=widths[url], soak=soak)


def test_printed_pages_are_whole_and_full_and_split_nothing(
    built_site: Path, server: str, chromium: Path, request: pytest.FixtureRequest
) -> None:
    """One page of each kind, or with --soak all, on A4 and on Letter."""
    addresses = page_addresses(built_site)
    shown = addresses if request.config.getoption("--soak") else one_of_each_kind(addresses)
    assert_no_faults(server, chromium, shown, print_faults)


@pytest.mark.parametrize("missing", ["nothing-here", "no/such/folder/at/all/"])
def test_an_address_that_does_not_exist_shows_a_404_page_that_is_whole(
    built_site: Path, server: str, browser: Browser, missing: str
) -> None:
    with visit(browser, server + missing, status=404) as visited:
        assert visited.faults == []
        assert visited.page.locator("h1").count() == 1
        assert visited.page.evaluate("document.styleSheets.length") > 0


def assert_no_faults(
    server: str, chromium: Path, addresses: list[str], audit: Callable[[Browser, str], list[str]]
) -> None:
    """Audit pages of a site, and fail with all faults of all pages at once."""
    found = audit_all(chromium, [server + address for address in addresses], audit)
    faults = [f"/{url.removeprefix(server)}: {fault}" for url, faults in found.items() for fault in faults]
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
