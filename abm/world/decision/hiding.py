"""Going out of sight: who does so at an action of the state, and where they go.

At such a moment households act on what they last weighed: the leans of their last
deliberation, 0 for households that have not weighed yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import expit, logit

from ....agents.codes import Destination, Place, Stage
from ..chance import Decision
from ..help.journey import can_pay
from .price import is_barred

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows

# the order of the record `unobserved_place_shares`
WHERE: Final = np.array(
    [
        Destination.NETHERLANDS,
        Destination.NETHERLANDS,
        Destination.ONWARD,
        Destination.HOME_UNOBSERVED,
    ]
)
LIVES_AT: Final = np.array([Place.PRIVATE_NETWORK, Place.STREET, Place.STREET, Place.STREET])
HERE: Final = 2  # the first two stay in the Netherlands


def chance_lost(world: Moment, rows: Rows, share: str) -> NDArray[np.float64]:
    """Return the chance that households go out of sight at an action of the state.

    Parameters
    ----------
    share : str
        Record with the share of households with the usual lean that go out of sight.

    Returns
    -------
    ndarray of float, shape (n,)
        The share itself where nobody weighs; else `expit(logit(share) + lean - usual)`
        with the household's lean toward going out of sight and `usual_lean_hide`.
    """
    base = world.now.number(share)
    if not world.weighs:
        return np.full(len(rows), base)
    lean = world.people.lean_hide[rows] - world.now.number("usual_lean_hide")
    return np.asarray(expit(logit(base) + lean))


def whereabouts(
    world: Moment, rows: Rows, *, decided: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where households go when they go out of sight.

    Where nobody weighs, fixed shares decide. Otherwise households that consider return go
    home without telling anyone, if theirs is an unregistered departure and their savings pay the
    journey. The others hide or move on, by what each option is worth to them.

    Parameters
    ----------
    decided : bool
        Whether they have chosen to hide here: then all stay in the Netherlands.

    Returns
    -------
    destination : ndarray of int64, shape (n,)
        `Destination`.
    place : ndarray of int64, shape (n,)
        `Place` of those who stay in the Netherlands.
    """
    people, now = world.people, world.now
    shares = now.vector("unobserved_place_shares")
    uniform = world.draw(Decision.UNOBSERVED_PLACE, rows)
    if not world.weighs:
        edges = np.cumsum(shares)
        drawn = np.searchsorted(edges, uniform, side="right").clip(max=len(edges) - 1)
        return WHERE[drawn], LIVES_AT[drawn]
    here = shares[:HERE].sum()
    private = shares[0] / here if here > 0.0 else now.number("private_place_share")
    place = np.where(uniform < private, *LIVES_AT[:HERE])
    destination = np.full(len(rows), int(Destination.NETHERLANDS))
    if decided:
        return destination, place
    lean = people.lean_move_on[rows].astype(np.float64) - people.lean_hide[rows]
    constant = now.number("constant_move_on") - now.number("constant_out_of_sight")
    moves_on = world.draw(Decision.HIDE_OR_MOVE_ON, rows) < expit(lean + constant)
    destination[moves_on] = Destination.ONWARD
    unregistered = world.draw_once(Decision.UNREGISTERED, rows) < now.number("unregistered_share")
    goes_home = unregistered & (people.stage[rows] >= Stage.CONSIDERING) & can_pay(world, rows)
    goes_home &= ~is_barred(world, rows)
    destination[goes_home] = Destination.HOME_UNOBSERVED
    return destination, place
