"""When a case manager takes a household out of a project of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def disturbs(
    removal_in_hand: NDArray[np.bool_], leaves_in_time: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return in which files a project would disturb the departure.

    `removal_in_hand & ~leaves_in_time`: a removal is worked on, and the organisation can't
    realise the departure within the case manager's own term.

    Parameters
    ----------
    removal_in_hand : ndarray of bool, shape (n,)
        Whether the file is open and its household can be removed or transferred.
    leaves_in_time : ndarray of bool, shape (n,)
        Whether the household prepares its own departure and has the papers for it.

    Returns
    -------
    ndarray of bool, shape (n,)
        False without an open file: such participants are registered, then waited upon.

    Notes
    -----
    s1 C4 L3123-3142, L3601-3609. The condition is not among those that organisations are given.
    """
    return np.asarray(removal_in_hand & ~leaves_in_time)


def permission_lost(
    disturbing: NDArray[np.bool_], uniform: NDArray[np.float64], share: float
) -> NDArray[np.bool_]:
    """Return which households lose the permission to take part.

    `disturbing & (uniform < share)`: the same household gets the same answer every time.

    Parameters
    ----------
    disturbing : ndarray of bool, shape (n,)
        As `disturbs` returns it.
    uniform : ndarray of float, shape (n,)
        Uniforms in (0, 1), one for each household for life.
    share : float
        Share of such households whose case manager keeps to the rule, in [0, 1].

    Returns
    -------
    ndarray of bool, shape (n,)
        Nobody if `share` is 0.
    """
    return np.asarray(disturbing & (uniform < share))
