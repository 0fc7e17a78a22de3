"""Blocks of equal numbers side by side, such as the rows of one household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def starts(numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return True at the first number of each block, where equal numbers stand side by side."""
    found = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found
