"""Reintegration: what persons can when they return, what help they had, and what came of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import Help, Plan
from ....agents.rules.beliefs import moved
from ....agents.rules.plans import came_of, means, score
from ..calendar import WEEKS_PER_YEAR
from ..chance import Decision
from ..help.training import training

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]

# what a plan hangs on, in the order of `plan_effects`
ON_WHICH_PLANS_HANG: Final = ("means", "skills", "wanted at home", "country", "aftercare")


class Grant(NamedTuple):
    """What persons leave with, in EUR for each adult; 0 without a grant."""

    cash_eur: Array
    in_kind_eur: Array


def grant(world: Moment, rows: Rows, granted: Flags) -> Grant:
    """Return what persons leave with; `granted` marks those who leave with support."""
    people = world.people
    cash, in_kind = people.cash_eur[rows], people.in_kind_eur[rows]
    return Grant(np.where(granted, cash, 0.0), np.where(granted, in_kind, 0.0))


def trained(world: Moment, rows: Rows, independent: Flags) -> Flags:
    """Return who was trained, or will be on return, as `training_place` has it.

    In the Netherlands whoever has met an organisation that trains; at origin those who return
    independently as its clients.
    """
    here, there = training(world.now)
    bits = np.uint16(sum(1 << int(each) for each in np.flatnonzero(here)))
    met = (world.people.met[rows] & bits) > 0
    return np.asarray(met | (there[world.people.helper[rows]] & independent))


def skills_at_return(world: Moment, rows: Rows, independent: Flags) -> Array:
    """Return skills for work or a business: those of the departure, and a course at origin.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; never less than at the departure.
    """
    there = training(world.now).there[world.people.helper[rows]] & independent
    weight = world.now.number("skills_of_course_at_origin") * (there & world.adult(rows))
    return moved(world.people.skills[rows].astype(np.float64), 1.0, weight)


def had_help(
    world: Moment, rows: Rows, independent: Flags, given: Grant, aftercare: Array
) -> Flags:
    """Return which help persons had; nobody who did not return independently had any.

    Returns
    -------
    ndarray of bool, shape (n, 4)
        By `Help`.
    """
    had = np.zeros((len(rows), len(Help)), dtype=np.bool_)
    had[:, Help.TRAINING] = trained(world, rows, independent)
    had[:, Help.AFTERCARE] = aftercare > 0.0
    had[:, Help.IN_KIND] = given.in_kind_eur > 0.0
    had[:, Help.CASH] = given.cash_eur > 0.0
    return had & independent[:, np.newaxis]


def came_of_plans(
    world: Moment,
    leaving: tuple[Rows, Flags],
    given: Grant,
    aftercare: Array,
    weeks: NDArray[np.int64],
) -> NDArray[np.uint8]:
    """Return what has come of plans at each follow-up, of households that return independently.

    Households hold together: what their adults have counts on average.

    Parameters
    ----------
    leaving : tuple of ndarray, shape (n,)
        Rows of whole households, and whether they return independently.
    aftercare : ndarray of float64, shape (follow-ups, n)
        Part of the weeks since the return in which a partner looked after a person.
    weeks : ndarray of int, shape (follow-ups,)
        Weeks since the return, above 0.

    Returns
    -------
    ndarray of uint8, shape (follow-ups * n,)
        `Plan`, the same for a household; none without a plan.
    """
    people, now = world.people, world.now
    rows, independent = leaving
    country = people.country[rows]
    hangs_on = np.empty((len(rows), len(ON_WHICH_PLANS_HANG)))
    hangs_on[:, 0] = means(given.cash_eur + given.in_kind_eur, now.number("plan_half_eur"))
    hangs_on[:, 1] = skills_at_return(world, rows, independent)
    hangs_on[:, 2] = people.wanted_at_home[rows]
    hangs_on[:, 3] = (world.origin.safety[country] + world.origin.livelihood[country]) / 2
    household, counts = world.household_of(rows), world.adult(rows)
    counts |= np.bincount(household, counts)[household] == 0.0  # nobody of age: all count
    members = np.bincount(household, counts)
    luck = world.draw_once(Decision.PLAN_CARRIED_OUT, rows)
    effects, shares = now.vector("plan_effects"), now.vector("plan_shares")
    found = []
    for years, care in zip(weeks / WEEKS_PER_YEAR, aftercare, strict=True):
        hangs_on[:, -1] = care
        each = score(hangs_on, effects)
        together = np.bincount(household, each * counts) / members
        found.append(
            came_of(together[household], years, shares, now.number("plan_per_doubling"), luck)
        )
    made = people.planned[rows] & independent
    return np.where(np.tile(made, len(weeks)), np.concatenate(found), np.uint8(Plan.NONE))
