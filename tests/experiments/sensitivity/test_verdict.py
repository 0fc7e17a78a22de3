"""When indices have converged, and which factors stand above the noise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.space.sample import crossed, trajectories
from terugkeer.abm.space.space import DUMMY, REKEYING, Factor, Space
from terugkeer.experiments.sensitivity.elementary import screening
from terugkeer.experiments.sensitivity.indices import Estimates
from terugkeer.experiments.sensitivity.variance import sobol_indices
from terugkeer.experiments.sensitivity.verdict import above_noise, verdicts

from tests.abm.space.known_functions import (
    REKEYED,
    THREE,
    by_index,
    ishigami,
    noisy,
)


def test_the_verdict_says_what_is_too_wide_and_what_to_do() -> None:
    sample = crossed(REKEYED, 16)
    few = sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 1, 1.0))
    (row,) = verdicts("sobol", {"y": few}).to_dict("records")
    assert not row["converged"]
    assert row["words"].startswith("not converged: widest interval ")
    assert row["words"].endswith("double N (--double)")
    sample = crossed(REKEYED, 4096)
    many = sobol_indices(REKEYED.labels(), ishigami(sample.points))
    (row,) = verdicts("sobol", {"y": many}).to_dict("records")
    assert row["converged"]
    assert row["words"].startswith("converged: ")


def test_a_factor_stands_above_the_noise_only_with_its_whole_interval() -> None:
    sample = crossed(REKEYED, 256)
    several = sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 1, 6.0))
    frame = by_index(several)["ST"].frame("y")
    told = above_noise(frame, "sobol", REKEYED).set_index("factor")
    floor = frame.set_index("factor").loc[DUMMY, "high"]
    low = frame.set_index("factor")["low"]
    assert DUMMY not in told.index
    assert (told["above"] == (low.drop(DUMMY) > floor)).all()
    assert not told.loc["c", "above"]


def test_what_is_no_number_is_held_against_the_dummys_change_itself() -> None:
    space = Space((Factor("n", "n"), Factor("s", "s", alternatives=("p", "q")), REKEYING))
    sample = trajectories(space, 60)
    luck = np.array([np.random.default_rng(int(each)).normal() for each in sample.sets])
    floors = by_index(screening(space, sample.points, luck))["mu_star"].frame("y")
    told = above_noise(floors, "screen", space).set_index("factor")["floor"]
    assert told["s"] == pytest.approx(told["n"] * 2 / 3)


def test_a_small_effect_under_shared_seeds_is_shown_though_it_is_not_above_the_noise() -> None:
    space = Space((Factor("n", "n"), Factor("idle", "idle"), REKEYING))
    sample = trajectories(space, 20)
    luck = np.array([np.random.default_rng(int(each)).normal() for each in sample.sets])
    several = screening(space, sample.points, luck + 0.2 * sample.points[:, 0])
    frame = pd.concat([each.frame("y") for each in several])
    told = above_noise(frame, "screen", space).set_index("factor")
    assert not told["above"].any()
    assert told["sign_sure"].to_dict() == {"n": True, "idle": False}
    assert told["touches"].to_dict() == {"n": True, "idle": False}


def test_a_screening_of_few_trajectories_has_not_converged() -> None:
    sample = trajectories(THREE, 12)
    found = screening(THREE, sample.points, sample.points @ np.array([3.0, -2.0, 1.0]))
    (row,) = verdicts("screen", {"y": found}, 12).to_dict("records")
    assert not row["converged"]
    assert "N 12 of at least 30" in row["words"]
    (row,) = verdicts("screen", {"y": found}, 30).to_dict("records")
    assert row["converged"]


def test_an_emulators_floor_is_not_nought() -> None:
    several = [Estimates("ST", ("a", "dummy"), np.array([0.01, 0.0]), np.zeros((5, 2)))]
    frame = several[0].frame("y")
    assert not above_noise(frame, "sobol", REKEYED, emulated=True)["above"].any()
