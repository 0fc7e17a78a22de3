"""Opening the page: quick, on one screen, in two languages, on a telephone, from a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
LINK = "#c=package:policy_2011@2012-01-02&w=120&t=why&g=families&l=nl"
FLAT = """(({ scrollWidth, scrollHeight }) => [scrollWidth, innerWidth, scrollHeight, innerHeight])(
  document.documentElement)"""


def test_the_page_opens_without_a_network_and_fills_one_screen(
    visitor: Visitor, address: str
) -> None:
    page = visitor.go(address)
    for tab in ("places", "flow", "ties", "why"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(150)
        wide, room, high, screen = page.evaluate(FLAT)
        assert wide <= room
        assert high <= screen
        assert page.locator("#panel .pair svg").count() == 2
    for box in ("#happens", "#differs", "#change", "#player"):
        found = page.locator(box).bounding_box()
        assert found
        assert found["y"] + found["height"] <= screen
    assert page.locator("#doubt").is_visible()
    assert "does not predict" in page.inner_text(".band p")


def test_first_chart_is_there_soon(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.reload()
    page.wait_for_selector("#was .areas path")
    again = page.evaluate("performance.now()")
    assert painted < 3000  # 300 ms on a quiet laptop
    assert again < 10_000  # one second there


def test_language_changes_every_word(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    english = page.inner_text("body")
    assert "What happens" in english
    page.click("#language")
    until(page, "app.language === 'nl'")
    page.wait_for_timeout(300)
    dutch = page.inner_text("body")
    assert page.evaluate("document.documentElement.lang") == "nl"
    for word in ("What happens", "What differs", "as it was", "Play", "persons", "returned"):
        assert word.lower() not in dutch.lower(), word
    # no key without a word
    assert page.locator("text=/^[a-z_]+\\.[a-z_]+$/").count() == 0
    page.click("#language")
    until(page, "app.language === 'en'")


def test_a_link_restores_everything_and_a_reload_keeps_it(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + LINK)
    until(page, "app.world")

    def shown() -> list[object]:
        return [
            state(page, f"app.{name}") for name in ("week", "tab", "group", "language", "changes")
        ]

    expected = [120, "why", "families", "nl", [{"package": "policy_2011", "from": "2012-01-02"}]]
    assert shown() == expected
    page.reload()
    page.wait_for_selector("#was .areas path")
    until(page, "app.world")
    assert shown() == expected
    table = page.inner_text("#differs-body")
    key = state(
        page, "[...app.base.households.keys()].find((key) => !app.base.households.get(key).near)"
    )
    page.goto(address + LINK + f"&h={key}")
    page.wait_for_selector("dialog[open] .lives li")
    page.click("#dialog-close")
    assert page.inner_text("#differs-body") == table


def test_a_broken_link_says_what_it_leaves_out(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=-4&t=elsewhere&c=lever:cash_amount@tomorrow;")
    page.wait_for_timeout(500)
    said = page.inner_text("#notice")
    for part in ("w=-4", "t=elsewhere", "cash_amount@tomorrow", "c="):
        assert part in said
    assert state(page, "app.changes") == []


def test_a_telephone_shows_results_first_and_never_scrolls_sideways(
    telephone: Visitor, address: str
) -> None:
    page = telephone.go(address + "#c=package:vwn_bundle@2012-01-02")
    until(page, "app.world")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.lang") == "nl"
    wide, room, _, _ = page.evaluate(FLAT)
    assert wide <= room
    happens, differs = (page.locator(box).bounding_box() for box in ("#happens", "#differs"))
    assert happens
    assert differs
    assert happens["y"] < differs["y"]
    assert not page.locator("#change").is_visible()
    assert page.locator("#becomes").is_visible()
    assert not page.locator("#was").is_visible()
    page.tap("#toggle")
    page.wait_for_timeout(300)
    assert page.locator("#was").is_visible()
    page.mouse.wheel(0, 1200)
    page.wait_for_timeout(200)
    player = page.locator("#player").bounding_box()
    assert player
    assert player["y"] + player["height"] <= 844 + 1  # sticky at the foot
    page.tap("#restart")
    until(page, "app.week === 0")
    page.tap("#open-sheet")
    assert page.locator("#change").is_visible()
    page.tap("#preset-policy_2011")
    until(page, "app.changes.length === 1 && app.changes[0].package === 'policy_2011'")
    page.tap("#close-sheet")
    assert not page.locator("#change").is_visible()
    wide, room, _, _ = page.evaluate(FLAT)
    assert wide <= room
    assert telephone.unexpected() == []
