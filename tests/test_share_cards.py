"""A page names itself where it is shared; its picture shows its title in every script, and is drawn once."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops
from selectolax.lexbor import LexborHTMLParser

from explainer import card_drawing, share_cards
from explainer.build import build
from explainer.card_drawing import DISPLAY, SANS, Fonts, draw_card
from explainer.clean import clean
from explainer.config import Folders
from explainer.problems import ContentError
from tests.edits import Editor, make_project
from tests.projects import OPTIONS, ROOT, copy_isles, replace_text, tree

FONTS = Fonts({path.stem: path.read_bytes() for path in (ROOT / "static" / "fonts").glob("*.woff2")})
WORDS = {"kicker": "", "title": "", "names": "", "note": "", "site": "A site", "hue": None}
SCRIPTS = [
    "Kazakhstan",
    "Қазақстан",
    "Тоҷикистон",
    "Türkmenistan",
    "Oʻzbekiston",
    "Кыргызстан",
    "Україна",
    "Azərbaycan",
]


def picture(**words: str | None) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(WORDS | words, FONTS))).convert("RGB")


def ink(**words: str | None) -> tuple[int, int, int, int]:
    """Return the box of what some words draw, beside a card without them; an empty box where they draw nothing."""
    difference = ImageChops.difference(picture(**words), picture()).convert("L")
    return difference.getbbox() or (0, 0, 0, 0)


def with_cards(root: Path) -> Folders:
    folders = copy_isles(root)
    replace_text(folders.content / "site.yml", "cards: false", "cards: true")
    return folders


def head(folders: Folders, path: str) -> dict[str, str]:
    page = LexborHTMLParser((folders.output / path).read_text("utf-8"))
    named = [(node.attributes, node.attributes["content"]) for node in page.css("meta[content]")]
    return {
        str(name): str(text)
        for attributes, text in named
        if (name := attributes.get("property") or attributes.get("name"))
    }


def test_a_card_has_the_size_that_is_asked_for_and_is_small_and_the_same_each_time() -> None:
    full = WORDS | {"title": "What it is " * 20, "note": "A long note about many things. " * 20, "kicker": "Articles"}
    data = draw_card(full, FONTS)
    assert Image.open(io.BytesIO(data)).size == (1200, 630)
    assert len(data) < 60_000
    assert draw_card(full, FONTS) == data
    fresh = Fonts({path.stem: path.read_bytes() for path in (ROOT / "static" / "fonts").glob("*.woff2")})
    assert draw_card(full, fresh) == data


@pytest.mark.parametrize("field", ["title", "names", "note", "kicker", "site"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_word_is_really_there_in_every_script(field: str, name: str) -> None:
    # The boxes that stand for missing letters are all alike: a real word differs from as many of them.
    missing = "\U0010fffd" * len(name)
    left, top, right, bottom = ink(**{field: name})
    assert right - left > 100 and bottom - top > 20
    assert ImageChops.difference(picture(**{field: name}), picture(**{field: missing})).getbbox() is not None
    face = FONTS.face(DISPLAY if field == "title" else SANS, 40)
    assert [letter for letter in name if not face.has(letter)] == []


def test_a_letter_no_font_has_is_known_to_be_missing() -> None:
    assert not FONTS.face(SANS, 40).has("漢")


@pytest.mark.parametrize("size", [1, 3, 9, 40])
def test_words_stay_within_the_card_and_off_each_other(size: int) -> None:
    title = ink(title="Kazakhstan had fewer people in 1999 than in 1991 " * size)
    assert title[0] >= 70 and title[2] <= 1130 and title[1] >= 110 and title[3] <= 500
    words = {"title": "The other four grew by half " * size, "names": "Қазақстан " * size}
    with_note = picture(**words, note="Between Russia and China " * size)
    without = picture(**words)
    box = ImageChops.difference(with_note, without).getbbox()
    assert box is None or (box[2] <= 1130 and box[3] <= 525)


def test_one_endless_word_is_cut() -> None:
    assert ink(title="Endless" * 60)[2] <= 1130


def test_what_is_drawn_has_the_colour_of_what_the_page_is_about() -> None:
    assert picture(hue="#1f6f9f").getpixel((10, 300)) == (0x1F, 0x6F, 0x9F)


def test_a_page_says_what_it_is_and_names_its_picture_by_its_whole_address(tmp_path: Path) -> None:
    folders = with_cards(tmp_path)
    build(folders, OPTIONS)
    found = head(folders, "countries/alder/index.html")
    assert found["og:type"] == "website"
    assert (found["og:title"], found["og:description"]) == ("Alder", "The largest of the isles.")
    assert found["og:url"] == "https://isles.example/countries/alder/"
    assert found["og:site_name"] == "The Northern Isles"
    assert found["og:locale"] == "en_US"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == "Alder. The Northern Isles."
    assert found["twitter:card"] == "summary_large_image"
    address = found["og:image"]
    assert re.fullmatch(r"https://isles\.example/assets/cards/[0-9a-f]{20}\.png", address)
    drawn = (folders.output / address.removeprefix("https://isles.example/")).read_bytes()
    assert Image.open(io.BytesIO(drawn)).size == (1200, 630)
    assert head(folders, "articles/founding/index.html")["og:type"] == "article"
    # Each page that is shared has its own, and nothing else lies there.
    pages = [path for path in tree(folders.output) if path.endswith(".html") and path != "404.html"]
    named = {head(folders, path)["og:image"] for path in pages if "og:image" in head(folders, path)}
    assert len(named) == len(list((folders.output / "assets/cards").iterdir())) >= 8
    assert "og:title" not in head(folders, "404.html")


def test_a_site_may_have_no_pictures_and_one_without_an_address_has_no_tags(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    build(folders, OPTIONS)
    found = head(folders, "countries/alder/index.html")
    assert "og:image" not in found and found["twitter:card"] == "summary" and found["og:title"] == "Alder"
    assert not (folders.output / "assets/cards").exists()
    replace_text(folders.content / "site.yml", "base_url: https://isles.example/", 'base_url: ""')
    replace_text(folders.content / "site.yml", "cards: false", "cards: true")
    build(folders, OPTIONS)
    assert not [name for name in head(folders, "countries/alder/index.html") if name.startswith(("og:", "twitter:"))]
    assert not (folders.output / "assets/cards").exists()


def test_a_picture_is_drawn_anew_only_when_its_words_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = with_cards(tmp_path)
    drawn: list[str] = []
    real = card_drawing.draw_card
    monkeypatch.setattr(
        card_drawing, "draw_card", lambda words, fonts: drawn.append(words["title"]) or real(words, fonts)
    )
    build(folders, OPTIONS, jobs=1)
    assert "Alder" in drawn and "Birch" in drawn
    first = tree(folders.output)

    drawn.clear()
    replace_text(folders.content / "countries/alder.yml", "The largest of the isles.", "The largest of all isles.")
    build(folders, OPTIONS, jobs=1)
    assert drawn == ["Alder"]
    replace_text(folders.content / "countries/alder.yml", "The largest of all isles.", "The largest of the isles.")
    build(folders, OPTIONS, jobs=1)
    assert drawn == ["Alder", "Alder"] and tree(folders.output) == first
    kept = {path.name for path in (folders.cache / "cards").iterdir()}
    assert kept == {path.name for path in (folders.output / "assets/cards").iterdir()}

    # Without what is kept of pages, pictures are still taken from the cache; a damaged one is not.
    drawn.clear()
    (folders.cache / "build/state").unlink()
    damaged = sorted((folders.cache / "cards").iterdir())[0]
    damaged.write_bytes(damaged.read_bytes()[:100])
    build(folders, OPTIONS, jobs=1)
    assert len(drawn) == 1 and tree(folders.output) == first


def test_edits_one_after_the_other_give_the_pictures_of_a_clean_build(tmp_path: Path) -> None:
    editor = Editor(make_project(tmp_path / "a"), seed=3)
    path = editor.folders.content / "site.yml"
    path.write_text(re.sub("cards: .*", "cards: true", path.read_text("utf-8")), "utf-8")
    for step in range(12):
        editor.edit()
        try:
            build(editor.folders, editor.options, jobs=2 if step % 2 else 1)
        except ContentError:
            editor.mend()
            continue
        editor.remember()
    build(editor.folders, editor.options, jobs=1)
    clean = replace(editor.folders, output=tmp_path / "clean", cache=tmp_path / "cache")
    build(clean, editor.options, jobs=1)
    assert tree(editor.folders.output) == tree(clean.output)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda fonts: (fonts / "atlas-sans-cyrillic.woff2").write_bytes(b"no font"), "cannot be used"),
        (lambda fonts: (fonts / "atlas-sans-latin-extended.woff2").unlink(), "no font atlas-sans-latin-extended.woff2"),
    ],
)
def test_a_font_that_is_of_no_use_is_told_once_with_the_switch_to_turn_off(
    tmp_path: Path, harm: object, said: str
) -> None:
    folders = with_cards(tmp_path)
    sheet = folders.static / "css/15-fonts.css"
    sheet.write_text("@layer tokens {}\n", encoding="utf-8")
    assert callable(harm)
    harm(folders.static / "fonts")
    with pytest.raises(ContentError) as caught:
        build(folders, OPTIONS)
    (problem,) = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert (problem.code, str(problem.place)) == ("U012", "content/site.yml:20:8")
    assert said in problem.message and "cards: false" in (problem.fix or "")
    assert not folders.output.exists()


def test_a_build_with_nothing_to_do_imports_nothing_that_draws(tmp_path: Path) -> None:
    folders = with_cards(tmp_path)
    program = (
        "import sys; from explainer.cli import main; code = main(sys.argv[1:]);"
        "print(code, sorted({'PIL', 'explainer.card_drawing', 'explainer.share_cards'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, "build", "-q", "--as-of", str(OPTIONS.as_of)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    said = [
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert "PIL" in said[0]
    assert said[1].splitlines()[-1] == "0 []"
    assert list((folders.output / "assets/cards").iterdir())
    assert share_cards.CACHE_FOLDER == "cards"


def test_clean_takes_the_pictures_and_the_index_of_the_search_with_it(tmp_path: Path) -> None:
    folders = with_cards(tmp_path)
    replace_text(folders.content / "site.yml", "search: false", "search: true")
    build(folders, OPTIONS)
    assert {"cards", "search.json"} <= {path.name for path in folders.cache.iterdir()}
    assert list(clean(folders)) == [folders.output, folders.cache]
    assert not folders.cache.exists()


def test_several_processes_draw_the_pictures_that_one_draws(tmp_path: Path) -> None:
    folders = make_project(tmp_path, articles=60)
    path = folders.content / "site.yml"
    path.write_text(re.sub("cards: .*", "cards: true", path.read_text("utf-8")), "utf-8")
    alone = replace(folders, output=tmp_path / "alone", cache=tmp_path / "cache")
    build(folders, OPTIONS, jobs=2)
    build(alone, OPTIONS, jobs=1)
    assert len(list((folders.output / "assets/cards").iterdir())) > 60
    assert tree(folders.output) == tree(alone.output)
