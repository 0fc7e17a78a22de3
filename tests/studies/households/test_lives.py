"""Three households in the model's own world: lives differ only where a cause does."""

from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.fork import fork
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.phases.hear import HEARD
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents import traits

from studies.households.drawn_lives import FIRST
from studies.households.fates import fate, first_difference
from studies.households.lives import (
    CHANGE_DAY,
    CHANGE_WEEK,
    OF_CHILDREN,
    SCALE,
    THREE,
    Listening,
    live,
)
from studies.households.weighed import DAY, WEEK

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel as Model


def test_members_are_put_in_whole_with_what_a_life_needs() -> None:
    found = THREE["family"].columns()
    assert traits.unpack(found["traits"], "minor").tolist() == [0, 0, 1, 1]
    assert {"family", "minor"}.isdisjoint(found)
    assert len(found["person"]) == 4  # no neighbours: the world has its own
    for name, value in OF_CHILDREN.items():
        assert found[name][2:].tolist() == [value, value]
        assert found[name][:2].tolist() != [value, value]
    assert found["decision_week"].tolist() == found["spell_since"].tolist()
    assert set(THREE["she"].columns()["closed_week"]) == {WEEK - 110}
    assert set(found["closed_week"]) == {-1}
    assert THREE["family"].adults.tolist() == found["person"][:2].tolist()


@pytest.mark.parametrize("who", THREE)
def test_the_other_policy_is_one_lever_from_its_day_on(who: str) -> None:
    scenario = THREE[who].scenario()
    assert scenario.name == THREE[who].lever
    assert {entry.start for entry in scenario.entries} == {CHANGE_DAY}
    assert {entry.target for entry in scenario.entries} <= set(registry())


def test_what_news_moves_is_noted_of_the_persons_asked_about() -> None:
    first, second = HEARD[:2]
    people = SimpleNamespace(
        find=lambda persons: np.array([{7: 0, 9: 1}.get(each, -1) for each in persons.tolist()]),
        **{name: np.array([0.25, 0.5, 0.75]) for name in HEARD},
    )
    world: Any = SimpleNamespace(people=people, week=12)

    def hear(_world: object) -> None:
        getattr(people, first)[:] = [0.25, 0.625, 0.0]
        getattr(people, second)[0] = 0.5

    listening = Listening(hear, np.array([7, 8, 9]))
    listening(world)
    assert listening.notes == [(12, 9, first, 0.5, 0.625), (12, 7, second, 0.25, 0.5)]


@pytest.mark.slow
def test_lives_are_equal_until_the_other_policy_holds(begun: Model) -> None:
    assert begun.week == WEEK
    assert begun.week + FIRST - 1 == CHANGE_WEEK
    record = live(deepcopy(begun), *THREE, weeks=FIRST - 1)
    for who, lived in THREE.items():
        other = live(fork(begun, lived.scenario(), registry()), who, weeks=FIRST - 1)[who]
        assert first_difference((record[who], other), other.states) is None
        assert record[who].events.equals(other.events)
        assert record[who].heard.equals(other.heard)
        assert not np.isnan(other.states["place"]).any()
    assert begun.week == WEEK  # the copies have lived on, and it has not
    family = fate(record["family"])
    assert (family.end, family.adults, family.unsheltered) == ("still here, file open", {}, 0)


@pytest.mark.slow
def test_a_policy_that_changes_nothing_gives_the_same_life(begun: Model) -> None:
    idle = Scenario("idle", entries=(Override("vbl_weeks", "multiply", 1.0, None, "test"),))
    worlds = deepcopy(begun), fork(begun, idle, registry())
    record, other = (live(each, "she", weeks=10)["she"] for each in worlds)
    assert first_difference((record, other), record.states) is None


@pytest.mark.slow
def test_the_world_under_another_policy_is_that_of_a_run_of_the_scenario(
    begun: Model, seed: int
) -> None:
    """The copy that takes another policy lives as a run that had the scenario from the start."""
    scenario = THREE["he"].scenario()
    lived = fork(begun, scenario, registry())
    whole = ReturnModel(
        scenario,
        rng=seed,
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
