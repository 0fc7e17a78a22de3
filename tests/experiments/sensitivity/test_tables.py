"""Tables that all methods share."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.space.measured import Measured
from terugkeer.abm.space.space import REKEYING, Factor, Space
from terugkeer.experiments.sensitivity.tables import Sampled, factor_frame

MEAN = np.column_stack([np.full(4, 2.0), np.arange(4.0)])
DATA = Sampled(
    np.zeros((4, 1)), Measured(("flat", "y"), MEAN, np.zeros((4, 2))), ["flat", "y"], ["y"], ["a"]
)


def test_what_came_along_and_never_changes_is_left_out_and_told() -> None:
    varied = DATA.varied()
    assert varied.outcomes == ["y"]
    assert varied.said == ["a", "flat: the same at all points, so left out."]
    with pytest.raises(InputError, match="'y': 1 at all design rows 1 to 1"):
        DATA.kept(np.array([False, True, False, False]), []).varied()


def test_some_points_are_kept_with_what_was_measured_there() -> None:
    kept = DATA.kept(np.array([True, False, True, False]), ["b"])
    assert kept.of("y").tolist() == [0.0, 2.0]
    assert (len(kept.points), kept.said) == (2, ["a", "b"])


def test_factors_are_told_with_their_ends() -> None:
    two = Factor("s", "S", role="switch", alternatives=("p", "q", "r"))
    frame = factor_frame(Space((Factor("n", "N", role="lever"), two, REKEYING), {"g": ("n",)}))
    assert frame["group"].tolist() == ["g", "s", "dummy"]
    assert frame[["low", "high"]].to_numpy().tolist() == [["0", "1"], ["p", "r"], ["", ""]]
    assert frame["alternatives"].tolist() == [0, 3, 0]
