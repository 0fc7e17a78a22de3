"""The four readings of past detentions, number by number."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.rules.detention_experience import DETENTION_EXPERIENCE

NUMBERS = np.arange(9, dtype=np.uint8)
LATER = 0.3
BY_HAND = {
    "none": [0.0] * 9,
    "hump_2_4": [0.0, 0.0, 1.0, 1.0, 1.0, LATER, LATER, LATER, LATER],
    "after_5": [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0],
    "resistance": [-(1.0 - 0.5**n) for n in range(9)],
}


@pytest.mark.parametrize("reading", sorted(DETENTION_EXPERIENCE))
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_readings_number_by_number(reading: str, dtype: type) -> None:
    found = DETENTION_EXPERIENCE[reading](NUMBERS.astype(dtype), LATER)
    assert found.dtype == np.float64
    assert found.tolist() == BY_HAND[reading]


@pytest.mark.parametrize("reading", sorted(DETENTION_EXPERIENCE))
def test_who_was_never_detained_has_no_experience_of_it(reading: str) -> None:
    never, often = DETENTION_EXPERIENCE[reading](np.array([0, 10_000]), -1.0)
    assert never == 0.0
    assert -1.0 <= often <= 1.0
