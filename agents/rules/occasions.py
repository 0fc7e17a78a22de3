"""How likely a household weighs its options in a week, with an occasion and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def chance_of_weighing(
    able: ArrayLike, occasion: ArrayLike, rate: float, at_occasion: float
) -> NDArray[np.float64]:
    """Return the chance that a household weighs its options in a week.

    `1 - exp(-rate * able)` without an occasion. An occasion adds a chance of its own:
    `1 - exp(-rate * able) * (1 - at_occasion * able)`.

    Parameters
    ----------
    able : array_like of float, shape (n,)
        How able a household is to weigh, in [0, 1]: capacity, times what a running application
        leaves of it.
    occasion : array_like of bool, shape (n,)
        Whether the week brings an occasion.
    rate : float
        Hazard between occasions at full capacity, in 1/week.
    at_occasion : float
        Chance at an occasion at full capacity, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]: 0 for a household that is not able at all.

    Notes
    -----
    No source gives a rate or a chance. Stability comes before thinking of the future, at an
    occasion too: s2 D17, s4 D23, G14.
    """
    able = np.asarray(able, dtype=np.float64)
    chance = -np.expm1(-rate * able)
    return np.asarray(chance + np.asarray(occasion) * at_occasion * able * (1.0 - chance))
