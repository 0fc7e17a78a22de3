"""Places of a shelter, given out by keyed lottery to whole households."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..matching import fitting

if TYPE_CHECKING:
    from ....agents.codes import Place
    from ..chance import Decision
    from ..moment import Rows
    from ..state import World


def lottery(world: World, decision: Decision, rows: Rows, capacity: str, at: Place) -> Rows:
    """Draw whole households for the free places of a shelter, by ascending draw while they fit.

    `capacity` names the record with the number of places, in real persons.
    """
    free = agents_of(world, world.now.number(capacity))
    free -= int(np.count_nonzero(world.people.place == at))
    return drawn(world, decision, rows, free)


def drawn(world: World, decision: Decision, rows: Rows, free: int) -> Rows:
    """Draw whole households for some free places, by ascending draw while they fit."""
    if free <= 0:
        return rows[:0]
    return rows[fitting(world.people.household[rows], world.draw(decision, rows), free)]


def agents_of(world: World, persons: float) -> int:
    """Return how many agents have room where there are places for some real persons."""
    return round(persons / world.scale)
