"""Households weigh their options, and choices become hazards, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.chance import Decision
from terugkeer.abm.world.decision.hazards import Cause, Hazards
from terugkeer.abm.world.decision.moderators import capacity
from terugkeer.abm.world.decision.weighing import Weights
from terugkeer.abm.world.phases.weigh import NO_CHOICE, Weigh, deliberate, deliberating
from terugkeer.agents.codes import (
    Application,
    LegalPhase,
    Option,
    Place,
    Scheme,
    Stage,
)

from tests.abm.world.adults import CHILD, WEEK, adults, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

ALWAYS: dict[str, object] = {"deliberation_rate": 1e9}
NEVER: dict[str, object] = {"deliberation_rate": 0.0}
TO_RETURN: dict[str, object] = {"constant_return_asylum": 1000.0, "disposition_sd": 0.0}
CONSIDERING, INTENDING, PREPARING = Stage.CONSIDERING, Stage.INTENDING, Stage.PREPARING


def deliberated(n: int, values: dict[str, object], **columns: object) -> World:
    world = adults(n, values=values, **columns)
    deliberate(world)
    return world


def test_a_draw_of_return_leads_a_stage_on_and_any_other_back() -> None:
    stages = [Stage.NOT_CONSIDERING, CONSIDERING, INTENDING, PREPARING]
    world = deliberated(4, ALWAYS | TO_RETURN, stage=stages, stage_since=WEEK - 5)
    assert world.people.stage.tolist() == [CONSIDERING, INTENDING, INTENDING, PREPARING]
    assert world.people.stage_since.tolist() == [WEEK, WEEK, WEEK - 5, WEEK - 5]
    assert world.people.choice.tolist() == [Option.RETURN] * 4
    wait = {**TO_RETURN, "constant_return_asylum": -1000.0}
    wait |= {"constant_out_of_sight": -1000.0, "constant_move_on": -1000.0}
    world = deliberated(4, ALWAYS | wait, stage=stages, choice=Option.RETURN)
    assert world.people.stage.tolist() == [Stage.NOT_CONSIDERING] * 4
    assert world.people.choice.tolist() == [Option.WAIT] * 4


def test_until_a_household_weighs_again_its_last_choice_stands() -> None:
    world = deliberated(1, NEVER | TO_RETURN, choice=Option.MOVE_ON, push=2.0, lean_hide=3.0)
    assert world.people.choice.tolist() == [Option.MOVE_ON]
    assert world.people.push.tolist() == [2.0]
    assert world.people.lean_hide.tolist() == [3.0]


def test_nobody_weighs_after_return_or_outside_the_model() -> None:
    phases = [LegalPhase.OBLIGED, LegalPhase.RETURNED, LegalPhase.OBLIGED]
    world = adults(3, values=ALWAYS, phase=phases, gone=[False, False, True])
    assert deliberating(world).tolist() == [0]


def test_a_household_weighs_as_often_as_the_mean_capacity_of_its_adults_allows() -> None:
    n, size, rate = 300, 3, 0.7
    draw = np.random.default_rng(4)
    world = adults(
        n,
        size,
        {"deliberation_rate": rate},
        birth_week=np.tile([WEEK - 2000, WEEK - 2000, CHILD], n),
        youngest_birth_week=CHILD,
        mental=draw.random(n * size),
        agency=draw.random(n * size),
    )
    everybody = np.arange(n * size)
    able = capacity(world, everybody).reshape(n, size)[:, :2].mean(axis=1)
    chance = 1.0 - np.exp(-rate * able)
    weighing = world.draw(Decision.DELIBERATION, everybody[::size]) < chance
    assert 20 < weighing.sum() < 280
    assert deliberating(world).tolist() == everybody[np.repeat(weighing, size)].tolist()


def test_forces_are_those_of_adults_and_leans_leave_constants_out() -> None:
    values = ALWAYS | {"constant_out_of_sight": 50.0, "constant_move_on": 70.0}
    world = adults(
        1,
        2,
        values,
        birth_week=[WEEK - 2000, CHILD],
        youngest_birth_week=CHILD,
        place=Place.AZC_DEPARTURE_TERM,
        believed_safety=0.5,
        ties_nl=0.5,
        mental=0.5,
    )
    deliberate(world)
    assert world.people.lean_hide.tolist() == world.people.lean_move_on.tolist() == [0.0, 0.0]
    world.weights = Weights(registry().factors())
    deliberate(world)
    forces = np.stack([getattr(world.people, name) for name in ("push", "pull", "stay", "deter")])
    assert (forces[:, 0] != 0.0).sum() >= 3
    assert not forces[:, 1].any()
    leans = np.stack([world.people.lean_hide, world.people.lean_move_on])
    assert (leans[:, 0] == leans[:, 1]).all()
    assert leans.any()
    assert np.abs(leans).max() < 40.0


def risk(
    cause: Cause, n: int = 1, values: dict[str, object] | None = None, **columns: object
) -> dict[int, float]:
    """Return the hazard of a cause by row, where the week brings no deliberation."""
    world = adults(n, values=NEVER | (values or {}), **columns)
    Weigh()(world)
    rows, hazard = world.hazards[cause]
    return dict(zip(rows.tolist(), hazard.tolist(), strict=True))


ACTS: dict[str, object] = {"choice_acted_on_hazard": 0.25}
HIDE, MOVE = {"choice": Option.OUT_OF_SIGHT}, {"choice": Option.MOVE_ON}


def test_a_choice_to_hide_acts_from_places_in_view() -> None:
    where = [Place.VBL, Place.AZC, Place.REPORTING_DUTY, Place.STREET, Place.DETENTION]
    found = risk(Cause.UNOBSERVED, 5, ACTS | {"hazard_not_found": 0.0}, place=where, **HIDE)
    assert {row: hazard for row, hazard in found.items() if hazard} == {0: 0.25, 1: 0.25, 2: 0.25}


def test_a_choice_to_move_on_acts_at_liberty() -> None:
    where = [Place.VBL, Place.STREET, Place.DETENTION, Place.CLOSED_FAMILY]
    assert risk(Cause.ONWARD, 4, ACTS, place=where, **MOVE) == {0: 0.25, 1: 0.25}
    assert risk(Cause.ONWARD, 1, ACTS, choice=Option.WAIT) == {}


LEAVES: dict[str, object] = {
    "departure_hazard_ready": 0.5,
    "preparation_weeks": 3,
    "application_patience_weeks": 8,
    "in_kind_weeks": 6,
    "unregistered_share": 0.0,
}
READY: dict[str, object] = {
    "stage": PREPARING,
    "stage_since": WEEK - 3,
    "document": True,
    "identified": True,
}
PENDING = {"application": Application.PENDING}
GRANTED = {"application": Application.GRANTED, "applied": Scheme.IN_KIND}


@pytest.mark.parametrize(
    ("changed", "leaves"),
    [
        ({}, True),
        ({"stage_since": WEEK - 2}, False),
        ({"stage": INTENDING}, False),
        ({"document": False}, False),
        ({"gone": True}, False),
        ({"phase": LegalPhase.RETURNED}, False),
        ({"identified": False}, True),
        ({"identified": False, "dublin": True}, False),
        ({"dublin": True}, True),
        (PENDING | {"applied_week": WEEK - 7}, False),
        (PENDING | {"applied_week": WEEK - 8}, True),
        (GRANTED | {"granted_week": WEEK - 5}, False),
        (GRANTED | {"granted_week": WEEK - 6}, True),
        ({"place": Place.DETENTION}, True),
    ],
)
def test_persons_leave_when_their_preparation_is_complete(
    changed: dict[str, object], leaves: bool
) -> None:
    found = risk(Cause.INDEPENDENT, 1, LEAVES, **(READY | changed))
    assert found == ({0: 0.5} if leaves else {})


@pytest.mark.parametrize(
    ("changed", "unseen"),
    [
        ({"spell_open": False}, True),
        ({}, False),
        ({"spell_open": False, "place": Place.DETENTION}, False),
        ({"spell_open": False, "application": Application.GRANTED}, False),
    ],
)
def test_a_departure_without_file_or_grant_can_go_unregistered(
    changed: dict[str, object], unseen: bool
) -> None:
    values = LEAVES | {"unregistered_share": 1.0}
    assert risk(Cause.HOME_UNOBSERVED, 1, values, **(READY | changed)) == (
        {0: 0.5} if unseen else {}
    )
    assert bool(risk(Cause.INDEPENDENT, 1, values, **(READY | changed))) != unseen


@pytest.mark.parametrize("mode", ["weighed", "hazards"])
def test_files_outside_shelter_close_unless_a_term_runs_or_people_cooperate(mode: str) -> None:
    values = {"hazard_not_found": 0.1} | ({} if mode == "weighed" else hazards_only())
    found = risk(
        Cause.UNOBSERVED,
        6,
        values,
        cooperates=[False, True, False, True, False, False],
        phase=[*[LegalPhase.OBLIGED] * 2, LegalPhase.DEPARTURE_TERM, *[LegalPhase.OBLIGED] * 3],
        place=[*[Place.PRIVATE_NETWORK] * 3, Place.NIGHT_SHELTER, Place.STREET, Place.VBL],
    )
    assert {row: hazard for row, hazard in found.items() if row != 5 and hazard} == {0: 0.1, 4: 0.1}
    assert (5 in found) == (mode == "hazards")


def test_a_choice_of_this_week_is_acted_on_this_week() -> None:
    hide = ALWAYS | ACTS | {"constant_out_of_sight": 1000.0, "hazard_not_found": 0.0}
    assert risk(Cause.UNOBSERVED, 1, hide, place=Place.VBL) == {0: 0.25}


def test_where_nobody_weighs_every_cause_has_the_hazard_of_the_tables() -> None:
    columns = {"place": [Place.VBL, Place.STREET, Place.DETENTION], "document": True}
    world = adults(3, values=hazards_only(), **columns, **MOVE)
    Weigh()(world)
    tables = Hazards().look_up(world)
    for cause in Cause:
        assert [each.tolist() for each in world.hazards[cause]] == [
            each.tolist() for each in tables[cause]
        ]
    assert world.people.choice.tolist() == [Option.MOVE_ON] * 3


def test_what_is_no_choice_keeps_the_hazard_of_the_tables_where_people_weigh() -> None:
    columns = {"place": [Place.VBL, Place.STREET, Place.DETENTION], "document": True}
    world = adults(3, values=NEVER, **columns)
    Weigh()(world)
    tables = Hazards().look_up(world)
    assert set(NO_CHOICE) == {Cause.FORCED, Cause.UNOBSERVED, Cause.PERMIT, Cause.OTHER}
    for cause in (Cause.FORCED, Cause.PERMIT, Cause.OTHER):
        assert [each.tolist() for each in world.hazards[cause]] == [
            each.tolist() for each in tables[cause]
        ]
    assert len(world.hazards[Cause.FORCED][0]) == 1
    assert [len(world.hazards[cause][0]) for cause in (Cause.INDEPENDENT, Cause.ONWARD)] == [0, 0]
