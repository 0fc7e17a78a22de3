"""Points that look like the Netherlands at all."""

from __future__ import annotations

import numpy as np
from terugkeer.experiments.sensitivity.plausible import plausible


def test_whereabouts_unknown_is_the_largest_share_and_independent_lies_within_bounds() -> None:
    shares = {
        "independent": np.array([0.20, 0.05, 0.04, 0.41, 0.20]),
        "forced": np.array([0.30, 0.30, 0.30, 0.10, 0.45]),
        "unobserved": np.array([0.50, 0.65, 0.66, 0.49, 0.35]),
    }
    assert plausible(shares, 0.05, 0.40).tolist() == [True, True, False, False, False]
