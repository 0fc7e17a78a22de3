"""The part of help in a choice to return, as people could name it in a survey afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Option, PartOfHelp
from ..switches import chosen
from .price import most_added
from .weighing import HELPED, choice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..state import World
    from .weighing import Weighed

HALF: Final = 0.5  # of the most that help can add: from there on it is an influence


def part_of_help(
    world: World, weighed: Weighed, made: NDArray[np.uint8], barred_without: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Return what part help has in the choices that households have just made.

    Decisive: the household chose to return, and with the same noise it would have chosen
    otherwise if there were no help. Influence: it chose to return, and help adds at least half
    of the most that it can add, on average over its adults.

    Parameters
    ----------
    made : ndarray of uint8, shape (k,)
        The `Option` that each household chose.
    barred_without : ndarray of bool, shape (k,)
        Which households could not choose to return without help.

    Returns
    -------
    ndarray of uint8, shape (k,)
        Codes of `PartOfHelp`; none for those that chose otherwise.

    Notes
    -----
    Of those who left Germany with support 4 % call it decisive and 53 % an influence: x5 A14.
    """
    returns = made == Option.RETURN
    found = np.zeros(len(made), dtype=np.uint8)
    if not returns.any():
        return found
    utilities = weighed.utilities.copy()
    utilities[Option.RETURN] -= weighed.helped
    rule = chosen(world.now, "household")
    without = replace(weighed, household=rule(utilities, weighed.first))
    otherwise = choice(world, without, barred_without) != Option.RETURN
    most = most_added(world.now) * _weight(world)
    adults = np.diff(weighed.first, append=len(weighed.adults))
    helped = np.add.reduceat(weighed.helped, weighed.first) / adults
    found[returns & (helped >= HALF * most) & (most > 0.0)] = PartOfHelp.INFLUENCE
    found[returns & otherwise] = PartOfHelp.DECISIVE
    return found


def _weight(world: World) -> float:
    """Return the log odds that help adds to return where it counts in full."""
    weights = (pairs for _, _, pairs in world.weights.terms(world.now))
    return sum(weight for pairs in weights for column, weight in pairs if column == HELPED)
