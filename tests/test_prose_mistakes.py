"""One letter changed in eight places of an article: eight located errors with fixes, in one run."""

from __future__ import annotations

from pathlib import Path

from explainer.config import Folders
from explainer.prose import convert_document
from tests.prose_pages import BODY_LINE, context_of, new_project, png, told, write_article

BODY = """\
On Alder live [20,592 people](fact:alder.population), more than on [Birch](../countries/birch.yml).[@gazette, p. 2]
It sits on the [Council](../organisations/sound-council.yml#alder)
since the [Sound Treaty](../glossary.yml#treaty-of-the-sound).[^ferries]

![The sea at Quay](../../static/images/sea.png)

```compare
title: Alder has twice the people of Birch
indicators: [population]
```

[^ferries]: By ferry, as [the other text](other.md#storms) says.
"""
MISTAKES = [
    ("(fact:alder.population)", "(fact:alder.populatian)", "M051", "populatian", 'did you mean "population"?'),
    ("../countries/birch.yml", "../countries/birck.yml", "M070", "../countries/birck.yml", "../countries/birch.yml"),
    ("[@gazette, p. 2]", "[@gazettf, p. 2]", "M061", "@gazettf", 'did you mean "gazette"?'),
    ("sound-council.yml#alder", "sound-council.yml#aldar", "M071", "aldar", 'did you mean "alder"?'),
    ("[Sound Treaty]", "[Sound Treatx]", "M078", "Sound Treatx", 'did you mean "Sound Treaty"?'),
    ("images/sea.png", "images/sex.png", "M075", "../../static/images/sex.png", "../../static/images/sea.png"),
    ("indicators: [", "indicatars: [", "F004", "indicatars", 'did you mean "indicators"?'),
    ("[^ferries]\n", "[^ferrias]\n", "M033", "ferrias", 'did you mean "ferries"?'),
]


def project(root: Path, body: str) -> Folders:
    folders = new_project(root)
    (folders.static / "images").mkdir()
    (folders.static / "images/sea.png").write_bytes(png(640, 480))
    write_article(folders, body)
    write_article(folders, "## Storms\n\nText.\n", "other")
    return folders


def test_the_article_itself_has_no_error(tmp_path: Path) -> None:
    context = context_of(project(tmp_path, BODY))
    prose = convert_document(context.site.articles["tides"], context)
    assert told(prose) == [], "\n".join(map(str, prose.problems))


def test_eight_letters_make_eight_located_errors_in_one_run(tmp_path: Path) -> None:
    body = BODY
    for right, wrong, *_ in MISTAKES:
        assert body.count(right) == 1, right
        body = body.replace(right, wrong)
    context = context_of(project(tmp_path, body))
    problems = convert_document(context.site.articles["tides"], context).problems
    errors = [problem for problem in problems if problem.severity == "error"]
    lines = body.split("\n")
    for _, _, code, shown, fix in MISTAKES:
        matching = []
        for problem in errors:
            line = lines[problem.place.line - BODY_LINE]
            start = problem.place.column - 1
            if line[start : start + problem.place.length] == shown:
                matching.append(problem)
        assert len(matching) == 1, (shown, "\n".join(map(str, errors)))
        assert matching[0].code == code
        assert fix in matching[0].fix, matching[0]
    # Besides, nothing refers to the footnote any more.
    assert sorted(error.code for error in errors if error.code != "M035") == sorted(code for _, _, code, *_ in MISTAKES)


def test_each_letter_alone_makes_its_own_error(tmp_path: Path) -> None:
    for number, (right, wrong, code, *_) in enumerate(MISTAKES):
        context = context_of(project(tmp_path / str(number), BODY.replace(right, wrong)))
        found = told(convert_document(context.site.articles["tides"], context))
        assert [one[0] for one in found if one[0] != "M035"] == [code], wrong


def test_the_source_reads_as_plain_prose_with_links() -> None:
    """No syntax of ours shows in a preview: all references are links, images or footnotes of plain Markdown."""
    assert "{{" not in BODY and "{%" not in BODY and "<" not in BODY
