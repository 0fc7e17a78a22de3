"""Going out of sight: who does when the state lets go or closes in, and whereto."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import expit, logit

from ...agents.codes import Destination, Option, Place, Stage
from .chance import Decision
from .switches import chosen
from .weighing import household_of, weigh_options

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .moment import Moment, Rows

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
HERE: Final = 2  # of them stay in the Netherlands


def chance_lost(world: Moment, rows: Rows, share: str) -> NDArray[np.float64]:
    """Return the chance that households go out of sight at an event of the state.

    Parameters
    ----------
    world : Moment
        The state of the world.
    rows : ndarray of intp, shape (n,)
        Rows of whole households.
    share : str
        Record with the share that goes out of sight, among those to whom
        nothing speaks for or against it.

    Returns
    -------
    ndarray of float, shape (n,)
        The share itself where nobody weighs; else
        `expit(logit(share) + V_out - V_wait)`, both without their constants.
    """
    base = world.now.number(share)
    if not chosen(world.now, "decision")() or not len(rows):
        return np.full(len(rows), base)
    utilities = _household_utilities(world, rows)
    lean = utilities[Option.OUT_OF_SIGHT] - utilities[Option.WAIT]
    return np.asarray(expit(logit(base) + lean - world.now.number("constant_out_of_sight")))


def whereabouts(
    world: Moment, rows: Rows, *, decided: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where households go that nobody finds any more.

    Where nobody weighs, by fixed shares. Else who considers return goes home
    without telling anyone, as far as departures are unregistered; the others
    hide or move on by what each is worth to them, unless that is decided.

    Parameters
    ----------
    world : Moment
        The state of the world.
    rows : ndarray of intp, shape (n,)
        Rows of whole households.
    decided : bool
        Whether they have chosen to go out of sight here.

    Returns
    -------
    destination : ndarray of int64, shape (n,)
        `Destination`.
    place : ndarray of int64, shape (n,)
        `Place` of those who live on here.
    """
    shares = world.now.vector("unobserved_place_shares")
    uniform = world.draw(Decision.UNOBSERVED_PLACE, rows)
    if not chosen(world.now, "decision")() or not len(rows):
        edges = np.cumsum(shares)
        drawn = np.searchsorted(edges, uniform, side="right").clip(max=len(edges) - 1)
        return WHERE[drawn], LIVES_AT[drawn]
    private = shares[0] / shares[:HERE].sum()
    place = np.where(uniform < private, *LIVES_AT[:HERE])
    destination = np.full(len(rows), int(Destination.NETHERLANDS))
    if decided:
        return destination, place
    utilities = _household_utilities(world, rows)
    moves = expit(utilities[Option.MOVE_ON] - utilities[Option.OUT_OF_SIGHT])
    destination[world.draw(Decision.HIDE_OR_MOVE_ON, rows) < moves] = Destination.ONWARD
    goes_home = world.people.stage[rows] >= Stage.CONSIDERING
    goes_home &= world.draw_once(Decision.UNREGISTERED, rows) < world.now.number(
        "unregistered_share"
    )
    destination[goes_home] = Destination.HOME_UNOBSERVED
    return destination, place


def _household_utilities(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the utilities of the households of rows, whatever their order."""
    order = np.argsort(rows, kind="stable")
    weighed = weigh_options(world, world.weights, rows[order])
    found = np.empty((len(Option), len(rows)))
    found[:, order] = weighed.household[:, household_of(world, rows[order])]
    return found
