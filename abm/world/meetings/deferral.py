"""Deferral of departure on medical grounds (art. 64 Vw): asked for where shelter would end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase
from ..chance import Decision
from ..events import Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def asked_again(world: World) -> None:
    """Decide anew on deferrals that end this week, wherever the household lives."""
    people = world.people
    ending = (people.deferred_until == world.week) & people.spell_open
    decide_deferrals(world, world.rows(ending & (people.phase == LegalPhase.OBLIGED)))


def decide_deferrals(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Decide on deferrals, and return whose departure is deferred by now.

    Households with a seriously ill member ask, and a share of them gets some weeks. A
    household that asks twice in a week has one answer. `rows` holds whole households, ascending.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Persons with an open file under a duty to leave.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    now = world.now
    share = now.number("deferral_granted_share")
    if share <= 0.0 or not len(rows) or not world.weighs:  # health is known where people weigh
        return world.deferred(rows)
    asking = rows[~world.deferred(rows)]
    asking = asking[_ill(world, asking, now.number("deferral_health_below"))]
    granted = asking[world.draw(Decision.MEDICAL_DEFERRAL, asking) < share]
    weeks = now.number("deferral_weeks")
    world.people.deferred_until[granted] = world.week + int(np.ceil(weeks))
    world.note(Event.DEFERRED, granted, weeks=weeks)
    return world.deferred(rows)


def _ill(world: World, rows: Rows, below: float) -> NDArray[np.bool_]:
    """Return whose household has a member with physical health below a level."""
    if not len(rows):
        return np.zeros(0, dtype=np.bool_)
    household = world.household_of(rows)
    ill = np.bincount(household, world.people.physical[rows] < below) > 0
    return np.asarray(ill[household])
