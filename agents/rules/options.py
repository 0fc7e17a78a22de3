"""The choice among options: multinomial logit by Gumbel-max with keyed noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import softmax

from ..codes import Option

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def gumbel(uniform: ArrayLike) -> NDArray[np.float64]:
    """Return standard Gumbel noise from uniforms: `-log(-log(u))`.

    Parameters
    ----------
    uniform : array_like of float, any shape
        Uniforms inside (0, 1), as keyed chance gives them.

    Returns
    -------
    ndarray of float64, same shape
        Noise with mean 0.577 and variance pi**2 / 6, rising with `u`, to minus
        infinity as u -> 0 and to infinity as u -> 1.
    """
    return np.asarray(-np.log(-np.log(np.asarray(uniform, dtype=np.float64))))


def _open(available: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which options are open: those available, and always waiting."""
    possible = np.array(available, dtype=np.bool_)
    possible[Option.WAIT] = True
    return possible


def choose(
    utilities: NDArray[np.floating],
    available: NDArray[np.bool_],
    uniforms: NDArray[np.float64],
) -> NDArray[np.uint8]:
    """Return the option that each household draws.

    The largest of `utilities + gumbel(uniforms)` among the available options
    (McFadden 1974: this draws from the softmax of the utilities). Each option
    has noise of its own, so a change of one option's utility moves nobody
    between two others.

    Parameters
    ----------
    utilities : ndarray of float, shape (4, n)
        Utilities in log-odds, finite, a row for each `Option`.
    available : ndarray of bool, shape (4, n)
        Options that are open to each household; waiting is always open,
        whatever its row says.
    uniforms : ndarray of float, shape (4, n)
        Keyed uniforms inside (0, 1), one for each option and household.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Option`. A utility that outgrows the others is chosen with
        certainty; of exactly equal ones the lowest code is.

    Notes
    -----
    A choice of the lesser evil among four options: s2 G R1; s3 D5, G4.
    """
    drawn = np.where(_open(available), utilities + gumbel(uniforms), -np.inf)
    return np.asarray(np.argmax(drawn, axis=0), dtype=np.uint8)


def probabilities(
    utilities: NDArray[np.floating], available: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the chance of each option: the softmax over the available ones.

    `exp(V_o) / sum exp(V_a)`, the sum over the available options `a`.

    Parameters
    ----------
    utilities : ndarray of float, shape (4, n)
        Utilities in log-odds, finite, a row for each `Option`.
    available : ndarray of bool, shape (4, n)
        Options that are open to each household; waiting is always open.

    Returns
    -------
    ndarray of float64, shape (4, n)
        Chances that sum to 1 over the options; exactly 0 where not available.
    """
    masked = np.where(_open(available), np.asarray(utilities, dtype=np.float64), -np.inf)
    return np.asarray(softmax(masked, axis=0))
