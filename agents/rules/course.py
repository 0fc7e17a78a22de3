"""How a state changes over weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .exits import halving

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def toward(x: ArrayLike, target: ArrayLike, rate: ArrayLike) -> NDArray[np.float64]:
    """Return a state after a week in which it moves toward a target.

    `x + rate * (target - x)`; after `t` weeks of a constant target
    `(1 - rate)**t` of the distance is left.

    Parameters
    ----------
    x : array_like of float, shape (n,)
        The state before the week, in any unit.
    target : array_like of float, scalar or shape (n,)
        Value that it moves toward, in the unit of `x`.
    rate : array_like of float, scalar or shape (n,)
        Share of the distance covered in a week, 1/week, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        The state after: `x` at rate 0, `target` at rate 1 up to rounding, and
        in [0, 1] if both are.

    Notes
    -----
    Passivity grows in reception; the longer it lasts, the harder it is to undo: s0 F6, G4;
    s2 D8a, G R11. The form is an assumption.
    """
    x, target, rate = (np.asarray(each, dtype=np.float64) for each in (x, target, rate))
    return np.asarray(x + rate * (target - x))


def move(x: NDArray[np.floating], target: ArrayLike, rate: ArrayLike) -> None:
    """Move a state toward a target in place, in the precision of its array.

    As `toward`, without a new array: every week moves a dozen states of everybody.

    Parameters
    ----------
    x : ndarray of float, shape (n,)
        The state; changed in place.
    target : array_like of float, scalar or shape (n,)
        Value that it moves toward, in the unit of `x`.
    rate : array_like of float, scalar or shape (n,)
        Share of the distance covered in a week, 1/week, in [0, 1].
    """
    step = np.subtract(target, x, dtype=x.dtype, casting="same_kind")
    x += np.multiply(step, rate, dtype=x.dtype, casting="same_kind")


def halved(weeks: ArrayLike, half: float) -> NDArray[np.float64]:
    """Return a growth that covers half of what is left every `half` weeks.

    `1 - 2**(-weeks / half)`.

    Parameters
    ----------
    weeks : array_like of float, shape (n,)
        Weeks since the start, at least 0.
    half : float
        Weeks to one half, above 0; infinity for no growth.

    Returns
    -------
    ndarray of float64, shape (n,)
        0 at the start, 1/2 at `half` weeks, 1 in the long run.

    Notes
    -----
    Rooting over the stay: s4 D15, s2 D4 and G R6, s3 D4 and G5 (sign only).
    """
    return np.asarray(1.0 - halving(np.asarray(weeks, dtype=np.float64), half), dtype=np.float64)
