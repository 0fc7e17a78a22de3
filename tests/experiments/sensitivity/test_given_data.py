"""PAWN and first-order indices of given data, beside those of SALib."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import pawn as salib_pawn
from terugkeer.abm.space.sample import scattered
from terugkeer.abm.space.space import Factor, Space
from terugkeer.experiments.sensitivity.given_data import first_order, given_data, pawn, slices

from tests.abm.space.known_functions import (
    IDLE,
    by_index,
    ishigami,
)


def test_pawn_agrees_with_salib_but_for_the_largest_point_and_leaves_numpy_alone() -> None:
    sample = scattered(IDLE, 256)
    y = ishigami(sample.points)
    state = np.random.get_state()[1].copy()  # noqa: NPY002 - the generator that others reseed
    found = by_index(given_data(IDLE, sample.points, y))
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002 - same
    theirs = salib_pawn.analyze(IDLE.problem(), sample.points, y, S=8)
    assert found["pawn"].value == pytest.approx(theirs["median"], abs=0.02)
    cut = slices(IDLE.factors[0], sample.points[:, 0])
    assert np.bincount(cut).tolist() == [32] * 8  # the largest is in its slice
    assert cut[sample.points[:, 0].argmax()] == 7


def test_a_slice_like_all_has_distance_nought_and_one_apart_nearly_one() -> None:
    y = np.arange(64.0)
    assert pawn(np.arange(64) % 2, y) < 0.05
    assert pawn((np.arange(64) >= 32).astype(int), y) == pytest.approx(0.5)
    assert first_order((np.arange(64) >= 32).astype(int), (y >= 32).astype(float)) == 1.0


@pytest.mark.slow
def test_intervals_of_given_data_are_not_moved_upward_by_resampling() -> None:
    covered = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        points, y = rng.random((64, 1)), rng.normal(size=64)
        several = by_index(given_data(Space((Factor("a", "a"),)), points, y))
        distance = several["pawn"].frame("y").iloc[0]
        assert 0.0 <= distance["low"] < distance["value"] < distance["high"]
        found = several["S1"].frame("y")
        covered += bool(found["low"].iloc[0] <= 0.0 <= found["high"].iloc[0])
    assert covered >= 34  # 95 % of 40 are 38; below 34 with a chance of 2 % at a true 92 %
