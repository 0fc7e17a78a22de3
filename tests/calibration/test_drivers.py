"""Drivers of targets: found where they are, and not where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.space.space import DUMMY, Factor, Space
from terugkeer.calibration.drivers import COLUMNS, NAMED, drivers_table
from terugkeer.calibration.prior_predictive import Predicted

from tests.calibration.test_target import target

N = 256
SPACE = Space((
    *(Factor(f"number_{k}", f"number {k}", grade="C") for k in range(30)),
    Factor("choice", "choice", alternatives=("a", "b", "c"), grade="B"),
    Factor(DUMMY, DUMMY),
))  # fmt: skip
POINTS = np.random.default_rng(7).random((N, 32))


def table_of(values: np.ndarray) -> object:
    found = Predicted((target(id="t"),), values[:, np.newaxis], np.zeros(1))
    return drivers_table(SPACE, POINTS, found)


def test_what_drives_comes_first_with_its_direction_and_share() -> None:
    y = -3.0 * POINTS[:, 4] + POINTS[:, 9] + 0.2 * POINTS[:, 11]
    table = table_of(y)
    assert table.columns.tolist() == list(COLUMNS)
    first, second = table.iloc[0], table.iloc[1]
    assert (first["factor"], first["direction"], first["known"]) == ("number_4", "down", "yes")
    assert (second["factor"], second["direction"]) == ("number_9", "up")
    # of variances 9, 1 and 0.04 the first is 90 %; ranks make it somewhat less
    assert first["share"] == pytest.approx(9 / 10.04, abs=0.05)
    assert first["low"] < first["share"] < first["high"]
    assert table.iloc[-1]["factor"] == DUMMY
    assert table.iloc[-1]["known"] == "no"
    assert len(table) == NAMED + 1


def test_alternatives_drive_without_a_direction() -> None:
    which = np.minimum((POINTS[:, 30] * 3).astype(int), 2)
    y = np.array([0.0, 5.0, 1.0])[which] + POINTS[:, 0]  # no order in it
    first = table_of(y).iloc[0]
    assert (first["factor"], first["direction"], first["grade"]) == ("choice", "", "B")
    assert first["share"] > 0.7


def test_a_group_is_told_as_one_and_none_of_its_members() -> None:
    """Effects of countries: 23 of them move a target a little, and no row names one."""
    members = tuple(f"number_{k}" for k in range(23))
    grouped = Space(SPACE.factors, {"countries": members})
    y = POINTS[:, :23] @ np.linspace(-1.0, 1.0, 23) + 0.5 * POINTS[:, 25]
    found = Predicted((target(id="t"),), y[:, np.newaxis], np.zeros(1))
    table = drivers_table(grouped, POINTS, found)
    assert not set(members) & set(table["factor"])
    first = table.iloc[0]
    assert (first["factor"], first["direction"], first["known"]) == ("countries", "", "yes")
    assert first["share"] > 0.9
    assert len(table) == NAMED + 1


def test_chance_alone_is_seldom_called_known() -> None:
    """Of 40 targets of pure chance at most 6 (chance of more at 5 %: below 0.004)."""
    rng = np.random.default_rng(11)
    known = [(table_of(rng.random(N))["known"] == "yes").any() for _ in range(40)]
    assert sum(known) <= 6


def test_points_that_cannot_tell_are_left_out_and_what_never_changes_has_no_rows() -> None:
    y = POINTS[:, 4].copy()
    y[::2] = np.nan
    assert table_of(y).iloc[0]["factor"] == "number_4"
    assert table_of(np.full(N, 0.3)).empty
    y[8:] = np.nan
    assert table_of(y).empty
