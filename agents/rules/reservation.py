"""Reservation prices over time: the price of people who work falls, that of others rises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def working(earned: ArrayLike, need: float) -> NDArray[np.floating]:
    """Return how far people take part in the economy: `min(earned / need, 1)`.

    Parameters
    ----------
    earned : array_like of float, shape (n,)
        Earnings in EUR a week, at least 0; an allowance is none.
    need : float
        What an adult needs in a week, EUR, above 0.
    """
    return np.minimum(np.asarray(earned) / need, 1.0)


def asked(working: ArrayLike, at_work: float) -> NDArray[np.floating]:
    """Return the share of the surveyed price toward which a person's price moves.

    `1 - (1 - at_work) * working`.

    Parameters
    ----------
    working : array_like of float, shape (n,)
        From `working`: 0, shut out of the economy; 1, living from own work.
    at_work : float
        The share in the end of people who live from own work. 1: work changes nothing; 0: they
        leave for any amount.

    Returns
    -------
    ndarray of float, shape (n,)
        Shares from `at_work` to 1.

    Notes
    -----
    People ask unreal amounts while they are kept out of work, and less if they may work:
    s0 B4, F23, V8 (L1702-1727).
    """
    return np.asarray(1.0 - (1.0 - at_work) * np.asarray(working))
