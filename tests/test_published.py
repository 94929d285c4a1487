"""What was published stays found: `check --against`, and `verify` of a site that is on the web."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explainer.cli import main
from tests.browser.static_server import serve_folder
from tests.projects import copy_isles, replace_text

AS_OF = ("--as-of", "2025-06-01")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published") / "project"
    copy_isles(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build", "-q", *AS_OF]) == 0
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built, tmp_path / "project")
    shutil.copytree(built / "site", tmp_path / "live")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def check(*words: str) -> int:
    return main(["check", "-q", *AS_OF, *words])


def test_nothing_gone_is_fine_by_file_by_folder_and_by_address(project: Path) -> None:
    live = project.parent / "live"
    with serve_folder(live) as url:
        for where in (str(live), str(live / "manifest.json"), url, f"{url}manifest.json"):
            assert check("--against", where) == 0, where


def test_a_first_deployment_has_nothing_to_lose(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "empty").mkdir()
    with serve_folder(project.parent / "empty") as url:
        assert check("--against", url) == 0


@pytest.mark.parametrize("lost", ["/organisations/sound-council/", "/data/organisations/sound-council.json"])
def test_a_record_that_is_gone_takes_no_address_with_it_silently(
    project: Path, capsys: pytest.CaptureFixture[str], lost: str
) -> None:
    replace_text(project / "content/site.yml", "  organisation: sound-council\n", "")
    (project / "content/organisations/sound-council.yml").rename(project / "content/organisations/council.yml")
    text = (project / "content/articles/founding.md").read_text("utf-8")
    renamed = text.replace("sound-council", "council")
    (project / "content/articles/founding.md").write_text(renamed, encoding="utf-8")
    assert check("--against", str(project.parent / "live")) == 1
    told = capsys.readouterr().err
    assert f"error P021: {lost} was published and would be gone" in told
    assert f"gone: {{{lost}: why}}" in told
    lines = [line.split(" was published")[0].split()[-1] for line in told.splitlines() if "P021" in line]
    settings = project / "content/site.yml"
    given_up = "".join(f"  {address}: Renamed.\n" for address in lines)
    settings.write_text(settings.read_text("utf-8") + f"gone:\n{given_up}", encoding="utf-8")
    assert check("--against", str(project.parent / "live")) == 0


def test_a_new_slug_needs_an_alias(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = project / "content/articles/founding.md"
    replace_text(article, "tags: [history]", "tags: [history]\nslug: beginnings")
    assert check("--against", str(project.parent / "live")) == 1
    told = capsys.readouterr().err
    assert "content/articles/founding.md: error P021: /articles/founding/ was published and would be gone" in told
    replace_text(article, "slug: beginnings", "slug: beginnings\naliases: [/articles/founding/]")
    assert check("--against", str(project.parent / "live")) == 0


def test_an_article_that_has_expired_may_go_and_a_draft_may_not(project: Path) -> None:
    article = project / "content/articles/founding.md"
    text = article.read_text("utf-8")
    (project / "content/pages/about.md").write_text(
        (project / "content/pages/about.md")
        .read_text("utf-8")
        .replace("(../articles/founding.md#who-stayed)", "(../countries/alder.yml)"),
        encoding="utf-8",
    )
    article.write_text(text.replace("tags: [history]", "tags: [history]\nexpires: 2025-05-01"), encoding="utf-8")
    assert check("--against", str(project.parent / "live")) == 0
    article.write_text(text.replace("tags: [history]", "tags: [history]\ndraft: true"), encoding="utf-8")
    assert check("--against", str(project.parent / "live")) == 1


@pytest.mark.parametrize(
    ("where", "code"),
    [("nowhere/manifest.json", "P010"), ("content/site.yml", "P011"), ("http://127.0.0.1:9/", "P022")],
)
def test_what_cannot_be_compared_with_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], where: str, code: str
) -> None:
    assert check("--against", where) == 1
    told = capsys.readouterr().err
    assert f"error {code}" in told and "Traceback" not in told


def test_a_published_site_is_verified_file_by_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = project.parent / "live"
    with serve_folder(live) as url:
        main(["build", "-q", *AS_OF, "--base-url", url, "-o", str(project.parent / "ours")])
        shutil.rmtree(live)
        shutil.copytree(project.parent / "ours", live)
        (live / ".nojekyll").unlink()
        capsys.readouterr()
        assert main(["verify", url]) == 0
        assert capsys.readouterr().out == f"{url} is as its manifest says.\n"
        (live / "about/index.html").unlink()
        (live / "data/facts.csv").write_text("shorter", encoding="utf-8")
        (live / "sitemap.xml").write_text("longer" * 10_000, encoding="utf-8")
        assert main(["verify", url]) == 1
    told = capsys.readouterr().err
    assert f"{url}about/index.html: error P013" in told
    assert f"{url}data/facts.csv: error P014" in told
    assert f"{url}sitemap.xml: error P014" in told
    assert told.count("error P0") == 3


def test_a_published_preview_and_a_wrong_address_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-q", *AS_OF, "--drafts", "-o", "preview"]) == 0
    capsys.readouterr()
    with serve_folder(project / "preview") as url:
        assert main(["verify", url]) == 1
    told = capsys.readouterr().err
    assert "error P012" in told and "warning P026: the site says that its address is https://isles.example/" in told


def test_no_address_of_the_web_answers_with_a_file_of_this_machine(project: Path) -> None:
    from explainer.web import WebError, fetch

    for url in ("file:///etc/hostname", "ftp://127.0.0.1/x"):
        with pytest.raises(WebError):
            fetch(url, at_most=10)
