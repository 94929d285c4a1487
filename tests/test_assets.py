"""Static files keep their names apart, with and without a digest in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.assets import collect_assets
from explainer.link import link_site
from explainer.problems import Report
from explainer.read import read_content
from explainer.site import Site
from tests.projects import copy_isles


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folders = copy_isles(tmp_path)
    site = link_site(read_content(folders.content, "content", Report()), Report())
    assert site is not None
    return site


@pytest.mark.parametrize("fingerprint", [True, False])
def test_files_of_different_folders_never_get_one_address(tmp_path: Path, site: Site, fingerprint: bool) -> None:
    static, contents = tmp_path / "other", {"a/b.svg": b"one", "a-b.svg": b"two", "a/b/c.svg": b"3", "a-b/c.svg": b"4"}
    for name, data in contents.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_bytes(data)
    (static / "css").mkdir()
    (static / "css" / "x.css").write_text('a { background: url("../a/b.svg") }\n', encoding="utf-8")
    report = Report()

    assets = collect_assets(static, "static", site, report, fingerprint=fingerprint)

    assert report.problems == []
    found = {name: assets.files[assets.addresses[name].removeprefix("/")] for name in contents}
    assert found == contents
    sheet = assets.files[assets.addresses["site.css"].removeprefix("/")].decode()
    assert f'url("{assets.addresses["a/b.svg"].removeprefix("/assets/")}")' in sheet


def test_a_file_with_the_name_of_the_built_style_sheet_is_refused(tmp_path: Path, site: Site) -> None:
    static = tmp_path / "other"
    static.mkdir()
    (static / "Site.css").write_text("a { color: red }\n", encoding="utf-8")
    report = Report()

    collect_assets(static, "static", site, report)

    assert [(str(problem.place), problem.code) for problem in report.problems] == [("static/Site.css", "H041")]
