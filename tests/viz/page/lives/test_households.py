"""Lives of households: who is shown, and that each list is what the model lived."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.persons.people import People
from terugkeer.agents.codes import Place
from terugkeer.viz.page.lives.households import Heads, Households, among, dots, everybody
from terugkeer.viz.page.lives.lived import Lived
from terugkeer.viz.page.lives.recording import Recording
from terugkeer.viz.page.lives.states import LEFT, PLACES, STATES, here, state_of
from terugkeer.viz.page.lives.weeks import FIRST

from tests.viz.page.small_worlds import SCALE, whole, worlds

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel

LIVED: Final = 60  # weeks
Read = dict[int, list[tuple[int | None, int | None]]]


def test_some_four_hundred_of_six_thousand_are_dots() -> None:
    numbers = np.arange(6000, dtype=np.int64) * 1_234_577
    assert 340 < dots(20.0)(numbers).sum() < 500
    fewer, more = dots(20.0)(numbers), dots(100.0)(numbers)
    assert not (fewer & ~more).any()
    assert dots(1e5)(numbers).all()
    assert dots(20.0)(numbers[::-1]).tolist() == fewer[::-1].tolist()


def test_among_are_those_that_are_named() -> None:
    numbers = np.array([1, 3, 4, 9, 10], dtype=np.int64)
    assert among([9, 3])(numbers).tolist() == [False, True, False, True, False]
    assert not among([])(numbers).any()
    assert everybody(numbers).all()


def test_heads_are_first_adults_who_are_here_also_after_rows_have_moved() -> None:
    people = People()
    people.add(
        {
            "person": np.array([16, 17, 32, 48, 64]),
            "household": np.array([1, 1, 2, 3, 4]),
            "place": np.array([Place.AZC, Place.AZC, Place.ORIGIN, Place.STREET, Place.VBL]),
        }
    )
    heads = Heads(among([1, 2, 3]))
    assert heads.here(people).tolist() == [0, 3]
    people.place[2] = Place.AZC
    assert heads.here(people).tolist() == [0, 2, 3]
    people.gone[:2] = True
    people.compact()
    assert heads.here(people).tolist() == [0, 1]
    people.add({"person": np.array([33]), "household": np.array([2]), "place": Place.AZC})
    people.add({"person": np.array([32]), "household": np.array([2]), "place": Place.AZC})
    assert heads.here(people).tolist() == [0, 1, 4]


@pytest.fixture(scope="module")
def lives() -> tuple[dict[str, dict[str, Any]], Read]:
    """Lives of all as noted, and what a look at the columns finds week by week."""
    model, lived = worlds()._spun_up(1).before(0)
    recording = Recording(model, lived, SCALE)
    seen: Read = {}
    for _ in range(LIVED):
        recording.live()
        people = model.people
        rows = here(people)
        rows = rows[people.person[rows] % MEMBERS == 0]
        states, week = state_of(people, rows).tolist(), model.week - FIRST - 1
        for row, state in zip(rows.tolist(), states, strict=True):
            known = seen.setdefault(int(people.household[row]), [(None, None)] * LIVED)
            known[week] = (state, PLACES.index(Place(people.place[row])))
    return recording._households.told(0, everybody), seen


def at(entries: list[list[int]], week: int) -> int | None:
    return next((value for since, value in reversed(entries) if since <= week), None)


def test_states_and_places_are_those_of_the_head(
    lives: tuple[dict[str, dict[str, Any]], Read],
) -> None:
    told, seen = lives
    assert len(seen) > 100
    for number, weeks in seen.items():
        life = told[str(number)]
        for week, (state, place) in enumerate(weeks):
            found = at(life["states"], week)
            if state is None:  # not yet here, or gone
                assert found is None or found < LEFT
            else:
                assert (found, at(life["places"], week)) == (state, place)


def test_lists_hold_changes_only(lives: tuple[dict[str, dict[str, Any]], Read]) -> None:
    for life in lives[0].values():
        for key in ("states", "places"):
            values = [value for _, value in life.get(key, [])]
            assert all(one != other for one, other in pairwise(values))


def test_what_is_known_of_a_household_when_it_comes(
    lives: tuple[dict[str, dict[str, Any]], Read],
) -> None:
    told = lives[0]
    there = [life for life in told.values() if life["entered"] == -1]
    come = [life for life in told.values() if life["entered"] >= 0]
    assert len(there) > 50
    assert len(come) > 50
    for life in there:
        assert life["states"][0][0] == 0
        assert not any(line[1] == "entered" for line in life.get("story", []))
    for life in come:
        first = life["story"][0]
        assert first == [life["entered"], "entered", life["route"]]
        assert life["states"][0][0] == life["entered"]
        assert life["children"] >= 0
        assert (life["children"] > 0) == (life["kind"] in {"one_parent", "two_parents"})
        assert life["adults"] == (2 if life["kind"] in {"couple", "two_parents"} else 1)
        assert (life["route"] == "asylum") <= (life["background"] == "asylum")


@pytest.mark.slow
def test_every_life_is_known_from_its_beginning_and_ends_with_the_departure() -> None:
    for life in whole()["households"].values():
        assert {"entered", "states", "kind"} <= life.keys()
        week, last = life["states"][-1]
        assert ("places" in life) == (life["states"][0][1] >= LEFT)  # who lived a week here
        if last < LEFT:
            assert {line[1] for line in life["story"] if line[0] > week} <= {"fared", "left_again"}
            assert "left" in {line[1] for line in life["story"] if line[0] == week}


@pytest.mark.slow
def test_a_story_tells_what_the_states_show() -> None:
    closing = {"returned_independent": "independent", "forced": "forced", "other": "other"}
    seen = 0
    for life in whole()["households"].values():
        week, last = life["states"][-1]
        if STATES[last] in closing:
            (left,) = (line for line in life["story"] if line[1] == "left")
            assert (left[0], left[3]) == (week, closing[STATES[last]])
            seen += 1
    assert seen > 50


def test_only_wanted_lives_are_noted_and_only_chosen_ones_told() -> None:
    models = [worlds()._spun_up(1).before(0)[0] for _ in range(2)]
    numbers = np.unique(models[0].people.household)
    some = among(numbers[::3].tolist())

    def noted(model: ReturnModel, wanted: Any) -> Households:  # noqa: ANN401 - whatever chooses
        households = Households(model.world, first=True, heads=Heads(wanted))
        lived = Lived()
        for week in range(9):
            size = lived.live(model)
            events = {name: model.log.column(name)[size:] for name in events_names}
            households.note(week, model.world, events, [])
        return households

    events_names = tuple(models[0].log._columns)
    of_all, of_some = noted(models[0], everybody), noted(models[1], some)
    assert of_all.told(0, some) == of_some.told(0, everybody)
    assert of_all.told(0, some).keys() < of_all.told(0, everybody).keys()
    later = of_all.told(5, everybody)
    weeks = [entry[0] for life in later.values() for entry in life.get("story", [])]
    assert min(weeks) == 5
    assert all(life.get("entered", 5) >= 5 for life in later.values())
