"""News: how much of it people take in, and what it does to a belief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


def told(belief: ArrayLike, good: ArrayLike, bad: ArrayLike) -> Array:
    """Return beliefs after the news of a week.

    `belief + (good * (1 - belief) - bad * belief) / max(1, good + bad)`: news moves a
    belief toward 1 or toward 0 by its weight. Weights above 1 together count as 1.

    Parameters
    ----------
    belief : array_like of float, shape (n,)
        Beliefs in [0, 1].
    good, bad : array_like of float, shape (n,)
        Weights of the news that says 1 and of the news that says 0, each summed over
        all persons who tell it; at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]: unmoved without news, rising in `good`, falling in `bad`.

    Notes
    -----
    News of returnees, good and bad, shapes beliefs: s2 D19 L1009-1021. Peers' permits
    add to hope: s4 G17 L5383-5395. The linear form is that of `agents.rules.beliefs.moved`.
    """
    x, up, down = (np.asarray(each, dtype=np.float64) for each in (belief, good, bad))
    step = (up * (1.0 - x) - down * x) / np.maximum(1.0, up + down)
    return np.clip(x + step, 0.0, 1.0)


def weighty(before: ArrayLike, after: ArrayLike, least: float) -> NDArray[np.bool_]:
    """Return for which persons the news of a week is weighty: it moves a belief far.

    Parameters
    ----------
    before, after : array_like of float, shape (k, n)
        Beliefs of n persons, k of each, in [0, 1].
    least : float
        What one belief must move by, up or down, at least.

    Returns
    -------
    ndarray of bool, shape (n,)
        True if any belief moves that far; never without a move.
    """
    moves = np.abs(np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64))
    return np.asarray(((moves >= least) & (moves > 0.0)).any(axis=0))


def none(distance: ArrayLike) -> Array:
    """Return the share of news that people take in if no news travels.

    Parameters
    ----------
    distance : array_like of float, shape (n,)
        Distance between the news and what is believed, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        0.
    """
    return np.zeros(np.shape(distance))


def trusted(distance: ArrayLike) -> Array:
    """Return the share of news that people take in if trust alone decides: all of it.

    Parameters
    ----------
    distance : array_like of float, shape (n,)
        Distance between the news and what is believed, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        1.
    """
    return np.ones(np.shape(distance))


def near_to_belief(distance: ArrayLike) -> Array:
    """Return the share of news that people take in if they doubt what contradicts them.

    `1 - distance`.

    Parameters
    ----------
    distance : array_like of float, shape (n,)
        Distance between the news and what is believed, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        1 for news that says what a person believes, 0 for its opposite.
    """
    return np.asarray(1.0 - np.asarray(distance, dtype=np.float64))


NEWS: Final[Mapping[str, Callable[[ArrayLike], Array]]] = {
    "trusted": trusted,
    "near_to_belief": near_to_belief,
    "none": none,
}
# whether news of a pardon spreads over ties, or all families know of it at once
PARDON_RUMOUR: Final[Mapping[str, Callable[[], bool]]] = {
    "known_to_all": lambda: False,
    "over_ties": lambda: True,
}
