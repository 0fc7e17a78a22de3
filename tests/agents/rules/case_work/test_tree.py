"""Each branch of the case manager's tree, by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from terugkeer.agents.codes import Measure, Reading, Setting
from terugkeer.agents.rules.case_work.tree import File, decide

ENOUGH, FEW = 3, 2


def _decide(
    reading: Reading,
    setting: Setting,
    *,
    removable: bool = False,
    refusals: int = 0,
    imminent: bool = False,
    feasible: bool = False,
    extended: bool = False,
    pending: bool = False,
) -> Measure:
    """Return what is done with one file."""
    file = File(
        reading=np.array([reading], dtype=np.uint8),
        removable=np.array([removable]),
        setting=np.array([setting], dtype=np.uint8),
        refusals=np.array([refusals], dtype=np.uint8),
        imminent=np.array([imminent]),
        feasible=np.array([feasible]),
        extended=np.array([extended]),
        pending=np.array([pending]),
    )
    return Measure(int(decide(file, ENOUGH, FEW)[0]))


def test_who_cooperates_in_a_reception_centre_gets_two_weeks_if_departure_is_imminent() -> None:
    near = {"imminent": True, "feasible": True}
    assert _decide(Reading.COOPERATES, Setting.AZC, **near) == Measure.EXTEND_LOCALLY
    used = _decide(Reading.COOPERATES, Setting.AZC, **near, extended=True)
    assert used == Measure.EXTEND_REGIONALLY


def test_who_cooperates_goes_to_a_freedom_restricting_location_if_departure_is_feasible() -> None:
    place = _decide(Reading.COOPERATES, Setting.AZC, feasible=True)
    assert place == Measure.FREEDOM_RESTRICTING
    assert _decide(Reading.COOPERATES, Setting.AZC) == Measure.KEEP_TERM


@pytest.mark.parametrize("imminent", [False, True])
def test_in_a_freedom_restricting_location_waiting_for_papers_gives_time_too(
    imminent: bool,
) -> None:
    waits = {"feasible": True, "imminent": imminent}
    assert _decide(Reading.COOPERATES, Setting.VBL, **waits) == Measure.EXTEND_LOCALLY
    used = _decide(Reading.COOPERATES, Setting.VBL, **waits, extended=True)
    assert used == Measure.EXTEND_REGIONALLY
    assert _decide(Reading.COOPERATES, Setting.VBL) == Measure.KEEP_TERM
    assert _decide(Reading.AMBIGUOUS, Setting.VBL, **waits) == Measure.PRESS


@pytest.mark.parametrize("setting", [Setting.MUNICIPAL, Setting.FAMILY_LOCATION])
@pytest.mark.parametrize("removable", [False, True])
def test_where_no_clock_binds_who_cooperates_is_given_time(
    setting: Setting, removable: bool
) -> None:
    given = _decide(Reading.COOPERATES, setting, removable=removable, refusals=9)
    assert given == Measure.GRANT_TIME


@pytest.mark.parametrize("setting", [Setting.AZC, Setting.VBL, Setting.FAMILY_LOCATION])
def test_who_refuses_and_can_be_removed_is_handed_over_at_once(setting: Setting) -> None:
    assert _decide(Reading.REFUSES, setting, removable=True, refusals=1) == Measure.COERCE


def test_outside_state_shelter_a_few_talks_come_first() -> None:
    def measure(refusals: int, removable: bool) -> Measure:
        return _decide(Reading.REFUSES, Setting.MUNICIPAL, removable=removable, refusals=refusals)

    assert measure(FEW - 1, True) == Measure.KEEP_TERM
    assert measure(FEW, True) == Measure.COERCE
    assert measure(FEW - 1, False) == Measure.KEEP_TERM
    assert measure(FEW, False) == Measure.CLOSE


@pytest.mark.parametrize("setting", [Setting.AZC, Setting.VBL])
def test_guidance_in_state_shelter_stops_after_about_three_refusals(setting: Setting) -> None:
    assert _decide(Reading.REFUSES, setting, refusals=ENOUGH - 1) == Measure.KEEP_TERM
    assert _decide(Reading.REFUSES, setting, refusals=ENOUGH) == Measure.STOP_GUIDANCE


def test_families_that_refuse_and_cannot_be_removed_are_motivated_on() -> None:
    assert _decide(Reading.REFUSES, Setting.FAMILY_LOCATION, refusals=99) == Measure.KEEP_TERM


@pytest.mark.parametrize("setting", [each for each in Setting if each != Setting.DETENTION])
def test_who_wavers_is_pressed_if_removal_is_not_possible(setting: Setting) -> None:
    assert _decide(Reading.AMBIGUOUS, setting) == Measure.PRESS
    assert _decide(Reading.AMBIGUOUS, setting, removable=True) == Measure.KEEP_TERM


def test_in_detention_and_before_the_first_reading_nothing_is_decided() -> None:
    flags = [False, True]
    for reading, removable, refusals in itertools.product(Reading, flags, (0, 9)):
        held = _decide(reading, Setting.DETENTION, removable=removable, refusals=refusals)
        assert held == Measure.KEEP_TERM
    for setting, removable in itertools.product(Setting, flags):
        unread = _decide(Reading.UNREAD, setting, removable=removable, feasible=True)
        assert unread == Measure.KEEP_TERM


def test_every_measure_is_some_branch() -> None:
    flags = [False, True]
    seen = {
        _decide(
            reading,
            setting,
            removable=removable,
            refusals=refusals,
            imminent=imminent,
            feasible=feasible,
            extended=extended,
        )
        for reading, setting, removable, refusals, imminent, feasible, extended in (
            itertools.product(Reading, Setting, flags, (0, 9), flags, flags, flags)
        )
    }
    assert seen == set(Measure)


def test_while_a_procedure_runs_nobody_is_pressed_handed_over_or_given_up() -> None:
    for setting in Setting:
        for reading in (Reading.REFUSES, Reading.AMBIGUOUS):
            for removable in (False, True):
                found = _decide(reading, setting, removable=removable, refusals=9, pending=True)
                assert found == Measure.KEEP_TERM
    assert _decide(Reading.COOPERATES, Setting.MUNICIPAL, pending=True) == Measure.GRANT_TIME
