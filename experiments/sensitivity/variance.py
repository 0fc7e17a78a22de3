"""Variance-based indices (Sobol 2001; estimators of Saltelli et al. 2010, through SALib)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from SALib.analyze import sobol as salib_sobol

from .convergence import convergence
from .indices import RESAMPLES, Estimates, resample
from .tables import Tables, sampled, shared_tables, untouched_sentences, verdict_sentences
from .verdict import LEADING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from .study import Study

BETWEEN = ":"  # between the names of a pair


def block_length(labels: int, *, second_order: bool) -> int:
    """Return the runs of one base point.

    Returns
    -------
    int
        `labels + 2`, or `2 labels + 2`.
    """
    return (2 if second_order else 1) * labels + 2


def sobol_indices(
    labels: list[str],
    y: NDArray[np.float64],
    *,
    second_order: bool = False,
    resamples: int = RESAMPLES,
) -> list[Estimates]:
    """Return first-order and total indices with their intervals over base points.

    Parameters
    ----------
    y : ndarray of float64, shape (n * block_length,)
        What was measured at the points of `sample.crossed`.
    second_order : bool, optional
        Whether the sample tells pairs apart.
    resamples : int, optional
        Samples drawn anew for the intervals.

    Returns
    -------
    list of Estimates
        `S1`, `ST`, and `S2` of each pair, named `a:b`.
    """
    d = len(labels)
    n = len(y) // block_length(d, second_order=second_order)
    z = (y - y.mean()) / y.std()
    a, b, ab, ba = salib_sobol.separate_output_values(z, d, n, second_order)
    pairs = list(combinations(range(d), 2)) if second_order else []

    def found(rows: NDArray[np.int64]) -> NDArray[np.float64]:
        y_a, y_b = a[rows][:, None], b[rows][:, None]
        spread = np.var(np.r_[a[rows], b[rows]])
        if spread == 0.0:  # the same few points again and again
            return np.zeros(2 * d + len(pairs))
        s1 = np.mean(y_b * (ab[rows] - y_a), axis=0) / spread
        st = 0.5 * np.mean((y_a - ab[rows]) ** 2, axis=0) / spread
        s2 = [
            np.mean(ba[rows, j] * ab[rows, k] - a[rows] * b[rows]) / spread - s1[j] - s1[k]
            for j, k in pairs
        ]
        return np.concatenate([s1, st, s2])

    value, again = found(np.arange(n)), resample(found, n, resamples)
    names = {
        "S1": (slice(0, d), tuple(labels)),
        "ST": (slice(d, 2 * d), tuple(labels)),
        "S2": (slice(2 * d, None), tuple(f"{labels[j]}{BETWEEN}{labels[k]}" for j, k in pairs)),
    }
    return [
        Estimates(index, factors, value[part], again[:, part])
        for index, (part, factors) in names.items()
        if factors
    ]


def sobol_tables(study: Study, store: Store) -> Tables:
    """Return what an analysis of variance found.

    Returns
    -------
    Tables
        `convergence` and those of `shared_tables`.

    Raises
    ------
    InputError
        If an outcome that was asked for is missing somewhere or never changes.
    """
    data = sampled(study, store).varied()
    labels, second_order = study.space.labels(), study.question.second_order

    def estimate(_points: NDArray[np.float64], y: NDArray[np.float64]) -> list[Estimates]:
        return sobol_indices(labels, y, second_order=second_order)

    found = {each: estimate(data.points, data.of(each)) for each in data.outcomes}
    course = convergence(
        estimate,
        data.points,
        data.of,
        data.outcomes,
        leading=LEADING["sobol"],
        length=block_length(len(labels), second_order=second_order),
    )
    frames = {"convergence": course, **shared_tables(study, data, found)}
    return Tables(frames, [*data.said, *untouched_sentences(frames), *verdict_sentences(frames)])
