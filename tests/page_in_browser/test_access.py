"""Access: keyboard alone, names for screen readers, tables behind charts, axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
WHOLE = "app.world && app.world.weeks === app.about.weeks"
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def violations(page: Page) -> list[str]:
    """Return what axe finds."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where a browser is

    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_axe_finds_no_violation(visitor: Visitor, address: str, language: str) -> None:
    page = visitor.go(address + f"#c=package:vwn_bundle@2012-01-02&l={language}")
    until(page, WHOLE)
    page.click("#all-levers > summary")
    page.click("#contested > summary")
    assert violations(page) == []
    if language == "nl":  # the same but for its words
        return
    for tab in ("flow", "ties", "why"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(200)
        assert violations(page) == []
    for opens in ("#differing", "#take", "#terms", "#doubt", "#as-table"):
        page.click(opens)
        page.wait_for_selector("dialog[open]")
        assert violations(page) == []
        page.click("#dialog-close")


def test_axe_finds_no_violation_on_a_telephone(telephone: Visitor, address: str) -> None:
    page = telephone.go(address)
    assert violations(page) == []
    page.tap("#open-sheet")
    page.wait_for_timeout(200)
    assert violations(page) == []


def test_everything_works_by_keyboard_alone(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)

    def reach(target: str, most: int = 250) -> None:
        for _ in range(most):
            if page.evaluate("(to) => document.activeElement?.matches(to)", target):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {target}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reach("#preset-policy_2011")
    page.keyboard.press("Enter")
    until(page, WHOLE)
    reach("#top-counsellors")
    page.keyboard.press("ArrowRight")
    until(page, "app.changes.length === 2")
    reach("#top-counsellors-more > summary")
    page.keyboard.press("Enter")
    page.wait_for_timeout(150)
    assert page.locator("#top-counsellors-more").get_attribute("open") is not None
    reach("#changed li button")
    page.keyboard.press("Enter")
    until(page, "app.changes.length === 1")
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement !== document.body")
    reach("#becomes .dots svg")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#becomes .dots [aria-selected="true"]')
    assert chosen.count() == 1
    assert ":" in (chosen.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] .lives")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    reach("#tabs [aria-selected='true']")
    page.keyboard.press("ArrowRight")
    until(page, "app.tab === 'flow'")
    page.wait_for_timeout(150)
    assert page.evaluate("document.activeElement.id") == "tab-flow"
    reach("#scrub")
    before = state(page, "app.week")
    page.keyboard.press("ArrowLeft")
    until(page, f"app.week === {before - 1}")


def test_a_table_stands_behind_every_chart(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=200")
    page.click("#as-table")
    rows = page.locator("dialog[open] tbody tr")
    assert rows.count() == 12  # freedom and harm stand below the states
    counts = state(page, "app.base.states.map((row) => row[200] * app.about.scale)")
    cells = [int(rows.nth(at).locator("td").first.inner_text().replace(",", "")) for at in range(9)]
    assert cells == counts
    page.click("#dialog-close")
    for tab, least in (("places", 11), ("flow", 20), ("ties", 80), ("why", 90)):
        page.click(f"#tab-{tab}")
        page.locator("#panel .bar button").click()
        page.wait_for_selector("dialog[open] table")
        assert page.locator("dialog[open] tbody tr").count() >= least
        page.click("#dialog-close")


def test_charts_have_names_that_tell_what_they_show(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=200")
    for svg in page.locator("svg[role=img]").all():
        assert len(svg.get_attribute("aria-label") or "") > 30
    assert "Nov 2014" in (page.locator("#was .areas svg").get_attribute("aria-label") or "")


def test_guess_first_covers_the_table_until_a_guess(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.check("#guessing")
    page.click("#preset-vwn_bundle")
    until(page, WHOLE)
    page.wait_for_timeout(200)
    assert not page.locator("#differs-body table").is_visible()
    assert page.locator("#take").is_disabled()
    for asked in ("returned_independent", "adults_all_three", "weeks_without_stable_shelter"):
        page.check(f'input[name="guess-{asked}"][value="more"]')
        page.click("#back")  # a step forgets no pick
        page.wait_for_timeout(100)
    page.click(".guess button")
    page.wait_for_timeout(200)
    assert page.locator("#differs-body table").is_visible()
    assert "you said more" in page.inner_text(".guess")
