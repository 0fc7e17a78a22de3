"""Elementary effects, beside those of SALib."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from terugkeer.abm.space.sample import trajectories
from terugkeer.abm.space.space import Factor, Space
from terugkeer.experiments.sensitivity.elementary import elementary_effects, screening

from tests.abm.space.known_functions import (
    THREE,
    by_index,
    ishigami,
)


def test_elementary_effects_are_those_of_salib() -> None:
    sample = trajectories(THREE, 12)
    y = ishigami(sample.points)
    found = by_index(screening(THREE, sample.points, y))
    theirs = salib_morris.analyze(THREE.problem(), sample.points, y, num_levels=4, seed=1)
    for index in ("mu", "mu_star", "sigma"):
        assert found[index].value == pytest.approx(np.asarray(theirs[index], dtype=float))


def test_a_straight_line_has_the_same_effect_everywhere() -> None:
    sample = trajectories(THREE, 5)
    found = by_index(screening(THREE, sample.points, sample.points @ np.array([3.0, -2.0, 0.0])))
    assert found["mu"].value == pytest.approx([3, -2, 0])
    assert found["mu_star"].value == pytest.approx([3, 2, 0])
    assert found["sigma"].value == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_screening_visits_every_pair_of_alternatives_and_tells_their_whole_difference() -> None:
    space = Space((Factor("x", "x", alternatives=("p", "q", "r")), Factor("b", "b")))
    sample = trajectories(space, 40)
    which = (sample.points[:, 0] * 3).astype(int).reshape(40, -1)
    assert {frozenset(row) for row in which} == {frozenset(p) for p in ((0, 1), (0, 2), (1, 2))}
    effects = elementary_effects(space, sample.points, (sample.points[:, 0] > 0.5) * 10.0)
    steps = effects[:, 0]
    assert set(np.abs(steps)) <= {0.0, 10.0}
    assert (steps >= 0).all()  # later alternatives are higher here, whichever way was gone


def test_a_group_with_a_number_has_one_scale_and_three_alternatives_have_no_sign() -> None:
    three = Factor("s", "s", alternatives=("p", "q", "r"))
    grouped = Space((Factor("n", "n"), three, Factor("o", "o")), {"g": ("n", "s")})
    sample = trajectories(grouped, 30)
    effects = elementary_effects(grouped, sample.points, 4.0 * sample.points[:, 0])
    assert np.abs(effects[:, 0]) == pytest.approx(np.full(30, 4.0))
    apart = Space((Factor("n", "n"), three))
    sample = trajectories(apart, 10)
    found = by_index(screening(apart, sample.points, sample.points[:, 1]))
    assert found["mu"].factors == found["sigma"].factors == ("n",)
    assert found["mu_star"].factors == ("n", "s")
