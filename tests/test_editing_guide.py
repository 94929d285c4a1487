"""What docs/editing.md shows is true: every example of it is built within the real site."""

from __future__ import annotations

import re
import shutil

import pytest

from explainer.build import check
from explainer.cli import VERBS, main
from explainer.config import Folders
from explainer.problems import ContentError
from tests.projects import REAL_OPTIONS, ROOT, replace_text

GUIDE = (ROOT / "docs/editing.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
REFERENCES = re.findall(r"^\| [^|]+ \| `(\[[^`]*)` \|$", GUIDE, re.MULTILINE)
DRAWN = ("compare", "chart", "timeline", "map", "standings")
FRONT = "---\ntitle: Examples\ndescription: The forms that the guide shows.\ndate: 2026-01-01\n---\n\n"


def yaml_beginning_with(word: str) -> list[str]:
    return [text for name, text in BLOCKS if name == "yaml" and text.startswith(f"{word}:")]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    root = tmp_path_factory.mktemp("real")
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    return Folders.below(root)


def test_every_reference_and_every_figure_block_of_the_guide_is_built(real: Folders) -> None:
    figures = [f"```{name}\n{text}```\n" for name, text in BLOCKS if name in DRAWN]
    assert len(REFERENCES) >= 12 and {name for name, _ in BLOCKS if name in DRAWN} == set(DRAWN)
    rows = "\n".join(f"| {reference} |" for reference in REFERENCES)
    text = f"{FRONT}| form |\n|---|\n{rows}\n\n" + "\n".join(figures)
    (real.content / "articles/examples.md").write_text(text, encoding="utf-8")
    try:
        page = check(real, REAL_OPTIONS).files["articles/examples/index.html"].decode()
    except ContentError as error:
        pytest.fail(str(error))
    finally:
        (real.content / "articles/examples.md").unlink()
    titles = re.findall(r"^title: (.*)$", "".join(figures), re.MULTILINE)
    assert [title for title in titles if title not in page] == []
    assert page.count("<figure") >= 3


def test_every_example_of_a_fact_and_of_a_source_is_read(real: Folders) -> None:
    sheet = real.content / "countries/kazakhstan.yml"
    before = sheet.read_text("utf-8")
    examples = yaml_beginning_with("population")
    assert len(examples) == 2
    (real.content / "sources/guide.yml").write_text("".join(yaml_beginning_with("harbour-guide")), encoding="utf-8")
    for example in examples:
        entry = "".join(f"  {line}\n" for line in example.splitlines())
        changed, count = re.subn(r"^  population:.*\n(?:    .*\n)*", lambda _, e=entry: e, before, count=1, flags=re.M)
        assert count == 1
        sheet.write_text(changed, encoding="utf-8")
        try:
            warnings = check(real, REAL_OPTIONS).warnings
        except ContentError as error:
            pytest.fail(str(error))
        assert {problem.code for problem in warnings if problem.place.path == "content/sources/guide.yml"} == {"D020"}
    sheet.write_text(before, encoding="utf-8")
    (real.content / "sources/guide.yml").unlink()


def test_the_message_that_the_guide_shows_is_the_one_that_is_printed(real: Folders) -> None:
    [shown] = [text for name, text in BLOCKS if "error F004" in text]
    replace_text(real.content / "countries/kazakhstan.yml", "\nsummary: >-", "\nsumary: >-")
    with pytest.raises(ContentError) as caught:
        check(real, REAL_OPTIONS)
    replace_text(real.content / "countries/kazakhstan.yml", "\nsumary: >-", "\nsummary: >-")
    numbers = r"(?<=yml:)\d+|^ +\d+(?= \|)"  # other people's changes move the line

    def without_numbers(text: str) -> str:
        return re.sub(numbers, "N", text, flags=re.MULTILINE)

    assert without_numbers(shown.strip()) in without_numbers(str(caught.value))


def test_every_verb_and_file_that_the_guide_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    rows = re.findall(r"^\| `([a-z]+)[^`]*` \|", GUIDE, re.MULTILINE)
    named = {*re.findall(r"build\.py ([a-z]+)", GUIDE), *rows}
    assert {"check", "explain", "new", "facts", "list", "fill"} <= named <= set(VERBS)
    for path in re.findall(r"`(content/[a-z/.-]+\.(?:yml|md))`", GUIDE):
        assert (ROOT / path).exists(), path
    code = re.search(r"explain ([A-Z]\d{3})", GUIDE)
    assert code is not None
    assert main(["explain", code[1]]) == 0
    assert capsys.readouterr().out.startswith(code[1])
