"""How indices settle with the size of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from .elementary import screening
from .given_data import given_data
from .variance import block_length, sobol_indices
from .verdict import LEADING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ...abm.space.space import Space
    from .indices import Estimates

HALVINGS: Final = 3
LEAST: Final = 4  # blocks of which anything can be said


def estimates(
    method: str,
    space: Space,
    points: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    second_order: bool = False,
) -> list[Estimates]:
    """Return all indices of a method for one outcome.

    Parameters
    ----------
    method : {"screen", "sobol", "pawn"}
        The method.
    space : Space
        The factors.
    points : ndarray of float64, shape (n_points, n_factors)
        The sample of that method.
    y : ndarray of float64, shape (n_points,)
        What was measured there.
    second_order : bool, optional
        Whether a crossed sample tells pairs apart.

    Returns
    -------
    list of Estimates
        The indices.
    """
    if method == "screen":
        return screening(space, points, y)
    if method == "sobol":
        return sobol_indices(space.labels(), y, second_order=second_order)
    return given_data(space, points, y)


def convergence(
    method: str,
    space: Space,
    points: NDArray[np.float64],
    measured: Callable[[str], NDArray[np.float64]],
    outcomes: Sequence[str],
    *,
    second_order: bool = False,
) -> pd.DataFrame:
    """Return the leading index from the first eighth, quarter, half and all of a sample.

    Parameters
    ----------
    method : {"screen", "sobol", "pawn"}
        The method.
    space : Space
        The factors.
    points : ndarray of float64, shape (n_points, n_factors)
        The sample.
    measured : callable
        From an outcome to what was measured at the points.
    outcomes : sequence of str
        Ids.
    second_order : bool, optional
        Whether a crossed sample tells pairs apart.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, n, factor, index, value, low, high`; `n` counts
        trajectories, base points or points.
    """
    labels = len(space.labels())
    length = {
        "screen": labels + 1,
        "sobol": block_length(labels, second_order=second_order),
        "pawn": 1,
    }[method]
    n = len(points) // length
    least = LEAST if method != "pawn" else LEAST * 16
    parts = []
    for size in sorted({n >> each for each in range(HALVINGS + 1)}):
        if size < least and size != n:
            continue
        rows = slice(0, size * length)
        for outcome in outcomes:
            y = measured(outcome)[rows]
            if y.std() == 0.0:
                continue
            several = estimates(method, space, points[rows], y, second_order=second_order)
            leading = next(each for each in several if each.index == LEADING[method])
            frame = leading.frame(outcome)
            frame.insert(1, "n", size)
            parts.append(frame)
    return pd.concat(parts, ignore_index=True)
