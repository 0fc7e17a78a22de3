"""Indices of given data: from any sample, also one without its implausible points."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.errors import InputError
from ...abm.space.space import part_of
from .convergence import LEAST, convergence
from .correlations import correlation_notice, correlations
from .indices import Estimates, resample, together
from .plausible import FILTERED, plausible_points
from .tables import Tables, sampled, shared_tables, verdict_sentences
from .verdict import LEADING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from ...abm.space.space import Factor, Space
    from .study import Study
    from .tables import Sampled

SLICES: Final = 8
RESAMPLES: Final = 200
LEAST_POINTS: Final = 16 * LEAST  # of which anything can be said


def slices(factor: Factor, u: NDArray[np.float64], number: int = SLICES) -> NDArray[np.int64]:
    """Return the slice of each point along a factor.

    Numbers are cut into slices with the same number of points, the largest
    point included (SALib's own PAWN leaves it out); a factor that is not a number
    is cut by alternative.

    Parameters
    ----------
    u : ndarray of float64, shape (n,)
        Coordinates of the points along the factor, between 0 and 1.
    number : int, optional
        Slices of a number.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers of slices, from 0.
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
        The outcome at each point.

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
        The outcome at each point.

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
        The factors. Those of a group are passed over: these indices know no groups.
    points : ndarray of float64, shape (n, n_factors)
        Coordinates.
    y : ndarray of float64, shape (n,)
        The outcome.

    Returns
    -------
    list of Estimates
        `pawn` and `S1`.
    """
    alone = [space.names.index(name) for name in space.alone()]
    cut = np.column_stack([slices(space.factors[j], points[:, j]) for j in alone])

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
        Estimates(name, tuple(space.names[j] for j in alone), value[number], again[:, number])
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
    for j in map(space.names.index, space.alone()):
        factor = space.factors[j]
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


def pawn_tables(study: Study, store: Store) -> Tables:
    """Return what indices of given data found.

    Returns
    -------
    Tables
        `convergence`, those of `shared_tables`, `pawn` and `conditional`; where implausible
        points are left out also `indices_all_points` and `correlations`.

    Raises
    ------
    InputError
        If an outcome that was asked for is missing somewhere or never changes, too few points
        are plausible, or they are chosen by the only outcome that was asked for.
    """
    data = sampled(study, store)
    space = study.space
    frames: dict[str, pd.DataFrame] = {}
    if study.question.plausible:
        frames["indices_all_points"] = together(
            [
                e.frame(each)
                for each in data.outcomes
                if np.ptp(data.of(each)) > 0.0
                for e in given_data(space, data.points, data.of(each))
                if e.index == "S1"
            ]
        )
        keep, said = plausible_points(study.question, study.plan, store)
        frames["correlations"] = correlations(space, data.points[keep])
        notice = correlation_notice(frames["correlations"], int(keep.sum()))
        data = _unfiltered(study, data.kept(keep, [said, *notice]))
    data = data.varied()
    found = {each: given_data(space, data.points, data.of(each)) for each in data.outcomes}
    frames["convergence"] = convergence(
        partial(given_data, space),
        data.points,
        data.of,
        data.outcomes,
        leading=LEADING["pawn"],
        length=1,
        least=LEAST_POINTS,
    )
    frames |= shared_tables(study, data, found)
    indices = frames["indices"]
    frames["pawn"] = indices[indices["index"] == "pawn"]
    frames["indices"] = indices[indices["index"] != "pawn"]
    frames["conditional"] = pd.concat(
        [
            conditional_distributions(space, data.points, data.of(each)).assign(outcome=each)
            for each in data.outcomes
        ],
        ignore_index=True,
    )
    return Tables(frames, [*data.said, *verdict_sentences(frames)])


def _unfiltered(study: Study, data: Sampled) -> Sampled:
    """Leave out the outcomes by which points were chosen."""
    by = FILTERED[bool(study.question.tolerance)]
    asked = [each for each in data.asked if each not in by]
    if not asked:
        raise InputError(
            f"--outcome {study.question.outcome}: points are chosen by it, so nothing is left to "
            "rank. Give another, or look at all with --all-points."
        )
    left = [
        f"{each}: left out, for points were chosen by it." for each in data.outcomes if each in by
    ]
    outcomes = [each for each in data.outcomes if each not in by]
    return replace(data, outcomes=outcomes, asked=asked, said=[*data.said, *left])
