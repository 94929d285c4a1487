"""One letter changed in eight kinds of words: eight located problems with fixes in one run, and the site stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.build import build
from explainer.problems import ContentError
from tests.projects import OPTIONS, copy_isles, replace_text, tree

ARTICLE = """---
title: The first winter
description: How the isles came together.
date: 2024-05-01
tags: [history]
---

It was cold.
"""


def test_eight_letters_make_eight_located_problems_and_leave_the_site_alone(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    build(folders, OPTIONS)
    before = tree(folders.output)

    content, templates = folders.content, folders.templates
    replace_text(
        content / "countries/birch.yml", "as_of: 2015, sources: [almanac-2024]", "as_of: 2015, sources: [almanac-2042]"
    )
    replace_text(content / "countries/birch.yml", "neighbours: [alder]", "neighbours: [aldar]")
    replace_text(content / "countries/alder.yml", "summary: The", "sumary: The")
    replace_text(content / "countries/alder.yml", "as_of: before 2009", "as_of: befor 2009")
    replace_text(
        content / "organisations/sound-council.yml",
        "1991-03, title: Ratifies the treaty, kind: status, status: member",
        "1991-03, title: Ratifies the treaty, kind: status, status: membar",
    )
    replace_text(content / "indicators.yml", "unit: km2", "unit: km3")
    (content / "articles/first.md").write_text(ARTICLE.replace("description:", "descripton:"), encoding="utf-8")
    replace_text(templates / "pages/sources.html", '{% extends "base.html" %}', '{% extends "bse.html" %}')

    with pytest.raises(ContentError) as caught:
        build(folders, OPTIONS)

    errors = [problem for problem in caught.value.problems if problem.severity == "error"]
    told = [(str(problem).split("\n")[0], problem.fix) for problem in errors]
    assert told == [
        ('content/articles/first.md:3:1: error F004: unknown field "descripton"', 'did you mean "description"?'),
        ('content/countries/alder.yml:6:1: error F004: unknown field "sumary"', 'did you mean "summary"?'),
        (
            'content/countries/alder.yml:24:40: error F007: "befor 2009" is not a date',
            'write "before 2009"',
        ),
        ('content/countries/birch.yml:4:14: error L003: there is no country "aldar"', 'did you mean "alder"?'),
        (
            'content/countries/birch.yml:8:55: error L002: there is no source "almanac-2042"',
            'did you mean "almanac-2024"?',
        ),
        ('content/indicators.yml:12:9: error L005: there is no unit "km3"', 'did you mean "km2"?'),
        (
            'content/organisations/sound-council.yml:16:73: error L007: Council has no status "membar"',
            'did you mean "member"?',
        ),
        (
            'templates/pages/sources.html:1:13: error T002: there is no template "bse.html"',
            'did you mean "base.html"?',
        ),
    ]
    assert tree(folders.output) == before
