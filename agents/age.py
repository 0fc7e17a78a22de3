"""Age in years from weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WEEKS_PER_YEAR = 52.1775  # 365.2425 / 7: the mean year of the Gregorian calendar


def age_years(birth_week: ArrayLike, week: int) -> NDArray[np.float64]:
    """Return ages: `(week - birth_week) / WEEKS_PER_YEAR`.

    Parameters
    ----------
    birth_week : array_like of int, scalar or shape (n,)
        Weeks of birth.
    week : int
        The week for which the ages hold.

    Returns
    -------
    ndarray of float64, same shape
        Ages in years, not rounded.
    """
    return np.asarray((week - np.asarray(birth_week, dtype=np.int64)) / WEEKS_PER_YEAR)
