"""No-fault permits by hand: the clock of effort, the test, and origins that recognise nobody."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.countries.effects import ALIKE
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.decide_law import decide_law
from terugkeer.abm.world.phases.prepare import prepare
from terugkeer.agents.codes import LegalPhase, Outcome, Place, Reading, Stage

from tests.abm.world.adults import SURE, WEEK, adults, happened, hazards_only
from tests.abm.world.small_world import change, events, lived

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

RULE = {"no_fault_effort_weeks": 52, "repeat_application_hazard": 0.0}
TRIES = {"cooperates": True, "identified": True}
WAITING = {
    **{f"document_hazard_{name}": 0.0 for name in ("dublin", "preparing", "cooperating")},
    **{f"document_hazard_{name}": 0.0 for name in ("unwilling", "detained")},
    "disclosure_hazard": 0.0,
    "first_step_hazard": 0.0,
    "application_hazard": 0.0,
}


def decided(share: float, values: dict[str, object] | None = None) -> World:
    """Return after a week of decisions: too early, due, no clock, one talk, held, with no file."""
    world = adults(
        6,
        values=RULE | {"no_fault_granted_share": share} | (values or {}),
        effort_since=[WEEK - 51, WEEK - 52, 0, WEEK - 60, WEEK - 60, WEEK - 60],
        talks=[2, 2, 2, 1, 2, 2],
        place=[Place.VBL] * 4 + [Place.DETENTION, Place.STREET],
        spell_open=[True] * 5 + [False],
        **TRIES,
    )
    decide_law(world)
    return world


def test_a_year_of_effort_with_two_talks_can_win_a_permit() -> None:
    world = decided(1.0)
    assert happened(world, Event.NO_FAULT_TESTED) == [2]
    assert happened(world, Event.CLOSED) == [2]
    log, kind = world.log, world.log.column("kind")
    for event in (Event.NO_FAULT_TESTED, Event.CLOSED, Event.LEFT):
        assert log.column("outcome")[kind == event].tolist() == [Outcome.PERMIT]
    assert world.people.gone.tolist() == [False, True] + [False] * 4


def test_who_is_refused_starts_anew() -> None:
    world = decided(0.0)
    assert happened(world, Event.NO_FAULT_TESTED) == [2]
    assert world.log.column("outcome").tolist() == [Outcome.NONE]
    assert not world.people.gone.any()
    assert world.people.effort_since.tolist()[:2] == [WEEK - 51, WEEK]
    world.week += 1
    decide_law(world)
    assert happened(world, Event.NO_FAULT_TESTED) == [2, 1], "the first is due a week later"


def test_nobody_is_tested_where_nobody_weighs() -> None:
    assert decided(1.0, hazards_only()).log.size == 0


def test_permits_never_fall_with_the_share_that_is_granted() -> None:
    won = []
    for share in (0.0, 0.3, 0.7, 1.0):
        values = RULE | {"no_fault_granted_share": share}
        world = adults(200, values=values, effort_since=WEEK - 52, talks=2, **TRIES)
        decide_law(world)
        won.append(set(happened(world, Event.CLOSED)))
    assert all(fewer <= more for fewer, more in pairwise(won))
    assert [len(each) / 200 for each in won] == pytest.approx([0.0, 0.3, 0.7, 1.0], abs=0.1)


def after_prepare(n: int, values: dict[str, object], **columns: object) -> World:
    world = adults(n, values=WAITING | values, **({"frailty": 1.0} | columns))
    world.effects = ALIKE
    prepare(world)
    return world


@pytest.mark.parametrize(
    ("differs", "since"),
    [
        ({}, WEEK - 9),
        ({"effort_since": 0}, WEEK),
        ({"cooperates": False, "reading": Reading.AMBIGUOUS}, WEEK - 9),
        ({"cooperates": False, "reading": Reading.AMBIGUOUS, "effort_since": 0}, 0),
        ({"cooperates": False, "reading": Reading.REFUSES}, 0),
        ({"identified": False}, 0),
        ({"document": True}, 0),
        ({"dublin": True}, 0),
        ({"spell_open": False}, 0),
        ({"appeals": True}, 0),
        ({"phase": LegalPhase.DEPARTURE_TERM}, 0),
        ({"phase": LegalPhase.REPEAT_PROCEDURE}, 0),
    ],
)
def test_the_clock_runs_while_everything_is_tried(differs: dict[str, object], since: int) -> None:
    world = after_prepare(1, {}, **(TRIES | {"effort_since": WEEK - 9} | differs))
    assert world.people.effort_since.tolist() == [since]


def test_papers_end_the_clock_in_the_week_in_which_they_come() -> None:
    sure = {"document_hazard_cooperating": SURE, "unrecognised_share": 0.0}
    world = after_prepare(1, sure, **TRIES, effort_since=WEEK - 9)
    assert world.people.document.tolist() == [True]
    assert world.people.effort_since.tolist() == [0]


@pytest.mark.parametrize(("share", "papers"), [(1.0, False), (0.0, True)])
def test_no_request_brings_papers_where_the_origin_recognises_nobody(
    share: float, papers: bool
) -> None:
    sure = dict.fromkeys((name for name in WAITING if name.startswith("document_")), SURE)
    columns = {
        "stage": [Stage.PREPARING, 0, 0, 0],
        "identified": [True, True, False, False],
        "cooperates": [False, True, False, False],
        "place": [Place.VBL, Place.VBL, Place.DETENTION, Place.VBL],
        "dublin": [False, False, False, True],
    }
    world = after_prepare(4, sure | {"unrecognised_share": share}, **columns)
    assert world.people.document.tolist() == [papers, papers, papers, True], "Dublin: not asked"


def test_a_mission_identifies_nobody_whom_the_origin_does_not_recognise() -> None:
    values = {"identification_missions": 1e6, "mission_identifies_share": 1.0}
    for share, known in ((1.0, []), (0.0, [1])):
        world = after_prepare(1, values | {"unrecognised_share": share}, place=Place.DETENTION)
        assert happened(world, Event.RECOGNISED) == known


def test_whoever_prepares_to_leave_is_brought_before_no_mission() -> None:
    values = {"identification_missions": 1e6, "mission_identifies_share": 1.0}
    there = {"place": Place.VBL, "identified": True, "stage": [Stage.PREPARING, 0]}
    world = after_prepare(2, values, **there)
    assert happened(world, Event.RECOGNISED) == [2]


def test_without_people_whom_nobody_recognises_and_without_permits_no_life_differs() -> None:
    """The test alone is no event in a life: with both at 0 only the clock and tests remain."""
    off = (change("unrecognised_share", 0.0), change("no_fault_granted_share", 0.0))
    never = (change("unrecognised_share", 0.0), change("no_fault_effort_weeks", 520))
    first, second = (events(lived(*each)) for each in (off, never))
    kept = first[first["kind"] != "no_fault_tested"].reset_index(drop=True)
    assert kept.equals(second[second["kind"] != "no_fault_tested"].reset_index(drop=True))


def test_the_share_unrecognised_is_a_part_of_households() -> None:
    world = after_prepare(
        4000, {"document_hazard_cooperating": SURE, "unrecognised_share": 0.25}, **TRIES
    )
    assert np.mean(~world.people.document) == pytest.approx(0.25, abs=0.03)
    assert registry()["unrecognised_share"].value == 0.02
