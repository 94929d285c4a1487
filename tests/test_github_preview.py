"""An article reads well where its Markdown is shown as it is: on GitHub, or in any other preview."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from explainer.front_matter import split_front_matter
from explainer.problems import Report
from tests.projects import ROOT

DOCUMENTS = sorted([*(ROOT / "content/articles").glob("*.md"), *(ROOT / "content/pages").glob("*.md")])
# What would stand on the page if a form of ours were no Markdown: attribute lists, tags, half-open links, templates.
RAW = re.compile(r"\{[:#%{]|</?[a-z]+[ >]|\]\(|\[\]|fact:|\^\[|:::|!!!")

EXEMPTION = re.compile(r'\{: \.exempt reason="[^"]+" \}|\{: \.exempt reason=“[^”]+” \}')


def preview(path: Path) -> LexborHTMLParser:
    """Return a document as a CommonMark renderer with tables shows it, without its front matter."""
    parts = split_front_matter(path.read_text(encoding="utf-8"), path.name, Report())
    assert parts is not None
    return LexborHTMLParser(MarkdownIt("commonmark").enable("table").render(parts.body))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_reads_as_plain_prose_without_raw_syntax(path: Path) -> None:
    page = preview(path)
    for node in page.css("p, li, td, h2, h3"):
        if node.css_first("code") is None:
            # The reason why a number needs no source is written for whoever reads the file: it may be seen.
            words = EXEMPTION.sub("", node.text())
            assert RAW.search(words) is None, f"{path.name} shows {words!r}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_figure_and_every_link_of_a_document_has_words_in_a_preview(path: Path) -> None:
    for link in preview(path).css("a"):
        assert link.text().strip(), f"{path.name}: {link.attributes.get('href')} has no words"


def test_links_to_other_files_lead_to_files_in_the_repository() -> None:
    followed = 0
    for path in DOCUMENTS:
        for link in preview(path).css("a[href]"):
            target = str(link.attributes["href"]).partition("#")[0]
            if target and not re.match(r"[a-z]+:", target):
                assert (path.parent / target).is_file(), f"{path.name} links to {target}"
                followed += 1
    assert followed > 10
