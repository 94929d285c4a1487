"""The home page has the timeline in small: a bar for each year, true to scale, that leads to its events."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from explainer.build import check
from explainer.config import Folders
from tests.projects import OPTIONS, copy_isles

PLANS = """
fair-2031:
  date: 2031-05
  title: Fair on Birch
  kind: summit
  planned: true
  sources: [gazette]
  verification: one-source
fair-2020:
  date: 2020-05
  title: Fair on Alder
  kind: summit
  planned: true
  sources: [gazette]
  verification: one-source
"""


def pages(folders: Folders) -> tuple[LexborHTMLParser, LexborHTMLParser]:
    with check(folders, OPTIONS) as rendered:
        home, timeline = rendered.files["index.html"], rendered.files["timeline/index.html"]
        return LexborHTMLParser(home), LexborHTMLParser(timeline)


def test_each_year_has_a_bar_of_its_events_that_leads_to_them(tmp_path: Path) -> None:
    home, timeline = pages(copy_isles(tmp_path))
    counts = {
        f"timeline/#{section.css_first('h2').attributes['id']}": (
            len(section.css(".event")),
            len(section.css(".is-change")),
        )
        for section in timeline.css("section.year")
        if section.css_first("h2") is not None
    }
    strip = {str(link.attributes["href"]): link for link in home.css(".year-strip a")}
    assert list(strip) == list(counts)
    most = max(count for count, _ in counts.values())
    for address, (count, changes) in counts.items():
        heights = [float(str(bar.attributes["height"]).removesuffix("%")) for bar in strip[address].css("rect")]
        wanted = [100 * count / most, *([100 * changes / most] if changes else [])]
        assert [round(height, 1) for height in heights] == [round(height, 1) for height in wanted]
        words = strip[address].text()
        assert f": {count} event" in words
        assert ("changed a standing" in words) == bool(changes)


def test_the_latest_events_and_plans_that_are_ahead_are_named_and_lead_to_their_sources(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path)
    with (folders.content / "events.yml").open("a", encoding="utf-8") as file:
        file.write(PLANS)
    home, timeline = pages(folders)
    latest, planned = home.css(".newest-events > div")
    # What was planned for a day that is past is neither: nobody knows what became of it.
    assert [link.text() for link in planned.css("a")] == ["Fair on Birch"]
    assert "Fair" not in latest.text()
    titles = [heading.text() for heading in timeline.css(".event h3")]
    for link in [*latest.css("a"), *planned.css("a")]:
        anchor = str(link.attributes["href"]).removeprefix("timeline/")
        assert timeline.css_first(anchor) is not None
        assert any(link.text() in title for title in titles)
