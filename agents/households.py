"""How adults who live together come to one set of utilities.

No source says how households decide: the switch `household` holds readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .codes import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def _sizes(first: NDArray[np.intp], adults: int) -> NDArray[np.intp]:
    """Return the number of adults of each household."""
    return np.diff(first, append=adults)


def _mean(utilities: NDArray[np.float64], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Average over the adults."""
    sums = np.add.reduceat(utilities, first, axis=1)
    return np.asarray(sums / _sizes(first, utilities.shape[1]))


def _head(utilities: NDArray[np.float64], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Take those of the first adult."""
    return utilities[:, first]


def _veto(utilities: NDArray[np.float64], first: NDArray[np.intp]) -> NDArray[np.float64]:
    """Take those of the adult who is least willing to return."""
    willing = utilities[Option.RETURN] - utilities[Option.WAIT]
    household = np.repeat(np.arange(first.size), _sizes(first, willing.size))
    # sorted by household, then willingness; stable, so of equals the first stays first
    return utilities[:, np.lexsort((willing, household))[first]]


RULES: Final[dict[str, Callable[[NDArray[np.float64], NDArray[np.intp]], NDArray[np.float64]]]] = {
    "mean": _mean,
    "veto": _veto,
    "head": _head,
}


def household_utilities(
    rule: str, utilities: NDArray[np.floating], first: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the utilities by which each household chooses.

    `mean`: the mean over its adults. `veto`: those of the adult whose
    `V_return - V_wait` is least, of equals the first. `head`: those of its
    first adult. With one adult all three are that adult's own.

    Parameters
    ----------
    rule : {"mean", "veto", "head"}
        Alternative of the switch `household`, a key of `RULES`.
    utilities : ndarray of float, shape (4, m)
        Utilities of adults in log-odds, a row for each `Option`, the adults of
        a household side by side.
    first : ndarray of int, shape (k,)
        Where the adults of each household start: 0 first, then rising; every
        household has an adult.

    Returns
    -------
    ndarray of float64, shape (4, k)
        Utilities of households in log-odds, inside the range of their adults'.

    Notes
    -----
    An assumption: not found in the sheets (MODEL section 1). That families leave
    together: s2 D25, s1 G25.
    """
    return RULES[rule](np.asarray(utilities, dtype=np.float64), first)
