"""The search, as a reader uses it: under /repo/, with the policy on, in many spellings, with the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import visit

pytestmark = pytest.mark.browser

SPELLINGS = {
    "countries/uzbekistan/": "Uzbekistan|Ozbekiston|O'zbekiston|Oʻzbekiston|O‘zbekiston|OZBEKISTON|Ўзбекистон|"
    "Узбекистан|Özbekistan|Usbekistan|Tashkent|Toshkent|Ташкент|uzbek",
    "countries/tajikistan/": "Tajikistan|Точикистон|Тоҷикистон|Tojikiston|Таджикистан|Tadzhikistan|Dushanbe|Душанбе",
    "countries/turkmenistan/": "Turkmenistan|Türkmenistan|Туркмения|Asgabat|Aşgabat|Ashgabat|Ашхабад",
    "countries/kazakhstan/": "Kazakhstan|Qazaqstan|Казахстан|Қазақстан|Kasachstan|Nur-Sultan|nur sultan|Almaty|"
    "Alma-Ata|Алматы|Астана|Kazak",
    "countries/kyrgyzstan/": "Kyrgyzstan|Kirghizia|Киргизия|Кыргызстан|Bishkek|Бишкек|KIRGISISTAN",
    "organisations/cis/": "CIS|SNG|СНГ|Commonwealth of Independent States",
    "organisations/sco/": "SCO|Shanghai Cooperation Organization",
    "countries/belarus/": "Белоруссия",
    "countries/georgia/": "Sakartvelo",
}


def first_hit(page: Page, words: str) -> str:
    """Type words, wait for their results, and return where the first one leads."""
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#search-results")).to_have_attribute("data-words", words)
    return str(page.locator("#search-results a").first.evaluate("link => link.href"))


def test_forty_spellings_lead_to_the_right_page_and_texts_are_found_too(browser: Browser, server: str) -> None:
    asked: list[str] = []
    with visit(browser, f"{server}search/") as seen:
        page = seen.page
        page.on("request", lambda request: asked.append(request.url))
        assert [url for url in asked if "/assets/search/" in url] == []
        spellings = [(words, address) for address, all_words in SPELLINGS.items() for words in all_words.split("|")]
        assert len(spellings) >= 40
        wrong = {}
        for words, address in spellings:
            hit = first_hit(page, words)
            if not hit.startswith(f"{server}{address}"):
                wrong[words] = hit
        assert wrong == {}
        assert any("/assets/search/pagefind" in url for url in asked)

        first_hit(page, "free trade")
        expect(page.locator("#search-results mark").first).to_be_visible()
        assert page.locator("#search-results h2").count() >= 1

        page.get_by_role("searchbox").focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.matches('#search-results a')")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.name") == "q"
        assert page.url.endswith("?q=free+trade")
        assert seen.faults == []


def test_nothing_of_the_index_is_fetched_before_the_field_has_the_focus(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}search/") as seen:
        found = seen.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
        assert [name for name in found if "/assets/search/" in name] == []


def test_an_address_with_words_shows_their_results(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}search/?q=SNG") as seen:
        expect(seen.page.locator("#search-results a").first).to_have_attribute("href", f"{server}organisations/cis/")
