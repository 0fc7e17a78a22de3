"""Points over the priors: which, with which seeds, and which rows their runs keep."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.calibration.prior_design import prior_design, rows_of
from terugkeer.calibration.target_list import load_targets


def design(number: int, seeds: int = 1, scale: float = 20.0) -> object:
    return prior_design(registry(), load_targets(), number=number, seeds=seeds, scale=scale)


def test_all_priors_and_contested_switches_are_varied_and_no_lever() -> None:
    names = {each.partition("[")[0] for each in design(2).space.names}  # parts: each on its own
    varied = {
        record.name
        for role in ("calibrate", "switch")
        for record in registry().by_role(role)
        if record.prior is not None and record.name != "decision"
    }
    assert names == {*varied, "dummy"}
    assert "decision" not in names


def test_first_points_stay_when_there_are_more() -> None:
    few, many = design(3), design(8)
    assert np.array_equal(few.points, many.points[:3])
    assert few.plan.keys == many.plan.keys[:3]
    assert len({key for keys in many.plan.keys for key in keys}) == 8


def test_each_point_has_seeds_of_its_own_and_years_end_in_2015() -> None:
    runs = design(4, seeds=3).plan.design.runs
    assert len({run.seed for run in runs}) == 12
    assert {(run.first_year, run.last_year) for run in runs} == {(2011, 2015)}


def test_points_cover_each_prior_evenly() -> None:
    points = design(64).points
    assert np.abs(points.mean(axis=0) - 0.5).max() < 0.02
    assert ((points > 0.0) & (points < 1.0)).all()


def test_runs_keep_what_targets_read_and_harm_beside_it() -> None:
    choices = rows_of(load_targets()).choices
    tables = {table for table, _, _ in choices}
    assert {each.table for each in load_targets()} <= tables
    assert {"weeks_lived", "voluntariness_of_adults", "returns_into_danger"} <= tables
    assert ("national_departures_by_origin_group", "*", "origin_group=safe") in choices


@pytest.mark.parametrize("number", [-1, 0, 1, 2**16 + 1])
def test_too_few_and_too_many_points_are_refused(number: int) -> None:
    with pytest.raises(InputError, match="--points"):
        design(number)
