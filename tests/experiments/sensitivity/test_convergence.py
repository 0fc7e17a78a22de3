"""Indices of the first points of a sample."""

from __future__ import annotations

import pytest
from terugkeer.abm.space.sample import crossed
from terugkeer.experiments.sensitivity.convergence import convergence
from terugkeer.experiments.sensitivity.variance import sobol_indices

from tests.abm.space.known_functions import (
    THREE,
    by_index,
    ishigami,
)


def test_convergence_uses_the_first_points_of_the_sample() -> None:
    sample = crossed(THREE, 32)
    y = ishigami(sample.points)
    course = convergence(
        lambda _, some: sobol_indices(THREE.labels(), some),
        sample.points,
        lambda _: y,
        ["y"],
        leading="ST",
        length=5,
    )
    assert sorted(course["n"].unique()) == [4, 8, 16, 32]
    alone = by_index(sobol_indices(THREE.labels(), y[: 8 * 5]))["ST"].value
    assert course.loc[course["n"] == 8, "value"].to_numpy() == pytest.approx(alone)
