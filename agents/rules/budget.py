"""Money of a person over a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def week_of_money(
    savings: ArrayLike,
    debt: ArrayLike,
    income: ArrayLike,
    need: ArrayLike,
    repaid_share: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return savings, debt and unmet need after a week.

    Need is paid from income, then from savings. Of what is left of the income
    `repaid_share` goes to the debt, never more than is owed, and the rest to
    savings. What can't be paid is hardship, not new debt. No money is made or
    lost: `income = (need - unmet) + change of savings - change of debt`.

    Parameters
    ----------
    savings, debt : array_like of float, shape (n,)
        EUR, at least 0.
    income, need : array_like of float, scalar or shape (n,)
        EUR in the week, at least 0.
    repaid_share : array_like of float, scalar or shape (n,)
        Share in [0, 1] of the income beyond need that goes to the debt.

    Returns
    -------
    savings : ndarray of float64, shape (n,)
        EUR after the week, at least 0.
    debt : ndarray of float64, shape (n,)
        EUR after the week, in [0, debt before].
    unmet : ndarray of float64, shape (n,)
        EUR of need that was not paid, in [0, need].

    Notes
    -----
    Travel debt keeps people from returning: s4 D12, s2 D11; income here is a reason to
    stay: s4 D10, G20. The order of payments is an assumption.
    """
    savings, debt, income, need = (
        np.asarray(each, dtype=np.float64) for each in (savings, debt, income, need)
    )
    from_income = np.minimum(income, need)
    from_savings = np.minimum(savings, need - from_income)
    unmet = need - from_income - from_savings
    left = income - from_income
    repaid = np.minimum(left * np.asarray(repaid_share, dtype=np.float64), debt)
    return savings - from_savings + left - repaid, debt - repaid, unmet
