"""Mediation with kin at origin: whether they are reached, and what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Chances(NamedTuple):
    """How often mediation succeeds.

    Parameters
    ----------
    reached : float
        Chance that kin are found and answer, in [0, 1].
    want : float
        Chance that kin who are reached begin to want the household back, in [0, 1].
    """

    reached: float
    want: float


def outcome(
    wanted: NDArray[np.bool_],
    chances: Chances,
    reached_draw: ArrayLike,
    want_draw: ArrayLike,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whose kin are reached, and whose kin newly want the household back.

    Reached where `u_1 < reached`; newly wanted where also `u_2 < want` and they were not
    wanted before. Nobody who is wanted stops being so.

    Parameters
    ----------
    wanted : ndarray of bool, shape (n,)
        Whether kin want the household back already.
    chances : Chances
        How often mediation succeeds.
    reached_draw, want_draw : array_like of float, shape (n,)
        Uniforms inside (0, 1), the same for all members of a household.

    Returns
    -------
    reached : ndarray of bool, shape (n,)
        Whose kin are found and answer.
    newly : ndarray of bool, shape (n,)
        Whose kin begin to want the household back.

    Notes
    -----
    Contact with kin is sought again even if there is no data: s0 C3 L2274-2305. Fear of the
    family's reaction can outweigh money: s0 F29 L320-338. No source says how often it works.
    """
    reached = np.asarray(reached_draw) < chances.reached
    newly = reached & ~wanted & (np.asarray(want_draw) < chances.want)
    return np.asarray(reached), np.asarray(newly)


def eased(social_debt: ArrayLike, share: ArrayLike) -> NDArray[np.float64]:
    """Return what kin expect and is not met, after it was talked over.

    `debt * (1 - share)`.

    Parameters
    ----------
    social_debt : array_like of float, shape (n,)
        What kin expect and is not met, in [0, 1].
    share : array_like of float, scalar or shape (n,)
        Share of it that falls away, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]: never more than before.

    Notes
    -----
    Lever V20: re-contact and mediation reduce broken ties and fear of the family: s0 F V20
    L320-338, L2286-2292. The size is an assumption.
    """
    return np.asarray(np.asarray(social_debt, dtype=np.float64) * (1.0 - np.asarray(share)))
