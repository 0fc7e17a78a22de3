"""Tables of a prior predictive check, from points whose answers are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.calibration.prior_predictive import (
    JOINT_COLUMNS,
    TARGETS_COLUMNS,
    Predicted,
    joint_table,
    predicted,
    ranges,
    share_meeting_all,
    targets_table,
)

from tests.calibration.test_target import target

if TYPE_CHECKING:
    from terugkeer.calibration.target import Target

A = target(id="a", value=0.5)  # its error is 0.05
B = target(id="b", value=0.5)
KEPT_BACK = target(id="kept_back", value=0.5, used_for="validation")
FLOOR = target(id="floor", value=0.5, used_for="validation", bound="at_least")


def of(*columns: list[float], targets: tuple[Target, ...] = (A, B)) -> Predicted:
    values = np.array(columns, dtype=float).T
    return Predicted(targets, values, np.zeros(len(columns)))


def test_a_target_stands_beside_the_range_that_the_priors_produce() -> None:
    values = np.linspace(0.0, 1.0, 101).tolist()
    table = targets_table(of(values, [0.6] * 101))
    assert table.columns.tolist() == list(TARGETS_COLUMNS)
    assert table.iloc[0].tolist() == [
        "a", "calibration", 0.5, pytest.approx(0.01), 0.5, pytest.approx(0.99), 0.5, "true",
    ]  # fmt: skip
    assert table.iloc[1].tolist() == ["b", "calibration", 0.5, 0.6, 0.6, 0.6, 0.0, "false"]


def test_a_floor_is_inside_as_long_as_something_reaches_it() -> None:
    found = of([0.6, 0.9], [0.1, 0.4], targets=(FLOOR, FLOOR))
    assert targets_table(found)["inside"].tolist() == ["true", "false"]


def test_points_that_cannot_tell_are_left_out_of_ranges_and_meet_nothing() -> None:
    found = of([0.5, np.nan, 0.5], [np.nan] * 3)
    table = targets_table(found)
    assert table.loc[0, ["low", "high"]].tolist() == [0.5, 0.5]
    assert table.loc[1, ["low", "median", "high", "quantile"]].isna().all()
    assert table.loc[1, "inside"] == "false"
    assert found.untold() == [1, 3]
    assert joint_table(found).query("kind == 'point'")["met"].tolist() == [1, 0, 1]


def test_a_point_meets_what_lies_within_three_standard_deviations() -> None:
    found = of([0.36, 0.64, 0.66, 0.5], [0.5, 0.64, 0.5, 0.9], [9.0] * 4, targets=(A, B, KEPT_BACK))
    table = joint_table(found)
    assert table.columns.tolist() == list(JOINT_COLUMNS)
    points = table[table["kind"] == "point"]
    assert points["met"].tolist() == [2, 2, 1, 1]
    assert set(points["of"]) == {2}
    assert points["target"].tolist()[2:] == ["a", "b"]
    assert share_meeting_all(found) == 0.5


def test_chance_in_runs_widens_what_counts_as_met() -> None:
    found = Predicted((A,), np.array([[0.7]]), np.array([0.12]))
    assert found.off()[0, 0] == pytest.approx(0.2 / 0.13)


def test_a_pair_that_never_meets_together_conflicts_and_one_that_is_independent_does_not() -> None:
    n = 200
    rng = np.random.default_rng(1)
    a = np.where(np.arange(n) % 2 == 0, 0.5, 0.9)
    opposite, apart = 1.4 - a, rng.permutation(a)
    other = target(id="c", value=0.5)
    pairs = joint_table(of(list(a), list(opposite), list(apart), targets=(A, B, other)))
    pairs = pairs[pairs["kind"] == "pair"].set_index(["target", "other"])
    assert pairs.loc[("a", "b"), ["met", "of", "expected", "conflict"]].tolist() == [
        0, n, 50.0, "true",
    ]  # fmt: skip
    assert pairs.loc[("a", "c"), "conflict"] == "false"
    assert len(pairs) == 3


def test_runs_become_means_over_seeds_with_their_noise() -> None:
    rows = pd.DataFrame(
        [
            (key, year, "removal_measures", item, "all", persons)
            for key, share in (("p1", 0.4), ("p2", 0.6), ("q1", 0.5), ("q2", 0.5))
            for year in (2014, 2015)
            for item, persons in (("vbl/independent", 100 * share), ("vbl/inflow", 100.0))
        ],
        columns=["key", "year", "table", "item", "group", "persons"],
    )
    keys = [("p1", "p2"), ("q1", "q2")]
    found = predicted((A,), rows.sample(frac=1.0, random_state=1), keys)
    assert found.predictions[:, 0] == pytest.approx([0.5, 0.5])
    # variances 0.02 and 0 over two seeds: pooled 0.01, of a mean of two 0.005
    assert found.noise[0] == pytest.approx(np.sqrt(0.005))
    alone = predicted((A,), rows, [("p1",), ("q1",)])
    assert alone.noise.tolist() == [0.0]


def test_ranges_are_over_points() -> None:
    outcomes = pd.DataFrame({"x": [0.0, 2.0, 3.0, 3.0]}, index=["p1", "p2", "q1", "q2"])
    found = ranges(outcomes, [("p1", "p2"), ("q1", "q2")])
    assert found.loc[0, "median"] == 2.0
    assert found.loc[0, "low"] == pytest.approx(1.02)
