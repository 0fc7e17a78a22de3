"""Ranks and intervals."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.experiments.sensitivity.indices import savage


def test_ranks_are_weighed_toward_the_top() -> None:
    assert savage(np.array([5.0, 1.0, 3.0])) == pytest.approx(
        [1 + 1 / 2 + 1 / 3, 1 / 3, 1 / 2 + 1 / 3]
    )
