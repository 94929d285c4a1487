"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, copy_isles, replace_text, tree

PLAIN = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "SOURCE_DATE"))}


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *words],
        cwd=folder,
        env={**PLAIN, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy_isles(tmp_path)
    return tmp_path


ON = ("--as-of", "2025-06-01")


def test_a_build_ends_with_a_short_summary(project: Path) -> None:
    result = run(project, *ON)
    assert result.returncode == 0
    first, second = result.stdout.strip().split("\n")
    assert first.startswith("Built 18 pages, 1 article, 12 facts, 7 events, 2 sources in ")
    assert second.startswith("site/: ")


def test_mistakes_go_to_stderr_with_a_count_and_the_site_stays(project: Path) -> None:
    run(project, *ON)
    before = tree(project / "site")
    replace_text(project / "content/countries/alder.yml", "summary: The", "sumary: The")
    result = run(project, *ON)
    assert result.returncode == 1
    assert result.stdout == ""
    errors = result.stderr.split("\n\n")
    assert errors[-1].strip().endswith("site/ is unchanged.")
    assert 'unknown field "sumary"' in result.stderr
    assert tree(project / "site") == before


def test_a_content_folder_that_is_not_there_is_told_once(project: Path) -> None:
    result = run(project, *ON, "--content", "nowhere")
    assert result.returncode == 1
    assert result.stderr.startswith("nowhere: error R001: this folder cannot be read: no such file or directory\n")
    assert "1 error in 1 file. site/ is unchanged." in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("words", [ON, ("explain", "R001"), ("check", "--format", "json", *ON)])
def test_an_output_that_is_full_is_no_fault_of_the_generator(project: Path, words: tuple[str, ...]) -> None:
    run(project, *ON)
    with open("/dev/full", "w") as full:
        command = [sys.executable, str(ROOT / "build.py"), *words]
        result = subprocess.run(command, cwd=project, env=PLAIN, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 2
    assert "error U013: what this command says cannot be written: no space left on device\n  fix: " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    ("where", "code"), [("2>/dev/full", 2), (">/dev/full 2>/dev/full", 2), (">&-", 0), ("2>&-", 0)]
)
def test_a_site_is_built_also_where_nothing_can_be_said(project: Path, where: str, code: int) -> None:
    command = f'"{sys.executable}" "{ROOT / "build.py"}" {" ".join(ON)} {where}'
    result = subprocess.run(["sh", "-c", command], cwd=project, env=PLAIN, capture_output=True, text=True)
    assert result.returncode == code
    assert "Traceback" not in result.stdout + result.stderr
    assert not result.stdout.startswith("\n")
    assert (project / "site" / "index.html").is_file()


def test_check_finds_the_same_mistakes_and_writes_nothing(project: Path) -> None:
    assert run(project, "check", *ON).returncode == 0
    assert not (project / "site").exists()
    assert not (project / ".cache").exists()
    replace_text(project / "content/countries/alder.yml", "summary: The", "sumary: The")
    assert run(project, "check", *ON).returncode == 1


def test_strict_turns_a_warning_into_a_failure(project: Path) -> None:
    lenient = run(project, *ON)
    assert (lenient.returncode, "warning D002" in lenient.stderr) == (0, True)
    assert run(project, "-s", *ON).returncode == 1


USAGE = [
    (("chekc",), 'error U007: there is no verb "chekc"', 'did you mean "check"?'),
    (("build", "--nope"), "error U001: unrecognized arguments: --nope", "see python build.py"),
    (("--as-of", "tomorrow"), 'error U005: --as-of: "tomorrow" is not a day', "write YYYY-MM-DD"),
    (("--base-url", "atlas.example"), 'error U006: --base-url: "atlas.example" is not a web address', "https://"),
    (("-D",), "error U003: a preview must not be built into site/", "add -o"),
    (("serve", "-p", "99999"), "error U004: there is no port 99999", "choose a port"),
]


@pytest.mark.parametrize(("words", "told", "fix"), USAGE, ids=[row[1] for row in USAGE])
def test_a_wrong_command_line_ends_with_2_and_says_what_to_do(
    project: Path, words: tuple[str, ...], told: str, fix: str
) -> None:
    result = run(project, *words)
    assert result.returncode == 2
    assert result.stderr.startswith(told)
    assert fix in result.stderr
    assert "Traceback" not in result.stderr


def test_the_day_of_the_build_comes_from_source_date_epoch_when_it_is_not_given(project: Path) -> None:
    early = run(project, "check", SOURCE_DATE_EPOCH="1000000000")
    assert "after the day of the build" in early.stderr or early.returncode == 1
    assert run(project, "check", SOURCE_DATE_EPOCH="soon").returncode == 2


def test_in_actions_the_address_comes_from_the_repository(project: Path) -> None:
    replace_text(project / "content/site.yml", "base_url: https://isles.example/", 'base_url: ""')
    run(project, *ON, GITHUB_ACTIONS="true", GITHUB_REPOSITORY="Someone/isles")
    sitemap = (project / "site/sitemap.xml").read_text()
    assert "https://someone.github.io/isles/countries/alder/" in sitemap
    assert 'href="/isles/countries/"' in (project / "site/404.html").read_text()


def test_a_site_without_an_address_is_warned_about_and_uses_an_example(project: Path) -> None:
    replace_text(project / "content/site.yml", "base_url: https://isles.example/", 'base_url: ""')
    result = run(project, *ON)
    assert "warning U010: the site has no address" in result.stderr
    assert "https://example.org/countries/" in (project / "site/sitemap.xml").read_text()
    assert "canonical" not in (project / "site/index.html").read_text()


ARTICLE = "---\ntitle: {0}\ndescription: About {0}.\ndate: {1}\n{2}---\n\nText.\n"


def test_what_is_held_back_is_listed_with_the_reason(project: Path) -> None:
    articles = project / "content/articles"
    (articles / "draft.md").write_text(ARTICLE.format("Draft", "2024-01-01", "draft: true\n"))
    (articles / "later.md").write_text(ARTICLE.format("Later", "2025-06-02", ""))
    (articles / "over.md").write_text(ARTICLE.format("Over", "2024-01-01", "expires: 2025-06-01\n"))
    result = run(project, "list", "--why", *ON)
    lines = [line.split("  ")[0].strip() for line in result.stdout.split("\n") if "articles/" in line]
    assert [line.split()[0] for line in lines] == ["draft", "published", "scheduled", "expired"]
    assert "its date is 2025-06-02, after 2025-06-01" in result.stdout
    summary = run(project, "build", "--why", *ON).stdout
    assert "Held back, scheduled: 1 (content/articles/later.md)" in summary
    assert "it expired on 2025-06-01" in summary


def test_verify_finds_a_file_that_was_changed_by_hand(project: Path) -> None:
    run(project, *ON)
    assert run(project, "verify").returncode == 0
    page = project / "site/index.html"
    page.write_text(page.read_text() + "<!-- x -->")
    result = run(project, "verify")
    assert result.returncode == 1
    assert "index.html" in result.stderr


def test_clean_removes_what_builds_made_and_refuses_what_they_did_not(project: Path) -> None:
    run(project, *ON)
    assert run(project, "clean").returncode == 0
    assert not (project / "site").exists()
    (project / "site").mkdir()
    (project / "site/mine.txt").write_text("x")
    result = run(project, "clean")
    assert result.returncode == 1
    assert (project / "site/mine.txt").exists()


def test_a_missing_package_is_answered_with_the_command_that_installs_it(project: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-S", str(ROOT / "build.py")], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert result.returncode != 0
    assert "make site" in result.stderr
    assert "Traceback" not in result.stderr
