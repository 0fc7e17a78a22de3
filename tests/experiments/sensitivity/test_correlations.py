"""Factors that the choice of points has correlated."""

from __future__ import annotations

import numpy as np
from terugkeer.experiments.sensitivity.correlations import correlation_notice, correlations

from tests.experiments.known_functions import (
    REKEYED,
)


def test_factors_chosen_by_their_sum_are_correlated_and_told() -> None:
    points = np.random.default_rng(1).random((400, 4))
    kept = points[np.abs(points[:, 0] + points[:, 1] - 1.0) < 0.15]
    frame = correlations(REKEYED, kept)
    assert (frame.loc[0, "a"], frame.loc[0, "b"]) == ("a", "b")
    assert frame.loc[0, "correlation"] < -0.8
    (told,) = correlation_notice(frame, len(kept))
    assert told.startswith("Among the points kept, some factors are correlated: a with b (-0.")
    assert correlation_notice(correlations(REKEYED, points), len(points)) == []
