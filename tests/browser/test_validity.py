"""The files of the real site, each read by the checker that the web's standards are tested with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.validity import validity_faults

pytestmark = pytest.mark.browser


def test_every_html_css_and_svg_file_is_valid(built_site: Path, java: Path) -> None:
    faults = validity_faults(java, built_site)
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
