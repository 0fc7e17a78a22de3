"""Pixels agree with the data behind them: labels prove nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Page

    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
PRESET = "#c=package:government_ladder@2012-01-02"
LOOKS = "async () => (await import('/static/looks.js')).STATE_COLOURS"
MARGINS = "async () => (await import('/static/stack.js')).MARGIN"


def picture(page: Page, box: str) -> NDArray[np.int64]:
    return np.asarray(
        Image.open(io.BytesIO(page.locator(box).screenshot())).convert("RGB"), dtype=np.int64
    )


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


@pytest.mark.parametrize(("box", "run"), [("#was", "base"), ("#becomes", "world")])
def test_areas_are_as_high_as_their_counts(
    visitor: Visitor, address: str, box: str, run: str
) -> None:
    page = visitor.go(address + PRESET)
    until(page, "app.world && app.world.weeks === app.about.weeks")
    page.wait_for_timeout(300)
    pixels = picture(page, f"{box} .areas svg")
    margin = page.evaluate(MARGINS)
    colours = np.array([rgb(each) for each in page.evaluate(LOOKS)])
    height, width, _ = pixels.shape
    weeks = state(page, "app.about.weeks")
    scale = state(page, "app.about.scale")
    top = float(page.locator(f"{box} .areas svg text").nth(2).text_content().replace(",", ""))  # type: ignore[union-attr] # it is there
    unit = (height - margin["top"] - margin["bottom"]) / top
    for week in (60, 150, 250, 340):
        x = round(margin["left"] + week / (weeks - 1) * (width - margin["left"] - margin["right"]))
        column = pixels[margin["top"] : height - margin["bottom"], x]
        nearest = np.abs(column[:, None, :] - colours).sum(axis=2).argmin(axis=1)
        close = np.abs(column[:, None, :] - colours).sum(axis=2).min(axis=1) < 40
        counts = state(page, f"app.{run}.states.map((row) => row[{week}])")
        blank = int(np.flatnonzero((column < 150).all(axis=1))[0])  # the highest area is dark
        assert abs(len(column) - blank - sum(counts) * scale * unit) <= 1.5, week
        for series, count in enumerate(counts):
            high = count * scale * unit
            seen = int((close & (nearest == series)).sum())
            assert abs(seen - high) <= 3, (week, series, seen, high)  # edges are drawn over areas


def test_dots_have_the_colour_of_their_state(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + PRESET + "&w=250")
    until(page, "app.world")
    page.wait_for_timeout(400)
    pixels = picture(page, "#becomes .dots svg")
    colours = page.evaluate(LOOKS)
    found = page.evaluate(
        """async () => {
          const { app } = await import('/static/store.js');
          const { keys } = await import('/static/runs.js');
          const box = document.querySelector('#becomes .dots svg').getBoundingClientRect();
          return keys().map((key, at) => {
            const rect = document.getElementById(`becomes-${at}`).getBoundingClientRect();
            const middle = [rect.x - box.x + rect.width / 2, rect.y - box.y + rect.height / 2];
            return [app.world.stateAt(key, app.week), ...middle];
          });
        }"""
    )
    there = [each for each in found if each[0] >= 0]
    assert len(there) > 200
    for code, x, y in there:
        seen = pixels[int(y), int(x)]
        assert np.abs(seen - rgb(colours[code])).sum() < 60, (code, seen)


def test_a_week_that_is_still_to_come_is_pale(visitor: Visitor, address: str) -> None:
    page = visitor.go(address + "#w=100")
    page.wait_for_timeout(300)
    pixels = picture(page, "#was .areas svg")
    height, width, _ = pixels.shape
    past, future = pixels[height - 25, width // 4], pixels[height - 25, width * 3 // 4]
    assert future.sum() > past.sum() + 60
