"""Reservation prices: what help is on offer, how far it counts, and whom an unmet price bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ....agents.codes import Application, Stage
from ..blocks import starts
from ..help.knowledge import knows_of_support
from ..help.schemes import offered, promised_cash, worth
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..values import Values

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Worth(NamedTuple):
    """What help is worth to adults in EUR, with support and without.

    Parameters
    ----------
    granted : ndarray of bool, shape (n,)
        Whether support is granted: then it is known.
    supported : ndarray of float64, shape (n,)
        What is granted, or on offer, with the promise of a case manager.
    promised : ndarray of float64, shape (n,)
        The promise alone.
    """

    granted: Flags
    supported: Array
    promised: Array


def price(world: Moment, adults: Rows) -> Array:
    """Return the reservation price of adults, in EUR: the surveyed price times a share in time."""
    people = world.people
    surveyed = people.reservation_eur[adults].astype(np.float64)
    some = np.isfinite(surveyed)  # no share of a price beyond money is within it, also not 0
    return np.multiply(surveyed, people.price_share[adults], out=surveyed, where=some)


def worth_of_help(world: Moment, adults: Rows) -> Worth:
    """Return what help is worth to all adults of households."""
    people = world.people
    granted = people.application[adults] == Application.GRANTED
    offer = offered(world, adults)
    cash = np.where(granted, people.cash_eur[adults], offer.cash)
    in_kind = np.where(granted, people.in_kind_eur[adults], offer.in_kind)
    promised = promised_cash(world, adults)
    nothing = np.zeros(len(adults))
    return Worth(granted, worth(world, cash + promised, in_kind), worth(world, promised, nothing))


def added_by_help(world: Moment, adults: Rows) -> Array:
    """Return how far help counts for all adults of households, in parts of the most it can add.

    What is on offer counts as far as it is known, and a promise counts without it:
    `knowledge * added(offer + promise) + (1 - knowledge) * added(promise)`. For what is granted
    knowledge is 1. The switch `money` says what is added.
    """
    found = worth_of_help(world, adults)
    known = np.where(found.granted, 1.0, world.people.knowledge[adults].astype(np.float64))
    asked = price(world, adults)
    with_offer = added(world.now, found.supported, asked)
    with_promise = added(world.now, found.promised, asked)
    return np.asarray(known * with_offer + (1.0 - known) * with_promise)


class Bar(NamedTuple):
    """Which households an adult's price keeps from choosing to return, by household.

    Parameters
    ----------
    now : ndarray of bool, shape (k,)
        Barred at their stage, with what they know to be on offer.
    later : ndarray of bool, shape (k,)
        Barred once they consider return: until then they can go no further than that.
    without_help : ndarray of bool, shape (k,)
        Barred at their stage, if there were no help at all.
    """

    now: Flags
    later: Flags
    without_help: Flags


def bar(world: Moment, adults: Rows, first: Rows) -> Bar:
    """Return which households cannot choose to return because the price of an adult is not met.

    Only those whom assistance can move (switch `assistance`), and only under a reading of `money`
    by which an unmet price is a bar.

    Parameters
    ----------
    adults : ndarray of intp, shape (m,)
        All adults of households, side by side.
    first : ndarray of intp, shape (k,)
        Index in `adults` of each household's first adult.
    """
    stage = world.people.stage[adults]
    moves = chosen(world.now, "assistance")
    at_stage, once = moves(stage) > 0.0, moves(np.maximum(stage, Stage.CONSIDERING)) > 0.0
    asked = price(world, adults)
    without = _without_help(world, asked)
    if not (without & once).any():
        nobody = np.zeros(len(first), dtype=np.bool_)
        return Bar(nobody, nobody, nobody)
    found = worth_of_help(world, adults)
    known = found.granted | knows_of_support(world, adults)
    _, unmet = _read(world.now, np.where(known, found.supported, found.promised), asked)
    barred = np.stack([unmet & at_stage, unmet & once, without & at_stage])
    return Bar(*np.logical_or.reduceat(barred, first, axis=1))


def is_barred(world: Moment, rows: Rows) -> Flags:
    """Return for each row of whole households whether an unmet price keeps it from leaving now.

    Only what was granted or promised counts: nobody leaves with what is merely on offer.
    """
    people = world.people
    adults = rows[world.adult(rows)]
    if not len(adults):
        return np.zeros(len(rows), dtype=np.bool_)
    asked = price(world, adults)
    if not _without_help(world, asked).any():  # nor does help, which only lowers the bar
        return np.zeros(len(rows), dtype=np.bool_)
    granted = people.application[adults] == Application.GRANTED
    cash = np.where(granted, people.cash_eur[adults], 0.0) + promised_cash(world, adults)
    in_kind = np.where(granted, people.in_kind_eur[adults], 0.0)
    _, unmet = _read(world.now, worth(world, cash, in_kind), asked)
    unmet &= chosen(world.now, "assistance")(people.stage[adults]) > 0.0
    first = np.flatnonzero(starts(people.household[adults]))
    return np.asarray(np.logical_or.reduceat(unmet, first)[world.household_of(rows)])


def added(now: Values, value: Array, asked: Array) -> Array:
    """Return what help of a value adds for a price, in parts of the weight of assistance."""
    return _read(now, value, asked)[0]


def _without_help(world: Moment, asked: Array) -> Flags:
    """Return whom a price bars where there is no help; nobody if an unmet price is no bar."""
    return _read(world.now, np.zeros(len(asked)), asked)[1]


def most_added(now: Values) -> float:
    """Return what help without end adds, in parts of the weight of assistance."""
    return float(added(now, np.array([np.inf]), np.ones(1))[0])


def _read(now: Values, value: Array, asked: Array) -> tuple[Array, Flags]:
    """Return what help adds, and whom its lack bars, by the reading in force."""
    pair: tuple[Array, Flags] = chosen(now, "money")(
        value,
        asked,
        now.number("reservation_steepness"),
        now.number("money_tips_size"),
        now.number("money_tips_reach"),
    )
    return pair
