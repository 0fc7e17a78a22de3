"""Changing: each kind of lever, presets, readings, days; visitors stay apart; failing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
WHOLE = "app.world && app.world.weeks === app.about.weeks"


def only(page: Page) -> dict[str, object]:
    until(page, "app.changes.length === 1")
    found: dict[str, object] = state(page, "app.changes[0]")
    return found


def test_a_preset_is_there_at_once_with_its_intervals(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.click("#preset-government_ladder")
    until(page, WHOLE, 5)
    assert only(page) == {"package": "government_ladder", "from": "2012-01-02"}
    page.wait_for_timeout(200)
    assert "10 draws" in page.inner_text("#sure")
    assert page.locator("#differs-body small", has_text=" to ").count() > 15
    page.click("#preset-government_ladder")
    until(page, "!app.changes.length && !app.world")


def test_a_graded_lever_runs_and_streams_weeks(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.click("#tab-why")
    page.focus("#top-detention")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    change = only(page)
    assert change["lever"] == "detention"
    until(page, "app.world && app.world.weeks > app.world.start", 60)
    mark = "window.{0} = document.getElementById('{1}')"
    page.evaluate(mark.format("groups", "group"))
    page.evaluate(mark.format("slider", "top-counsellors"))
    page.fill("#scrub", "30")  # the page plays while weeks come
    until(page, "app.week === 30")
    until(page, WHOLE, 120)
    until(page, "Object.keys(app.draws.world).length > 1", 120)
    page.wait_for_timeout(200)
    # what somebody has in hand is not replaced while weeks and draws come
    assert page.evaluate("groups.isConnected && slider.isConnected")
    assert "draws" in page.inner_text("#sure")
    assert page.inner_text("#changed").startswith("What you changed")
    page.locator("#changed li button").click()
    until(page, "!app.changes.length && !app.world")


def test_a_lever_of_settings_is_chosen_from_a_list(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.select_option("#top-stacking_rule", '"either_or"')
    assert only(page) == {"lever": "stacking_rule", "value": "either_or", "from": "2012-01-02"}
    until(page, "app.world", 60)
    page.select_option("#top-stacking_rule", '"stacked"')  # as it is
    until(page, "!app.changes.length")
    page.select_option("#top-shelter_after_term", '"guided"')
    assert only(page)["value"] == "guided"
    page.wait_for_timeout(200)
    page.select_option("#top-shelter_after_term", "")  # as on record: no single setting is that
    until(page, "!app.changes.length")


def test_a_flag_is_found_by_its_name(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.click("#all-levers > summary")
    page.fill("#search", "HRT")
    assert page.locator("#levers .lever").count() < 10
    page.select_option("#all-hrt_open", "false")
    assert only(page) == {"lever": "hrt_open", "value": False, "from": "2012-01-02"}
    until(page, "app.world", 60)


def test_a_typed_number_outside_the_evidence_says_so(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    high = state(page, "app.catalogue.levers.find((each) => each.id === 'counsellors').high")
    page.fill("#top-counsellors-typed", str(high + 1))
    page.keyboard.press("Tab")
    assert only(page)["value"] == high + 1
    assert "Outside the range of the evidence" in page.inner_text("#changed")


def test_a_reading_of_a_contested_switch_is_a_card(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.click("#contested > summary")
    cards = page.locator('[data-switch="assistance"] button')
    assert cards.count() >= 3
    assert cards.filter(has_text="(as it is)").count() == 1
    page.click('[data-switch="assistance"] [data-value=\'"none"\']')
    change = only(page)
    assert (change["switch"], change["value"]) == ("assistance", "none")
    until(page, "app.world", 60)
    pressed = page.locator('[data-switch="assistance"] [aria-pressed="true"]')
    assert pressed.get_attribute("data-value") == '"none"'


def test_a_change_can_begin_later_and_worlds_are_equal_before(
    visitor: Visitor, address: str
) -> None:
    page = visitor.go(address + "#c=lever:cash_amount=3@2012-01-02")
    page.fill("#from-0", "2015-06-01")
    page.keyboard.press("Enter")
    until(page, "app.changes[0].from === '2015-06-01'")
    until(page, WHOLE, 120)
    start = state(page, "app.world.start")
    assert 226 <= start <= 231
    assert state(
        page,
        f"app.base.tallies.every((row, at) => row.slice(0, {start}).join() === "
        f"app.world.tallies[at].slice(0, {start}).join())",
    )
    early = f"JSON.stringify(of[name].filter(([week]) => week < {start}))"
    lives = (
        "[...app.world.households].every(([key, own]) => ['states', 'places', 'story'].every("
        f"(name) => {early.replace('of', 'own')} === "
        f"JSON.stringify((app.base.households.get(key)?.[name] || [])"
        f".filter(([week]) => week < {start}))))"
    )
    assert state(page, lives)
    once = (
        "[...app.world.households.values()].every((own) => ['states', 'places'].every((name) => "
        "own[name].every(([week], at) => !at || own[name][at - 1][0] < week)))"
    )
    assert state(page, once)  # what happens in the week of the change is told once


def test_two_visitors_stay_apart(visitor: Visitor, another: Visitor, address: str) -> None:
    one, other = visitor.go(address), another.go(address)
    one.click("#preset-policy_2011")
    other.click("#preset-vwn_bundle")
    until(one, WHOLE)
    until(other, WHOLE)
    assert only(one)["package"] == "policy_2011"
    assert only(other)["package"] == "vwn_bundle"
    assert one.inner_text("#differs-body") != other.inner_text("#differs-body")
    assert another.unexpected() == []


def test_a_run_that_the_model_refuses_shows_its_message(visitor: Visitor, address: str) -> None:
    visitor.expected = ["400"]
    page = visitor.go(address + "#c=lever:no_such_lever=1@2012-01-02")
    page.wait_for_selector("#notice:not([hidden])")
    assert "no_such_lever" in page.inner_text("#notice")
    assert page.locator("#was .areas path").count() > 0  # the baseline still plays
    page.click("#preset-policy_2011")
    until(page, WHOLE)
    page.wait_for_timeout(200)
    assert page.locator("#notice").is_hidden()
    # a request that was cancelled, yet came in later, stops this one once: it is asked again
    once = iter(['{"error":["Replaced."],"kind":"replaced"}\n'])

    def late(route: Route) -> None:
        line = next(once, "")
        route.fulfill(body=line) if line else route.fallback()

    page.route("**/run", late)
    page.select_option("#top-stacking_rule", '"capped_total"')
    until(page, "app.world && app.world.weeks > app.world.start")
    assert next(once, None) is None
    # a run that stops is told in the language of the page
    line = '{"error":["In English."],"kind":"failed","week":26}\n'
    page.route("**/run", lambda route: route.fulfill(body=line))
    page.click("#language")
    page.wait_for_selector("html[lang=nl]", state="attached")
    page.select_option("#top-stacking_rule", '"either_or"')
    page.wait_for_selector("#notice:not([hidden])")
    said = page.inner_text("#notice")
    assert "liep vast in de week van 4 jul 2011" in said
    assert "English" not in said


def test_another_draw_has_other_households(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    before = state(page, "[...app.base.households.keys()].length")
    first = state(page, "app.base.tallies[0]")
    page.click("#another")
    until(page, "app.base.seed === 2 && app.base.whole", 120)
    assert state(page, "app.base.weeks") == state(page, "app.about.weeks")
    assert state(page, "app.base.tallies[0]") != first
    assert before > 300
