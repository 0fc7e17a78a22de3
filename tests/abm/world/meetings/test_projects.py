"""Projects that case managers end, in worlds by hand and in runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.guidance import awaits_transfer, can_be_removed, out_of_projects
from terugkeer.abm.world.help.kinds import RETURN_NGOS
from terugkeer.abm.world.meetings import counsel as meeting
from terugkeer.abm.world.meetings import talks
from terugkeer.agents.codes import LegalPhase, Organisation, Place, Reading, Stage

from tests.abm.world.adults import adults, happened
from tests.abm.world.small_world import change, events, lived, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

STRICT = {"project_withdrawal_share": 1.0}
CLIENT = {"helper": Organisation.BRIDGE_TO_BETTER, "sessions": 2, "bond": 0.3}
READY = {"document": True, "stage": Stage.CONSIDERING}


def left(world: World, event: Event = Event.PROJECT_LOST) -> list[int]:
    """Take households out of projects, or refuse them; return which."""
    meeting._leave_projects(world)
    return happened(world, event)


@pytest.mark.parametrize(
    ("columns", "out"),
    [
        (READY, True),
        ({**READY, "document": False}, False),  # nobody can be removed without
        ({**READY, "cooperates": True}, False),
        ({**READY, "spell_open": False}, False),  # not in the caseload: only registered
        ({**READY, "phase": LegalPhase.APPEAL}, False),
        ({**READY, "stage": Stage.PREPARING}, False),  # leaves within the term
        ({**READY, "dublin": True, "cooperates": True}, True),  # awaits a transfer
        ({**READY, "dublin": True, "stage": Stage.PREPARING}, True),  # no paper to go home with
        ({**READY, "dublin": True, "stage": Stage.PREPARING, "identified": True}, False),
        ({**READY, "helper": Organisation.IOM}, False),  # always referred to, no project
    ],
)
def test_a_client_leaves_a_project_that_disturbs_a_removal(
    columns: dict[str, object], out: bool
) -> None:
    world = adults(values=STRICT, **{**CLIENT, **columns})
    assert left(world) == ([1] if out else [])
    assert (world.people.helper[0] == Organisation.NONE) == out
    if out:
        assert (world.people.sessions[0], world.people.bond[0]) == (0, 0.0)
        assert world.log.column("helper")[-1] == Organisation.BRIDGE_TO_BETTER


@pytest.mark.parametrize("column", ["awaits", "referred"])
def test_a_household_that_is_to_come_is_refused_and_keeps_its_other_help(column: str) -> None:
    world = adults(
        values=STRICT,
        **READY,
        **{"helper": Organisation.IOM, column: Organisation.MAATWERK},
    )
    assert left(world, Event.PROJECT_REFUSED) == [1]
    assert not happened(world, Event.PROJECT_LOST)
    assert world.people.helper[0] == Organisation.IOM
    assert getattr(world.people, column)[0] == Organisation.NONE
    assert world.log.column("helper")[-1] == Organisation.MAATWERK


def test_a_client_before_the_first_session_is_refused() -> None:
    world = adults(values=STRICT, **{**CLIENT, **READY, "sessions": 0})
    assert left(world, Event.PROJECT_REFUSED) == [1]
    assert not happened(world, Event.PROJECT_LOST)
    assert world.people.helper[0] == Organisation.NONE


def test_no_case_manager_refers_to_a_project_that_would_be_refused() -> None:
    def targets(**columns: object) -> set[int]:
        values = {**STRICT, "referral_to_ngo_chance": (1.0,) * 5, "ngo_memory_at_start": (1.0,) * 5}
        there = {"reading": Reading.AMBIGUOUS, "place": Place.STREET, **columns}
        world = adults(200, values=values, **there)
        world.case_managers.begin(world.now)
        talks._refer(world, np.arange(200))
        return set(np.unique(world.people.referred).tolist())

    assert targets() & set(RETURN_NGOS)
    out = targets(**READY)
    assert out
    assert not out & set(RETURN_NGOS)


def test_a_share_of_households_is_taken_out_and_always_the_same() -> None:
    share = 0.3
    world = adults(4000, values={"project_withdrawal_share": share}, **{**CLIENT, **READY})
    rows = np.arange(len(world.people))
    out = out_of_projects(world, rows)
    assert out.mean() == pytest.approx(share, abs=0.03)
    world.week += 1
    assert np.array_equal(out_of_projects(world, rows), out)


@pytest.mark.slow
def test_nobody_without_a_removal_in_hand_is_taken_out_in_a_run() -> None:
    model = model_of(change("project_withdrawal_share", 1.0), scale=50.0, last_year=2012)
    seen = 0

    def before(name: str, world: World) -> None:
        if name == "meet":
            seen_before[:] = [world.log.size]

    def after(name: str, world: World) -> None:
        nonlocal seen
        if name != "meet":
            return
        new = slice(seen_before[0], world.log.size)
        kind = world.log.column("kind")[new]
        lost = (kind == Event.PROJECT_LOST) | (kind == Event.PROJECT_REFUSED)
        persons = world.log.column("person")[new][lost]
        rows = np.flatnonzero(np.isin(world.people.person, persons))
        assert (can_be_removed(world, rows) | awaits_transfer(world, rows)).all()
        assert not np.isin(world.people.helper[rows], RETURN_NGOS).any()
        assert (world.people.place[rows] != Place.ORIGIN).all()
        seen += len(rows)

    seen_before = [0]
    watch(model, before=before, after=after)
    model.run()
    assert seen > 0


def test_without_the_rule_nobody_loses_a_project() -> None:
    log = events(lived(change("project_withdrawal_share", 0.0), scale=100.0))
    assert not np.isin(log["kind"], (Event.PROJECT_LOST, Event.PROJECT_REFUSED)).any()
