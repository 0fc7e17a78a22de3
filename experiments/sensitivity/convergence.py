"""How indices settle with the size of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .indices import Estimates

    Estimate = Callable[[NDArray[np.float64], NDArray[np.float64]], list[Estimates]]

HALVINGS: Final = 3
LEAST: Final = 4  # blocks of which anything can be said


def convergence(
    estimate: Estimate,
    points: NDArray[np.float64],
    measured: Callable[[str], NDArray[np.float64]],
    outcomes: Sequence[str],
    *,
    leading: str,
    length: int,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return the leading index from the first eighth, quarter, half and all of a sample.

    Parameters
    ----------
    estimate : callable
        From points and an outcome at them to all indices of the method.
    points : ndarray of float64, shape (n * length, n_factors)
        Coordinates between 0 and 1.
    measured : callable
        From an outcome's id to what was measured at the points.
    outcomes : sequence of str
        Ids.
    leading : str
        The method's leading index.
    length : int
        Points that belong together: a trajectory, a base point with its crossings, or 1.
    least : int, optional
        Smallest number of blocks from which indices are estimated.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, n, factor, index, value, low, high`; `n` counts blocks of `length`.
    """
    n = len(points) // length
    parts = []
    for size in sorted({n >> each for each in range(HALVINGS + 1)}):
        if size < least and size != n:
            continue
        rows = slice(0, size * length)
        for outcome in outcomes:
            y = measured(outcome)[rows]
            if y.std() == 0.0:
                continue
            several = estimate(points[rows], y)
            frame = next(each for each in several if each.index == leading).frame(outcome)
            frame.insert(1, "n", size)
            parts.append(frame)
    return pd.concat(parts, ignore_index=True)
