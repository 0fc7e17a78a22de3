"""Exits as competing hazards: rules as pure functions of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def chance_within_week(hazard: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the chance that an event of constant hazard falls within a week.

    Parameters
    ----------
    hazard : ndarray of float, shape (n,)
        Hazard `h` in 1/week, at least 0.

    Returns
    -------
    ndarray of float, shape (n,)
        `1 - exp(-h)`: `h` as h -> 0, and 1 as h -> inf.
    """
    return np.asarray(-np.expm1(-hazard))


def race(
    n: int,
    causes: Iterable[tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]],
) -> NDArray[np.int8]:
    """Return which of several competing causes comes first within the week.

    Cause `k` fires when `u_k < 1 - exp(-h_k)`; of those that fire the smallest
    `-log(1 - u_k) / h_k` comes first. With independent uniforms this is exactly
    a race of exponential clocks: `P(none) = exp(-sum h)` and
    `P(k) = h_k / sum h * (1 - exp(-sum h))`. Every cause has a draw of its own, so a
    change of one hazard moves nobody between two other causes.

    Parameters
    ----------
    causes : iterable of (rows, uniforms, hazards)
        For each cause the persons at risk (indices below `n`), one keyed
        uniform inside (0, 1) for each of them, and their hazards in 1/week, at
        least 0; 0 never fires, infinity always fires.

    Returns
    -------
    ndarray of int8, shape (n,)
        Index of the cause that comes first, or -1 for none.
    """
    first = np.full(n, -1, dtype=np.int8)
    time = np.full(n, np.inf)
    for cause, (rows, uniforms, hazards) in enumerate(causes):
        near = np.flatnonzero(uniforms < hazards)  # holds all that fire: 1 - exp(-h) <= h
        fired = near[uniforms[near] < chance_within_week(hazards[near])]
        clock = -np.log1p(-uniforms[fired]) / hazards[fired]
        earlier = clock < time[rows[fired]]
        winners = rows[fired[earlier]]
        time[winners] = clock[earlier]
        first[winners] = cause
    return first


def centred_contrast(ratio: float, weight: float) -> tuple[float, float]:
    """Split a hazard ratio over two groups so that their pooled hazard stays.

    Parameters
    ----------
    ratio : float
        Hazard of the first group over that of the second, above 0.
    weight : float
        Share of the first group, inside [0, 1].

    Returns
    -------
    tuple of float
        Factors `(ratio / m, 1 / m)` with `m = weight * ratio + 1 - weight`.
    """
    mean = weight * ratio + 1.0 - weight
    return ratio / mean, 1.0 / mean


def halving(stay_weeks: NDArray[np.number], halving_weeks: float) -> NDArray[np.floating]:
    """Return the factor by which a hazard has declined over a stay.

    Parameters
    ----------
    stay_weeks : ndarray, shape (n,)
        Weeks of stay so far.
    halving_weeks : float
        Weeks over which the hazard halves, above 0.

    Returns
    -------
    ndarray of float, shape (n,)
        `2 ** (-stay / halving)`: 1 at the start, 0 in the long run.
    """
    return np.asarray(np.exp2(-stay_weeks / halving_weeks))
