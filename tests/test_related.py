"""An article leads to others on its subjects, at a cost that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from explainer.build import build
from explainer.plan.reading_time import minutes_of, words_shown
from explainer.related import RelatedArticles
from tests.projects import OPTIONS, copy_isles

ARTICLE = "---\ntitle: {title}\ndescription: About it.\ndate: 2025-0{month}-01\n{subjects}---\n\nText.\n"


class Counted(Sequence[int]):
    """A list that counts how often it is looked into."""

    looks = 0

    def __init__(self, items: Sequence[int]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        Counted.looks += len(range(*place.indices(len(self)))) if isinstance(place, slice) else 1
        return self.items[place]

    def __iter__(self) -> Iterator[int]:
        raise AssertionError("all of a subject's articles are looked at")


def test_what_shares_most_comes_first_and_a_rare_subject_counts_more() -> None:
    subjects = {
        "asked": "trade alder",
        "next": "trade alder",
        "common": "trade",
        "rare": "alder",
        "both": "trade alder",
        "other": "trade",
        "apart": "birch",
    }
    assert RelatedArticles(subjects).of("asked") == ("both", "rare", "common")


def test_the_articles_before_and_behind_are_left_out() -> None:
    related = RelatedArticles(dict.fromkeys("abcde", "trade"))
    assert related.of("c") == ("a", "e")
    assert related.of("a") == ("c", "d", "e")


def test_an_article_without_subjects_has_none() -> None:
    assert RelatedArticles({"a": "", "b": "trade", "c": "trade"}).of("a") == ()


def test_the_cost_of_an_article_does_not_grow_with_the_number_of_articles() -> None:
    looks = []
    for number in (100, 10_000):
        related = RelatedArticles({f"a{place}": "trade alder" for place in range(number)})
        related._about = {subject: Counted(related.about(subject)) for subject in ("trade", "alder")}
        Counted.looks = 0
        assert len(related.of(f"a{number // 2}")) == 3
        looks.append(Counted.looks)
    # Only finding the place in a list takes a few steps more.
    assert looks[1] < looks[0] + 20


def test_a_page_names_articles_on_its_subjects_and_is_made_anew_when_their_titles_change(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    articles = folders.content / "articles"
    for number, subjects in enumerate(("countries: [birch]\n", "", "", "countries: [birch]\n"), start=1):
        text = ARTICLE.format(title=f"Number {number}", month=number, subjects=subjects)
        (articles / f"number-{number}.md").write_text(text, encoding="utf-8")
    build(folders, OPTIONS)
    page = folders.output / "articles" / "number-1" / "index.html"
    assert "On the same subjects" in page.read_text(encoding="utf-8")
    other = articles / "number-4.md"
    other.write_text(other.read_text(encoding="utf-8").replace("Number 4", "Number four"), encoding="utf-8")
    build(folders, OPTIONS)
    assert "Number four" in page.read_text(encoding="utf-8").partition("On the same subjects")[2]
    other.write_text(other.read_text(encoding="utf-8").replace("countries: [birch]\n", ""), encoding="utf-8")
    build(folders, OPTIONS)
    assert "On the same subjects" not in page.read_text(encoding="utf-8")


def test_the_words_of_a_view_are_those_that_are_read() -> None:
    view = {"id": "not read", "groups": [{"label": "Two words", "facts": [{"value": {"text": "one"}, "note": "a b"}]}]}
    assert words_shown(view) == 5
    assert [minutes_of(words) for words in (0, 220, 221)] == [1, 1, 2]
