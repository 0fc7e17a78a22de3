"""Factors that the choice of points has correlated."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.space.space import DUMMY, Factor, Space
from terugkeer.experiments.sensitivity.correlations import correlation_notice, correlations

from tests.abm.space.known_functions import (
    REKEYED,
)


def test_factors_of_a_group_are_passed_over() -> None:
    space = Space(
        tuple(Factor(name, name) for name in ("a", "b", "c", "d", DUMMY)), {"g": ("a", "b")}
    )
    table = correlations(space, np.random.default_rng(1).random((64, 5)))
    assert table[["a", "b"]].to_numpy().tolist() == [["c", "d"]]
    assert correlations(Space(space.factors, {"g": ("a", "b", "c")}), np.ones((4, 5))).empty


def test_factors_chosen_by_their_sum_are_correlated_and_told() -> None:
    points = np.random.default_rng(1).random((400, 4))
    kept = points[np.abs(points[:, 0] + points[:, 1] - 1.0) < 0.15]
    frame = correlations(REKEYED, kept)
    assert (frame.loc[0, "a"], frame.loc[0, "b"]) == ("a", "b")
    assert frame.loc[0, "correlation"] < -0.8
    (told,) = correlation_notice(frame, len(kept))
    assert told.startswith("Among the points kept, some factors are correlated: a with b (-0.")
    assert correlation_notice(correlations(REKEYED, points), len(points)) == []
