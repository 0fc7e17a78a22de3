"""What persons believe, and how news moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .course import toward as _toward

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def moved(belief: ArrayLike, toward: ArrayLike, weight: ArrayLike) -> NDArray[np.float64]:
    """Return beliefs moved toward what the news says.

    `belief + weight * (toward - belief)`: news may confirm a fear as well as
    allay it.

    Parameters
    ----------
    belief : array_like of float, shape (n,)
        Beliefs in [0, 1].
    toward : array_like of float, scalar or shape (n,)
        What the news says, in [0, 1].
    weight : array_like of float, scalar or shape (n,)
        Weight of the news in [0, 1], see `weight_of_news`.

    Returns
    -------
    ndarray of float64, shape (n,)
        Beliefs in [0, 1]: unmoved at weight 0, the news itself at weight 1.

    Notes
    -----
    Beliefs move toward the truth, which may confirm fear: s2 D3, G R2, R26; informed
    contact reduces the bias: s4 G16. The linear form is an assumption.
    """
    return _toward(belief, toward, weight)


def weight_of_news(trust: ArrayLike, justice: ArrayLike, base: ArrayLike) -> NDArray[np.float64]:
    """Return the weight of news from trust in the messenger and felt justice.

    `base * trust * (1 + justice) / 2`: without trust news has no weight; felt
    justice leaves it whole at 1 and halves it at 0.

    Parameters
    ----------
    trust : array_like of float, shape (n,)
        Trust in the messenger, in [0, 1].
    justice : array_like of float, shape (n,)
        Felt procedural justice, in [0, 1].
    base : array_like of float, scalar or shape (n,)
        Weight of one piece of news that is fully trusted, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        Weights in [0, base].

    Notes
    -----
    Trust multiplies information: s2 D20, G R27; s4 G4; s0 G29. Felt justice
    makes people open to talk: s1 D8, s2 D12, G R17. That the weight is half without
    felt justice is an assumption.
    """
    heard = np.asarray(base, dtype=np.float64) * np.asarray(trust, dtype=np.float64)
    return np.asarray(heard * (1.0 + np.asarray(justice, dtype=np.float64)) / 2.0)


def scaled(x: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """Return values on a scale from 0 to 1: `clip((x - low) / (high - low), 0, 1)`.

    Parameters
    ----------
    x : array_like of float, any shape
        Values, for example an index of conditions at the origin.
    low, high : float
        Values that count as 0 and as 1, in the unit of `x`; not equal.

    Returns
    -------
    ndarray of float64, same shape
        In [0, 1], rising from `low` to `high`; beyond them 0 or 1.
    """
    return np.clip((np.asarray(x, dtype=np.float64) - low) / (high - low), 0.0, 1.0)


def pooled(country: ArrayLike, group_mean: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return values of countries pulled toward the mean of their group.

    `weight * country + (1 - weight) * group_mean`.

    Parameters
    ----------
    country : array_like of float, shape (c,)
        Values of countries.
    group_mean : array_like of float, scalar or shape (c,)
        Mean of the group of each country, in the same unit.
    weight : float
        Weight of the country's own value, in [0, 1]. 0: only the group counts; 1: only
        the country.

    Returns
    -------
    ndarray of float64, shape (c,)
        Values between the country's own and its group's mean.

    Notes
    -----
    Partial pooling, group to country (ODD: Countries); the figures are proxies
    for anyone's safety (`abm/evidence/data/README.md`, origin_conditions.csv).
    """
    own = np.asarray(country, dtype=np.float64)
    return np.asarray(weight * own + (1.0 - weight) * np.asarray(group_mean, dtype=np.float64))


def biased(truth: ArrayLike, bias: ArrayLike) -> NDArray[np.float64]:
    """Return what is believed of a truth: `clip(truth - bias, 0, 1)`.

    Parameters
    ----------
    truth : array_like of float, shape (n,)
        True conditions in [0, 1], 1 is good.
    bias : array_like of float, scalar or shape (n,)
        How much worse they are believed to be, on the same scale; 0 for an
        accurate belief, below 0 for a rosy one.

    Returns
    -------
    ndarray of float64, shape (n,)
        Beliefs in [0, 1].

    Notes
    -----
    Security believed worse than it is: s4 D1, G16 (one survey, contested);
    fear mostly confirmed by objective information: s2 D3.
    """
    return np.clip(
        np.asarray(truth, dtype=np.float64) - np.asarray(bias, dtype=np.float64), 0.0, 1.0
    )
