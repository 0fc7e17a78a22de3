"""Mediation: an organisation seeks contact with kin at origin, once in the life of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.places import IS_REFUSED
from ....agents.rules.beliefs import moved
from ....agents.rules.mediation import Chances, eased, outcome
from ..chance import Decision
from ..events import Event

if TYPE_CHECKING:
    from ..moment import Rows
    from ..state import World


def mediate(world: World, rows: Rows) -> None:
    """Seek contact with kin of some clients, and let those who are reached expect less.

    Only where no procedure runs: contact before a claim is settled can endanger people (s0 K
    L2969-2979). It changes facts at home and not what people think, so no switch on talks shuts it.
    """
    people, now = world.people, world.now
    share = world.organisations.numbers(now, "mediation_share")[people.helper[rows]]
    may = (share > 0.0) & ~people.kin_sought[rows]
    may &= IS_REFUSED[people.phase[rows]] & ~people.appeals[rows]
    rows, share = rows[may], share[may]
    if not len(rows):
        return
    # one draw for all of the time with a helper
    since = people.helper_since[rows].astype(np.int64)
    offered = world.chance.uniform(Decision.MEDIATION, since, people.household_key[rows]) < share
    rows = rows[offered]
    people.kin_sought[rows] = True
    world.note(Event.KIN_SOUGHT, rows)
    reached, newly = outcome(
        people.wanted_at_home[rows],
        Chances(now.number("mediation_reaches"), now.number("mediation_wanted")),
        world.draw(Decision.KIN_REACHED, rows),
        world.draw(Decision.KIN_WANT, rows),
    )
    people.wanted_at_home[rows] |= newly
    _ease(world, rows[reached])
    world.note(Event.KIN_REACHED, rows[reached])
    world.note(Event.KIN_WANT, rows[newly])


def _ease(world: World, rows: Rows) -> None:
    """Let what kin expect fall, and ties at origin grow."""
    people, now = world.people, world.now
    people.social_debt[rows] = eased(people.social_debt[rows], now.number("mediation_eases"))
    people.ties_origin[rows] = moved(people.ties_origin[rows], 1.0, now.number("mediation_ties"))
