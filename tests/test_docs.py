"""What the documents show is true: examples build, words and files they name exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from explainer.build import check
from explainer.codes import CODES
from explainer.config import Folders
from tests.projects import REAL_OPTIONS, ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = [text for text in re.findall(r"`([^`\n]+)`", CONTRIBUTING) if text.startswith("[") and len(text) > 3]

ARTICLE = """---
title: Examples
description: The forms that the guide shows.
date: 2026-01-01
---

| form |
|---|
{rows}
"""


def test_every_form_of_reference_in_the_guide_builds(tmp_path: Path) -> None:
    assert len(EXAMPLES) >= 8
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = ARTICLE.format(rows="\n".join(f"| {example} |" for example in EXAMPLES))
    (tmp_path / "content/articles/examples.md").write_text(text, encoding="utf-8")
    page = check(Folders.below(tmp_path), REAL_OPTIONS).files["articles/examples/index.html"].decode()
    assert page.count('class="figure"') >= 6


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|fact:|#)([^)#\s]+)", re.sub(r"`[^`]*`", "", text)):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_code_a_document_names_exists(path: Path) -> None:
    for code in re.findall(r"(?:error|warning) ([RFLDMTHPU]\d{3})", path.read_text("utf-8")):
        assert code in CODES


def test_every_word_of_make_in_the_documents_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in DOCUMENTS:
        named = re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
        assert set(named) <= targets, f"{path.name} names {set(named) - targets}"


def test_the_architecture_names_modules_that_exist() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    for name in re.findall(r"`([a-z_/]+(?:\.py|/))`", text):
        if name == "site/":  # what a build writes
            continue
        places = [ROOT / name, ROOT / "explainer" / name]
        assert any(place.exists() for place in places), f"docs/architecture.md names {name}"


def test_the_readme_shows_messages_in_the_form_they_are_printed() -> None:
    shown = (ROOT / "README.md").read_text("utf-8")
    assert re.search(
        r"^content/\S+:\d+:\d+: error [A-Z]\d{3}: .+\n +\d+ \| .+\n +\| +\^+\n  fix: .+$", shown, re.MULTILINE
    )
