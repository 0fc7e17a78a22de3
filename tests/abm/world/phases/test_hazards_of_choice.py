"""Choices become hazards of the week, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.decision.hazards import Cause, Hazards
from terugkeer.abm.world.phases.weigh import NO_CHOICE, Weigh
from terugkeer.agents.codes import Application, LegalPhase, Option, Place, Scheme, Stage

from tests.abm.world.adults import RICH, WEEK, adults, hazards_only

ALWAYS: dict[str, object] = {"deliberation_rate": 1e9}
NEVER: dict[str, object] = {"deliberation_rate": 0.0, "occasion_chance": 0.0}
INTENDING, PREPARING = Stage.INTENDING, Stage.PREPARING


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
    "savings_eur": RICH,
}
PENDING = {"application": Application.PENDING}
GRANTED = {"application": Application.GRANTED, "applied": Scheme.IN_KIND}
IN_KIND_AND_REAN = Scheme.IN_KIND | Scheme.REAN
POOR = {"savings_eur": 0.0}


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
        (GRANTED | {"applied_week": WEEK - 5}, False),
        (GRANTED | {"applied_week": WEEK - 6}, True),
        ({"place": Place.DETENTION}, True),
        (POOR, False),
        (POOR | {"ticket": True}, True),
        (POOR | {"ticket": True, "spell_open": False}, False),
        (POOR | GRANTED | {"granted_week": WEEK - 6}, False),
        (POOR | GRANTED | {"granted_week": WEEK - 6, "applied": IN_KIND_AND_REAN}, True),
        (POOR | PENDING | {"applied_week": WEEK - 8}, False),
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


def test_nobody_goes_home_unseen_or_at_all_without_savings_or_another_payer() -> None:
    values = LEAVES | {"unregistered_share": 1.0}
    poor = READY | POOR | {"spell_open": False}
    assert risk(Cause.HOME_UNOBSERVED, 1, values, **poor) == {}
    assert risk(Cause.INDEPENDENT, 1, values, **poor) == {}
    helped = poor | GRANTED | {"applied": Scheme.REAN}
    assert risk(Cause.HOME_UNOBSERVED, 1, values, **helped) == {}
    assert risk(Cause.INDEPENDENT, 1, values, **helped) == {0: 0.5}


@pytest.mark.parametrize(
    ("changed", "leaves"),
    [
        ({}, False),
        ({"reservation_eur": np.inf}, True),
        ({"reservation_eur": 0.0}, True),
        ({"discretionary_eur": 1999.0}, False),
        ({"discretionary_eur": 2000.0}, True),
        ({"price_share": 0.5, "discretionary_eur": 1000.0}, True),
        (GRANTED | {"applied": Scheme.HRT, "cash_eur": 1999.0}, False),
        (GRANTED | {"applied": Scheme.HRT, "cash_eur": 2000.0}, True),
    ],
)
@pytest.mark.parametrize("cause", [Cause.INDEPENDENT, Cause.HOME_UNOBSERVED])
def test_a_household_whose_price_is_not_met_by_now_does_not_leave(
    cause: Cause, changed: dict[str, object], leaves: bool
) -> None:
    """The draws that made the plan may lie before prices rose or help was refused."""
    unseen = cause == Cause.HOME_UNOBSERVED
    if unseen and "application" in changed:
        cause = Cause.INDEPENDENT  # a grant is not left behind
    values = LEAVES | {"money": "decisive", "unregistered_share": float(unseen)}
    priced = READY | {"reservation_eur": 2000.0, "spell_open": not unseen} | changed
    assert risk(cause, 1, values, **priced) == ({0: 0.5} if leaves else {})
    assert risk(cause, 1, values | {"money": "eases"}, **priced) == {0: 0.5}


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
