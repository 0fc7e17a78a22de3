"""Spans: rows of one household, or of one pair, that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def starts(numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return where another number begins.

    Parameters
    ----------
    numbers : ndarray of int, shape (n,)
        Numbers, equal ones side by side.

    Returns
    -------
    ndarray of bool, shape (n,)
        True at the first of each span.
    """
    found = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found
