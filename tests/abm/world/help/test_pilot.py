"""The pilot of 2010: which households are in time, and which offices hand them on."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.help.pilot import (
    BACK_OFFICE,
    FRONT_OFFICE,
    handed_over,
    in_window,
    with_one_of,
)
from terugkeer.agents.codes import LegalPhase, Organisation, Place

from tests.abm.world.clients import WEEK, everybody, world_of

CHAIN = ("pilot_front_office_share", "pilot_helpdesk_share", "pilot_back_office_share")
OFFICES = dict.fromkeys(CHAIN, 1.0) | {"pilot_internal_share": 0.0}
LATE = {"phase": LegalPhase.OBLIGED, "phase_since": WEEK - 500}
AGAIN = {"place": Place.VBL, "place_since": WEEK, "spell_since": WEEK, "spells": 2}


def in_time(values: dict[str, object] | None = None, **columns: object) -> list[bool]:
    """Return which of four households may choose the pilot."""
    world = world_of(**columns)
    world.now.update(values or {})
    return in_window(world, everybody(world)).tolist()


def reach_it(
    values: dict[str, object], *, barred: bool = False, n: int = 1, **columns: object
) -> float:
    """Return the share of households that reach the pilot."""
    world = world_of(n=n, **columns)
    world.now.update(OFFICES | values)
    rows = everybody(world)
    return float(handed_over(world, rows, barred_from_cash=np.full(n, barred)).mean())


def test_the_help_that_was_had_counts_as_well_as_the_help_that_is_there() -> None:
    vwn, iom, coa = Organisation.VWN, Organisation.IOM, Organisation.COA
    world = world_of(helper=[vwn, 0, iom, coa], met=[0, 1 << vwn, 1 << coa, 1 << iom])
    rows = everybody(world)
    assert with_one_of(world, rows, (vwn,)).tolist() == [True, True, False, False]
    assert with_one_of(world, rows, (vwn, coa)).tolist() == [True] * 4
    assert with_one_of(world, rows, (Organisation.ASKV,)).tolist() == [False] * 4
    assert with_one_of(world, rows, ()).tolist() == [False] * 4
    assert with_one_of(world, rows[1:3], (vwn,)).tolist() == [True, False]


def test_the_window_lasts_for_its_weeks_from_the_ruling_into_the_duty_to_leave() -> None:
    weeks = {"pilot_window_weeks": 6, "departure_term_weeks": 4}
    term = {"phase": LegalPhase.DEPARTURE_TERM, "phase_since": WEEK - np.array([0, 5, 6, 7])}
    assert in_time(weeks, **term) == [True, True, False, False]
    obliged = {"phase": LegalPhase.OBLIGED, "phase_since": WEEK - np.array([0, 1, 2, 3])}
    assert in_time(weeks, **obliged) == [True, True, False, False]


def test_the_window_is_open_in_appeal_and_shut_in_any_other_procedure() -> None:
    found = {}
    for phase in LegalPhase:
        (found[phase],) = set(in_time(phase=phase, phase_since=WEEK - 500))
    assert {phase for phase, may in found.items() if may} == {LegalPhase.APPEAL}


@pytest.mark.parametrize(
    "other",
    [
        {"spells": 1},  # never out of view
        {"spell_since": WEEK - 1},  # followed all along
        {"place": Place.PRIVATE_NETWORK},
    ],
    ids=["first file", "older file", "elsewhere"],
)
def test_the_right_comes_back_at_the_vbl_with_a_new_file(other: dict[str, object]) -> None:
    assert in_time(**LATE, **AGAIN) == [True] * 4
    assert in_time(**LATE, **AGAIN | other) == [False] * 4


def test_the_right_that_comes_back_lasts_for_its_days_from_the_first_talk() -> None:
    talks = WEEK - np.array([0, 1, 2, 3])
    back = {**LATE, **AGAIN, "place_since": WEEK - 4, "spell_since": WEEK - 4}
    there = {**back, "first_talk_week": talks, "talks": 1}
    assert in_time({"pilot_vbl_days": 5}, **there) == [True, False, False, False]
    assert in_time({"pilot_vbl_days": 15}, **there) == [True, True, True, False]
    assert in_time({"pilot_vbl_days": 5}, **back) == [True] * 4, "before the first talk there"


@pytest.mark.parametrize("lost", CHAIN)
def test_each_office_can_lose_households_that_are_handed_over(lost: str) -> None:
    assert reach_it({}, helper=Organisation.VWN) == 1.0
    assert reach_it({lost: 0.0}, helper=Organisation.VWN) == 0.0


def test_the_chain_is_the_product_of_its_offices_once_for_whole_households() -> None:
    shares = dict(zip(CHAIN, (0.9, 0.8, 0.7), strict=True))
    found = reach_it(shares, n=4000, helper=Organisation.COA)
    assert found == pytest.approx(0.9 * 0.8 * 0.7, abs=0.03)
    world = world_of(n=500, size=2, helper=Organisation.COA)
    world.now.update(OFFICES | shares)
    through = handed_over(world, everybody(world), barred_from_cash=np.zeros(1000, dtype=np.bool_))
    assert np.array_equal(through[::2], through[1::2])
    world.week += 5
    later = handed_over(world, everybody(world), barred_from_cash=np.zeros(1000, dtype=np.bool_))
    assert np.array_equal(through, later), "the offices decide once"


def test_the_chain_is_for_clients_of_the_front_office_and_a_back_office_needs_none() -> None:
    for organisation in Organisation:
        for shut, handed in (({}, FRONT_OFFICE), (dict.fromkeys(CHAIN, 0.0), ())):
            found = reach_it(dict(shut), met=1 << organisation)
            assert found == float(organisation in {*handed, *BACK_OFFICE}), (organisation, shut)


def test_iom_leads_on_its_own_clients_that_are_barred_from_cash() -> None:
    inside = dict.fromkeys(CHAIN, 0.0) | {"pilot_internal_share": 1.0}
    iom = {"met": 1 << Organisation.IOM}
    assert reach_it(inside, barred=True, **iom) == 1.0
    assert reach_it(inside, barred=False, **iom) == 0.0
    assert reach_it(inside, barred=True, met=1 << Organisation.VWN) == 0.0
    assert reach_it(inside | {"pilot_internal_share": 0.0}, barred=True, **iom) == 0.0
