"""The part of help in a return, as people could name it in a survey afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Option, PartOfHelp
from ..help.schemes import worth
from ..switches import chosen
from .price import added, most_added, price
from .weighing import choice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from .weighing import Weighed

    Flags = NDArray[np.bool_]


def tipped(
    world: Moment, weighed: Weighed, made: NDArray[np.uint8], barred_without: Flags
) -> Flags:
    """Return whose draw of return help has just tipped.

    They chose to return, and with the same noise they would have chosen otherwise if there were
    no help.

    Parameters
    ----------
    made : ndarray of uint8, shape (k,)
        The `Option` that each household chose.
    barred_without : ndarray of bool, shape (k,)
        Which households could not choose to return without help.
    """
    returns = made == Option.RETURN
    if not (weighed.helped.any() or barred_without.any()):
        return np.zeros(len(made), dtype=np.bool_)
    utilities = weighed.utilities.copy()
    utilities[Option.RETURN] -= weighed.helped
    rule = chosen(world.now, "household")
    without = replace(weighed, household=rule(utilities, weighed.first))
    return np.asarray(returns & (choice(world, without, barred_without) != Option.RETURN))


def part_of_help(world: Moment, rows: Rows, *, granted: Flags) -> NDArray[np.uint8]:
    """Return what part help had in the return of persons who leave.

    Decisive: help tipped a draw on which the plan rests. Influence: what is granted
    adds at least the share `help_influences_from` of the most that help can add, for the price of
    that person, and did not decide. It adds nothing for those whom assistance can't move at their
    stage (switch `assistance`), or without weight.

    Parameters
    ----------
    granted : ndarray of bool, shape (n,)
        Which persons leave with a grant; others are not asked.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `PartOfHelp`; none for persons who leave without a grant.

    Notes
    -----
    For 53 % of those who had left Germany with support it influenced the decision, and for 4 % it
    was the deciding reason: x5 A14.
    """
    found = np.zeros(len(rows), dtype=np.uint8)
    at = np.flatnonzero(granted)
    if not world.weighs or not len(at):
        return found
    people, asked = world.people, rows[at]
    given = worth(
        world,
        people.cash_eur[asked].astype(np.float64),
        people.in_kind_eur[asked].astype(np.float64),
    )
    share = world.now.number("help_influences_from")
    weight = world.now.number("factor_assistance")
    adds = weight * chosen(world.now, "assistance")(people.stage[asked])
    adds *= added(world.now, given, price(world, asked))
    felt = (adds > 0.0) & (adds >= share * weight * most_added(world.now))
    found[at[felt]] = PartOfHelp.INFLUENCE
    found[at[people.tipped[asked]]] = PartOfHelp.DECISIVE
    return found
