"""The journey home: who pays for it, and what is left of savings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Application, Outcome, Payer, Scheme
from ....agents.rules.journey import left_after, payers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Array = NDArray[np.float64]


def payer(world: Moment, rows: Rows) -> NDArray[np.uint8]:
    """Return who would pay for the journey home of each household this week.

    A ticket of the state holds while the file is open in which it was arranged. Basic support
    (REAN) pays for the journey, other schemes do not. `rows` holds whole households.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Payer`: the same for all members.
    """
    people = world.people
    supported = people.application[rows] == Application.GRANTED
    supported &= (people.applied[rows] & np.uint8(Scheme.REAN)) > 0
    ticket = people.ticket[rows] & people.spell_open[rows]
    return payers(supported, saved_together(world, rows), price_of_journey(world, rows), ticket)


def can_pay(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which households can pay for the journey from savings; `rows` holds them whole."""
    return saved_together(world, rows) >= price_of_journey(world, rows)


def settle(
    world: Moment, rows: Rows, outcomes: NDArray[np.uint8], home: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Return who pays for journeys that begin now, and take it from savings where people pay.

    Whoever goes home unseen pays, also with a grant: nobody else knows of the journey. The state
    pays what nobody else does: it brings those home who are removed by force, and gives a ticket
    to those who go by themselves once their removal has been announced.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Whole households that leave.
    outcomes : ndarray of uint8, shape (n,)
        `Outcome`: how the departure is recorded, or would be with an open file.
    home : ndarray of bool, shape (n,)
        Whether they go to their origin; nobody pays for others.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Payer`; none for everybody where nobody weighs.
    """
    paid = np.full(len(rows), Payer.NONE, dtype=np.uint8)
    if not world.weighs:
        return paid
    free = home & (outcomes != Outcome.FORCED)
    paid[free] = payer(world, rows[free])
    paid[home & (outcomes == Outcome.UNOBSERVED)] = Payer.OWN
    paid[home & (paid == Payer.NONE)] = Payer.STATE
    own = rows[paid == Payer.OWN]
    if len(own):
        saved = world.people.savings_eur
        together = saved_together(world, own)
        saved[own] = left_after(saved[own], together, price_of_journey(world, own))
    return paid


def saved_together(world: Moment, rows: Rows) -> Array:
    """Return for each row the savings of its whole household, in euro."""
    household = world.household_of(rows)
    sums = np.bincount(household, world.people.savings_eur[rows])
    return np.asarray(sums[household], dtype=np.float64)


def price_of_journey(world: Moment, rows: Rows) -> Array:
    """Return the price of the journey for the household of each row; children need a seat."""
    each = world.now.number("journey_home_eur")
    return np.asarray(each * world.people.household_size[rows], dtype=np.float64)
