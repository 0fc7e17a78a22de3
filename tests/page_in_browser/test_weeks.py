"""Weeks: play, scrub and step never wait; both worlds hold the same persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
PRESET = "#c=package:vwn_bundle@2012-01-02&t=places"
SUMS = "app.{}.states[0].map((_, w) => app.{}.states.reduce((s, row) => s + row[w], 0))"


def test_play_scrub_step_and_reset_move_the_week(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    last = state(page, "app.about.weeks") - 1
    assert state(page, "app.week") == last
    assert page.inner_text("#play") == "Play"  # and not "again" before anything has played
    page.click("#restart")
    until(page, "app.week === 0")
    page.click("#forth")
    page.click("#forth")
    page.click("#back")
    until(page, "app.week === 1")
    page.click("#play")
    until(page, "app.week > 20", 10)
    page.click("#play")
    stopped = state(page, "app.week")
    page.wait_for_timeout(300)
    assert state(page, "app.week") == stopped
    page.fill("#scrub", "200")
    until(page, "app.week === 200")
    assert "Nov 2014" in page.inner_text("#date")
    box = page.locator("#was .areas svg").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    until(page, "app.week !== 200")


def test_play_at_the_end_begins_again_and_stops_at_the_end(visitor: Visitor, address: str) -> None:
    page = visitor.go(address)
    page.click("#play")
    until(page, "app.playing && app.week < 100", 5)
    page.fill("#scrub", str(state(page, "app.about.weeks") - 3))
    until(page, "!app.playing && app.week === app.about.weeks - 1", 5)


def test_both_worlds_hold_the_same_persons_every_week(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET)
    until(page, "app.world && app.world.weeks === app.about.weeks")
    was, becomes = (state(page, SUMS.replace("{}", world)) for world in ("base", "world"))
    assert was == becomes
    assert len(was) == state(page, "app.about.weeks")
    assert min(was) > 0


def test_weeks_before_the_day_of_the_change_are_equal(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET)
    until(page, "app.world && app.world.weeks === app.about.weeks")
    day = state(page, "app.world.start")
    assert 50 <= day <= 53
    for series in ("states", "places", "tallies"):
        same = state(
            page,
            f"app.base.{series}.every((row, at) => row.slice(0, {day}).join() === "
            f"app.world.{series}[at].slice(0, {day}).join())",
        )
        assert same
        differs = (
            f"app.base.{series}.some((row, at) => row.join() !== app.world.{series}[at].join())"
        )
        assert state(page, differs)


def test_a_ring_means_that_the_shown_life_differs(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET + "&w=40")
    until(page, "app.world")
    assert page.locator('#becomes .dots rect[stroke="#000"]').count() == 0
    page.fill("#scrub", "300")
    until(page, "app.week === 300")
    page.wait_for_timeout(200)
    rings = page.locator('#becomes .dots rect[stroke="#000"]').count()
    assert rings > 0
    assert rings == page.locator('#was .dots rect[stroke="#000"]').count()
    page.click("#undo-all")
    until(page, "!app.world")
    page.wait_for_timeout(200)
    assert page.locator('#becomes .dots rect[stroke="#000"]').count() == 0


def test_differences_are_of_one_week_while_weeks_still_come(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#c=lever:hrt_open=false@2012-01-02")
    until(page, "app.world && app.world.weeks > app.world.start")
    for _ in range(5):
        both = page.evaluate(
            """async () => {
              const { app, shown } = await import('/static/store.js');
              const { differRows, tallyAt } = await import('/static/differs.js');
              const week = shown();
              const row = differRows().find((each) => each.id === 'weeks_held');
              return [week < app.world.weeks, row.was === tallyAt(app.base, 'weeks_held', week),
                      row.becomes === tallyAt(app.world, 'weeks_held', week)];
            }"""
        )
        assert both == [True, True, True]
        page.wait_for_timeout(100)


def test_the_first_difference_is_marked_where_the_stories_part(
    visitor: Visitor, address: str
) -> None:
    page = visitor.go(address + PRESET)
    until(page, "app.world")
    page.click("#differing")
    again = 0
    for _ in range(6):
        page.wait_for_selector("dialog[open] .lives li")
        lists = page.locator("dialog[open] .lives ol").all()
        marked = [each.locator("li.first").all_inner_texts() for each in lists]
        assert any(marked)
        plain = [{text.replace("First difference: ", "") for text in each} for each in marked]
        for own, other in ((plain[0], lists[1]), (plain[1], lists[0])):
            assert own.isdisjoint(other.locator("li").all_inner_texts())
        again += page.locator("dialog[open] li.first ~ li:not(.apart)").count()
        page.locator("dialog[open] .row button").nth(2).click()
        page.wait_for_timeout(100)
    assert again > 0  # what both worlds tell later is not marked
    alone = """async () => (await import('/static/runs.js')).unmatched(
      [[1, 'a'], [2, 'b'], [2, 'b'], [3, 'c']], [[1, 'a'], [2, 'x'], [2, 'b'], [3, 'c']])"""
    assert page.evaluate(alone) == [[2, "b"]]


def test_a_household_that_does_not_enter_is_not_in_that_world(
    visitor: Visitor, address: str
) -> None:
    page = visitor.go(address + PRESET)
    until(page, "app.world")
    page.evaluate(
        """async () => {
          const { app, changed } = await import('/static/store.js');
          const { keys } = await import('/static/runs.js');
          app.changes = [...app.changes, { lever: 'inflow_size', value: 0.5, from: '2012-01-02' }];
          app.world.households.delete(keys().at(-1));
          app.world.edges.clear();
          changed('words', 'run', 'choice');
        }"""
    )
    page.wait_for_timeout(200)
    assert page.inner_text("#others") == "not the same people"
    assert "no longer hold the same people" in page.inner_text("#changed")
    assert "how many people" in page.inner_text("#sure")
    assert page.locator('#becomes .dots [stroke-dasharray="1.5 1.5"]').count() == 1
    page.focus("#becomes .dots svg")
    page.keyboard.press("End")
    chosen = page.locator('#becomes .dots [aria-selected="true"]')
    assert "not in this world" in (chosen.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    assert "not in this world" in page.inner_text("dialog .lives")


def test_an_interval_is_of_a_week_after_the_change(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET + "&w=55")
    until(page, "app.world")
    page.wait_for_timeout(200)
    said = page.inner_text("#sure")  # the first sample comes later
    assert "One draw of chance" in said
    assert "begins in the week of 26 Mar 2012" in said
    page.fill("#scrub", "70")
    until(page, "app.week === 70")
    page.wait_for_timeout(200)
    assert "26 Mar 2012" in page.inner_text("#sure")


def test_ties_last_to_the_end_of_their_last_week(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET.replace("places", "ties"))
    until(page, "app.world")
    start = state(page, "app.world.start")
    near = "app.{}.neighbourhood.ties"
    held = "{}.filter(([,,, from, to]) => from <= {} && (to < 0 || to >= {})).length"
    before, week = start - 1, state(page, f"{near.format('base')}.find((tie) => tie[4] > 9)[4]")
    for each in (before, week):
        page.fill("#scrub", str(each))
        until(page, f"app.week === {each}")
        page.wait_for_timeout(200)
        drawn = page.locator("#panel .first-world svg line").count()
        assert drawn == state(page, held.format(near.format("base"), each, each))
    page.fill("#scrub", str(before))
    until(page, f"app.week === {before}")
    page.wait_for_timeout(200)
    counts = [
        page.locator(f"#panel .{each}-world svg line").count() for each in ("first", "second")
    ]
    assert counts[0] == counts[1] > 0
