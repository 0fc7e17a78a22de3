"""Plans for life after return: how much is there for them, and what comes of them.

The four categories are those of the monitoring framework of subsidised projects (s1 B10). No
outcome was ever published: forms are assumptions, sizes stand in the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import expit, logit

from ..codes import Plan

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

# in the order of their shares: the more is there for a plan, the earlier its category
CATEGORIES: Final = (Plan.CARRIED_OUT, Plan.PARTLY, Plan.PROSPECTS, Plan.NOTHING)


def means(amount_eur: ArrayLike, half_eur: float) -> Array:
    """Return how far money and goods of a grant cover a plan: `amount / (amount + half)`.

    Parameters
    ----------
    amount_eur : array_like of float, shape (n,)
        EUR for each adult, in cash and in kind, at least 0.
    half_eur : float
        EUR that cover half of it, above 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1): 0 without a grant.

    Notes
    -----
    Money for the first time lacks (s4 J L4315-4321); cash serves a plan where there is one
    (s3 F2, L3763-3771).
    """
    amount = np.asarray(amount_eur, dtype=np.float64)
    return np.asarray(amount / (amount + half_eur))


def score(conditions: ArrayLike, effects: ArrayLike) -> Array:
    """Return what is there for a plan, in log odds: `(conditions - 1/2) @ effects`.

    Parameters
    ----------
    conditions : array_like of float, shape (n, k)
        Each from 0 to 1.
    effects : array_like of float, shape (k,)
        Log odds from 0 to 1 of a condition.

    Returns
    -------
    ndarray of float64, shape (n,)
        0 where every condition is half way.

    Notes
    -----
    Context, direct environment, and own capacities decide on success: s1 B10 (no sizes).
    """
    half_way = np.asarray(conditions, dtype=np.float64) - 1 / 2
    return np.asarray(half_way @ np.asarray(effects, dtype=np.float64))


def came_of(
    score: ArrayLike, years: ArrayLike, shares: ArrayLike, per_doubling: float, uniform: ArrayLike
) -> NDArray[np.uint8]:
    """Return what has come of plans, by an ordered logit that grows with time.

    `P(category k or better) = expit(logit(c_k) + score + per_doubling * log2(years))` with
    `c_k` the sum of the first k shares. The same uniform at every time: a plan only advances.

    Parameters
    ----------
    score : array_like of float, shape (n,)
        Log odds, as `score` returns them.
    years : array_like of float, scalar or shape (n,)
        Since the return, above 0.
    shares : array_like of float, shape (4,)
        Of the categories after a year at score 0, in the order of `CATEGORIES`; sum 1.
    per_doubling : float
        Log odds for each doubling of the time, at least 0.
    uniform : array_like of float, shape (n,)
        In (0, 1).

    Returns
    -------
    ndarray of uint8, shape (n,)
        `Plan`, one of `CATEGORIES`.
    """
    at_least = np.minimum(np.cumsum(np.asarray(shares, dtype=np.float64))[:-1], 1.0)
    known = np.asarray(score, dtype=np.float64) + per_doubling * np.log2(years)
    chance = expit(logit(at_least) + known[:, np.newaxis])
    place = (np.asarray(uniform)[:, np.newaxis] >= chance).sum(axis=1)
    return np.asarray(np.array(CATEGORIES, dtype=np.uint8)[place])


def done(plan: ArrayLike, partly: float) -> Array:
    """Return how far plans are carried out: 1, in part `partly`, otherwise 0.

    Parameters
    ----------
    plan : array_like of uint8, shape (n,)
        `Plan`.
    partly : float
        What a plan counts that is carried out in part, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 0 without a plan.
    """
    worth = np.zeros(len(Plan))
    worth[[Plan.CARRIED_OUT, Plan.PARTLY]] = 1.0, partly
    return np.asarray(worth[np.asarray(plan, dtype=np.intp)])
