"""People who leave while they wait for a permit: expected numbers from recorded requests."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.arrivals.undecided import LONGEST_WAIT, left_undecided, left_waiting
from terugkeer.abm.world.calendar import first_week

from tests.abm.world.small_world import change, model_of


def test_departures_by_hand() -> None:
    """100 enter in the first week and 50 in the third; half of them wait for two weeks more."""
    entering = np.array([100.0, 0.0, 50.0, 0.0])
    waits = np.tile([1.0, 0.5, 0.0], (4, 1))
    h = 0.1
    leaves = 1.0 - exp(-h)
    assert left_waiting(entering, waits, h) == pytest.approx(
        [100 * leaves, 100 * 0.5 * exp(-h) * leaves, 50 * leaves, 50 * 0.5 * exp(-h) * leaves]
    )
    assert not left_waiting(entering, waits, 0.0).any()


@given(st.lists(st.floats(0.0, 1e5), min_size=1, max_size=9), st.floats(0.0, 50.0))
def test_no_more_leave_than_entered(entering: list[float], hazard: float) -> None:
    """Nobody is counted twice: each leaves once at most."""
    waits = np.ones((len(entering), LONGEST_WAIT))
    left = left_waiting(np.array(entering), waits, hazard)
    assert left.min() >= 0.0
    assert left.sum() <= sum(entering) * (1.0 + 1e-9)


def yearly(**values: object) -> dict[int, float]:
    changes = tuple(change(name, value) for name, value in values.items())
    return derive_inflow(registry(), changes).undecided_by_year()


def test_about_requests_times_share_times_wait_times_hazard_where_nothing_changes() -> None:
    """15,000 x 0.4 a year wait 8 + 0.8 x 26 weeks, less half a week that is no whole one."""
    start, end = first_week(2007), first_week(2012)
    left, read = left_undecided(registry(), Timeline(registry()), start, end)
    of_2009 = left[first_week(2009) - start : first_week(2010) - start].sum()
    assert of_2009 == pytest.approx(15_000 * 0.4 * (8 + 0.8 * 26 - 0.5) * 0.001, rel=0.03)
    assert {"asylum_requests", "asylum_granted_share", "undecided_iom_hazard"} <= read


def test_departures_follow_the_hazard_and_the_months_of_the_inflow() -> None:
    usual, more = yearly(), yearly(undecided_iom_hazard=0.002)
    assert set(usual) == set(range(2008, 2018))
    assert all(1.9 < more[year] / usual[year] < 2.0 for year in usual)
    # most of 2015 asked in its last third, so that the departures of 2015 are few for its requests
    assert usual[2015] / 45_030 / 0.7 < usual[2012] / 13_650 / 0.4


@pytest.mark.slow
def test_no_lever_moves_them_and_they_are_no_persons() -> None:
    usual = model_of(scale=200.0)
    longer = model_of(change("procedure_length_factor", 4.0), scale=200.0)
    more = model_of(change("undecided_iom_hazard", 0.003), scale=200.0)
    assert usual.undecided == longer.undecided
    assert more.undecided[2011] > 2.5 * usual.undecided[2011]
    for model in (usual, more):
        model.run()
    assert (usual.log.column("person") == more.log.column("person")).all()
