"""The filters of a timeline: choices made from content, and style rules that need no script."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from explainer.build import build
from tests.projects import OPTIONS, copy_isles


def page(root: Path, path: str) -> LexborHTMLParser:
    folders = copy_isles(root)
    build(folders, OPTIONS, fingerprint=False)
    return LexborHTMLParser((folders.output / path).read_text(encoding="utf-8"))


def test_every_country_and_kind_of_a_timeline_can_be_chosen_and_no_other(tmp_path: Path) -> None:
    tree = page(tmp_path, "timeline/index.html")
    for choice, prefix in (("country", "of-"), ("kind", "k-")):
        offered = {option.attributes["value"] for option in tree.css(f".filter-{choice} option")} - {"", None}
        names = {name for event in tree.css(".event") for name in (event.attributes["class"] or "").split()}
        assert offered == {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        assert offered


def test_each_choice_has_a_rule_that_leaves_the_other_events_out(tmp_path: Path) -> None:
    tree = page(tmp_path, "organisations/sound-council/index.html")
    style = (tmp_path / "site/assets/site.css").read_text(encoding="utf-8")
    choices = [option.attributes["value"] for option in tree.css(".filters option") if option.attributes["value"]]
    assert choices
    for choice in choices:
        assert f'[value="{choice}"]:checked) :is(.event:not(' in style
