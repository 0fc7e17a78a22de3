"""Discretionary cash: to whom case managers promise it, how much, and what is overturned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...codes import Reading, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

CASES = 2  # not removable, removable: of each reading


def promise_chance(
    chances: NDArray[np.float64],
    reading: NDArray[np.uint8],
    removable: NDArray[np.bool_],
    stage: NDArray[np.uint8],
    unasked: float,
) -> NDArray[np.float64]:
    """Return the chance in a talk that cash is promised.

    `chances[reading, removable]`, times `unasked` for households that don't consider return: it
    is mostly the client that asks, and the money has to contribute to an independent departure.

    Parameters
    ----------
    chances : ndarray of float, shape (6,)
        Pairs of not removable and removable, for cooperates (and unread), ambiguous, refuses.
    reading : ndarray of uint8, shape (n,)
        Codes of `Reading`.
    removable : ndarray of bool, shape (n,)
        Whether the case manager thinks that the household can be removed.
    stage : ndarray of uint8, shape (n,)
        Codes of `Stage`.
    unasked : float
        Ratio of the chance if the household does not ask, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)

    Notes
    -----
    s1 L3438-3462, B9 L4489-4524: the less removable, the more is offered.
    """
    row = np.maximum(reading.astype(np.intp), Reading.COOPERATES) - Reading.COOPERATES
    asks = stage >= Stage.CONSIDERING
    return np.asarray(chances[CASES * row + removable] * np.where(asks, 1.0, unasked))


def amount(
    most: float,
    factor: float,
    above: NDArray[np.bool_],
    approved: NDArray[np.bool_],
    uniform: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how much is promised.

    `most * u` is signed locally. Where more is asked, headquarters decide: `most * (1 + (factor -
    1) * u)` if they approve, else `most`.

    Parameters
    ----------
    most : float
        Euro that are decided on locally, at least 0.
    factor : float
        Most that headquarters give, over what is decided on locally; at least 1.
    above, approved : ndarray of bool, shape (n,)
        Whether more is asked, and whether headquarters approve.
    uniform : ndarray of float, shape (n,)
        Uniforms u in (0, 1).

    Returns
    -------
    ndarray of float64, shape (n,)
        In euro for a household; 0 for all if `most` is 0.

    Notes
    -----
    Up to 500 euro signed locally, above it to The Hague without a stated ceiling (s1 B5). That
    amounts are spread evenly is an assumption.
    """
    more = np.where(approved, most * (1.0 + (factor - 1.0) * uniform), most)
    return np.asarray(np.where(above, more, most * uniform))
