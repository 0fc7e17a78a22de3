"""Chance apart from factors."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.space.measured import Measured
from terugkeer.experiments.sensitivity.noise import seed_shares


def test_shares_of_chance_are_found_from_replicates() -> None:
    rng = np.random.default_rng(1)
    truth = rng.normal(0, 3, 4000)
    runs = truth[:, None] + rng.normal(0, 1, (4000, 4))
    measure = Measured(("y",), runs.mean(axis=1)[:, None], runs.var(axis=1, ddof=1)[:, None])
    (row,) = seed_shares(measure, 4).to_dict("records")
    assert row["seed_share_of_a_run"] == pytest.approx(1 / 10, abs=0.01)
    assert row["seed_share_of_a_mean"] == pytest.approx(0.25 / 9.25, abs=0.005)
    assert row["sd_over_seeds"] == pytest.approx(1.0, abs=0.03)
