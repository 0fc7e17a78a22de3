"""Reintegration: skills, help and plans of persons who return, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.returns.reintegration import (
    ON_WHICH_PLANS_HANG,
    came_of_plans,
    grant,
    had_help,
    skills_at_return,
    trained,
)
from terugkeer.agents.codes import Help, Organisation, Plan

from tests.abm.world.clients import DANGEROUS, SAFE, WEEK, alone, everybody, world_of
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World

NGO, VWN = Organisation.BRIDGE_TO_BETTER, Organisation.VWN
TRAINS = change("skills_of_session", alone(NGO, 0.2))
THERE = change("training_place", "at_origin")
COURSE = change("skills_of_course_at_origin", 0.4)
YES = np.ones(4, dtype=np.bool_)
GROWN = {"birth_week": WEEK - 2000}
MET_NGO = 1 << NGO


def test_whoever_met_a_training_organisation_was_trained_here() -> None:
    world = world_of(
        TRAINS, met=[MET_NGO, 1 << VWN, 0, MET_NGO | 1 << VWN], helper=[VWN, NGO, 0, 0]
    )
    assert trained(world, everybody(world), YES).tolist() == [True, False, False, True]
    np.testing.assert_allclose(skills_at_return(world, everybody(world), YES), 0.0)
    world.now.update({"skills_of_session": alone(NGO, 0.0)})
    assert not trained(world, everybody(world), YES).any()


def test_at_origin_clients_who_return_independently_are_trained() -> None:
    columns = {"met": MET_NGO, "helper": [NGO, NGO, VWN, 0], "skills": 0.5} | GROWN
    world = world_of(TRAINS, THERE, COURSE, **columns)
    rows = everybody(world)
    independent = np.array([True, False, True, True])
    assert trained(world, rows, independent).tolist() == [True, False, False, False]
    expected = [0.7, 0.5, 0.5, 0.5]  # 0.5 + 0.4 of what lacks
    np.testing.assert_allclose(skills_at_return(world, rows, independent), expected)


def test_help_is_marked_for_independent_returns_alone() -> None:
    world = world_of(TRAINS, met=MET_NGO, cash_eur=[500.0, 0.0, 500.0, 0.0], in_kind_eur=900.0)
    rows = everybody(world)
    given = grant(world, rows, np.array([True, True, False, True]))
    assert given.cash_eur.tolist() == [500.0, 0.0, 0.0, 0.0]
    independent = np.array([True, True, True, False])
    had = had_help(world, rows, independent, given, np.array([1.0, 0.0, 1.0, 1.0]))
    assert had[:, Help.TRAINING].tolist() == [True, True, True, False]
    assert had[:, Help.AFTERCARE].tolist() == [True, False, True, False]
    assert had[:, Help.CASH].tolist() == [True, False, False, False]
    assert had[:, Help.IN_KIND].tolist() == [True, True, False, False]


def plans_of(
    world: World,
    aftercare: float = 0.0,
    weeks: tuple[int, ...] = (26, 52),
    **yes: NDArray[np.bool_],
) -> NDArray[np.uint8]:
    """Return what came of plans at the follow-ups, one row for each."""
    rows = everybody(world)
    independent = yes.get("independent", np.ones(len(rows), dtype=np.bool_))
    care = np.full((len(weeks), len(rows)), aftercare)
    given = grant(world, rows, np.ones(len(rows), dtype=np.bool_))
    found = came_of_plans(world, (rows, independent), given, care, np.array(weeks))
    return found.reshape(len(weeks), -1)


def test_there_is_an_effect_for_all_on_which_plans_hang() -> None:
    assert len(registry()["plan_effects"].value or ()) == len(ON_WHICH_PLANS_HANG)  # type: ignore[arg-type] # a list


def test_nothing_comes_of_no_plan_and_of_a_forced_return() -> None:
    world = world_of(planned=[True, False, True, False])
    found = plans_of(world, independent=np.array([True, True, False, False]))
    assert (found[:, 1:] == Plan.NONE).all()
    assert (found[:, 0] > Plan.MADE).all()


@pytest.mark.parametrize(
    ("place", "column"),
    [
        (0, {"cash_eur": 1500.0, "in_kind_eur": 500.0}),  # 2,000 of 4,000: half
        (1, {"skills": 0.5}),
        (2, {"wanted_at_home": True}),
        (3, {"country": SAFE}),
    ],
)
def test_each_thing_on_which_plans_hang_has_its_effect_alone(
    place: int, column: dict[str, object]
) -> None:
    """The chance to carry out a plan a year after return, by many households."""
    n, effects = 4000, np.zeros(len(ON_WHICH_PLANS_HANG))
    effects[place] = 2.0
    values = {"plan_effects": tuple(effects), "plan_half_eur": 2000.0}
    there = {0: 0.5, 1: 0.5, 2: 1.0, 3: 0.75}[place]  # safety 0.8 and livelihood 0.7
    world = world_of(n=n, planned=True, **column)
    world.now.update(values)
    odds = np.exp(2.0 * (there - 0.5) + np.log(52 / 52.1775) / np.log(2.0))
    expected = odds / (odds + 3.0)  # a quarter has odds of 1 to 3
    found = plans_of(world, weeks=(52,))[0]
    assert np.mean(found == Plan.CARRIED_OUT) == pytest.approx(expected, abs=0.03)


def test_aftercare_means_skill_and_a_better_country_never_set_a_plan_back() -> None:
    n = 500
    poor = plans_of(world_of(n=n, planned=True, country=DANGEROUS))
    rich = plans_of(
        world_of(
            n=n, planned=True, country=SAFE, skills=1.0, wanted_at_home=True, in_kind_eur=3000.0
        ),
        aftercare=1.0,
    )
    assert (rich <= poor).all()
    assert (rich < poor).any()
    assert (poor[1] <= poor[0]).all(), "time only helps"


def test_a_family_plans_together_with_the_mean_of_its_adults() -> None:
    births = WEEK - np.tile([2000, 2000, 500], 300)
    skills = np.tile([1.0, 0.0, 0.0], 300)
    mixed = world_of(n=300, size=3, planned=True, birth_week=births, skills=skills)
    half = world_of(n=300, size=3, planned=True, birth_week=births, skills=0.5)
    found = plans_of(mixed)
    assert (found[:, ::3] == found[:, 1::3]).all()
    assert (found[:, ::3] == found[:, 2::3]).all()
    assert np.array_equal(found, plans_of(half))
