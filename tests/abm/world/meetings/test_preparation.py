"""Training and plans in sessions: by hand, whole households, and nothing at a dose of nought."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.meetings.preparation import plan_with_grant
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.agents.codes import Organisation, Scheme, Stage

from tests.abm.world.clients import WEEK, alone, entries, everybody, session, world_of
from tests.abm.world.small_world import change

NGO, VWN = Organisation.BRIDGE_TO_BETTER, Organisation.VWN
TRAINS = change("skills_of_session", alone(NGO, 0.2))
GROWN = WEEK - 2000  # week of birth
ALWAYS = change("plan_chance", entries(NGO, 1.0))


def test_a_session_goes_a_share_of_the_way_to_full_skills() -> None:
    skills = [0.0, 0.5, 1.0, 0.25]
    trained = session(NGO, TRAINS, skills=skills, birth_week=GROWN).people.skills
    np.testing.assert_allclose(trained, [0.2, 0.6, 1.0, 0.4], rtol=1e-6)
    np.testing.assert_allclose(
        session(VWN, TRAINS, skills=skills, birth_week=GROWN).people.skills, skills
    )


def test_two_sessions_leave_64_of_100_parts_of_what_was_lacking() -> None:
    world = session(NGO, TRAINS, skills=0.0, birth_week=GROWN)
    hold_sessions(world, everybody(world))
    np.testing.assert_allclose(world.people.skills, 0.36, rtol=1e-6)


def test_children_are_not_trained() -> None:
    births = np.array([GROWN, WEEK - 500] * 2)
    people = session(NGO, TRAINS, n=2, size=2, skills=0.0, birth_week=births).people
    np.testing.assert_allclose(people.skills, [0.2, 0.0] * 2, rtol=1e-6)


def test_training_at_origin_leaves_skills_here_as_they_are() -> None:
    there = change("training_place", "at_origin")
    np.testing.assert_allclose(
        session(NGO, TRAINS, there, skills=0.3, birth_week=GROWN).people.skills, 0.3
    )


@pytest.mark.parametrize(
    ("stage", "planned"),
    [
        (Stage.NOT_CONSIDERING, False),
        (Stage.CONSIDERING, False),
        (Stage.INTENDING, True),
        (Stage.PREPARING, True),
    ],
)
def test_those_who_intend_to_return_plan_and_a_plan_stays(stage: Stage, planned: bool) -> None:
    world = session(NGO, ALWAYS, stage=stage)
    assert (world.people.planned == planned).all()
    world.now.update({"plan_chance": entries(NGO, 0.0)})
    world.people.stage[:] = Stage.NOT_CONSIDERING
    hold_sessions(world, everybody(world))
    assert (world.people.planned == planned).all()


def test_households_plan_together_as_often_as_the_organisation_brings_them_to_it() -> None:
    often = change("plan_chance", entries(NGO, 0.3))
    people = session(NGO, often, n=2000, size=2, stage=Stage.PREPARING).people
    assert np.array_equal(people.planned[::2], people.planned[1::2])
    assert people.planned.mean() == pytest.approx(0.3, abs=0.03)
    assert not session(VWN, often, stage=Stage.PREPARING).people.planned.any()


def test_help_in_kind_comes_with_a_plan_and_cash_and_goods_for_families_do_not() -> None:
    schemes = [Scheme.IN_KIND, Scheme.PILOT, Scheme.HRT | Scheme.REAN, Scheme.FAMILIES]
    world = world_of(applied=[int(each) for each in schemes])
    world.now.update({"in_kind_asks_for_plan": False})
    plan_with_grant(world, everybody(world))
    assert not world.people.planned.any()
    world.now.update({"in_kind_asks_for_plan": True})
    plan_with_grant(world, everybody(world)[1:])
    assert world.people.planned.tolist() == [False, True, False, False]
    plan_with_grant(world, everybody(world))
    assert world.people.planned.tolist() == [True, True, False, False]
