"""Indices of given data: from any sample, also one that has lost its implausible points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.space.space import part_of
from .indices import Estimates, resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.space.space import Factor, Space

SLICES: Final = 8
RESAMPLES: Final = 200


def slices(factor: Factor, u: NDArray[np.float64], number: int = SLICES) -> NDArray[np.int64]:
    """Return the slice of each point along a factor.

    Numbers are cut into slices with the same number of points, the largest
    point included (SALib's own PAWN leaves it out); what is no number is cut
    by alternative.

    Parameters
    ----------
    factor : Factor
        The factor.
    u : ndarray of float64, shape (n,)
        Its coordinate.
    number : int, optional
        Slices of a number.

    Returns
    -------
    ndarray of int64, shape (n,)
        From 0.
    """
    if factor.alternatives:
        return part_of(u, len(factor.alternatives))
    rank = np.argsort(np.argsort(u, kind="stable"), kind="stable")
    return rank * number // len(u)


def pawn(slice_of: NDArray[np.int64], y: NDArray[np.float64]) -> float:
    """Return the PAWN index of a factor (Pianosi and Wagener 2018).

    The median over slices of the Kolmogorov-Smirnov distance between the
    distribution of the outcome in the slice and in all points.

    Parameters
    ----------
    slice_of : ndarray of int64, shape (n,)
        Slice of each point.
    y : ndarray of float64, shape (n,)
        The outcome.

    Returns
    -------
    float
        0 if slices look alike, toward 1 if the factor decides.
    """
    order = np.argsort(y, kind="stable")
    ranked = y[order]
    last = np.append(ranked[1:] != ranked[:-1], True)  # of equal outcomes
    parts, part = np.unique(slice_of[order], return_inverse=True)
    inside = np.cumsum(part[:, None] == np.arange(len(parts)), axis=0)[last]
    all_of = np.flatnonzero(last) + 1
    distance = np.abs(inside / inside[-1] - (all_of / len(y))[:, None]).max(axis=0)
    return float(np.median(distance))


def first_order(slice_of: NDArray[np.int64], y: NDArray[np.float64]) -> float:
    """Return the first-order index from slices, less what chance alone would give.

    The variance of slice means over the variance of all, corrected for the
    spread of a mean of few points (the adjusted R squared of the slices).

    Parameters
    ----------
    slice_of : ndarray of int64, shape (n,)
        Slice of each point.
    y : ndarray of float64, shape (n,)
        The outcome.

    Returns
    -------
    float
        At most 1; about 0, and at times below, for a factor that does nothing.
    """
    sums = pd.Series(y).groupby(slice_of)
    within = float((sums.var(ddof=0) * sums.size()).sum())
    n, k = len(y), int(sums.ngroups)
    total = float(np.var(y) * n)
    if total == 0.0 or n <= k:
        return 0.0
    return 1.0 - (within / (n - k)) / (total / (n - 1))


def given_data(
    space: Space, points: NDArray[np.float64], y: NDArray[np.float64]
) -> list[Estimates]:
    """Return the indices of given data with their intervals over points.

    Parameters
    ----------
    space : Space
        The factors; groups are not known here.
    points : ndarray of float64, shape (n, n_factors)
        Coordinates.
    y : ndarray of float64, shape (n,)
        The outcome.

    Returns
    -------
    list of Estimates
        `pawn` and `S1`.
    """
    cut = np.column_stack([slices(f, points[:, j]) for j, f in enumerate(space.factors)])

    def found(rows: NDArray[np.int64]) -> NDArray[np.float64]:
        some = y[rows]
        return np.array(
            [[measure(cut[rows, j], some) for j in range(cut.shape[1])] for measure in MEASURES]
        )

    value, again = found(np.arange(len(y))), resample(found, len(y), RESAMPLES)
    # a point drawn twice makes slices look more alike inside, and less like all points: the
    # intervals are moved back
    again -= again.mean(axis=0) - value
    again[:, PAWN] = np.maximum(again[:, PAWN], 0.0)
    return [
        Estimates(name, tuple(space.names), value[number], again[:, number])
        for number, name in enumerate(("pawn", "S1"))
    ]


MEASURES: Final = (pawn, first_order)
PAWN: Final = MEASURES.index(pawn)


def conditional_distributions(
    space: Space, points: NDArray[np.float64], y: NDArray[np.float64]
) -> pd.DataFrame:
    """Return the distributions that PAWN compares, as quantiles.

    Parameters
    ----------
    space : Space
        The factors.
    points : ndarray of float64, shape (n, n_factors)
        Coordinates.
    y : ndarray of float64, shape (n,)
        The outcome.

    Returns
    -------
    pandas.DataFrame
        Columns `factor, slice, quantile, value`; slice `all` for all points.
    """
    probabilities = np.linspace(0.0, 1.0, 21)
    rows = []
    for j, factor in enumerate(space.factors):
        cut = slices(factor, points[:, j])
        parts = {"all": y, **{str(each + 1): y[cut == each] for each in np.unique(cut)}}
        for name, some in parts.items():
            rows.append(
                pd.DataFrame(
                    {
                        "factor": factor.name,
                        "slice": name,
                        "quantile": probabilities,
                        "value": np.quantile(some, probabilities),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def plausible(shares: dict[str, NDArray[np.float64]], low: float, high: float) -> NDArray[np.bool_]:
    """Return which points look like the Netherlands at all.

    Parameters
    ----------
    shares : dict of str to ndarray of float64
        Shares of closings by way.
    low, high : float
        Between which the share of independent departures may lie.

    Returns
    -------
    ndarray of bool
        True where whereabouts unknown is the largest share and independent
        lies between the two.
    """
    others = [each for name, each in shares.items() if name != "unobserved"]
    largest = np.all([shares["unobserved"] >= each for each in others], axis=0)
    inside = (shares["independent"] >= low) & (shares["independent"] <= high)
    return np.asarray(largest & inside)
