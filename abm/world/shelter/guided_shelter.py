"""Guided shelter by day and night: by lottery or the most vulnerable first, until it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase, Place, Stage
from ..blocks import starts
from ..chance import Decision
from ..matching import fitting
from .lottery import agents_of, lottery

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def leavers(world: World, rows: Rows) -> Rows:
    """Return, of residents, those whose stay ends without departure or permit.

    A small hazard ends stays. Where places close, households beyond the number that is left
    leave too, by draw.
    """
    people = world.people
    ended = world.happens(
        Decision.LEAVE_GUIDED_SHELTER, rows, world.now.number("hazard_leave_guided_shelter")
    )
    left = np.setdiff1d(rows, ended)
    places = agents_of(world, world.now.number("guided_shelter_capacity"))
    if len(left) <= places:
        return ended
    draw = world.draw(Decision.LEAVE_GUIDED_SHELTER, left)
    kept = left[fitting(people.household[left], draw, places)]
    return np.setdiff1d(rows, kept)


def admit(world: World, rows: Rows) -> None:
    """Give free places to people without shelter; a file opens with the guidance."""
    people, now = world.people, world.now
    admitted = people.phase[rows] != LegalPhase.PROCEDURE
    if world.weighs and now.flag("guided_shelter_conditional"):
        admitted &= people.stage[rows] >= Stage.CONSIDERING
    rows = rows[admitted]
    if world.weighs and now.flag("guided_shelter_screening"):
        free = agents_of(world, now.number("guided_shelter_capacity"))
        free -= int(np.count_nonzero(people.place == Place.GUIDED_SHELTER))
        guided = most_vulnerable(world, rows, free)
    else:
        guided = lottery(
            world,
            Decision.GUIDED_SHELTER_LOTTERY,
            rows,
            "guided_shelter_capacity",
            Place.GUIDED_SHELTER,
        )
    world.open_files(guided[~people.spell_open[guided]])
    world.move(guided, Place.GUIDED_SHELTER)


def most_vulnerable(world: World, rows: Rows, free: int) -> Rows:
    """Return who gets free places by health: a household that does not fit is passed over.

    The order stays nearly the same from week to week, so a large household that waits for more
    places than are free would else keep everybody out.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Persons who seek a place, whole households side by side.
    """
    household = world.people.household
    health = worst_health(world, rows)
    of = world.household_of(rows)
    size = np.bincount(of)[of] if len(rows) else of
    found = []
    while free > 0 and (size <= free).any():
        fits = size <= free
        rows, health, size = rows[fits], health[fits], size[fits]
        got = fitting(household[rows], health, free)  # at least the first of them
        found.append(rows[got])
        free -= len(got)
        rows, health, size = np.delete(rows, got), np.delete(health, got), np.delete(size, got)
    return np.concatenate([rows[:0], *found])


def worst_health(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return the worst health in the household of each row, mental or physical.

    `rows` holds whole households, side by side.
    """
    if not len(rows):
        return np.zeros(0)
    people = world.people
    own = np.minimum(people.mental[rows], people.physical[rows]).astype(np.float64)
    first = np.flatnonzero(starts(people.household[rows]))
    worst: NDArray[np.float64] = np.minimum.reduceat(own, first)[world.household_of(rows)]
    return worst
