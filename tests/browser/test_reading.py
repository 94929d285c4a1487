"""What a reader can do with a page: with keys, without scripts, in other colours, on any day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from explainer.link import link_site
from explainer.membership import history_of, standing_on
from explainer.models.organisation import START
from explainer.problems import Report
from explainer.read import read_content
from explainer.site import Site
from explainer.views.standing import standing_words
from tests.browser.site_files import one_of_each_kind, page_addresses
from tests.browser.visits import visit

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
TABS_TO_CONTENT = 12


@pytest.fixture(scope="module")
def content() -> Site:
    """The records of the real site."""
    site = link_site(read_content(ROOT / "content", "content", Report()), Report())
    assert site is not None
    return site


@pytest.fixture(scope="module")
def organisation(content: Site) -> str:
    """The organisation that the home page leads to."""
    assert content.settings.region.organisation is not None
    return content.settings.region.organisation.id


@pytest.fixture(scope="module")
def article(built_site: Path) -> str:
    """The address of an article that has a term and a note in its paragraphs."""
    for address in page_addresses(built_site):
        if address.startswith("articles/") and address[9:]:
            tree = LexborHTMLParser((built_site / address / "index.html").read_text(encoding="utf-8"))
            if tree.css_first(".prose > p a.term") and tree.css_first(".prose > p .note-mark a"):
                return address
    raise AssertionError("no article has a term and a note")


# Colours

# Contrast as WCAG counts it, of tokens as the browser understands them, in the scheme that holds.
_CONTRASTS = """([tokens, papers]) => {
  const probe = document.body.appendChild(document.createElement("i"));
  const light = (token) => {
    probe.style.color = token.startsWith("--") ? `var(${token})` : "";
    probe.className = token.startsWith("--") ? "" : token;
    if (!token.startsWith("--")) probe.style.color = "var(--hue)";
    const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number).map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return Object.fromEntries(tokens.flatMap((token) => papers.map((paper) =>
    [`${token} on ${paper}`, ratio(light(token), light(paper))])));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_strong_enough_on_every_paper(
    server: str, browser: Browser, content: Site, scheme: str
) -> None:
    for_text = ["--ink", "--muted", "--link", "--visited", "--accent", "--warn", "--good"]
    hues = [f"c-{key}" for key, country in content.countries.items() if country.colour is not None]
    papers = ["--paper", "--surface"]
    with visit(browser, server, scheme=scheme) as visited:  # type: ignore[arg-type]
        found = visited.page.evaluate(_CONTRASTS, [[*for_text, *hues, "--border"], papers])
    weak = {
        pair: round(ratio, 2) for pair, ratio in found.items() if ratio < (4.5 if pair.split()[0] in for_text else 3)
    }
    assert hues and len(found) == 2 * (len(for_text) + len(hues) + 1)
    assert weak == {}


_NOTE_COLOURS = """(() => {
  window.__drawn = new Set();
  const note = () => {
    if (document.body) window.__drawn.add(getComputedStyle(document.documentElement).backgroundColor);
    requestAnimationFrame(note);
  };
  note();
})()"""


def test_the_colour_switch_holds_over_pages_and_never_flashes(server: str, browser: Browser) -> None:
    with visit(browser, server, script=_NOTE_COLOURS) as visited:
        page = visited.page
        paper = _paper(page)
        page.get_by_label("Dark", exact=True).check()
        dark = _paper(page)
        assert dark != paper
        page.goto(server + "sources/")
        assert page.get_by_label("Dark", exact=True).is_checked()
        assert page.evaluate("[...window.__drawn]") == [dark]
        page.get_by_label("Auto", exact=True).check()
        assert _paper(page) == paper
        page.emulate_media(color_scheme="dark")
        assert _paper(page) == dark
        page.get_by_label("Light", exact=True).check()
        assert _paper(page) == paper
        assert visited.faults == []


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_forced_colours_keep_the_shapes_of_the_chart_apart(server: str, browser: Browser, organisation: str) -> None:
    with visit(browser, f"{server}organisations/{organisation}/", forced_colors="active") as visited:
        fills = visited.page.evaluate(
            "['.b-solid', '.b-outlined'].map((kind) => getComputedStyle(document.querySelector(kind)).fill)"
        )
        assert fills[0] != fills[1]
        # Who is outside has no bar: an outline would say the opposite.
        empty = "getComputedStyle(document.querySelector('.b-empty'))"
        assert visited.page.evaluate(f"[{empty}.fill, {empty}.stroke]") == ["none", "none"]
        lines = (
            "[...document.querySelectorAll('.navigation a')].map((link) => getComputedStyle(link).borderBottomColor)"
        )
        assert len(set(visited.page.evaluate(lines))) == 2, "the page that one is on does not stand out"


def test_nothing_moves_by_itself(server: str, browser: Browser, organisation: str) -> None:
    for address in ("", f"organisations/{organisation}/"):
        with visit(browser, server + address, reduced_motion="no-preference") as visited:
            assert visited.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
            assert visited.page.evaluate("document.getAnimations().length") == 0


_TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_link_into_a_long_page_leads_to_its_place_at_once(
    server: str, browser: Browser, organisation: str, width: int
) -> None:
    with visit(browser, f"{server}organisations/{organisation}/", width=width) as visited:
        page = visited.page
        links = page.locator(".contents a")
        back = "[...document.querySelectorAll('.back-links a[href^=\"#\"]')]"
        marks = page.evaluate(f"{back}.map((link) => link.hash.slice(1))")
        last = links.count() - 1
        sources = page.locator(".sources .source-list")
        assert not sources.is_visible()
        for number in (last, 1, last - 1, 0, 2, last):
            links.nth(number).click()
            target = str(links.nth(number).get_attribute("href")).removeprefix("#")
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert 0 <= page.evaluate(_TOP, target) < 100, f"#{target} is not where its link leads"
        assert sources.is_visible(), "a link to the heading of a folded list did not open it"
        for target in marks[:: max(1, len(marks) // 5)]:
            page.evaluate("(id) => { location.hash = id; }", target)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert 0 <= page.evaluate(_TOP, target) < 800, f"#{target} is out of sight"


# Keys


def test_keys_reach_the_content_soon_and_show_where_they_are(built_site: Path, server: str, browser: Browser) -> None:
    for address in one_of_each_kind(page_addresses(built_site)):
        with visit(browser, server + address) as visited:
            page = visited.page
            for _ in range(TABS_TO_CONTENT):
                page.keyboard.press("Tab")
                ring = page.evaluate(_RING)
                assert ring["width"] >= 3, f"/{address}: nothing shows that {ring['name']} has the focus"
                if ring["inside"]:
                    break
            assert ring["inside"], f"/{address}: {TABS_TO_CONTENT} tabs do not reach the content"


_RING = """() => {
  const focused = document.activeElement;
  const drawn = [focused, focused.parentElement].map((element) => getComputedStyle(element))
    .find((style) => style.outlineStyle !== "none");
  return {
    width: drawn ? parseFloat(drawn.outlineWidth) : 0,
    name: focused.outerHTML.slice(0, 80),
    inside: document.querySelector("main").contains(focused),
  };
}"""


def test_the_skip_link_leads_past_the_navigation(server: str, browser: Browser) -> None:
    with visit(browser, server) as visited:
        visited.page.keyboard.press("Tab")
        visited.page.keyboard.press("Enter")
        assert visited.page.evaluate("document.activeElement.id") == "main"


def test_a_note_and_a_term_open_below_their_paragraph_by_key_and_by_touch(
    server: str, browser: Browser, article: str
) -> None:
    with visit(browser, server + article, width=360, has_touch=True) as visited:
        for kind in (".note-mark a", "a.term"):
            mark = visited.page.locator(f".prose > p {kind}").first
            opened = visited.page.locator(f"#{mark.get_attribute('id')}-opened")
            mark.focus()
            visited.page.keyboard.press("Enter")
            assert opened.is_visible() and mark.get_attribute("aria-expanded") == "true"
            visited.page.keyboard.press("Escape")
            assert opened.count() == 0 and mark.get_attribute("aria-expanded") == "false"
            mark.tap()
            assert opened.is_visible()
        assert visited.page.locator(".margin-note").count() == 0
        assert visited.faults == []


def test_notes_stand_in_the_margin_of_a_wide_screen_and_do_not_overlap(
    server: str, browser: Browser, article: str
) -> None:
    with visit(browser, server + article) as visited:
        visited.page.wait_for_selector(".margin-note")
        boxes = [box for note in visited.page.locator(".margin-note").all() if (box := note.bounding_box())]
        right = visited.page.evaluate("document.querySelector('.prose > p').getBoundingClientRect().right")
    assert all(box["x"] > right for box in boxes)
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))


def test_the_contents_follow_the_reader(server: str, browser: Browser, organisation: str) -> None:
    with visit(browser, f"{server}organisations/{organisation}/") as visited:
        links = visited.page.locator(".contents a")
        for number in (1, 3, 0):
            links.nth(number).click()
            visited.page.wait_for_function(
                "(n) => document.querySelectorAll('.contents a')[n].hasAttribute('aria-current')", arg=number
            )
            assert visited.page.locator(".contents [aria-current]").count() == 1


# Without scripts


def test_without_scripts_every_event_figure_and_table_is_shown_and_a_timeline_can_be_narrowed(
    server: str, browser: Browser, organisation: str
) -> None:
    for address in (f"organisations/{organisation}/", "timeline/"):
        with visit(browser, server + address, java_script_enabled=False) as visited:
            page = visited.page
            assert page.evaluate(_HIDDEN) == []
            assert not any(one.is_visible() for one in page.locator(".needs-script").all())
            country, kind = page.locator(".filter-country"), page.locator(".filter-kind")
            chosen = country.locator("option").nth(1).get_attribute("value")
            country.select_option(chosen)
            of_country = page.locator(f".event.of-{chosen}").count()
            assert 0 < of_country < page.locator(".event").count()
            assert page.locator(".event:visible").count() == of_country
            some_kind = page.locator(".event:visible").first.evaluate(
                "(event) => [...event.classList].find((name) => name.startsWith('k-')).slice(2)"
            )
            kind.select_option(some_kind)
            both = page.locator(f".event.of-{chosen}.k-{some_kind}").count()
            assert page.locator(".event:visible").count() == both > 0


_HIDDEN = """() => [...document.querySelectorAll("main :is(.event, .fact, .figure, table, dl)")]
  .filter((element) => !element.checkVisibility() && !element.closest("details"))
  .map((element) => element.outerHTML.slice(0, 80))"""


def test_links_lead_from_the_front_page_to_every_page(built_site: Path) -> None:
    from urllib.parse import urljoin, urlsplit

    wanted = {f"/{address}" for address in page_addresses(built_site)} - {"/404.html"}
    reached, waiting = {"/"}, ["/"]
    while waiting:
        here = waiting.pop()
        html = (built_site / here.lstrip("/") / "index.html").read_text(encoding="utf-8")
        for link in LexborHTMLParser(html).css("a[href]"):
            there = urlsplit(urljoin(f"https://x{here}", link.attributes["href"] or ""))
            if there.netloc == "x" and there.path in wanted and there.path not in reached:
                reached.add(there.path)
                waiting.append(there.path)
    aliases = {address for address in wanted - reached if _only_leads_on(built_site, address)}
    assert wanted - reached - aliases == set()


def _only_leads_on(site: Path, address: str) -> bool:
    return 'http-equiv="refresh"' in (site / address.lstrip("/") / "index.html").read_text(encoding="utf-8")


# With scripts


def test_a_narrowed_timeline_says_how_many_events_it_shows_and_keeps_the_choice_in_its_address(
    server: str, browser: Browser
) -> None:
    with visit(browser, f"{server}timeline/") as visited:
        page = visited.page
        total = page.locator(".event").count()
        chosen = page.locator(".filter-country option").nth(1).get_attribute("value")
        page.locator(".filter-country").select_option(chosen)
        shown = page.locator(f".event.of-{chosen}").count()
        assert page.locator(".filter-count").inner_text() == f"{shown} of {total} events"
        assert page.url.endswith(f"?country={chosen}")
        assert all(year.locator(".event:visible").count() for year in page.locator(".year:visible").all())
        page.reload()
        assert page.locator(".event:visible").count() == shown
        hidden = page.locator(f".event:not(.of-{chosen})").first.get_attribute("id")
        page.goto(f"{page.url}#{hidden}")
        assert page.locator(f"[id='{hidden}']").is_visible()
        page.emulate_media(media="print")
        assert page.locator(".event:visible").count() == total
        assert visited.faults == []


@pytest.mark.parametrize("day", ["1991-12-08", "1992-11-15", "1993-06-24", "2005-08-26", "2009-08-18", "2020-02-29"])
def test_the_date_control_answers_as_the_generator_does(
    server: str, browser: Browser, content: Site, organisation: str, day: str
) -> None:
    record = content.organisations[organisation]
    expected: dict[str, set[str]] = {}
    for party in record.parties:
        history = history_of(record, party.id)
        statuses = standing_on(history, date.fromisoformat(day))
        words = standing_words(record, statuses, has_history=bool(history))
        expected.setdefault(words, set()).add(content.countries[party.id].name)
        assert statuses <= {START, *record.statuses}
    with visit(browser, f"{server}organisations/{organisation}/") as visited:
        visited.page.locator(".on-date input").fill(day)
        answers = visited.page.locator(".on-date-answer li").all()
        found = {line.locator("strong").inner_text(): set(line.locator("a").all_inner_texts()) for line in answers}
        assert found == expected
        assert visited.page.locator(".day-line").count() > len(record.parties) - 1
        assert visited.faults == []


def test_a_table_is_sorted_by_a_column_and_what_has_no_data_stays_last(server: str, browser: Browser) -> None:
    with visit(browser, f"{server}compare/") as visited:
        page = visited.page
        table = page.locator("table.is-sortable", has=page.locator("td data[value]")).first
        head = table.locator("thead th").nth(1)
        # What was not laid out yet has no inner text.
        before = table.locator("tbody th").all_text_contents()

        def values() -> list[float]:
            read = "(rows) => rows.map((row) => row.querySelector('data[value]')?.value ?? null)"
            return [float(value) for value in table.locator("tbody tr").evaluate_all(read) if value is not None]

        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending" and values() == sorted(values())
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending" and values() == sorted(values(), reverse=True)
        head.locator("button").click()
        assert head.get_attribute("aria-sort") is None
        assert table.locator("tbody th").all_text_contents() == before
        assert visited.faults == []
