"""What households know of support to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.rules.methods import with_sessions
from ..chance import Decision
from .schemes import has_met_somebody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows


def knows_of_support(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which households know of support: they have met somebody, or know enough.

    A household knows enough if the mean knowledge of its adults exceeds a uniform that is drawn
    once for life. So whoever has learned of support knows of it until that knowledge fades.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Whole households, ascending.

    Returns
    -------
    ndarray of bool, shape (n,)
        The same for all members of a household.
    """
    known = mean_of_adults(world, rows, known_of_support(world, rows))
    enough = known > world.draw_once(Decision.KNOWS_SUPPORT, rows)
    return np.asarray(enough | has_met_somebody(world, rows))


def known_of_support(world: Moment, rows: Rows) -> NDArray[np.floating]:
    """Return knowledge of support, what sessions told included.

    It is the column `knowledge` itself, unless counselling moves no intention: then what sessions
    tell is kept apart, and reaches all but the worth of options.
    """
    people = world.people
    return with_sessions(people.knowledge[rows], people.told[rows])


def mean_of_adults(world: Moment, rows: Rows, values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return for each row the mean over the adults of its household.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Rows with at least all adults of each household, ascending.
    values : ndarray of float, shape (n,)
        A value of each row; those of children do not count.

    Returns
    -------
    ndarray of float64, shape (n,)
        The same for all members of a household.
    """
    household = world.household_of(rows)
    adults = np.flatnonzero(world.adult(rows))
    sums = np.bincount(household[adults], values[adults])
    return np.asarray((sums / np.bincount(household[adults]))[household])
