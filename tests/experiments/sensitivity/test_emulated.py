"""Sobol indices of an emulator of a known function."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.space.emulator import fitted
from terugkeer.abm.space.sample import scattered
from terugkeer.abm.space.space import REKEYING, Space
from terugkeer.experiments.sensitivity.emulated import emulated
from terugkeer.experiments.sensitivity.verdict import verdicts

from tests.abm.space.known_functions import (
    ISHIGAMI_S1,
    ISHIGAMI_ST,
    THREE,
    by_index,
    ishigami,
)


@pytest.mark.slow
def test_an_emulator_finds_known_indices() -> None:
    space = Space((*THREE.factors, REKEYING))
    sample = scattered(space, 256)
    y = ishigami(sample.points)
    good = fitted("y", space, sample.points, y, np.full(256, np.nan), 1)
    assert good.usable
    assert good.words().startswith("used: held-back Q2 0.")
    found = by_index(emulated([good], space)["y"])
    for name, known in (("S1", ISHIGAMI_S1), ("ST", ISHIGAMI_ST)):
        frame = found[name].frame("y").set_index("factor")
        for factor, value in known.items():
            assert frame.loc[factor, "low"] - 0.03 <= value <= frame.loc[factor, "high"] + 0.03
    assert found["ST"].value[3] < 0.02


def test_an_emulator_of_chance_is_refused_and_says_what_to_do() -> None:
    space = Space((*THREE.factors, REKEYING))
    sample = scattered(space, 64)
    luck = np.random.default_rng(3).normal(size=64)
    poor = fitted("y", space, sample.points, luck, np.full(64, 1.0), 1)
    assert not poor.usable
    assert poor.words().endswith("give more points (--double) or more --seeds")
    noisy_ones = fitted("y", space, sample.points, luck, np.full(64, 1.6), 2)
    assert not noisy_ones.usable
    assert "of what differs between means" in noisy_ones.words()


def test_an_emulator_of_a_clean_function_converges_and_narrows() -> None:
    space = Space((*THREE.factors, REKEYING))
    points = scattered(space, 64).points
    good = fitted("y", space, points, 3 * points[:, 0] + points[:, 1], np.full(64, np.nan), 1)
    (row,) = verdicts("sobol", emulated([good], space)).to_dict("records")
    assert row["converged"]
