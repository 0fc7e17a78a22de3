"""The page on three lives: they are the model's own, and differ only where a cause does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario

from studies.households import walkthrough
from studies.households.drawn_lives import FIRST
from studies.households.fates import ENDS, Pair, fate, first_difference, pairs, shown
from studies.households.lives import (
    CHANGE_WEEK,
    SCALE,
    THREE,
    Life,
    beginning,
    live,
    two_lives,
    under,
)
from studies.households.story import weighs
from studies.households.walkthrough import filled, weeks
from studies.households.weighed import DAY, WEEK

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel as Model

PAGE: Final = walkthrough.PAGE.read_text(encoding="utf-8")
DUTCH: Final = walkthrough.DUTCH.read_text(encoding="utf-8")
NOTHING: Final = pd.DataFrame()
AGAIN: Final = f"run: {walkthrough.AGAIN}"


def block(name: str) -> str:
    """Return what stands between two markers of the page."""
    found = re.search(rf"<!-- numbers: {name} -->\n\n(.*?)\n\n<!-- end -->", PAGE, re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture(scope="module")
def begun() -> Model:
    return beginning(1)


def test_the_page_is_of_this_evidence_and_so_are_its_pictures() -> None:
    evidence = registry().evidence_hash()
    assert evidence[:12] in block("source"), AGAIN
    for who in THREE:
        with Image.open(walkthrough.IMAGES / f"walk_{who}.png") as picture:
            told = dict(picture.info)
        assert f"evidence={evidence}" in told["Source"], AGAIN
        assert "invented" in told["Description"]
        assert "uncalibrated" in told["Description"]


def test_one_life_told_on_the_page_is_the_model_s_own() -> None:
    told = block("he-weeks")
    seed = int(re.findall(r"seed (\d+)", told)[0])
    pair = pairs(seed, "he")["he"]
    assert weeks("he", pair) == told, AGAIN
    assert walkthrough.states("he", pair) == block("he-states"), AGAIN


def test_both_pages_say_first_that_people_are_invented_and_have_every_block_once() -> None:
    for page, words in ((PAGE, "These people are invented"), (DUTCH, "bestaan niet")):
        assert words in page.split("\n\n")[1] + page.split("\n\n")[2]
    named = re.findall(r"<!-- numbers: (.*?) -->", PAGE + DUTCH)
    assert len(named) == len(set(named)) == 2 + 3 * len(THREE)
    empty = dict.fromkeys(named, "nothing")
    assert filled(PAGE, empty).count("nothing\n\n<!-- end -->") == len(named) - 1


def test_no_departures_stand_without_harm_and_voluntariness() -> None:
    for who in THREE:
        rows = [
            line.split("|")[1].strip() for line in block(f"{who}-ends").splitlines() if "|" in line
        ]
        assert set(ENDS) < set(rows)
        assert "weeks without stable shelter, mean" in rows
        assert "of them all three" in rows
    assert "weken zonder vast onderdak" in DUTCH


@pytest.mark.parametrize("who", list(THREE))
def test_two_lives_are_equal_until_the_other_policy_holds(begun: Model, who: str) -> None:
    record, other = two_lives(begun, who, weeks=FIRST - 1)
    assert first_difference((record, other), record.states) is None
    assert record.events.equals(other.events)
    assert record.heard.equals(other.heard)
    assert begun.week + FIRST - 1 == CHANGE_WEEK
    assert not np.isnan(record.states["place"]).any()


def test_a_policy_that_changes_nothing_gives_the_same_life(begun: Model) -> None:
    idle = Scenario("idle", entries=(Override("vbl_weeks", "multiply", 1.0, None, "test"),))
    record, other = (live(under(begun, each), "she", weeks=20)["she"] for each in (None, idle))
    assert first_difference((record, other), record.states) is None


def test_the_world_under_another_policy_is_that_of_a_run_of_the_scenario(begun: Model) -> None:
    """The copy that takes another policy lives as a run that had the scenario from the start."""
    lived = under(begun, THREE["he"].scenario())
    whole = ReturnModel(
        THREE["he"].scenario(),
        rng=1,
        scale=SCALE,
        first_year=DAY.year,
        last_year=DAY.year + 2,
        registry=registry(),
    )
    while whole.week < WEEK:
        whole.step()
    for each in THREE.values():
        added = whole.people.add(each.columns())
        whole.world.entered += added.stop - added.start
    for _ in range(FIRST + 6):
        lived.step()
        whole.step()
    for name in ("person", "place", "stage", "hope", "threat"):
        assert np.array_equal(getattr(lived.people, name), getattr(whole.people, name))


def test_the_life_told_is_the_first_that_others_see_differ_however_it_ends() -> None:
    def life(place: float) -> Life:
        states = {name: np.full((3, 1), 1.0) for name in ("place", "stage", "application")}
        states |= {"helper": np.zeros((3, 1)), "spell_open": np.ones((3, 1))}
        states["hope"] = np.array([[0.1], [0.1], [place]])
        states["place"][2] = place
        return Life(states, NOTHING, NOTHING)

    alike, apart = (Pair(seed, (life(1.0), life(place))) for seed, place in ((1, 1.0), (2, 8.0)))
    assert alike.parts is None
    assert apart.parts == apart.parts_visibly == 2
    assert shown([alike, apart]) is apart
    assert shown([alike, alike]) is alike


def test_weeks_of_weighing_are_those_in_which_forces_move() -> None:
    states = {name: np.zeros((4, 2)) for name in ("push", "pull", "stay", "deter")}
    states["stay"][2:, 1] = 0.5
    states["push"][3] = np.nan
    assert weighs(Life(states, NOTHING, NOTHING)).tolist() == [False, False, True, False]


def test_a_life_without_an_end_is_still_here(begun: Model) -> None:
    ((_, life),) = live(under(begun, None), "family", weeks=2).items()
    found = fate(life)
    assert found.end == "still here, file open"
    assert found.adults == {}
    assert found.unsheltered == 0
