"""Transfers of Dublin claimants, and what persons at liberty do who are told of a removal."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.phases.enforce import enforce
from terugkeer.agents.codes import Destination, LegalPhase, Outcome, Place

from tests.abm.world.adults import SURE, happened, hazards_only
from tests.abm.world.phases.test_enforce import OBLIGED, PLANNED, READY, TERM, places, world_of


@pytest.mark.parametrize(
    ("hazard", "noticed"),
    [("transfer_planning_hazard", [1]), ("removal_planning_hazard", [2])],
)
def test_transfers_of_dublin_claimants_have_a_hazard_of_their_own(
    hazard: str, noticed: list[int]
) -> None:
    world = world_of(2, {hazard: SURE}, place=Place.VBL, dublin=[True, False], **READY)
    enforce(world)
    assert happened(world, Event.NOTICED) == noticed
    world = world_of(
        2, hazards_only({hazard: SURE}), place=Place.VBL, dublin=[True, False], **READY
    )
    enforce(world)
    assert happened(world, Event.NOTICED) == ([] if hazard.startswith("transfer") else [1, 2])


def test_transfers_are_planned_as_often_as_their_hazard_and_the_index_say() -> None:
    """1 - exp(-0.25 x 0.54) = 0.126 in a week."""
    world = world_of(
        4000,
        {"transfer_planning_hazard": 0.25},
        place=Place.AZC_DEPARTURE_TERM,
        dublin=True,
        **READY,
    )
    world.enforcement = 0.54
    enforce(world)
    planned = len(happened(world, Event.NOTICED)) / 4000
    assert planned == pytest.approx(1.0 - np.exp(-0.135), abs=4 * np.sqrt(0.126 * 0.874 / 4000))


def test_a_transfer_is_planned_for_dublin_claimants_who_cooperate_too_and_nobody_holds_them() -> (
    None
):
    values = PLANNED | {"detention_hazard": SURE}
    world = world_of(
        5,
        values,
        cooperates=True,
        dublin=[True, True, True, True, False],
        phase=[TERM, LegalPhase.APPEAL, TERM, TERM, OBLIGED],
        place=[Place.AZC_DEPARTURE_TERM] * 2 + [Place.STREET] + [Place.VBL] * 2,
        document=[True, True, True, False, True],
    )
    enforce(world)
    assert happened(world, Event.CLOSED) == [1]
    assert places(world)[1:] == [Place.AZC_DEPARTURE_TERM, Place.STREET, Place.VBL, Place.VBL]


def test_an_appeal_without_a_right_to_stay_stops_no_removal() -> None:
    columns = {"place": Place.VBL, "appeals": True, "dublin": [True, False, False]}
    world = world_of(3, PLANNED, phase=[TERM, OBLIGED, TERM], **columns, **READY)
    enforce(world)
    assert happened(world, Event.CLOSED) == [1, 2]


ON_THEIR_OWN: dict[str, object] = PLANNED | {"leaves_after_notice_share": 1.0}


def test_persons_who_are_told_of_a_removal_may_leave_on_their_own_but_to_no_member_state() -> None:
    world = world_of(2, ON_THEIR_OWN, place=Place.VBL, dublin=[False, True], **READY)
    enforce(world)
    assert happened(world, Event.NOTICED) == [1, 2]
    assert happened(world, Event.CANCELLED) == [1]
    assert sorted(happened(world, Event.CLOSED)) == [1, 2]
    closed = world.log.column("kind") == Event.CLOSED
    ends = dict(
        zip(
            world.log.column("person")[closed] // 16,
            zip(
                world.log.column("outcome")[closed],
                world.log.column("destination")[closed],
                strict=True,
            ),
            strict=True,
        )
    )
    assert ends == {
        1: (Outcome.INDEPENDENT, Destination.ORIGIN),
        2: (Outcome.FORCED, Destination.MEMBER_STATE),
    }
    world = world_of(1, hazards_only(ON_THEIR_OWN), place=Place.VBL, **READY)
    enforce(world)
    assert happened(world, Event.CANCELLED) == []


def test_those_who_are_told_and_leave_had_no_alternative() -> None:
    world = world_of(1, ON_THEIR_OWN, place=Place.VBL, knowledge=1.0, **READY)
    enforce(world)
    left = world.log.column("kind") == Event.LEFT
    judged = Mark.INFORMED | Mark.ALTERNATIVE | Mark.WILLING
    assert (world.log.column("marks")[left] & judged).tolist() == [Mark.INFORMED]


def test_a_share_leaves_on_its_own_and_the_fate_of_the_others_stays_the_same() -> None:
    def fates(share: float) -> dict[int, int]:
        values = PLANNED | {
            "vanish_after_notice": 0.45,
            "cancelled_otherwise": 0.16,
            "leaves_after_notice_share": share,
        }
        world = world_of(2000, values, place=Place.VBL, **READY)
        enforce(world)
        closed = world.log.column("kind") == Event.CLOSED
        persons = (world.log.column("person")[closed] // 16).tolist()
        return dict(zip(persons, world.log.column("outcome")[closed].tolist(), strict=True))

    none, some = fates(0.0), fates(0.05)
    alone = {person for person, outcome in some.items() if outcome == Outcome.INDEPENDENT}
    assert Outcome.INDEPENDENT not in none.values()
    assert len(alone) / 2000 == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 2000))
    for person in range(1, 2001):
        assert person in alone or none.get(person) == some.get(person)
