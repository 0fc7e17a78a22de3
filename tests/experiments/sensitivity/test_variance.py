"""Sobol indices of functions whose indices are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from SALib.analyze import sobol as salib_sobol
from terugkeer.abm.space.sample import crossed, scattered, trajectories
from terugkeer.abm.space.space import Space
from terugkeer.experiments.sensitivity.elementary import elementary_effects
from terugkeer.experiments.sensitivity.variance import sobol_indices

from tests.abm.space.known_functions import (
    IDLE,
    ISHIGAMI_S1,
    ISHIGAMI_ST,
    REKEYED,
    THREE,
    by_index,
    g_indices,
    ishigami,
    noisy,
    sobol_g,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("function", "first", "total"),
    [(ishigami, ISHIGAMI_S1, ISHIGAMI_ST), (sobol_g, *g_indices())],
    ids=["ishigami", "g"],
)
def test_known_indices_lie_in_their_intervals(
    function: Callable[[np.ndarray], np.ndarray], first: dict[str, float], total: dict[str, float]
) -> None:
    sample = crossed(IDLE, 1024)
    found = by_index(sobol_indices(IDLE.labels(), function(sample.points)))
    for name, known in (("S1", first), ("ST", total)):
        frame = found[name].frame("y").set_index("factor")
        for factor, value in known.items():
            assert frame.loc[factor, "low"] - 0.01 <= value <= frame.loc[factor, "high"] + 0.01
            assert frame.loc[factor, "value"] == pytest.approx(value, abs=0.05)


def test_indices_are_those_of_salib_pairs_too() -> None:
    sample = crossed(THREE, 128, second_order=True)
    y = ishigami(sample.points)
    found = by_index(sobol_indices(THREE.labels(), y, second_order=True))
    theirs = salib_sobol.analyze(THREE.problem(), y, calc_second_order=True, seed=1)
    assert found["S1"].value == pytest.approx(theirs["S1"])
    assert found["ST"].value == pytest.approx(theirs["ST"])
    assert found["S2"].factors == ("a:b", "a:c", "b:c")
    pairs = [theirs["S2"][0, 1], theirs["S2"][0, 2], theirs["S2"][1, 2]]
    assert found["S2"].value == pytest.approx(pairs)
    assert found["S2"].value.argmax() == 1


def test_factors_in_a_group_count_as_one() -> None:
    space = Space(THREE.factors, {"ac": ("a", "c")})
    found = by_index(sobol_indices(space.labels(), ishigami(crossed(space, 512).points)))
    assert found["ST"].factors == ("ac", "b")
    # nothing is left between a and c: first-order and total effect agree
    assert found["S1"].value[0] == pytest.approx(1 - ISHIGAMI_S1["b"], abs=0.06)
    assert found["ST"].value[0] == pytest.approx(1 - ISHIGAMI_S1["b"], abs=0.06)


def test_an_idle_dummy_is_zero_and_one_that_changes_seeds_is_not() -> None:
    sample = crossed(IDLE, 64)
    idle = by_index(sobol_indices(IDLE.labels(), noisy(sample.points, sample.sets, 2, 2.0)))
    assert idle["ST"].value[3] == 0.0
    assert (idle["ST"].resampled[:, 3] == 0.0).all()
    sample = crossed(REKEYED, 64)
    rekeyed = by_index(sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 2, 2.0)))
    assert rekeyed["ST"].value[3] > 0.05
    effects = trajectories(IDLE, 10)
    y = noisy(effects.points, effects.sets, 2, 2.0)
    assert (elementary_effects(IDLE, effects.points, y)[:, 3] == 0.0).all()
    effects = trajectories(REKEYED, 10)
    y = noisy(effects.points, effects.sets, 2, 2.0)
    assert (elementary_effects(REKEYED, effects.points, y)[:, 3] != 0.0).all()


def test_additive_noise_makes_the_dummys_share_of_the_variance() -> None:
    sample, sd, seeds = crossed(REKEYED, 512), 4.0, 2
    y = noisy(sample.points, sample.sets, seeds, sd)
    known = (sd**2 / seeds) / (sd**2 / seeds + np.var(ishigami(scattered(THREE, 4096).points)))
    found = by_index(sobol_indices(REKEYED.labels(), y))
    assert found["ST"].value[3] == pytest.approx(known, abs=0.06)
    # what is left shrinks by the same share and keeps its order
    shrunk = np.array(list(ISHIGAMI_ST.values())) * (1 - known)
    assert found["ST"].value[:3] == pytest.approx(shrunk, abs=0.08)
