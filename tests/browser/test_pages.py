"""The pages of the real site, each in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.audits import axe_faults, loading_faults
from tests.browser.browsers import audit_all
from tests.browser.site_files import page_addresses
from tests.browser.visits import Scheme, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_loads_without_complaint_asks_no_other_host_and_fits_wide_and_small_screens(
    built_site: Path, server: str, chromium: Path, scheme: Scheme
) -> None:
    assert_no_faults(built_site, server, chromium, partial(loading_faults, scheme=scheme))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_usable_by_everybody_as_far_as_axe_can_tell(
    built_site: Path, server: str, chromium: Path, scheme: Scheme
) -> None:
    assert_no_faults(built_site, server, chromium, partial(axe_faults, scheme=scheme))


@pytest.mark.parametrize("missing", ["nothing-here", "no/such/folder/at/all/"])
def test_an_address_that_does_not_exist_shows_a_404_page_that_is_whole(
    built_site: Path, server: str, browser: Browser, missing: str
) -> None:
    with visit(browser, server + missing, status=404) as visited:
        assert visited.faults == []
        assert visited.page.locator("h1").count() == 1
        assert visited.page.evaluate("document.styleSheets.length") > 0


def assert_no_faults(site: Path, server: str, chromium: Path, audit: Callable[[Browser, str], list[str]]) -> None:
    """Audit every page of a site, and fail with all faults of all pages at once."""
    found = audit_all(chromium, [server + address for address in page_addresses(site)], audit)
    faults = [f"/{url.removeprefix(server)}: {fault}" for url, faults in found.items() for fault in faults]
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
