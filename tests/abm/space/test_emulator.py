"""Held-back points judge an emulator."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.space.emulator import fitted
from terugkeer.abm.space.sample import scattered
from terugkeer.abm.space.space import Factor, Space


@pytest.mark.slow
def test_held_back_points_are_not_seen_by_what_judges_them() -> None:
    space = Space(tuple(Factor(f"x{each}", "") for each in range(10)))
    points = scattered(space, 64).points
    luck = np.random.default_rng(5).normal(size=64)
    y = points[:, 0] + points[:, 1] ** 2 + luck * 0.3
    judged = fitted("y", space, points, y, np.full(64, 0.09), 1)
    knowing = fitted("y", space, np.vstack([points, points]), np.tile(y, 2), np.full(128, 0.09), 1)
    assert judged.q2 < knowing.q2 - 0.1  # copies of held-back points give them away
    assert judged.q2 < 0.6
