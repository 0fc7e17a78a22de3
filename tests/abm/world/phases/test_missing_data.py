"""Missing data and missions of origins, in worlds by hand and in runs."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.help.guidance import without_data
from terugkeer.abm.world.phases import prepare as phase
from terugkeer.abm.world.phases.enforce import enforce
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.adults import SURE, adults, happened
from tests.abm.world.phases.test_enforce import QUIET
from tests.abm.world.small_world import change, lived

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

FLIGHT = {**QUIET, "removal_planning_hazard": SURE}
N = 3000


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def log_of(*changes: Override) -> str:
    """Return a hash of all that happens in a run."""
    log = lived(*changes, scale=100.0, first_year=2014, last_year=2014).log
    return hashlib.sha256(b"".join(log.column(name).tobytes() for name in COLUMNS)).hexdigest()


@pytest.mark.parametrize(("sigma", "share"), [(False, 0.8), (True, 0.66)])
def test_data_are_missing_in_fewer_cases_with_the_exchange(sigma: bool, share: float) -> None:
    world = adults(N, values={"sigma_in_use": sigma})
    assert without_data(world, everybody(world)).mean() == pytest.approx(share, abs=0.03)


def test_the_exchange_only_completes_cases() -> None:
    before, after = (
        without_data(world, everybody(world))
        for world in (
            adults(N, values={"sigma_in_use": False}),
            adults(N, values={"sigma_in_use": True}),
        )
    )
    assert not (after & ~before).any()


@pytest.mark.parametrize(
    ("gap", "fails", "expected"), [(1.0, 0.3, 0.3), (0.5, 0.4, 0.2), (0.0, 0.4, 0.0), (1.0, 0, 0)]
)
def test_removals_are_cancelled_for_want_of_data(gap: float, fails: float, expected: float) -> None:
    values = FLIGHT | {
        "sigma_in_use": True,
        "data_gap_share": gap,
        "removal_fails_without_data": fails,
    }
    world = adults(N, values=values, document=True, place=Place.VBL)
    enforce(world)
    unprepared = happened(world, Event.UNPREPARED)
    assert len(unprepared) / N == pytest.approx(expected, abs=4 * np.sqrt(0.25 / N))
    assert happened(world, Event.CANCELLED) == unprepared, "each is a cancelled removal"
    assert len(happened(world, Event.CLOSED)) == N - len(unprepared), "the others have left"


def test_a_mission_identifies_persons_in_view_under_a_duty_to_leave() -> None:
    values = {"identification_missions": 52 * SURE, "mission_identifies_share": 1.0}
    places = [Place.DETENTION, Place.FAMILY_LOCATION, Place.PRIVATE_NETWORK, Place.VBL, Place.VBL]
    phases = [LegalPhase.OBLIGED] * 4 + [LegalPhase.APPEAL]
    world = adults(5, values=values, place=places, phase=phases, frailty=1.0)
    phase._missions(world, everybody(world))
    assert world.people.document.tolist() == [True, True, False, True, False]
    assert happened(world, Event.RECOGNISED) == [1, 2, 4]
    assert happened(world, Event.AGREED) == [1, 2, 4]


def test_nobody_is_brought_before_a_mission_during_an_appeal_until_it_is_allowed() -> None:
    values = {"identification_missions": 52 * SURE, "papers_requested_in_appeal": False}
    world = adults(2, values=values, place=Place.VBL, frailty=1.0, appeals=[True, False])
    phase._missions(world, everybody(world))
    assert world.people.document.tolist() == [False, True]


@pytest.mark.slow
def test_without_gaps_or_without_an_effect_a_run_is_the_same_byte_for_byte() -> None:
    no_gap = change("data_gap_share", 0.0), change("data_gap_share_before", 0.0)
    no_effect = log_of(change("removal_fails_without_data", 0.0))
    assert log_of(*no_gap) == no_effect
    assert log_of() != no_effect
    assert log_of(*no_gap, change("mission_identifies_share", 0.7)) == no_effect, "no missions"


def test_exchange_begins_on_its_day() -> None:
    late = change("sigma_in_use", False), change("sigma_in_use", True, date(2015, 1, 5))
    assert log_of(*late) == log_of(change("sigma_in_use", False))
