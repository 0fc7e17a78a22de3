"""Samples: points that stay when their number is doubled, and seeds of their own."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.space.sample import SEEDS_IN_SET, crossed, scattered, seeds_of, trajectories

from tests.abm.space.known_functions import (
    REKEYED,
)


def test_doubling_keeps_every_point() -> None:
    for draw in (crossed, scattered, trajectories):
        small, large = draw(REKEYED, 8), draw(REKEYED, 16)
        assert np.array_equal(small.points, large.points[: len(small.points)])
        assert np.array_equal(small.sets, large.sets[: len(small.sets)])
        assert len(large.points) == 2 * len(small.points)


def test_each_trajectory_has_seeds_of_its_own_and_only_the_dummy_changes_them() -> None:
    sample = trajectories(REKEYED, 6)
    sets = sample.sets.reshape(6, -1)
    moved = np.diff(sample.points[:, 3].reshape(6, -1), axis=1) != 0
    assert ((np.diff(sets, axis=1) != 0) == moved).all()
    assert len({frozenset(row) for row in sets}) == 6
    assert not set(sets[0]) & set(sets[1])
    assert seeds_of(2, 3) == range(2 * SEEDS_IN_SET + 1, 2 * SEEDS_IN_SET + 4)
