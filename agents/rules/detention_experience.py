"""What past detentions do to the willingness to return: four alternatives of a switch.

Each maps the number of detentions of a person to [-1, 1]; the weight of a factor
gives the size of the effect. Sources dispute which one is right. The prospect of
a detention is another factor (s4 G31).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

_SECOND: Final = 2  # where the survey's middle group starts (x5 A7)
_FIFTH: Final = 5  # where the survey's last group starts (x5 A8), and the hearsay (s0 F14)


def none(n: ArrayLike, later: float) -> NDArray[np.float64]:  # noqa: ARG001 one signature for all
    """Return no effect: detention changes who leaves, not who wants to.

    Parameters
    ----------
    n : array_like of int, shape (p,)
        Detentions so far.
    later : float
        Not used; all readings are called alike.

    Returns
    -------
    ndarray of float64, shape (p,)
        0 for everybody.

    Notes
    -----
    s4 D24, G31, H10; x5 A11.
    """
    return np.zeros(np.shape(n))


def hump_2_4(n: ArrayLike, later: float) -> NDArray[np.float64]:
    """Return more willingness from the second to the fourth detention, then less.

    Parameters
    ----------
    n : array_like of int, shape (p,)
        Detentions so far.
    later : float
        What is left from the fifth on, in [-1, 1]. The survey gives only that
        it is less than 1; s2 reads it as a fall.

    Returns
    -------
    ndarray of float64, shape (p,)
        0 up to 1 detention, 1 for 2 to 4, `later` from 5 on.

    Notes
    -----
    x5 A7 (0.39 on a scale of 1 to 5 between the first and the 2nd to 4th) and
    A8; s4 G10; s2 D6, G R9.
    """
    n = np.asarray(n)
    return np.where(n >= _FIFTH, later, np.where(n >= _SECOND, 1.0, 0.0))


def after_5(n: ArrayLike, later: float) -> NDArray[np.float64]:  # noqa: ARG001 same
    """Return more willingness only after five to seven detentions.

    Parameters
    ----------
    n : array_like of int, shape (p,)
        Detentions so far.
    later : float
        Not used; all readings are called alike.

    Returns
    -------
    ndarray of float64, shape (p,)
        0 below 5 detentions, 1 from 5 on.

    Notes
    -----
    s0 F14, G18: hearsay; of its five to seven the lower end is taken.
    """
    return np.where(np.asarray(n) >= _FIFTH, 1.0, 0.0)


def resistance(n: ArrayLike, later: float) -> NDArray[np.float64]:  # noqa: ARG001 same
    """Return less willingness with every detention: `-(1 - 2**-n)`.

    Parameters
    ----------
    n : array_like of int, shape (p,)
        Detentions so far.
    later : float
        Not used; all readings are called alike.

    Returns
    -------
    ndarray of float64, shape (p,)
        0 without detention, -1/2 after one, toward -1 after many.

    Notes
    -----
    Felt injustice lowers cooperation: s4 D24, G10; opposite effect: s0 F14. That
    it saturates, and by halves, is an assumption.
    """
    return np.exp2(-np.asarray(n, dtype=np.float64)) - 1.0


DETENTION_EXPERIENCE: Final[dict[str, Callable[[ArrayLike, float], NDArray[np.float64]]]] = {
    "none": none,
    "hump_2_4": hump_2_4,
    "after_5": after_5,
    "resistance": resistance,
}
