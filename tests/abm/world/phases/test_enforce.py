"""Detention, held families, planned removals and apprehension, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.help.guidance import can_be_removed, legally_removable
from terugkeer.abm.world.phases.enforce import detain, enforce, handed_over
from terugkeer.agents.codes import Destination, LegalPhase, Outcome, Place, Reading

from tests.abm.world.adults import CHILD, SURE, WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

TERM, OBLIGED = LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED
# nothing happens unless a test says so
QUIET: dict[str, object] = {
    "detention_hazard": 0.0,
    "detention_test_passed": 1.0,
    "detention_at_notice_share": 0.0,
    "closed_family_hazard": 0.0,
    "closed_at_notice_share": 0.0,
    "removal_planning_hazard": 0.0,
    "transfer_planning_hazard": 0.0,
    "leaves_after_notice_share": 0.0,
    "hazard_apprehension_hidden": 0.0,
    "family_forced_ratio": 1.0,
    "vanish_after_notice": 0.0,
    "cancelled_otherwise": 0.0,
    "removal_fails_without_data": 0.0,
    "last_minute_application_share": 0.0,
}
READY = {"document": True}


def world_of(n: int = 1, values: dict[str, object] | None = None, **columns: object) -> World:
    return adults(n, values=QUIET | (values or {}), **columns)


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def places(world: World) -> list[Place]:
    return [Place(place) for place in world.people.place]


@pytest.mark.parametrize("phase", LegalPhase)
@pytest.mark.parametrize("dublin", [False, True])
def test_the_law_allows_removal_under_a_duty_to_leave_and_of_dublin_claimants_in_the_term(
    phase: LegalPhase, dublin: bool
) -> None:
    world = world_of(phase=phase, dublin=dublin)
    allowed = phase == OBLIGED or (dublin and phase == TERM)
    assert legally_removable(world, everybody(world)).tolist() == [allowed]


@pytest.mark.parametrize(
    ("changed", "removable"),
    [
        ({}, True),
        ({"document": False}, False),
        ({"spell_open": False}, False),
        ({"cooperates": True}, False),
        ({"phase": TERM}, False),
    ],
)
def test_removal_needs_a_document_a_file_no_cooperation_and_the_law_at_once(
    changed: dict[str, object], removable: bool
) -> None:
    world = world_of(**(READY | changed))
    assert can_be_removed(world, everybody(world)).tolist() == [removable]


def test_detention_needs_a_prospect_of_removal() -> None:
    world = world_of(
        4,
        {"detention_prospect_ease": 0.5},
        document=[True, False, False, False],
        dublin=[False, True, False, False],
        frailty=[0.0, 0.0, 0.5, 0.49],
    )
    detain(world, everybody(world))
    assert places(world) == [Place.DETENTION] * 3 + [Place.PRIVATE_NETWORK]
    assert world.people.detentions.tolist() == [1, 1, 1, 0]


def test_detention_needs_the_review_and_ends_a_term() -> None:
    world = world_of(2, phase=[TERM, OBLIGED], place=Place.AZC_DEPARTURE_TERM, **READY)
    detain(world, everybody(world))
    assert places(world) == [Place.DETENTION] * 2
    assert world.people.phase.tolist() == [OBLIGED, OBLIGED]
    assert world.people.phase_since.tolist() == [WEEK, WEEK - 10]
    world = world_of(2, {"detention_test_passed": 0.0}, **READY)
    detain(world, everybody(world))
    assert places(world) == [Place.PRIVATE_NETWORK] * 2


@pytest.mark.parametrize(("next_week", "since"), [(False, WEEK), (True, WEEK + 1)])
def test_a_detention_counts_from_this_week_or_the_next(next_week: bool, since: int) -> None:
    world = world_of(**READY)
    detain(world, everybody(world), from_next_week=next_week)
    assert world.people.place_since.tolist() == [since]


@pytest.mark.parametrize(("cells", "held"), [(0, 1), (1, 1), (2, 2), (3, 3), (9, 4)])
def test_cells_are_not_exceeded_where_people_weigh(cells: int, held: int) -> None:
    place = [Place.DETENTION, *[Place.STREET] * 3]
    world = world_of(4, {"detention_capacity": cells}, place=place, **READY)
    detain(world, np.array([1, 2, 3]))
    assert places(world).count(Place.DETENTION) == held
    world = world_of(4, hazards_only({"detention_capacity": cells}), place=place, **READY)
    detain(world, np.array([1, 2, 3]))
    assert places(world).count(Place.DETENTION) == 4


def test_cells_are_counted_in_persons_of_the_model() -> None:
    world = world_of(4, {"detention_capacity": 20}, **READY)
    world.scale = 10.0
    detain(world, everybody(world))
    assert places(world).count(Place.DETENTION) == 2


def test_persons_in_town_are_detained_but_not_in_the_week_of_their_release() -> None:
    where = [Place.STREET, Place.STREET, Place.REPORTING_DUTY, Place.VBL, Place.FAMILY_LOCATION]
    since = [WEEK - 1, WEEK, WEEK - 1, WEEK - 1, WEEK - 1]
    world = world_of(5, {"detention_hazard": SURE}, place=where, place_since=since, **READY)
    enforce(world)
    assert places(world) == [Place.DETENTION, Place.STREET, Place.DETENTION, *where[3:]]
    assert world.people.place_since[0] == WEEK + 1


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_removal_of_a_share_of_families_is_attempted_and_of_all_others(share: float) -> None:
    values = {"removal_planning_hazard": SURE, "family_forced_ratio": share}
    youngest = [CHILD, WEEK - 2000]
    world = world_of(2, values, place=Place.VBL, youngest_birth_week=youngest, **READY)
    enforce(world)
    assert happened(world, Event.NOTICED) == ([1, 2] if share else [2])
    world = world_of(
        2, hazards_only(values), place=Place.VBL, youngest_birth_week=youngest, **READY
    )
    enforce(world)
    assert happened(world, Event.NOTICED) == ([1, 2] if share else [2])


@pytest.mark.parametrize(
    ("is_open", "place"), [(True, Place.CLOSED_FAMILY), (False, Place.DETENTION)]
)
def test_families_are_held_in_the_closed_location_once_it_exists(
    is_open: bool, place: Place
) -> None:
    values = {"closed_family_hazard": SURE, "closed_family_open": is_open}
    world = world_of(
        3,
        values,
        place=[Place.FAMILY_LOCATION, Place.FAMILY_LOCATION, Place.STREET],
        youngest_birth_week=[CHILD, WEEK - 2000, CHILD],
        **READY,
    )
    enforce(world)
    assert places(world) == [place, Place.FAMILY_LOCATION, Place.STREET]


def test_the_hazard_of_holding_families_is_that_of_all_families() -> None:
    """Half of them are at risk, so theirs is double: as many are held as of all at the record."""

    def held(values: dict[str, object]) -> float:
        world = world_of(
            2000,
            {"closed_family_hazard": 0.1, "closed_family_open": True, **values},
            place=Place.FAMILY_LOCATION,
            youngest_birth_week=CHILD,
            **READY,
        )
        enforce(world)
        return places(world).count(Place.CLOSED_FAMILY) / 2000

    expected = 0.5 * (1.0 - np.exp(-0.1 / 0.5))
    assert held({"family_forced_ratio": 0.5}) == pytest.approx(expected, abs=0.025)
    unweighed = hazards_only({"family_forced_ratio": 0.5})
    assert held(unweighed) == pytest.approx(1.0 - np.exp(-0.1), abs=0.025)
    expected = 0.5 * (1.0 - np.exp(-0.1))
    assert abs(held({"family_forced_ratio": 0.5}) - expected) > 0.025


PLANNED: dict[str, object] = {"removal_planning_hazard": SURE, "transfer_planning_hazard": SURE}


def test_a_planned_removal_flies_to_the_origin_or_of_dublin_claimants_to_a_member_state() -> None:
    world = world_of(2, PLANNED, place=Place.VBL, dublin=[False, True], **READY)
    enforce(world)
    assert happened(world, Event.NOTICED) == [1, 2]
    assert happened(world, Event.CANCELLED) == []
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("outcome")[closed].tolist() == [Outcome.FORCED] * 2
    goals = [Destination.ORIGIN, Destination.MEMBER_STATE]
    assert world.log.column("destination")[closed].tolist() == goals


def test_a_removal_can_be_cancelled_and_changes_nothing_then() -> None:
    world = world_of(2, PLANNED | {"cancelled_otherwise": 1.0}, place=Place.VBL, **READY)
    enforce(world)
    assert happened(world, Event.CANCELLED) == [1, 2]
    assert not (world.log.column("marks") & np.uint8(Mark.VANISHED)).any()
    assert places(world) == [Place.VBL] * 2
    assert world.people.spell_open.all()


CALLED_OFF: dict[str, object] = PLANNED | {
    "cancelled_otherwise": 1.0,
    "last_minute_application_share": 1.0,
}


def phases_at_cancelling(world: World) -> list[int]:
    cancelled = world.log.column("kind") == Event.CANCELLED
    return [int(phase) for phase in world.log.column("phase")[cancelled]]


def test_a_new_application_stops_a_removal_and_opens_a_procedure() -> None:
    where = [Place.VBL, Place.REPORTING_DUTY, Place.FAMILY_LOCATION]
    world = world_of(3, CALLED_OFF | {"last_minute_team": False}, place=where, **READY)
    enforce(world)
    assert happened(world, Event.CANCELLED) == [1, 2, 3]
    assert phases_at_cancelling(world) == [LegalPhase.REPEAT_PROCEDURE] * 3
    assert world.people.phase.tolist() == [LegalPhase.REPEAT_PROCEDURE] * 3
    assert places(world) == [Place.AZC, Place.AZC, Place.FAMILY_LOCATION]
    assert world.people.spell_open.all()


def test_the_team_for_last_minute_applications_decides_within_the_week_and_starts_no_term() -> None:
    values = CALLED_OFF | {"last_minute_team": True, "repeat_granted_share": 0.0}
    world = world_of(2, values, place=Place.VBL, refusals=2, **READY)
    enforce(world)
    assert phases_at_cancelling(world) == [LegalPhase.REPEAT_PROCEDURE] * 2
    assert world.people.phase.tolist() == [OBLIGED] * 2
    assert places(world) == [Place.VBL] * 2
    assert world.people.refusals.tolist() == [2, 2]
    world = world_of(2, values | {"repeat_granted_share": 1.0}, place=Place.VBL, **READY)
    enforce(world)
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("outcome")[closed].tolist() == [Outcome.PERMIT] * 2


def test_dublin_claimants_in_the_term_do_not_apply_at_the_last_minute() -> None:
    world = world_of(1, CALLED_OFF, place=Place.VBL, phase=TERM, dublin=True, **READY)
    enforce(world)
    assert happened(world, Event.CANCELLED) == [1]
    assert world.people.phase.tolist() == [TERM]


def test_new_applications_are_a_part_of_the_removals_cancelled_anyway() -> None:
    """Their share changes why removals are cancelled and not which, nor who flies or vanishes."""

    def lives(share: float) -> tuple[list[int], list[int], list[int]]:
        values = PLANNED | {
            "vanish_after_notice": 0.45,
            "cancelled_otherwise": 0.16,
            "last_minute_application_share": share,
            "last_minute_team": False,
        }
        world = world_of(400, hazards_only(values), place=Place.VBL, **READY)
        enforce(world)
        applied = world.people.phase == LegalPhase.REPEAT_PROCEDURE
        return (
            sorted(happened(world, Event.CANCELLED)),
            happened(world, Event.CLOSED),
            (np.flatnonzero(applied) + 1).tolist(),
        )

    never, some, all_of_them = lives(0.0), lives(0.098), lives(1.0)
    assert never[:2] == some[:2] == all_of_them[:2]
    assert not never[2]
    assert set(some[2]) < set(all_of_them[2])
    # 55 % have not vanished; of them 9.8 % apply, or all of the 16 % that are cancelled
    assert len(some[2]) / 400 == pytest.approx(0.55 * 0.098, abs=0.045)
    assert set(all_of_them[2]) <= set(never[0])
    se = np.sqrt(0.088 * 0.912 / 400)
    assert len(all_of_them[2]) / 400 == pytest.approx(0.55 * 0.16, abs=4 * se)


def test_persons_who_vanish_after_notice_are_unobserved() -> None:
    values = PLANNED | {"vanish_after_notice": 0.99, "cancelled_otherwise": 0.0}
    world = world_of(40, hazards_only(values), place=Place.VBL, **READY)
    enforce(world)
    cancelled = world.log.column("kind") == Event.CANCELLED
    marks = world.log.column("marks")[cancelled]
    assert len(marks) >= 35
    assert (marks & np.uint8(Mark.VANISHED)).all()
    closed = world.log.column("kind") == Event.CLOSED
    outcomes = world.log.column("outcome")[closed].tolist()
    assert outcomes.count(Outcome.UNOBSERVED) == len(marks)
    assert outcomes.count(Outcome.FORCED) == 40 - len(marks)


def test_persons_held_at_notice_cannot_vanish_and_families_are_not_held() -> None:
    values = PLANNED | {"vanish_after_notice": 0.99, "detention_at_notice_share": 1.0}
    youngest = np.where(np.arange(40) < 20, CHILD, WEEK - 2000)
    world = world_of(40, values, place=Place.VBL, youngest_birth_week=youngest, **READY)
    enforce(world)
    vanished = world.log.column("kind") == Event.CANCELLED
    assert (world.log.column("person")[vanished] // 16 <= 20).all()
    assert vanished.sum() >= 15
    forced = world.log.column("outcome") == Outcome.FORCED
    flown = world.log.column("person")[forced & (world.log.column("kind") == Event.CLOSED)] // 16
    assert set(range(21, 41)) <= set(flown.tolist())
    held = world.log.column("to_place") == Place.DETENTION
    held &= world.log.column("kind") == Event.MOVED
    assert (world.log.column("person")[held] // 16).tolist() == list(range(21, 41))


def test_hidden_persons_found_get_a_file_and_are_detained_unless_they_are_families() -> None:
    found = {"hazard_apprehension_hidden": SURE}
    world = world_of(
        6,
        found,
        place=[Place.STREET, Place.PRIVATE_NETWORK, *[Place.STREET] * 3, Place.GUIDED_SHELTER],
        spell_open=[False, False, False, False, True, False],
        phase=[OBLIGED, OBLIGED, OBLIGED, LegalPhase.REPEAT_PROCEDURE, OBLIGED, OBLIGED],
        youngest_birth_week=[WEEK - 2000, CHILD, *[WEEK - 2000] * 4],
        closed_week=[-1, -1, WEEK, -1, -1, -1],
        **READY,
    )
    enforce(world)
    assert happened(world, Event.OPENED) == [1, 2]
    assert places(world)[:3] == [Place.DETENTION, Place.PRIVATE_NETWORK, Place.STREET]


def test_enforcement_scales_every_hazard_of_the_state() -> None:
    hazards = (
        "detention_hazard",
        "removal_planning_hazard",
        "transfer_planning_hazard",
        "hazard_apprehension_hidden",
    )
    values = {**dict.fromkeys((*hazards, "closed_family_hazard"), SURE)}
    world = world_of(
        4,
        values,
        place=[Place.STREET, Place.VBL, Place.STREET, Place.FAMILY_LOCATION],
        spell_open=[True, True, False, True],
        youngest_birth_week=[*[WEEK - 2000] * 3, CHILD],
        **READY,
    )
    world.enforcement = 0.0
    enforce(world)
    assert len(world.log.column("kind")) == 0


def test_hand_over_multiplies_detention_of_persons_who_refuse_and_can_be_removed() -> None:
    readings = [Reading.REFUSES, Reading.REFUSES, Reading.AMBIGUOUS, Reading.COOPERATES]
    values = {"handed_over_ratio": 7.0, "refusals_few": 2}
    world = world_of(4, values, reading=readings, refusals=[2, 1, 2, 2], **READY)
    assert handed_over(world, everybody(world)).tolist() == [7.0, 1.0, 1.0, 1.0]
    assert handed_over(world, np.array([1, 0])).tolist() == [1.0, 7.0]
    world.now.update({"decision": "hazards"})
    assert handed_over(world, everybody(world)).tolist() == [1.0] * 4


def test_persons_who_refuse_are_detained_without_a_document_if_the_origin_takes_them_back() -> None:
    world = world_of(
        6,
        {"detention_hazard": SURE, "removable_ease": 0.5, "refusals_few": 2},
        reading=[*[Reading.REFUSES] * 5, Reading.AMBIGUOUS],
        refusals=[2, 1, 2, 2, 2, 2],
        frailty=[0.5, 0.5, 0.4, 0.5, 0.5, 0.5],
        place=[*[Place.STREET] * 3, Place.VBL, Place.STREET, Place.STREET],
        youngest_birth_week=[*[WEEK - 2000] * 4, CHILD, WEEK - 2000],
    )
    enforce(world)
    assert [place == Place.DETENTION for place in places(world)] == [True, *[False] * 5]
