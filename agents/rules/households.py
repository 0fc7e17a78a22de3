"""How the utilities of adults who live together become one set.

No source says how households decide (ODD: Households), so each rule is an
alternative of the switch `household`. One adult alone has the same utilities under
every rule. Families leave together: s2 D25, s1 G25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..codes import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def _sizes(first: NDArray[np.intp], adults: int) -> NDArray[np.intp]:
    """Return the number of adults of each household."""
    return np.diff(first, append=adults)


def mean(utilities: NDArray[np.floating], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the mean of the utilities of the adults of each household.

    Parameters
    ----------
    utilities : ndarray of float, shape (4, m)
        Utilities of adults in log-odds, a row for each `Option`, the adults of
        a household side by side.
    first : ndarray of int, shape (k,)
        Column at which the adults of each household start: 0, then rising. Every
        household has an adult.

    Returns
    -------
    ndarray of float64, shape (4, k)
        Utilities of households in log-odds.
    """
    sums = np.add.reduceat(utilities, first, axis=1, dtype=np.float64)
    return np.asarray(sums / _sizes(first, utilities.shape[1]))


def veto(utilities: NDArray[np.floating], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the utilities of the adult who is least willing to return.

    That is the adult with the least `V_return - V_wait`; of equals, the first. All four
    utilities are that adult's, so that they belong to one person.

    Parameters
    ----------
    utilities : ndarray of float, shape (4, m)
        As for `mean`.
    first : ndarray of int, shape (k,)
        As for `mean`.

    Returns
    -------
    ndarray of float64, shape (4, k)
        Utilities of households in log-odds.
    """
    willing = utilities[Option.RETURN] - utilities[Option.WAIT]
    household = np.repeat(np.arange(first.size), _sizes(first, willing.size))
    # sorted by household, then willingness; stable, so of equals the first stays first
    least = np.lexsort((willing, household))[first]
    return np.asarray(utilities[:, least], dtype=np.float64)


def head(utilities: NDArray[np.floating], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the utilities of the first adult of each household.

    Parameters
    ----------
    utilities : ndarray of float, shape (4, m)
        As for `mean`.
    first : ndarray of int, shape (k,)
        As for `mean`.

    Returns
    -------
    ndarray of float64, shape (4, k)
        Utilities of households in log-odds.
    """
    return np.asarray(utilities[:, first], dtype=np.float64)


RULES: Final[dict[str, Callable[[NDArray[np.floating], NDArray[np.intp]], NDArray[np.float64]]]] = {
    "mean": mean,
    "veto": veto,
    "head": head,
}
