"""A preview says on each page that readers do not see yet why, and until when; other sites say nothing of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.build import build
from explainer.cli import main
from tests.projects import OPTIONS, copy_isles

ARTICLE = "---\ntitle: An isle\ndescription: A text.\ndate: {date}\n{more}---\n\nWords.\n"


@pytest.mark.parametrize("is_preview", [True, False])
def test_drafts_and_scheduled_pages_carry_a_banner_in_a_preview_and_are_nowhere_else(
    tmp_path: Path, is_preview: bool
) -> None:
    folders = copy_isles(tmp_path)
    for name, day, more in (
        ("draft", "2025-03-01", "draft: true\n"),
        ("later", "2025-09-01", ""),
        ("out", "2025-03-01", ""),
    ):
        (folders.content / "articles" / f"{name}.md").write_text(ARTICLE.format(date=day, more=more), "utf-8")

    build(folders, replace(OPTIONS, drafts=is_preview, future=is_preview))

    pages = {name: folders.output / "articles" / name / "index.html" for name in ("draft", "later", "out")}
    if not is_preview:
        assert [name for name, path in pages.items() if path.exists()] == ["out"]
        assert not [path for path in folders.output.rglob("*.html") if "preview-note" in path.read_text("utf-8")]
        return
    banner = '<aside class="preview-note" aria-label="Preview"><strong>'
    draft, later, out = (pages[name].read_text("utf-8") for name in ("draft", "later", "out"))
    assert f"{banner}Draft</strong>: dated 1 March 2025; not published while" in draft
    assert f"{banner}Scheduled</strong>: published on 1 September 2025; until then" in later
    assert banner not in out
    assert "Preview: drafts and scheduled pages are shown." in out


def test_a_check_says_what_is_held_back_as_a_build_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = copy_isles(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, day, more in (("draft", "2025-03-01", "draft: true\n"), ("later", "2025-09-01", "")):
        (folders.content / "articles" / f"{name}.md").write_text(ARTICLE.format(date=day, more=more), "utf-8")
    draft = "Held back, draft: 1 (content/articles/draft.md)"
    later = "Held back, scheduled: 1 (content/articles/later.md)"

    assert main(["check", "--as-of", "2025-06-01"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [draft, later]
    assert main(["check", "content/articles/later.md", "--as-of", "2025-06-01"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [later]
    assert main(["check", "--quiet", "--as-of", "2025-06-01"]) == 0
    assert capsys.readouterr().out == ""


def test_the_banner_of_a_scheduled_page_goes_when_its_day_has_come(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    (folders.content / "articles/later.md").write_text(ARTICLE.format(date="2025-09-01", more=""), "utf-8")
    page = folders.output / "articles/later/index.html"
    for day, is_there in ((date(2025, 6, 1), True), (date(2025, 8, 31), True), (date(2025, 9, 1), False)):
        build(folders, replace(OPTIONS, as_of=day, drafts=True, future=True))
        assert ("<strong>Scheduled</strong>" in page.read_text("utf-8")) == is_there
