"""Links go by the path of the source, and lead to the page, or say what is missing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from explainer.prose import convert_document
from explainer.prose.image_size import image_size
from tests.prose_pages import article, context_of, convert, new_project, png, told, write_article

CLAIMS = """\
title: Ferries to be faster
publisher: The Sound Gazette
source: gazette
copy_note: Read in print.
summary: On ferries.
claims:
  faster: {text: Ferries are faster., speaker: author, kind: fact, verdict: confirmed, sources: [gazette]}
"""

STORM = """\
great-storm:
  date: 2001-03-01/2001-03-02
  title: A storm
  kind: summit
  sources: [gazette]
  verification: one-source
  other_dates: [{date: 2001-02-28, sources: [gazette], reason: Another page of the same issue.}]
"""


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../countries/alder.yml", "../../countries/alder/"),
        ("../countries/alder.yml#population", "../../countries/alder/#population"),
        ("../countries/alder.yml#population-by-year", "../../countries/alder/#population-by-year"),
        ("../countries/alder.yml#economy", "../../countries/alder/#group-economy"),
        ("../countries/alder.yml#group-economy", "../../countries/alder/#group-economy"),
        ("../organisations/sound-council.yml#birch", "../../organisations/sound-council/#birch"),
        ("../organisations/sound-council.yml#first-meeting", "../../organisations/sound-council/#first-meeting"),
        ("../organisations/sound-council.yml#birch-2010-06-30", "../../organisations/sound-council/#birch-2010-06-30"),
        ("../organisations/sound-council.yml#member", "../../organisations/sound-council/#member"),
        ("../organisations/sound-council.yml#birch-own-view", "../../organisations/sound-council/#birch-own-view"),
        ("../sources/books.yml#gazette", "../../sources/#gazette"),
        ("../sources/books.yml", "../../sources/"),
        ("../glossary.yml", "../../glossary/"),
        ("../events.yml#great-storm", "../../timeline/#great-storm"),
        ("../indicators.yml#area", "../../compare/#area"),
        ("../source-articles/ferries.yml", "../../source-articles/ferries/"),
        ("../source-articles/ferries.yml#faster", "../../source-articles/ferries/#faster"),
        ("other.md", "../winds/"),
        ("./other.md#storms-at-sea", "../winds/#storms-at-sea"),
        ("tides.md#own-part", "#own-part"),
        ("../pages/about.md#who", "../../about/#who"),
    ],
)
def test_a_path_leads_to_the_address_of_its_page(tmp_path: Path, target: str, address: str) -> None:
    folders = new_project(tmp_path)
    (folders.content / "source-articles").mkdir()
    (folders.content / "source-articles/ferries.yml").write_text(CLAIMS)
    write_article(folders, f"See [it]({target}).\n\n## Own part\n\nText.\n")
    write_article(folders, "## Storms at sea\n\nText.\n", "other", extra="slug: winds\n")
    write_article(folders, "## We {#who}\n\nText.\n", "about", kind="pages")
    prose = convert(folders)
    assert told(prose) == []
    assert f'<a href="{address}">it</a>' in str(prose.html)


@pytest.mark.parametrize(
    ("target", "code", "column", "length", "fix"),
    [
        ("../countries/aldr.yml", "M070", 6, 21, 'did you mean "../countries/alder.yml"?'),
        ("../countries/alder.yml#populaton", "M071", 29, 9, 'did you mean "population"?'),
        ("../organisations/sound-council.yml#birsh", "M071", 41, 5, 'did you mean "birch"?'),
        ("../sources/books.yml#gazete", "M071", 27, 6, 'did you mean "gazette"?'),
        ("../glossary.yml#ferry-dy", "M071", 22, 8, 'did you mean "ferry-day"?'),
        ("../events.yml#great-strom", "M071", 20, 11, 'did you mean "great-storm"?'),
        ("other.md#storms-at-see", "M071", 15, 13, 'did you mean "storms-at-sea"?'),
        ("othr.md", "M070", 6, 7, 'did you mean "other.md"?'),
        ("../units.yml", "M072", 6, 12, "link to articles/"),
        ("/countries/alder/", "M070", 6, 17, "link by path"),
        ("../countries/alder.yml?a", "M070", 28, 1, "take it out"),
        ("../../../etc/passwd", "M070", 6, 19, "link to articles/"),
    ],
)
def test_a_path_or_an_anchor_that_is_not_there_is_told(
    tmp_path: Path, target: str, code: str, column: int, length: int, fix: str
) -> None:
    folders = new_project(tmp_path)
    write_article(folders, f"[it]({target})\n")
    write_article(folders, "## Storms at sea\n\nText.\n", "other")
    prose = convert(folders)
    assert told(prose) == [(code, 1, column, length)], "\n".join(map(str, prose.problems))
    assert fix in prose.problems[0].fix


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("draft: true\n", "its front matter says draft: true"),
        ("expires: 2025-02-01\n", "it expired on 2025-02-01"),
    ],
)
def test_a_published_text_may_not_link_to_one_that_is_held_back(tmp_path: Path, front: str, reason: str) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "See [it](other.md).\n")
    write_article(folders, "See [back](tides.md) and [it](more.md).\n", "other", extra=front)
    write_article(folders, "Text.\n", "more", extra="draft: true\n")
    prose = convert(folders)
    assert told(prose) == [("M073", 1, 10, 8)]
    assert reason in prose.problems[0].message
    assert told(convert(folders, "other")) == []


def test_two_articles_may_link_to_each_others_headings(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "## One\n\n[other](other.md#two)\n")
    write_article(folders, "## Two\n\n[back](tides.md#one)\n", "other")
    context = context_of(folders)
    for name in ("tides", "other"):
        assert told(convert_document(context.site.articles[name], context)) == []


def test_a_link_asks_what_stands_on_the_other_page_only_when_it_leads_to_a_part_of_it(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "[other](other.md) and [Alder](../countries/alder.yml)\n")
    write_article(folders, "## Two\n\n[its part](tides.md#one)\n", "other")
    asked = {}
    for name in ("tides", "other"):
        context = context_of(folders)
        convert_document(context.site.articles[name], context)
        asked[name] = list(context.asker.trace.asked)
    assert ("headings", "article", "tides") in asked["other"]
    assert not [question for question in asked["tides"] if question[0] == "headings" or "facts" in question]


def test_an_image_has_its_address_and_its_size(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    (folders.static / "images").mkdir()
    (folders.static / "images/sea.png").write_bytes(png(640, 480))
    write_article(folders, "![The sea](../../static/images/sea.png)\n")
    prose = convert(folders)
    assert told(prose) == []
    assert 'width="640"' in str(prose.html) and 'height="480"' in str(prose.html)
    assert 'src="../../assets/images-sea.' in str(prose.html)


def test_an_image_that_is_not_there_is_told(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    (folders.static / "images").mkdir()
    (folders.static / "images/sea.png").write_bytes(png(640, 480))
    write_article(folders, "![The sea](../../static/images/see.png)\n")
    prose = convert(folders)
    assert told(prose) == [("M075", 1, 12, 27)]
    assert prose.problems[0].fix == 'did you mean "../../static/images/sea.png"?'


def test_an_image_without_a_size_is_told(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    (folders.static / "images").mkdir()
    (folders.static / "images/sea.png").write_bytes(b"no image")
    write_article(folders, "![The sea](../../static/images/sea.png)\n")
    assert told(convert(folders)) == [("M076", 1, 12, 27)]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(3, 4), (3, 4)),
        (b"GIF89a" + struct.pack("<HH", 5, 6), (5, 6)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 7, 8) + bytes(12), (8, 7)),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x08\0\0\x09\0\0", (9, 10)),
        (b'<?xml version="1.0"?><svg xmlns="x" viewBox="0 0 24 12.4">', (24, 12)),
        (b"<svg width='30px' height='40'>", (30, 40)),
        (b"<svg width='100%'>", None),
        (png(0, 4), None),
        (b"\xff\xd8\xff", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"", None),
    ],
)
def test_the_size_of_an_image_is_read_from_its_first_bytes(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size


def test_a_body_has_the_same_links_wherever_the_content_lies(tmp_path: Path) -> None:
    assert '<a href="../../countries/alder/">' in str(article(tmp_path, "[A](../countries/alder.yml)\n").html)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("[30 June 2010](../organisations/sound-council.yml#birch-2010-06-30)", None),
        ("[June 2010](../organisations/sound-council.yml#birch-2010-06-30)", None),
        ("[its exit](../organisations/sound-council.yml#birch-2010-06-30)", None),
        ("[2011](../organisations/sound-council.yml#birch-own-view)", None),
        ("[2009](../organisations/sound-council.yml#birch-2010-06-30)", 'dated 30 June 2010; write "2010"'),
        ("[30 May 2010](../organisations/sound-council.yml#birch-2010-06-30)", "dated 30 June 2010"),
        ("[31 June 2010](../organisations/sound-council.yml#birch-2010-06-30)", "in no calendar"),
        ("[3 June 1990](../organisations/sound-council.yml#first-meeting)", "dated June 1990"),
        ("[1 March 2001](../events.yml#great-storm)", None),
        ("[2 March 2001](../events.yml#great-storm)", None),
        ("[28 February 2001](../events.yml#great-storm)", None),
        ("[3 March 2001](../events.yml#great-storm)", "dated 1 March 2001 to 2 March 2001"),
    ],
)
def test_a_date_that_links_to_an_event_is_the_date_of_that_event(
    tmp_path: Path, link: str, message: str | None
) -> None:
    folders = new_project(tmp_path)
    (folders.content / "events.yml").write_text(STORM)
    write_article(folders, f"On {link}.\n")
    problems = convert(folders).problems
    assert [problem.code for problem in problems] == (["M077"] if message else [])
    for problem in problems:
        assert all(part in f"{problem.message}; {problem.fix}" for part in (message or "").split("; "))


def test_the_parts_of_a_text_are_told_in_the_same_order_by_every_build(tmp_path: Path) -> None:
    folders = new_project(tmp_path)
    write_article(folders, "## Zinc\n\nOre.\n\n## Amber\n\nResin.\n\n## Mica\n\nSheets.\n", "stones")
    write_article(folders, "[This](stones.md#quartzite)\n")
    (problem,) = convert(folders).problems
    assert problem.fix == "known are: amber, mica, zinc"
