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
TALLY = "app.base.tallies[app.about.tallies.indexOf('ID')][195] * app.about.scale"
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
    until(page, "document.querySelector('#top-counsellors-more').open")
    reach("#changed li button")
    page.keyboard.press("Enter")
    until(page, "app.changes.length === 1")
    until(page, "document.activeElement !== document.body")
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
    until(page, "document.activeElement.id === 'tab-flow'")
    reach("#scrub")
    before = state(page, "app.week")
    page.keyboard.press("ArrowLeft")
    until(page, f"app.week === {before - 1}")


def test_a_table_stands_behind_every_chart(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=202")
    page.click("#as-table")
    rows = page.locator("dialog[open] tbody tr")
    assert rows.count() == 12  # freedom and harm stand below the states
    counts = state(page, "app.base.states.map((row) => row[202] * app.about.scale)")
    cells = [int(rows.nth(at).locator("td").first.inner_text().replace(",", "")) for at in range(9)]
    assert cells == counts
    page.click("#dialog-close")
    for tab, least, week in (
        ("places", 11, "17 Nov 2014"),
        ("flow", 20, "29 Sept 2014"),  # counted every thirteen weeks
        ("ties", 80, "17 Nov 2014"),
        ("why", 90, "3 Nov 2014"),  # and every fourth
    ):
        page.click(f"#tab-{tab}")
        page.locator("#panel .bar button", has_text="table").click()
        page.wait_for_selector("dialog[open] table")
        assert rows.count() >= least
        assert f"Week of {week}" in page.inner_text("dialog[open] p")
        label = page.locator("#panel .first-world svg").get_attribute("aria-label") or ""
        assert week in label
        if tab == "flow":  # freedom and harm stand below, of the same week
            told = [
                int(each.locator("td").nth(2).inner_text().replace(",", "")) for each in rows.all()
            ]
            assert sum(told[:-3]) == state(
                page, "app.base.states.reduce((sum, row) => sum + row[195], 0) * app.about.scale"
            )
            names = ["adults_all_three", "weeks_without_stable_shelter", "out_of_sight"]
            assert told[-3:] == [state(page, TALLY.replace("ID", name)) for name in names]
        page.click("#dialog-close")


def test_charts_have_names_that_tell_what_they_show(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=200")
    for svg in page.locator("svg[role=img]").all():
        assert len(svg.get_attribute("aria-label") or "") > 30
    label = page.locator("#was .areas svg").get_attribute("aria-label") or ""
    assert "Nov 2014" in label
    assert "weeks without stable shelter" in label  # harm beside departures
    assert "with all three" in label


def test_guess_first_covers_the_table_until_a_guess(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.check("#guessing")
    page.click("#preset-fewer_case_managers")
    until(page, WHOLE)
    page.wait_for_timeout(200)
    asked_words = page.inner_text(".guess")
    assert "adults who returned independently … with all three" in asked_words
    assert "Informed, free of detention" in asked_words
    assert not page.locator("#differs-body table").is_visible()
    assert page.locator("#take").is_disabled()
    for asked in ("returned_independent", "adults_all_three", "weeks_without_stable_shelter"):
        page.check(f'input[name="guess-{asked}"][value="more"]')
        page.click("#back")  # a step forgets no pick
        page.wait_for_timeout(100)
    page.click(".guess button")
    page.wait_for_timeout(200)
    assert page.locator("#differs-body table").is_visible()
    told = page.inner_text(".guess")
    assert "you said more. Over 10 draws up to" in told
    rows = "(await import('/static/differs.js')).differRows()"
    held = page.evaluate(
        f"async () => {rows}.filter((row) => ['returned_independent', 'adults_all_three',"
        " 'weeks_without_stable_shelter'].includes(row.id)"
        " && row.interval.low <= 0 && row.interval.high >= 0).length"
    )
    assert held > 0  # the lesson warns of chance with this preset
    assert told.count("about the same (may be chance)") == held
